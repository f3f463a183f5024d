import { asId } from '@auronx/sdk'
import type {
  ChannelId,
  ContactId,
  Conversation,
  ConversationId,
  Identity,
  KnownContact,
  Message,
  MessageHint,
  OutboxEntry,
  ReadAhead,
  TenantId,
} from '@auronx/sdk'
import { findContacts, identityArrays, toKnownContact } from './contact-rows.ts'
import {
  conversationColumns,
  messageColumns,
  messageSecond,
  toConversation,
} from './conversation-rows.ts'
import { boolean, integer, optionalText, text } from './row.ts'
import type { SqlRow, SqlStatement, SqlValue, Transaction } from './sql.ts'

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
  /** The contacts that own any of the identities, as the store gives them. */
  contacts(identities: readonly Identity[]): Promise<readonly KnownContact[] | undefined>
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
  noteInserted(contactId: ContactId, identities: readonly Identity[]): void
  /** A contact's row was changed, or identities given to it. */
  noteChanged(contactId: ContactId, identities: readonly Identity[]): void
  noteQueued(entries: readonly OutboxEntry[]): void
  /** Rows changed beside their stores: nothing is known any more. */
  forget(): void
}

interface Announced {
  readonly recent: number
  /** Numbers whose messages were announced. */
  readonly channels: ReadonlySet<string>
  /** Keys of the identities that contacts were looked up by. */
  readonly sought: ReadonlySet<string>
  readonly providerIds: ReadonlySet<string>
  readonly contacts: Promise<readonly KnownContact[]>
  readonly latest: Promise<ReadonlyMap<string, Conversation>>
  readonly tails: Promise<ReadonlyMap<ConversationId, Tail>>
  readonly threads: Promise<ReadonlyMap<string, readonly SqlRow[]>>
  readonly known: Promise<ReadonlyMap<string, Owned>>
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
  const changedContacts = new Set<string>()
  const givenIdentities = new Set<string>()
  const give = (identities: readonly Identity[]): void => {
    for (const identity of identities) givenIdentities.add(identityKey(identity))
  }

  return {
    ahead: {
      messages(hints) {
        announced = announce(sql, tenantId, hints)
      },
    },
    async contacts(identities) {
      const keys = new Set(identities.map(identityKey))
      if (announced === undefined || ![...keys].every((key) => announced?.sought.has(key)))
        return undefined
      const owns = (contact: KnownContact, some: ReadonlySet<string>): boolean =>
        contact.identities.some((identity) => some.has(identityKey(identity)))
      const found = (await announced.contacts).filter((contact) => owns(contact, keys))
      const isOld =
        [...keys].some((key) => givenIdentities.has(key)) ||
        found.some((contact) => changedContacts.has(contact.id) || owns(contact, givenIdentities))
      return isOld ? undefined : found
    },
    lockedConversation: (id) => locked.get(id),
    async latest(contactId, channelId) {
      const own = latest.get(place(contactId, channelId))
      if (own !== undefined) return { conversation: own }
      if (announced?.channels.has(channelId) !== true || touched.has(contactId)) return undefined
      if (newContacts.has(contactId)) return { conversation: undefined }
      const [read, threads] = await Promise.all([announced.latest, announced.threads])
      const here = place(contactId, channelId)
      if (!threads.has(here)) return undefined
      const conversation = read.get(here)
      if (conversation === undefined) return { conversation }
      locked.set(conversation.id, conversation)
      const tail = (await announced.tails).get(conversation.id)
      if (tail !== undefined) tails.set(conversation.id, tail)
      return { conversation }
    },
    async thread({ contactId, channelId, limit, cursor, providerMessageId }) {
      if (announced?.channels.has(channelId) !== true || cursor !== undefined) return undefined
      if (providerMessageId !== undefined) {
        if (!announced.providerIds.has(providerMessageId) || appended.has(providerMessageId))
          return undefined
        const owned = (await announced.known).get(place(providerMessageId, channelId))
        return owned?.contactId === contactId ? [owned.row] : []
      }
      if (limit !== announced.recent || touched.has(contactId)) return undefined
      if (newContacts.has(contactId)) return []
      return (await announced.threads).get(place(contactId, channelId))
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
    noteInserted(contactId, identities) {
      newContacts.add(contactId)
      give(identities)
    },
    noteChanged(contactId, identities) {
      changedContacts.add(contactId)
      give(identities)
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
function announce(sql: Transaction, tenantId: TenantId, hints: readonly MessageHint[]): Announced {
  const identities = distinct(hints.flatMap((hint) => hint.identities))
  const sought = soughtBy(tenantId, hints)
  const providers = hints.flatMap(({ channelId, providerMessageIds }) =>
    providerMessageIds.map((id) => ({ channelId, id })),
  )
  const recent = Math.max(...hints.map((hint) => hint.recent))
  const ask = <Value>(
    statement: SqlStatement,
    read: (rows: readonly SqlRow[]) => Value,
  ): Promise<Value> => {
    const answer = sql.query(statement).then(read)
    answer.catch(() => undefined)
    return answer
  }
  return {
    recent,
    channels: new Set(hints.map(({ channelId }) => channelId)),
    sought: new Set(identities.map(identityKey)),
    providerIds: new Set(providers.map(({ id }) => id)),
    contacts: ask(findContacts(tenantId, identities), (rows) => rows.map(toKnownContact)),
    latest: ask({ name: 'ahead_latest', text: selectLatest, values: sought }, toLatest),
    tails: ask({ name: 'ahead_tail', text: selectTails, values: sought }, toTails),
    threads: ask(
      { name: 'ahead_thread', text: selectThreads, values: [...sought, recent + 1] },
      toThreads,
    ),
    known: ask(
      {
        name: 'ahead_known',
        text: selectKnown,
        values: [
          tenantId,
          providers.map(({ channelId }) => channelId),
          providers.map(({ id }) => id),
        ],
      },
      toKnown,
    ),
  }
}

function soughtBy(tenantId: TenantId, hints: readonly MessageHint[]): readonly SqlValue[] {
  const sought = hints.flatMap(({ channelId, identities }) =>
    identities.map((identity) => ({ channelId, identity })),
  )
  return [
    tenantId,
    sought.map(({ channelId }) => channelId),
    ...identityArrays(sought.map(({ identity }) => identity)),
  ]
}

function distinct(identities: readonly Identity[]): readonly Identity[] {
  return [...new Map(identities.map((one) => [identityKey(one), one])).values()]
}

function identityKey({ kind, scope, value }: Identity): string {
  return `${kind} ${scope} ${value}`
}

function place(id: string, channelId: string): string {
  return `${channelId} ${id}`
}

// Who is meant, on which number.
const owners = `select distinct s.channel_id, i.contact_id
  from unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) as s (channel_id, kind, scope, value)
  join contact_identities i on i.tenant_id = $1 and i.kind = s.kind and i.scope = s.scope and i.value = s.value`

const latest = `select id from conversations
  where tenant_id = $1 and channel_id = owner.channel_id and contact_id = owner.contact_id
  order by (status = 'open') desc, created_at desc, id desc limit 1`

// Locked in the order of their ids, as by every transaction that handles several.
const selectLatest = `select ${conversationColumns} from conversations
  where tenant_id = $1
    and id = any(array(select newest.id from (${owners}) owner cross join lateral (${latest}) newest))
  order by id for update`

// A statement of its own: the one before may wait for the lock, and this one sees what stands after it.
const selectTails = `select c.id,
    coalesce((select max(sequence) from outbox where tenant_id = $1 and conversation_id = c.id), 0) as sequence,
    exists (select from outbox where tenant_id = $1 and conversation_id = c.id
      and state in ('queued', 'sending')) as busy
  from (${owners}) owner cross join lateral (${latest}) c`

const selectThreads = `select owner.contact_id as owner_id, owner.channel_id as owner_channel, m.* from (${owners}) owner
  left join lateral (
    select ${messageColumns}, position, ${messageSecond} as second from messages
    where tenant_id = $1 and contact_id = owner.contact_id and channel_id = owner.channel_id
    order by ${messageSecond} desc, position desc limit $6
  ) m on true
  order by owner.contact_id, owner.channel_id, m.second desc, m.position desc`

const selectKnown = `select m.contact_id, m.channel_id, ${messageColumns
  .split(', ')
  .map((column) => `m.${column}`)
  .join(', ')}, m.position
  from unnest($2::uuid[], $3::text[]) as s (channel_id, provider_message_id)
  join messages m on m.tenant_id = $1 and m.channel_id = s.channel_id
    and m.provider_message_id = s.provider_message_id`

function toLatest(rows: readonly SqlRow[]): ReadonlyMap<string, Conversation> {
  const conversations = rows.map(toConversation)
  return new Map(conversations.map((one) => [place(one.contactId, one.channelId), one]))
}

function toTails(rows: readonly SqlRow[]): ReadonlyMap<ConversationId, Tail> {
  return new Map(
    rows.map((row) => [
      asId('ConversationId', text(row, 'id')),
      { sequence: integer(row, 'sequence'), busy: boolean(row, 'busy') },
    ]),
  )
}

function toThreads(rows: readonly SqlRow[]): ReadonlyMap<string, readonly SqlRow[]> {
  const threads = new Map<string, SqlRow[]>()
  for (const row of rows) {
    const owner = place(text(row, 'owner_id'), text(row, 'owner_channel'))
    const thread = threads.get(owner) ?? []
    threads.set(owner, thread)
    if (row['id'] !== null) thread.push(row)
  }
  return threads
}

function toKnown(rows: readonly SqlRow[]): ReadonlyMap<string, Owned> {
  return new Map(
    rows.map((row) => [
      place(optionalText(row, 'provider_message_id') ?? '', text(row, 'channel_id')),
      { contactId: text(row, 'contact_id'), row },
    ]),
  )
}
