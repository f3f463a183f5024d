import { AuronxError } from '../kernel/index.ts'
import type {
  Actor,
  Clock,
  ContactId,
  DomainEvent,
  EventStore,
  Ids,
  Json,
  UnitOfWork,
} from '../kernel/index.ts'
import type { IdentityEvent, Party } from '../webhook/index.ts'
import type { IdentityDecision } from './identify.ts'
import { decideIdentity, identitiesOf, isSame, searchedIdentities } from './identify.ts'
import type { Contact, ContactStore, Identity, KnownContact } from './store.ts'

/** The stores the contacts service needs in a transaction. */
export interface ContactStores {
  readonly contacts: ContactStore
  readonly events: EventStore
}

/** What {@link createContacts} needs. */
export interface ContactsDeps {
  readonly work: UnitOfWork<ContactStores>
  readonly clock: Clock
  readonly ids: Ids
}

/** Where an event came from. */
export interface IdentifyOptions {
  /**
   * Portfolio that user ids of the event are unique in. Default `''`, which is right while all numbers of a tenant stand
   * in one portfolio; otherwise pass the portfolio's or the business account's id.
   */
  readonly scope?: string
  /** Id of the inbound event or request this belongs to. */
  readonly correlationId?: string
}

/**
 * Who an event is from. `merged` are contacts that turned out to be the same person. Refused as `no_identity` when the
 * event has neither a user id nor a phone number: nobody is created from a name or an empty number.
 */
export type IdentifyOutcome =
  | {
      readonly kind: 'identified'
      readonly contact: Contact
      readonly created: boolean
      readonly merged: readonly ContactId[]
    }
  | { readonly kind: 'refused'; readonly reason: 'no_identity' }

/** What {@link Contacts.changeIdentity} did. */
export type ChangeIdentityOutcome =
  | {
      readonly kind: 'changed' | 'unchanged'
      readonly contact: Contact
      readonly merged: readonly ContactId[]
    }
  | { readonly kind: 'refused'; readonly reason: 'no_identity' }

/** What {@link Contacts.merge} did. `same`: the two already are one contact. */
export type MergeOutcome =
  | { readonly kind: 'merged'; readonly contact: Contact }
  | { readonly kind: 'refused'; readonly reason: 'not_permitted' | 'not_found' | 'same' }

/** Who writes: one customer is one record, with or without a phone number. */
export interface Contacts {
  /** Finds or creates the contact of a person and keeps what is new about them. Throws `conflict` (retryable) when another process created it at the same time. */
  identify(actor: Actor, party: Party, options?: IdentifyOptions): Promise<IdentifyOutcome>
  /**
   * A customer's number or user id changed: the same person has the current identifiers from now on; the earlier ones
   * stay as aliases, and `identityChangedAt` is set, because numbers are handed on to other people.
   */
  changeIdentity(
    actor: Actor,
    event: IdentityEvent,
    options?: IdentifyOptions,
  ): Promise<ChangeIdentityOutcome>
  /** Makes two contacts one; `to` survives with all identities. For staff and integrations. */
  merge(actor: Actor, from: ContactId, to: ContactId): Promise<MergeOutcome>
  /** A contact; a merged one leads to its survivor. */
  get(actor: Actor, id: ContactId): Promise<KnownContact | undefined>
}

/** The contacts service. */
export function createContacts(deps: ContactsDeps): Contacts {
  return {
    identify: (actor, party, options = {}) =>
      deps.work.run(actor.tenantId, (stores) =>
        identify(sessionOf(deps, stores, actor, options), party, options),
      ),
    changeIdentity: (actor, event, options = {}) =>
      deps.work.run(actor.tenantId, (stores) =>
        changeIdentity(sessionOf(deps, stores, actor, options), event, options),
      ),
    merge: (actor, from, to) =>
      deps.work.run(actor.tenantId, (stores) =>
        mergeByHand(sessionOf(deps, stores, actor, {}), from, to),
      ),
    get: (actor, id) =>
      deps.work.run(actor.tenantId, async ({ contacts }) => {
        const contact = await survivor(contacts, id)
        return contact === undefined
          ? undefined
          : { ...contact, identities: await contacts.identities(contact.id) }
      }),
  }
}

interface Session extends ContactStores {
  readonly actor: Actor
  readonly now: Date
  readonly ids: Ids
  readonly correlationId: string
}

function sessionOf(
  deps: ContactsDeps,
  stores: ContactStores,
  actor: Actor,
  options: IdentifyOptions,
): Session {
  const correlationId = options.correlationId ?? actor.evidence?.id ?? deps.ids.next('InboxEventId')
  return {
    contacts: stores.contacts,
    events: stores.events,
    actor,
    now: deps.clock.now(),
    ids: deps.ids,
    correlationId,
  }
}

async function identify(
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
  const contact = await keepNews(session, decision, party)
  return { kind: 'identified', contact, created: false, merged: decision.merge.map(({ id }) => id) }
}

async function changeIdentity(
  session: Session,
  event: IdentityEvent,
  { scope = '' }: IdentifyOptions,
): Promise<ChangeIdentityOutcome> {
  const previous = identitiesOf(event.previous, scope)
  const current = identitiesOf(event.current, scope)
  if (proofsOf(current).length === 0) return { kind: 'refused', reason: 'no_identity' }
  const decision = decideIdentity(previous, await find(session, previous))
  if (decision.kind !== 'match') {
    const outcome = await identify(session, event.current, { scope })
    if (outcome.kind === 'refused') return outcome
    return {
      kind: outcome.created ? 'changed' : 'unchanged',
      contact: outcome.contact,
      merged: outcome.merged,
    }
  }
  const before = decision.contact
  const holders = (await find(session, current)).filter(({ id }) => id !== before.id)
  // The provider vouches that the holder of the current user id is this person; a phone number alone may be somebody else's past.
  const same = holders.filter((holder) =>
    current.some((one) => one.kind !== 'wa_phone' && ownsExactly(holder, one)),
  )
  for (const other of holders)
    if (!same.includes(other) && holdsPhone(other, current)) await displace(session, other)
  const link = current.filter((identity) => !ownsExactly(before, identity))
  if (link.length === 0 && same.length === 0)
    return { kind: 'unchanged', contact: before, merged: [] }
  for (const other of same) await absorb(session, other, before.id)
  if (link.length > 0) await session.contacts.assign(before.id, link)
  const contact = await save(
    session,
    { ...bare(before), identityChangedAt: session.now },
    'contact.identity_changed',
    {
      change: event.change,
      linked: link.map(({ kind }) => kind),
      merged: same.map(({ id }) => id),
    },
  )
  return { kind: 'changed', contact, merged: same.map(({ id }) => id) }
}

async function mergeByHand(
  session: Session,
  from: ContactId,
  to: ContactId,
): Promise<MergeOutcome> {
  if (session.actor.kind !== 'staff' && session.actor.kind !== 'integration') {
    return { kind: 'refused', reason: 'not_permitted' }
  }
  const loser = await survivor(session.contacts, from)
  const winner = await survivor(session.contacts, to)
  if (loser === undefined || winner === undefined) return { kind: 'refused', reason: 'not_found' }
  if (loser.id === winner.id) return { kind: 'refused', reason: 'same' }
  await absorb(session, loser, winner.id)
  const contact = await save(session, winner, 'contact.merged', { merged: [loser.id] })
  return { kind: 'merged', contact }
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
): Promise<Contact> {
  const { contact, link, merge } = decision
  const name = displayNameOf(party)
  const renamed = name !== undefined && name !== contact.displayName
  if (link.length === 0 && merge.length === 0 && !renamed) return contact
  for (const other of merge) await absorb(session, other, contact.id)
  if (link.length > 0) await session.contacts.assign(contact.id, link)
  return save(
    session,
    renamed ? { ...bare(contact), displayName: name } : bare(contact),
    merge.length > 0 ? 'contact.merged' : 'contact.updated',
    { linked: link.map(({ kind }) => kind), merged: merge.map(({ id }) => id), renamed },
  )
}

/** Somebody else holds the number now: the earlier holder keeps their history and loses the way to it by that number. */
async function displace(session: Session, contact: KnownContact): Promise<void> {
  await save(
    session,
    { ...bare(contact), identityChangedAt: session.now },
    'contact.identity_lost',
    { lost: ['wa_phone'] },
  )
}

async function absorb(session: Session, from: Contact, to: ContactId): Promise<void> {
  const closed = await session.contacts.merge(from.id, to, session.now)
  await append(session, { ...from, version: from.version + 1 }, 'contact.merged_into', {
    intoId: to,
  })
  await session.events.append(
    closed.map(({ id, version }) => ({
      ...envelope(session, 'conversation.resolved', { reason: 'contact_merged' }),
      aggregateType: 'conversation' as const,
      aggregateId: id,
      aggregateVersion: version,
    })),
  )
}

async function save(
  session: Session,
  contact: Contact,
  type: string,
  data: DomainEvent['data'],
): Promise<Contact> {
  const saved = { ...contact, updatedAt: session.now, version: contact.version + 1 }
  await session.contacts.update(saved)
  await append(session, saved, type, data)
  return saved
}

async function append(
  session: Session,
  contact: Contact,
  type: string,
  data: DomainEvent['data'],
): Promise<void> {
  await session.events.append([
    {
      ...envelope(session, type, data),
      aggregateType: 'contact',
      aggregateId: contact.id,
      aggregateVersion: contact.version,
    },
  ])
}

function envelope(session: Session, type: string, data: { readonly [key: string]: Json }) {
  return {
    id: session.ids.next('InboxEventId'),
    tenantId: session.actor.tenantId,
    type,
    schema: 1,
    occurredAt: session.now,
    actor: session.actor,
    correlationId: session.correlationId,
    data,
  }
}

function find(session: Session, identities: readonly Identity[]): Promise<readonly KnownContact[]> {
  const searched = searchedIdentities(identities)
  return searched.length === 0 ? Promise.resolve([]) : session.contacts.findByIdentities(searched)
}

async function survivor(contacts: ContactStore, id: ContactId): Promise<Contact | undefined> {
  const contact = await contacts.get(id)
  if (contact?.mergedIntoId === undefined) return contact
  const target = await contacts.get(contact.mergedIntoId)
  if (target?.mergedIntoId !== undefined)
    throw new AuronxError('internal', 'A merged contact leads to a merged contact')
  return target
}

function bare({ identities: _identities, ...contact }: KnownContact): Contact {
  return contact
}

function proofsOf(identities: readonly Identity[]): readonly Identity[] {
  return identities.filter(({ kind }) => kind !== 'wa_username')
}

function ownsExactly(contact: KnownContact, identity: Identity): boolean {
  return contact.identities.some((one) => isSame(one, identity))
}

function holdsPhone(contact: KnownContact, identities: readonly Identity[]): boolean {
  return identities.some((one) => one.kind === 'wa_phone' && ownsExactly(contact, one))
}

function displayNameOf(party: Party): string | undefined {
  const name = party.displayName?.slice(0, maxNameLength).replaceAll(unstorable, ' ').trim()
  return name === undefined || name === '' ? undefined : name
}

const maxNameLength = 200
const unstorable = /[\p{Cc}\p{Surrogate}]/gu
