import type { Session } from './record.ts'
import { save } from './record.ts'
import type { Contact, Suppressed, Suppression } from './store.ts'

/** Reason of what a customer chose in WhatsApp. */
export const preference = 'preference'

/** What is held back from a contact. */
export interface SuppressCommand extends Suppression {
  readonly what: keyof Suppressed
}

/** What may be sent to a contact again. */
export interface LiftCommand {
  readonly what: keyof Suppressed
  /** When the reason for it came up; a suppression of a later second stays. */
  readonly at: Date
  /**
   * What lifts it. `message`: the customer wrote, which proves the provider's refusals wrong, but is no answer to what a
   * person decided. `preference`: they resumed in WhatsApp what they had stopped there, and nothing that was stopped by
   * other means. `person`: somebody of the business decided.
   */
  readonly by: 'message' | 'preference' | 'person'
}

/** Holds messages back from now on. One that stands already stays as it is: the first reason is the one to resolve. */
export async function suppress(
  session: Session,
  contact: Contact,
  { what, since, reason }: SuppressCommand,
): Promise<Contact> {
  if (contact.suppressed?.[what] !== undefined) return contact
  const suppressed = { ...contact.suppressed, [what]: { since, reason } }
  return save(session, { ...contact, suppressed }, 'contact.suppressed', { what, reason })
}

/** Lets messages go again, where the command outweighs what stands. */
export async function lift(
  session: Session,
  contact: Contact,
  { what, at, by }: LiftCommand,
): Promise<Contact> {
  const standing = contact.suppressed?.[what]
  if (standing === undefined || isOlder(at, standing.since)) return contact
  if (!isAnsweredBy(by, standing.reason)) return contact
  const { suppressed: { [what]: _lifted, ...others } = {}, ...rest } = contact
  const lifted = Object.keys(others).length === 0 ? rest : { ...rest, suppressed: others }
  return save(session, lifted, 'contact.suppression_lifted', { what, reason: standing.reason })
}

/** A contact that also stands for others: what any of them did not want, it does not get. */
export function suppressedAs<Known extends Contact>(
  contact: Known,
  others: readonly Contact[],
): Known {
  const suppressed = Object.assign({}, ...[...others, contact].map((one) => one.suppressed))
  return Object.keys(suppressed).length === 0 ? contact : { ...contact, suppressed }
}

// The provider's times are whole seconds.
function isOlder(at: Date, since: Date): boolean {
  return at.getTime() < Math.floor(since.getTime() / 1_000) * 1_000
}

function isAnsweredBy(by: LiftCommand['by'], reason: string): boolean {
  if (by === 'person') return true
  const isRefusal = /^\d+$/.test(reason)
  return by === 'message' ? isRefusal : isRefusal || reason === preference
}
