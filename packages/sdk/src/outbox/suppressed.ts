import type { Contact } from '../contacts/index.ts'
import type { OutboundMessage } from './message.ts'

/** Code of an intent that is held back from its contact. */
export type SuppressionCode = 'suppressed_everything' | 'suppressed_marketing'

/** Why a message must not be sent to a contact, if so. */
export function suppressionOf(
  contact: Pick<Contact, 'suppressed'> | undefined,
  message: OutboundMessage,
): SuppressionCode | undefined {
  if (contact?.suppressed?.everything !== undefined) return 'suppressed_everything'
  if (contact?.suppressed?.marketing === undefined) return undefined
  return mayBeMarketing(message) ? 'suppressed_marketing' : undefined
}

function mayBeMarketing(message: OutboundMessage): boolean {
  return message.kind === 'template' && (message.category ?? 'marketing') === 'marketing'
}
