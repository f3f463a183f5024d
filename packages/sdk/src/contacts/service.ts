import type { Locale } from '../accounts/index.ts'
import { assertAllowed, AuronxError, isAllowed } from '../kernel/index.ts'
import type { Actor, Clock, ContactId, EventStore, Ids, UnitOfWork } from '../kernel/index.ts'
import type { IdentityEvent, Party } from '../webhook/index.ts'
import { changeIdentity } from './change.ts'
import { maskIdentities } from './mask.ts'
import { identify } from './recognize.ts'
import type { Session } from './record.ts'
import { absorb, save } from './record.ts'
import type { Contact, ContactStore, KnownContact } from './store.ts'
import type { LiftCommand, SuppressCommand } from './suppress.ts'
import { lift, suppress, suppressedAs } from './suppress.ts'

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

/** What {@link Contacts.setLocale} did. */
export type SetLocaleOutcome =
  | { readonly kind: 'changed' | 'unchanged'; readonly contact: Contact }
  | { readonly kind: 'refused'; readonly reason: 'not_permitted' | 'not_found' }

/** What {@link Contacts.suppress} and {@link Contacts.lift} did; `unchanged` when it already was so, or something newer stands. */
export type SuppressOutcome =
  | { readonly kind: 'changed' | 'unchanged'; readonly contact: Contact }
  | { readonly kind: 'refused'; readonly reason: 'not_found' | 'not_permitted' }

/**
 * Who writes: one customer is one record, with or without a phone number. What finds or changes contacts takes
 * `contact:update` and throws `not_permitted` without it.
 */
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
  /** Makes two contacts one; `to` survives with all identities. For people and keys with `contact:update`. */
  merge(actor: Actor, from: ContactId, to: ContactId): Promise<MergeOutcome>
  /** The language we write to a contact in. A customer and its assistant set their own only. */
  setLocale(actor: Actor, id: ContactId, locale: Locale): Promise<SetLocaleOutcome>
  /** Holds messages back from a contact. For people and keys with `contact:update`, and the system. */
  suppress(actor: Actor, id: ContactId, command: SuppressCommand): Promise<SuppressOutcome>
  /** Lets messages go to a contact again; marketing only by the customer's own choice, so not for staff and integrations. */
  lift(actor: Actor, id: ContactId, command: LiftCommand): Promise<SuppressOutcome>
  /**
   * A contact; a merged one leads to its survivor. Throws `not_permitted` without
   * `contact:read`; phone numbers are masked without `contact:reveal_identifier`.
   */
  get(actor: Actor, id: ContactId): Promise<KnownContact | undefined>
}

/** The contacts service. */
export function createContacts(deps: ContactsDeps): Contacts {
  return {
    async identify(actor, party, options = {}) {
      assertAllowed(actor, 'contact:update')
      return deps.work.run(actor.tenantId, (stores) =>
        identify(sessionOf(deps, stores, actor, options), party, options),
      )
    },
    async changeIdentity(actor, event, options = {}) {
      assertAllowed(actor, 'contact:update')
      return deps.work.run(actor.tenantId, (stores) =>
        changeIdentity(sessionOf(deps, stores, actor, options), event, options),
      )
    },
    merge: (actor, from, to) =>
      deps.work.run(actor.tenantId, (stores) =>
        mergeByHand(sessionOf(deps, stores, actor, {}), from, to),
      ),
    setLocale: async (actor, id, locale) =>
      speaksFor(actor, id) || isAllowed(actor, 'contact:update')
        ? deps.work.run(actor.tenantId, (stores) =>
            setLocale(sessionOf(deps, stores, actor, {}), id, locale),
          )
        : { kind: 'refused', reason: 'not_permitted' },
    suppress: (actor, id, command) =>
      onContact(deps, actor, id, maySuppress(actor), (session, contact) =>
        suppress(session, contact, command),
      ),
    lift: (actor, id, command) => {
      const mayLift =
        command.what === 'marketing' || command.by !== 'person'
          ? actor.kind === 'system'
          : maySuppress(actor)
      return onContact(deps, actor, id, mayLift, (session, contact) =>
        lift(session, contact, command),
      )
    },
    get: async (actor, id) => {
      assertAllowed(actor, 'contact:read')
      return deps.work.run(actor.tenantId, async ({ contacts }) => {
        const contact = await survivor(contacts, id)
        return contact === undefined
          ? undefined
          : {
              ...contact,
              identities: maskIdentities(actor, await contacts.identities(contact.id)),
            }
      })
    },
  }
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

function maySuppress(actor: Actor): boolean {
  const isOurs = actor.kind !== 'customer' && actor.kind !== 'ai'
  return isOurs && isAllowed(actor, 'contact:update')
}

async function onContact(
  deps: ContactsDeps,
  actor: Actor,
  id: ContactId,
  isAllowed: boolean,
  change: (session: Session, contact: Contact) => Promise<Contact>,
): Promise<SuppressOutcome> {
  if (!isAllowed) return { kind: 'refused', reason: 'not_permitted' }
  return deps.work.run(actor.tenantId, async (stores) => {
    const contact = await survivor(stores.contacts, id)
    if (contact === undefined) return { kind: 'refused', reason: 'not_found' }
    const changed = await change(sessionOf(deps, stores, actor, {}), contact)
    return { kind: changed === contact ? 'unchanged' : 'changed', contact: changed }
  })
}

async function mergeByHand(
  session: Session,
  from: ContactId,
  to: ContactId,
): Promise<MergeOutcome> {
  const isPerson = session.actor.kind === 'staff' || session.actor.kind === 'integration'
  if (!isPerson || !isAllowed(session.actor, 'contact:update')) {
    return { kind: 'refused', reason: 'not_permitted' }
  }
  const loser = await survivor(session.contacts, from)
  const winner = await survivor(session.contacts, to)
  if (loser === undefined || winner === undefined) return { kind: 'refused', reason: 'not_found' }
  if (loser.id === winner.id) return { kind: 'refused', reason: 'same' }
  await absorb(session, loser, winner.id)
  const heir = suppressedAs(winner, [loser])
  const contact = await save(session, heir, 'contact.merged', { merged: [loser.id] })
  return { kind: 'merged', contact }
}

/** Whether the actor is the customer or their assistant. */
function speaksFor({ kind, id, onBehalfOf }: Actor, contactId: ContactId): boolean {
  return (kind === 'customer' && id === contactId) || (kind === 'ai' && onBehalfOf === contactId)
}

async function setLocale(
  session: Session,
  id: ContactId,
  locale: Locale,
): Promise<SetLocaleOutcome> {
  const contact = await survivor(session.contacts, id)
  if (contact === undefined) return { kind: 'refused', reason: 'not_found' }
  if (contact.locale === locale) return { kind: 'unchanged', contact }
  const changed = await save(session, { ...contact, locale }, 'contact.locale_set', { locale })
  return { kind: 'changed', contact: changed }
}

async function survivor(contacts: ContactStore, id: ContactId): Promise<Contact | undefined> {
  const contact = await contacts.get(id)
  if (contact?.mergedIntoId === undefined) return contact
  const target = await contacts.get(contact.mergedIntoId)
  if (target?.mergedIntoId !== undefined)
    throw new AuronxError('internal', 'A merged contact leads to a merged contact')
  return target
}
