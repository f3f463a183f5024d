import type { Actor, ContactId, DomainEvent, Ids, Json } from '../kernel/index.ts'
import { searchedIdentities } from './identify.ts'
import type { ContactStores } from './service.ts'
import type { Contact, Identity, KnownContact } from './store.ts'

/** One transaction of the service. */
export interface Session extends ContactStores {
  readonly actor: Actor
  readonly now: Date
  readonly ids: Ids
  readonly correlationId: string
}

/** Somebody else holds the number now: the earlier holder keeps their history and loses the way to it by that number. */
export async function displace(session: Session, contact: KnownContact): Promise<void> {
  await save(
    session,
    { ...bare(contact), identityChangedAt: session.now },
    'contact.identity_lost',
    { lost: ['wa_phone'] },
  )
}

/** Makes `from` a part of `to` and writes what happened to both and to their conversations. */
export async function absorb(session: Session, from: Contact, to: ContactId): Promise<void> {
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

/** Saves the next version of a contact and what happened. */
export async function save(
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

/** Writes what happened to a contact. */
export async function append(
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

/** The contacts that own any of the identities or a national variant of a number. */
export function find(
  session: Session,
  identities: readonly Identity[],
): Promise<readonly KnownContact[]> {
  const searched = searchedIdentities(identities)
  return searched.length === 0 ? Promise.resolve([]) : session.contacts.findByIdentities(searched)
}

/** A contact without its identities. */
export function bare({ identities: _identities, ...contact }: KnownContact): Contact {
  return contact
}
