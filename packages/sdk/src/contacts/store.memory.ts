import { AuronxError } from '../kernel/index.ts'
import type { ContactId, ConversationId, MemoryDatabase, TenantId } from '../kernel/index.ts'
import { identityKey } from './identify.ts'
import type { ClosedConversation, Contact, ContactStore, Identity, KnownContact } from './store.ts'

interface ContactRow extends Contact {
  readonly tenantId: TenantId
}

interface IdentityRow extends Identity {
  readonly tenantId: TenantId
  readonly contactId: ContactId
}

/** What a merge has to know of a conversation. */
interface ConversationRow {
  readonly tenantId: TenantId
  readonly id: ConversationId
  readonly contactId: ContactId
  readonly channelId: string
  readonly status: 'open' | 'resolved'
  readonly owner: 'ai' | 'queue' | 'human'
  readonly lastMessageAt: Date
  readonly resolvedAt?: Date
  readonly updatedAt: Date
  readonly version: number
}

interface MessageRow {
  readonly tenantId: TenantId
  readonly contactId: ContactId
}

/** Contacts of one tenant over an in-memory database. */
export function createMemoryContactStore(
  database: MemoryDatabase,
  tenantId: TenantId,
): ContactStore {
  const contacts = database.table<ContactRow>('contacts')
  const identities = database.table<IdentityRow>('contact_identities')
  const key = (id: string): string => `${tenantId}/${id}`

  const ofContact = (id: ContactId): readonly Identity[] =>
    [...identities.values()]
      .filter((row) => row.tenantId === tenantId && row.contactId === id)
      .map(({ kind, scope, value }) => ({ kind, scope, value }))
  const give = (id: ContactId, identity: Identity): void => {
    identities.set(key(identityKey(identity)), { ...identity, tenantId, contactId: id })
  }

  return {
    get: async (id) => toContact(contacts.get(key(id))),
    async findByIdentities(searched) {
      const owners = new Set(
        searched.flatMap((one) => identities.get(key(identityKey(one)))?.contactId ?? []),
      )
      return [...owners]
        .flatMap((id): KnownContact[] => {
          const contact = toContact(contacts.get(key(id)))
          return contact === undefined ? [] : [{ ...contact, identities: ofContact(id) }]
        })
        .toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1))
    },
    identities: async (id) => ofContact(id),
    async insert(contact, given) {
      if (
        contacts.has(key(contact.id)) ||
        given.some((one) => identities.has(key(identityKey(one))))
      ) {
        throw new AuronxError('conflict', 'An identity belongs to another contact', {
          retryable: true,
        })
      }
      contacts.set(key(contact.id), { ...contact, tenantId })
      for (const identity of given) give(contact.id, identity)
    },
    async update(contact) {
      if (contacts.get(key(contact.id))?.version !== contact.version - 1) {
        throw new AuronxError('version_conflict', 'The contact was changed by somebody else')
      }
      contacts.set(key(contact.id), { ...contact, tenantId })
    },
    async assign(id, given) {
      for (const identity of given) {
        if (identity.kind === 'wa_username') {
          for (const earlier of ofContact(id)) {
            if (earlier.kind === identity.kind && earlier.scope === identity.scope)
              identities.delete(key(identityKey(earlier)))
          }
        }
        identities.delete(key(identityKey(identity)))
        give(id, identity)
      }
    },
    async merge(from, to, at) {
      const loser = contacts.get(key(from))
      if (loser === undefined || !contacts.has(key(to)))
        throw new AuronxError('not_found', 'No such contact')
      for (const [position, row] of identities) {
        if (row.tenantId === tenantId && row.contactId === from)
          identities.set(position, { ...row, contactId: to })
      }
      for (const [position, row] of contacts) {
        if (row.tenantId === tenantId && row.mergedIntoId === from)
          contacts.set(position, { ...row, mergedIntoId: to })
      }
      contacts.set(key(from), {
        ...loser,
        mergedIntoId: to,
        updatedAt: at,
        version: loser.version + 1,
      })
      return moveThread(database, tenantId, from, to, at)
    },
  }
}

function moveThread(
  database: MemoryDatabase,
  tenantId: TenantId,
  from: ContactId,
  to: ContactId,
  at: Date,
): readonly ClosedConversation[] {
  const conversations = database.table<ConversationRow>('conversations')
  const both = [...conversations].filter(
    ([, row]) => row.tenantId === tenantId && (row.contactId === from || row.contactId === to),
  )
  const open = both.map(([, row]) => row).filter((row) => row.status === 'open')
  const first = open
    .toSorted(byClaim)
    .filter(
      (row, index, rows) => rows.findIndex((one) => one.channelId === row.channelId) === index,
    )
  const staying = new Set(first.map(({ id }) => id))
  const closed: ClosedConversation[] = []
  for (const [position, row] of both) {
    const moved = { ...row, contactId: to }
    if (row.status === 'resolved' || staying.has(row.id)) {
      conversations.set(position, moved)
      continue
    }
    const version = row.version + 1
    conversations.set(position, {
      ...moved,
      status: 'resolved',
      resolvedAt: at,
      updatedAt: at,
      version,
    })
    closed.push({ id: row.id, version })
  }
  const messages = database.table<MessageRow>('messages')
  for (const [position, row] of messages) {
    if (row.tenantId === tenantId && row.contactId === from)
      messages.set(position, { ...row, contactId: to })
  }
  return closed
}

const claims: Readonly<Record<ConversationRow['owner'], number>> = { human: 0, queue: 1, ai: 2 }

function byClaim(a: ConversationRow, b: ConversationRow): number {
  return claims[a.owner] - claims[b.owner] || b.lastMessageAt.getTime() - a.lastMessageAt.getTime()
}

function toContact(row: ContactRow | undefined): Contact | undefined {
  if (row === undefined) return undefined
  const { tenantId: _tenant, ...contact } = row
  return contact
}
