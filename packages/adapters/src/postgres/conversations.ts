import { AuronxError, isAuronxError } from '@auronx/sdk'
import type { Conversation, ConversationStore, Message, Page, TenantId } from '@auronx/sdk'
import {
  conversationColumns,
  messageColumns,
  messageSecond,
  toConversation,
  toMessage,
} from './conversation-rows.ts'
import { joinSaved, saveAll } from './conversation-writes.ts'
import type { Saved } from './conversation-writes.ts'
import { requireRows } from './posted.ts'
import type { TransactionReads } from './read-ahead.ts'
import { instant } from './row.ts'
import { rowRanks } from './sql.ts'
import type { SqlRow, SqlStatement, SqlValue, Transaction } from './sql.ts'
import { where } from './where.ts'
import { inReach, ofReach } from './within.ts'

/** Conversations of one tenant on PostgreSQL. */
export function createPostgresConversationStore(
  sql: Transaction,
  tenantId: TenantId,
  reads: TransactionReads,
): ConversationStore {
  const one = async (
    name: string,
    statement: string,
    values: readonly SqlValue[],
  ): Promise<Conversation | undefined> => {
    const [row] = await sql.query({ name, text: statement, values: [tenantId, ...values] })
    return row === undefined ? undefined : toConversation(row)
  }
  const locked = async (
    found: Promise<Conversation | undefined>,
  ): Promise<Conversation | undefined> => {
    const conversation = await found
    if (conversation !== undefined) reads.noteLocked(conversation)
    return conversation
  }
  const save = sql.rows<Saved>({
    rank: rowRanks.conversations,
    statements: (rows) => saveAll(tenantId, rows),
    join: joinSaved,
    explain,
  })
  const append = sql.rows<Message>({
    rank: rowRanks.messages,
    statements: (messages) =>
      apart(messages).map((some) =>
        requireRows(insertMessages(tenantId, some), some.length, 'AX003'),
      ),
  })
  return {
    get: (id) =>
      one(
        'conversation_get',
        `select ${conversationColumns} from conversations where tenant_id = $1 and id = $2`,
        [id],
      ),
    lock: (id) => {
      const known = reads.lockedConversation(id)
      if (known !== undefined) return Promise.resolve(known)
      return locked(
        one(
          'conversation_lock',
          `select ${conversationColumns} from conversations where tenant_id = $1 and id = $2 for update`,
          [id],
        ),
      )
    },
    async lockLatest(contactId, channelId) {
      const known = await reads.latest(contactId, channelId)
      if (known !== undefined) return known.conversation
      return locked(
        one(
          'conversation_lock_latest',
          `select ${conversationColumns} from conversations where tenant_id = $1 and contact_id = $2 and channel_id = $3
            order by (status = 'open') desc, created_at desc, id desc limit 1 for update`,
          [contactId, channelId],
        ),
      )
    },
    async save(conversation) {
      save({ from: conversation.version - 1, conversation }, conversation.id)
      reads.noteSaved(conversation)
    },
    async list({ status, contactId, within, limit, cursor }) {
      checkLimit(limit, 100)
      const asked = where([
        ['tenant_id = ?', tenantId],
        status !== undefined && ['status = ?', status],
        contactId !== undefined && ['contact_id = ?', contactId],
        within !== undefined && ofReach(within),
        cursor !== undefined && ['(last_message_at, id) < (?, ?::uuid)', ...placeOf(cursor)],
      ])
      const rows = await sql.query({
        name: 'conversation_list',
        text: `select ${conversationColumns} from conversations ${asked.text}
          order by last_message_at desc, id desc limit $${asked.values.length + 1}`,
        values: [...asked.values, limit + 1],
      })
      return toPage(rows.map(toConversation), limit, ({ lastMessageAt, id }) => ({
        at: lastMessageAt,
        id,
      }))
    },
    async append(messages) {
      const added = withoutRepeats(messages)
      for (const message of added) append(message, message.id)
      reads.noteAppended(added)
    },
    async thread({ contactId, channelId, limit, cursor, providerMessageId, within }) {
      checkLimit(limit, 200)
      const query = { contactId, channelId, limit, cursor, providerMessageId }
      const known = within === undefined ? await reads.thread(query) : undefined
      if (known !== undefined) return toThread(known, limit)
      const asked = where([
        ['tenant_id = ?', tenantId],
        ['contact_id = ?', contactId],
        ['channel_id = ?', channelId],
        providerMessageId !== undefined && ['provider_message_id = ?', providerMessageId],
        inReach('conversation_id', 'id', tenantId, within),
        cursor !== undefined && [
          `(${messageSecond}, position) < (?::timestamptz at time zone 'UTC', ?::bigint)`,
          ...placeOf(cursor, threadPosition),
        ],
      ])
      const rows = await sql.query({
        name: 'message_thread',
        text: `select ${messageColumns}, position from messages ${asked.text}
          order by ${messageSecond} desc, position desc limit $${asked.values.length + 1}`,
        values: [...asked.values, limit + 1],
      })
      return toThread(rows, limit)
    },
  }
}

function explain(error: AuronxError): AuronxError {
  if (
    isAuronxError(error, 'storage_constraint') &&
    error.details['constraint'] === 'conversations_one_open'
  ) {
    return new AuronxError('conflict', 'The contact has another open conversation', {
      retryable: true,
      cause: error,
    })
  }
  return error
}

function insertMessages(tenantId: TenantId, messages: readonly Message[]): SqlStatement {
  return {
    name: 'message_append',
    text: `insert into messages as m (tenant_id, contact_id, channel_id, ${messageColumns})
      select $1, c.contact_id, c.channel_id, i.id, i.conversation_id, i.direction, i.author, i.content::json,
        i.provider_message_id, i.event_id, i.outbox_id, i.at
      from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::uuid[], $9::uuid[],
          $10::timestamptz[]) with ordinality
        as i (id, conversation_id, direction, author, content, provider_message_id, event_id, outbox_id, at, position)
      left join conversations c on c.tenant_id = $1 and c.id = i.conversation_id
      order by i.position
      on conflict (tenant_id, channel_id, provider_message_id) do update set content = excluded.content
        where m.id = excluded.id
      returning 1`,
    values: [tenantId, ...messageArrays(messages)],
  }
}

// One statement may not touch a row twice, so a message that comes twice in one call is sent once.
function withoutRepeats(messages: readonly Message[]): readonly Message[] {
  const seen = new Set<string>()
  return messages.filter(({ conversationId, providerMessageId }) => {
    if (providerMessageId === undefined) return true
    const key = `${conversationId} ${providerMessageId}`
    return !seen.has(key) && seen.add(key)
  })
}

// Nor two rows for one id of the provider: the second is refused by the first.
function apart(messages: readonly Message[]): readonly (readonly Message[])[] {
  const rounds: { readonly taken: Set<string>; readonly messages: Message[] }[] = []
  for (const message of messages) {
    const id = message.providerMessageId ?? message.id
    const free = rounds.find(({ taken }) => !taken.has(id))
    const round = free ?? { taken: new Set(), messages: [] }
    if (free === undefined) rounds.push(round)
    round.taken.add(id)
    round.messages.push(message)
  }
  return rounds.map((round) => round.messages)
}

function messageArrays(messages: readonly Message[]): readonly SqlValue[] {
  return [
    messages.map(({ id }) => id),
    messages.map(({ conversationId }) => conversationId),
    messages.map(({ direction }) => direction),
    messages.map(({ author }) => author),
    messages.map(({ content }) => JSON.stringify(content)),
    messages.map(({ providerMessageId }) => providerMessageId ?? null),
    messages.map(({ eventId }) => eventId ?? null),
    messages.map(({ outboxId }) => outboxId ?? null),
    messages.map(({ at }) => at),
  ]
}

interface Place {
  readonly at: Date
  readonly id: string
}

function toThread(rows: readonly SqlRow[], limit: number): Page<Message> {
  const { items, ...rest } = toPage(rows, limit, threadPlace)
  return { ...rest, items: items.map(toMessage) }
}

const uuid = /^[0-9a-f-]{36}$/
const threadPosition = /^\d{16}$/

function threadPlace(row: SqlRow): Place {
  const at = Math.floor(instant(row, 'at').getTime() / 1_000) * 1_000
  return { at: new Date(at), id: String(row['position']).padStart(16, '0') }
}

function placeOf(cursor: string, ids = uuid): readonly [Date, string] {
  const [, time, id] = /^([0-9a-z]{1,8})\.([0-9a-f-]+)$/.exec(cursor) ?? []
  if (time === undefined || id === undefined || !ids.test(id))
    throw new AuronxError('invalid_input', 'The cursor is not one of ours')
  return [new Date(Number.parseInt(time, 36)), id]
}

function toPage<Item>(
  items: readonly Item[],
  limit: number,
  place: (item: Item) => Place,
): Page<Item> {
  const shown = items.slice(0, limit)
  const last = shown.at(-1)
  if (items.length <= limit || last === undefined) return { items: shown }
  const { at, id } = place(last)
  return { items: shown, cursor: `${at.getTime().toString(36)}.${id}` }
}

function checkLimit(limit: number, most: number): void {
  if (Number.isInteger(limit) && limit >= 1 && limit <= most) return
  throw new AuronxError('invalid_input', 'The page size is out of range', {
    details: { least: 1, most },
  })
}
