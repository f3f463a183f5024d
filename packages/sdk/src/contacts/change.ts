import type { IdentityEvent } from '../webhook/index.ts'
import { decideIdentity, identitiesOf, isNewest, isSame } from './identify.ts'
import { identify } from './recognize.ts'
import type { Session } from './record.ts'
import { absorb, bare, displace, find, save } from './record.ts'
import type { ChangeIdentityOutcome, IdentifyOptions } from './service.ts'
import type { Identity, KnownContact } from './store.ts'
import { suppressedAs } from './suppress.ts'

/** Gives a customer the identifiers an event says they have now. */
export async function changeIdentity(
  session: Session,
  event: IdentityEvent,
  options: IdentifyOptions,
): Promise<ChangeIdentityOutcome> {
  const previous = identitiesOf(event.previous, options.scope ?? '')
  const current = identitiesOf(event.current, options.scope ?? '')
  if (current.every(({ kind }) => kind === 'wa_username'))
    return { kind: 'refused', reason: 'no_identity' }
  const decision = decideIdentity(previous, await find(session, previous))
  return decision.kind === 'match'
    ? change(session, event, decision.contact, current)
    : meet(session, event, options)
}

/** Nobody is known by the previous identifiers: the event is where this customer begins, or the second copy of one. */
async function meet(
  session: Session,
  event: IdentityEvent,
  options: IdentifyOptions,
): Promise<ChangeIdentityOutcome> {
  const outcome = await identify(session, event.current, options)
  if (outcome.kind === 'refused') return outcome
  const { contact, created, merged } = outcome
  return { kind: created ? 'changed' : 'unchanged', contact, merged }
}

async function change(
  session: Session,
  event: IdentityEvent,
  before: KnownContact,
  current: readonly Identity[],
): Promise<ChangeIdentityOutcome> {
  const holders = (await find(session, current)).filter(({ id }) => id !== before.id)
  // The provider vouches that the holder of the current user id is this person; a number alone may be somebody's past.
  const same = holders.filter((holder) => holds(holder, current, ['wa_bsuid', 'wa_parent_bsuid']))
  const former = holders.filter(
    (holder) => !same.includes(holder) && holds(holder, current, ['wa_phone']),
  )
  // One that this customer had before and has again counts as new: it is the one to write to.
  const link = current.filter((identity) => !isNewest(before, identity))
  if (link.length === 0 && same.length === 0)
    return { kind: 'unchanged', contact: before, merged: [] }
  for (const other of former) await displace(session, other)
  for (const other of same) await absorb(session, other, before.id)
  if (link.length > 0) await session.contacts.assign(before.id, link)
  const merged = same.map(({ id }) => id)
  const heir = suppressedAs(bare(before), same)
  const changed = { ...heir, identityChangedAt: session.now }
  const data = { change: event.change, linked: link.map(({ kind }) => kind), merged }
  return {
    kind: 'changed',
    contact: await save(session, changed, 'contact.identity_changed', data),
    merged,
  }
}

function owns(contact: KnownContact, identity: Identity): boolean {
  return contact.identities.some((one) => isSame(one, identity))
}

function holds(
  contact: KnownContact,
  identities: readonly Identity[],
  kinds: readonly Identity['kind'][],
): boolean {
  return identities.some((one) => kinds.includes(one.kind) && owns(contact, one))
}
