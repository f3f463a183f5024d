import type { Identity } from '../contacts/index.ts'
import type { Recipient } from './message.ts'

/** How to reach a contact on WhatsApp by what it is known by, newest last; nothing when neither phone nor user id is known. */
export function recipientOf(identities: readonly Identity[]): Recipient | undefined {
  const phone = identities.findLast(({ kind }) => kind === 'wa_phone')?.value
  const userId = identities.findLast(({ kind }) => kind === 'wa_bsuid')?.value
  if (phone === undefined && userId === undefined) return undefined
  return { ...(phone === undefined ? {} : { phone }), ...(userId === undefined ? {} : { userId }) }
}
