import type { Party } from '../webhook/index.ts'
import type { IdentityDecision } from './identify.ts'
import { decideIdentity, identitiesOf, isNewest } from './identify.ts'
import type { Session } from './record.ts'
import { absorb, append, bare, displace, find, save } from './record.ts'
import type { IdentifyOptions, IdentifyOutcome } from './service.ts'
import type { Contact, Identity } from './store.ts'
import { suppressedAs } from './suppress.ts'

/** Finds or creates the contact of a person. */
export async function identify(
  session: Session,
  party: Party,
  { scope = '' }: IdentifyOptions,
): Promise<IdentifyOutcome> {
  const identities = identitiesOf(party, scope)
  const known = await find(session, identities)
  const decision = decideIdentity(identities, known)
  if (decision.kind === 'nobody') return { kind: 'refused', reason: 'no_identity' }
  if (decision.displaced !== undefined) await displace(session, decision.displaced)
  if (decision.kind === 'create') {
    const contact = await create(session, party, decision.link, decision.displaced !== undefined)
    return { kind: 'identified', contact, created: true, merged: [] }
  }
  const contact = await keepNews(session, decision, party, identities)
  return { kind: 'identified', contact, created: false, merged: decision.merge.map(({ id }) => id) }
}

async function create(
  session: Session,
  party: Party,
  identities: readonly Identity[],
  recycled: boolean,
): Promise<Contact> {
  const name = displayNameOf(party)
  const contact: Contact = {
    id: session.ids.next('ContactId'),
    ...(name === undefined ? {} : { displayName: name }),
    createdAt: session.now,
    updatedAt: session.now,
    version: 1,
  }
  // A username may be taken over from somebody who gave it up, and a number from its earlier holder.
  const moving = identities.filter(
    ({ kind }) => kind === 'wa_username' || (recycled && kind === 'wa_phone'),
  )
  await session.contacts.insert(
    contact,
    identities.filter((identity) => !moving.includes(identity)),
  )
  if (moving.length > 0) await session.contacts.assign(contact.id, moving)
  await append(session, contact, 'contact.created', {
    identities: identities.map(({ kind }) => kind),
  })
  return contact
}

async function keepNews(
  session: Session,
  decision: Extract<IdentityDecision, { kind: 'match' }>,
  party: Party,
  identities: readonly Identity[],
): Promise<Contact> {
  const { contact, link, merge } = decision
  const name = displayNameOf(party)
  const renamed = name !== undefined && name !== contact.displayName
  for (const other of merge) await absorb(session, other, contact.id)
  // Answers go to the number and the user id that come last: those that wrote.
  const last = merge.length > 0 ? identities : identities.filter((one) => !isNewest(contact, one))
  if (last.length > 0) await session.contacts.assign(contact.id, last)
  if (link.length === 0 && merge.length === 0 && !renamed) return contact
  const heir = suppressedAs(bare(contact), merge)
  return save(
    session,
    renamed ? { ...heir, displayName: name } : heir,
    merge.length > 0 ? 'contact.merged' : 'contact.updated',
    { linked: link.map(({ kind }) => kind), merged: merge.map(({ id }) => id), renamed },
  )
}

function displayNameOf(party: Party): string | undefined {
  const name = party.displayName?.slice(0, maxNameLength).replaceAll(unstorable, ' ').trim()
  return name === undefined || name === '' ? undefined : name
}

const maxNameLength = 200
const unstorable = /[\p{Cc}\p{Surrogate}]/gu
