import { asId } from '@auronx/sdk'
import type {
  ChannelId,
  ContactId,
  Conversation,
  ConversationId,
  Message,
  OutboxEntry,
  ReadAhead,
  TenantId,
} from '@auronx/sdk'
import {
  conversationColumns,
  messageColumns,
  messageSecond,
  toConversation,
} from './conversation-rows.ts'
import { boolean, integer, optionalText, text } from './row.ts'
import type { SqlRow, SqlValue, Transaction } from './sql.ts'

/** Highest sequence of a conversation's outbox, and whether an intent still waits or is on its way. */
export interface Tail {
  readonly sequence: number
  readonly busy: boolean
}

type ThreadQuery = {
  readonly contactId: ContactId
  readonly channelId: ChannelId
  readonly limit: number
  readonly cursor: string | undefined
  readonly providerMessageId: string | undefined
}

/**
 * What one transaction knows without asking again: what it read in advance, what it holds locked, what it wrote. Shared
 * by the stores of that transaction. Every answer is what a query would give now, or nothing.
 */
export interface TransactionReads {
  readonly ahead: ReadAhead
  lockedConversation(id: ConversationId): Conversation | undefined
  latest(
    contactId: ContactId,
    channelId: ChannelId,
  ): Promise<{ readonly conversation: Conversation | undefined } | undefined>
  /** Rows of messages with their `position`, newest first. */
  thread(query: ThreadQuery): Promise<readonly SqlRow[] | undefined>
  tail(conversationId: ConversationId): Promise<Tail | undefined>
  noteLocked(conversation: Conversation): void
  noteSaved(conversation: Conversation): void
  noteAppended(messages: readonly Message[]): void
  noteInserted(contactId: ContactId): void
  noteQueued(entries: readonly OutboxEntry[]): void
  /** Rows changed beside their stores: nothing is known any more. */
  forget(): void
}

interface Announced {
  readonly channelId: ChannelId
  readonly providerIds: ReadonlySet<string>
  readonly latest: Promise<Conversation | undefined>
  readonly threads: Promise<ReadonlyMap<string, readonly SqlRow[]>>
  readonly known: Promise<ReadonlyMap<string, Owned>>
  readonly tail: Promise<readonly [ConversationId, Tail] | undefined>
  readonly recent: number
}

interface Owned {
  readonly contactId: string
  readonly row: SqlRow
}

/** Starts with nothing known. */
export function createTransactionReads(sql: Transaction, tenantId: TenantId): TransactionReads {
  let announced: Announced | undefined
  const locked = new Map<ConversationId, Conversation>()
  const latest = new Map<string, Conversation>()
  const tails = new Map<ConversationId, Tail>()
  const newContacts = new Set<ContactId>()
  const appended = new Set<string>()
  const touched = new Set<string>()
  const place = (contactId: string, channelId: string): string => `${contactId} ${channelId}`

  return {
    ahead: {
      message(hint) {
        announced = announce(sql, tenantId, hint)
      },
    },
    lockedConversation: (id) => locked.get(id),
    async latest(contactId, channelId) {
      const own = latest.get(place(contactId, channelId))
      if (own !== undefined) return { conversation: own }
      if (announced?.channelId !== channelId || touched.has(contactId)) return undefined
      const [read, threads] = await Promise.all([announced.latest, announced.threads])
      if (read?.contactId === contactId) {
        locked.set(read.id, read)
        const tail = await announced.tail
        if (tail?.[0] === read.id) tails.set(...tail)
        return { conversation: read }
      }
      const isNew = newContacts.has(contactId)
      const isAlone = read === undefined && threads.has(contactId)
      return isNew || isAlone ? { conversation: undefined } : undefined
    },
    async thread({ contactId, channelId, limit, cursor, providerMessageId }) {
      if (announced?.channelId !== channelId || cursor !== undefined) return undefined
      if (providerMessageId !== undefined) {
        if (!announced.providerIds.has(providerMessageId) || appended.has(providerMessageId))
          return undefined
        const owned = (await announced.known).get(providerMessageId)
        return owned?.contactId === contactId ? [owned.row] : []
      }
      if (limit !== announced.recent || touched.has(contactId)) return undefined
      if (newContacts.has(contactId)) return []
      return (await announced.threads).get(contactId)
    },
    async tail(conversationId) {
      return tails.get(conversationId)
    },
    noteLocked(conversation) {
      locked.set(conversation.id, conversation)
    },
    noteSaved(conversation) {
      const { id, contactId, channelId, status, version } = conversation
      locked.set(id, conversation)
      if (version === 1) tails.set(id, { sequence: 0, busy: false })
      touched.add(contactId)
      // A contact has one open conversation on a number, and it is the latest.
      if (status === 'open') latest.set(place(contactId, channelId), conversation)
      else latest.delete(place(contactId, channelId))
    },
    noteAppended(messages) {
      for (const { conversationId, providerMessageId } of messages) {
        if (providerMessageId !== undefined) appended.add(providerMessageId)
        const owner = locked.get(conversationId)
        if (owner === undefined) announced = undefined
        else touched.add(owner.contactId)
      }
    },
    noteInserted(contactId) {
      newContacts.add(contactId)
    },
    noteQueued(entries) {
      for (const { conversationId, sequence, state } of entries) {
        const known = tails.get(conversationId)
        if (known === undefined) continue
        const isOpen = state === 'queued' || state === 'sending'
        tails.set(conversationId, {
          sequence: Math.max(known.sequence, sequence),
          busy: known.busy || isOpen,
        })
      }
    },
    forget() {
      announced = undefined
      for (const known of [locked, latest, tails]) known.clear()
      newContacts.clear()
    },
  }
}

// Started together and awaited when asked for, so that they share the flight of the transaction's first statement.
function announce(
  sql: Transaction,
  tenantId: TenantId,
  hint: Parameters<ReadAhead['message']>[0],
): Announced {
  const { channelId, identities, providerMessageIds, recent } = hint
  const sought: readonly SqlValue[] = [
    tenantId,
    channelId,
    identities.map(({ kind }) => kind),
    identities.map(({ scope }) => scope),
    identities.map(({ value }) => value),
  ]
  const ask = <Value>(
    name: string,
    statement: string,
    values: readonly SqlValue[],
    read: (rows: readonly SqlRow[]) => Value,
  ): Promise<Value> => {
    const answer = sql.query({ name, text: statement, values }).then(read)
    answer.catch(() => undefined)
    return answer
  }
  return {
    channelId,
    recent,
    providerIds: new Set(providerMessageIds),
    latest: ask('ahead_latest', selectLatest, sought, ([row]) =>
      row === undefined ? undefined : toConversation(row),
    ),
    tail: ask('ahead_tail', selectTail, sought, ([row]) => (row === undefined ? row : toTail(row))),
    threads: ask('ahead_thread', selectThreads, [...sought, recent + 1], toThreads),
    known: ask('ahead_known', selectKnown, [tenantId, channelId, providerMessageIds], toKnown),
  }
}

const owners = `select distinct i.contact_id from contact_identities i
  join unnest($3::text[], $4::text[], $5::text[]) as s (kind, scope, value)
    on i.kind = s.kind and i.scope = s.scope and i.value = s.value
  where i.tenant_id = $1`

const selectLatest = `select ${conversationColumns} from conversations
  where tenant_id = $1 and channel_id = $2 and contact_id in (${owners})
  order by (status = 'open') desc, created_at desc, id desc limit 1 for update`

// A statement of its own: the one before may wait for the lock, and this one sees what stands after it.
const selectTail = `select c.id,
    coalesce((select max(sequence) from outbox where tenant_id = $1 and conversation_id = c.id), 0) as sequence,
    exists (select from outbox where tenant_id = $1 and conversation_id = c.id
      and state in ('queued', 'sending')) as busy
  from (
    select id from conversations where tenant_id = $1 and channel_id = $2 and contact_id in (${owners})
    order by (status = 'open') desc, created_at desc, id desc limit 1
  ) c`

const selectThreads = `select owner.contact_id as owner_id, m.* from (${owners}) owner
  left join lateral (
    select ${messageColumns}, position, ${messageSecond} as second from messages
    where tenant_id = $1 and contact_id = owner.contact_id and channel_id = $2
    order by ${messageSecond} desc, position desc limit $6
  ) m on true
  order by owner.contact_id, m.second desc, m.position desc`

const selectKnown = `select contact_id, ${messageColumns}, position from messages
  where tenant_id = $1 and channel_id = $2 and provider_message_id = any($3::text[])`

function toTail(row: SqlRow): readonly [ConversationId, Tail] {
  return [
    asId('ConversationId', text(row, 'id')),
    { sequence: integer(row, 'sequence'), busy: boolean(row, 'busy') },
  ]
}

function toThreads(rows: readonly SqlRow[]): ReadonlyMap<string, readonly SqlRow[]> {
  const threads = new Map<string, SqlRow[]>()
  for (const row of rows) {
    const owner = text(row, 'owner_id')
    const thread = threads.get(owner) ?? []
    threads.set(owner, thread)
    if (row['id'] !== null) thread.push(row)
  }
  return threads
}

function toKnown(rows: readonly SqlRow[]): ReadonlyMap<string, Owned> {
  return new Map(
    rows.map((row) => [
      optionalText(row, 'provider_message_id') ?? '',
      { contactId: text(row, 'contact_id'), row },
    ]),
  )
}
