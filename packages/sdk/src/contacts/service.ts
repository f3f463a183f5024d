import { assertAllowed, AuronxError, isAllowed } from '../kernel/index.ts'
import type { Actor, Clock, ContactId, EventStore, Ids, UnitOfWork } from '../kernel/index.ts'
import type { IdentityEvent, Party } from '../webhook/index.ts'
import { changeIdentity } from './change.ts'
import { maskIdentities } from './mask.ts'
import { identify } from './recognize.ts'
import type { Session } from './record.ts'
import { absorb, save } from './record.ts'
import type { Contact, ContactStore, KnownContact } from './store.ts'

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
  const contact = await save(session, winner, 'contact.merged', { merged: [loser.id] })
  return { kind: 'merged', contact }
}

async function survivor(contacts: ContactStore, id: ContactId): Promise<Contact | undefined> {
  const contact = await contacts.get(id)
  if (contact?.mergedIntoId === undefined) return contact
  const target = await contacts.get(contact.mergedIntoId)
  if (target?.mergedIntoId !== undefined)
    throw new AuronxError('internal', 'A merged contact leads to a merged contact')
  return target
}
