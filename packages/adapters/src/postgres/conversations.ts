import { AuronxError, asId, isAuronxError } from '@auronx/sdk'
import type { Conversation, ConversationStore, Message, Page, TenantId } from '@auronx/sdk'
import { instant, integer, json, optionalInstant, optionalText, text } from './row.ts'
import type { Sql, SqlRow, SqlValue } from './sql.ts'
import { present, stored } from './stored.ts'

const columns = `id, contact_id, channel_id, owner, assignee_id, owner_epoch, status, resolved_at, last_inbound_at,
  last_inbound_message_id, window_expires_at, last_interaction_at, last_message_at, preview, unread_count, created_at,
  updated_at, version`
const messageColumns =
  'id, conversation_id, direction, author, content, provider_message_id, event_id, outbox_id, at'

// As the index has it.
const second = `date_trunc('second', at at time zone 'UTC')`

/** Conversations of one tenant on PostgreSQL. */
export function createPostgresConversationStore(sql: Sql, tenantId: TenantId): ConversationStore {
  const one = async (
    name: string,
    statement: string,
    values: readonly SqlValue[],
  ): Promise<Conversation | undefined> => {
    const [row] = await sql.query({ name, text: statement, values: [tenantId, ...values] })
    return row === undefined ? undefined : toConversation(row)
  }
  return {
    get: (id) =>
      one(
        'conversation_get',
        `select ${columns} from conversations where tenant_id = $1 and id = $2`,
        [id],
      ),
    lock: (id) =>
      one(
        'conversation_lock',
        `select ${columns} from conversations where tenant_id = $1 and id = $2 for update`,
        [id],
      ),
    lockLatest: (contactId, channelId) =>
      one(
        'conversation_lock_latest',
        `select ${columns} from conversations where tenant_id = $1 and contact_id = $2 and channel_id = $3
          order by (status = 'open') desc, created_at desc, id desc limit 1 for update`,
        [contactId, channelId],
      ),
    save: (conversation) => translated(() => saveConversation(sql, tenantId, conversation)),
    async list({ status, limit, cursor }) {
      checkLimit(limit, 100)
      const after = placeOf(cursor)
      const rows = await sql.query({
        name: status === undefined ? 'conversation_list' : 'conversation_list_status',
        text: `select ${columns} from conversations
          where tenant_id = $1 and ($3::timestamptz is null or (last_message_at, id) < ($3, $4::uuid))
            ${status === undefined ? '' : 'and status = $5'}
          order by last_message_at desc, id desc limit $2`,
        values: [tenantId, limit + 1, ...after, ...(status === undefined ? [] : [status])],
      })
      return toPage(rows.map(toConversation), limit, ({ lastMessageAt, id }) => ({
        at: lastMessageAt,
        id,
      }))
    },
    async append(messages) {
      if (messages.length === 0) return []
      const rows = await sql.query({
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
          returning id`,
        values: [tenantId, ...messageArrays(withoutRepeats(messages))],
      })
      return rows.map((row) => asId('MessageId', text(row, 'id')))
    },
    async thread({ contactId, channelId, limit, cursor, providerMessageId }) {
      checkLimit(limit, 200)
      const after = placeOf(cursor, threadPosition)
      const rows = await sql.query({
        name: providerMessageId === undefined ? 'message_thread' : 'message_thread_provider',
        text: `select ${messageColumns}, position from messages
          where tenant_id = $1 and contact_id = $5 and channel_id = $6
            and ($3::timestamptz is null or (${second}, position) < ($3 at time zone 'UTC', $4::bigint))
            ${providerMessageId === undefined ? '' : 'and provider_message_id = $7'}
          order by ${second} desc, position desc limit $2`,
        values: [
          tenantId,
          limit + 1,
          ...after,
          contactId,
          channelId,
          ...(providerMessageId === undefined ? [] : [providerMessageId]),
        ],
      })
      const { items, ...rest } = toPage(rows, limit, threadPlace)
      return { ...rest, items: items.map(toMessage) }
    },
  }
}

async function saveConversation(
  sql: Sql,
  tenantId: TenantId,
  conversation: Conversation,
): Promise<void> {
  const rows = await (conversation.version === 1 ? insert : replace)(sql, tenantId, conversation)
  if (rows.length === 0)
    throw new AuronxError('version_conflict', 'The conversation was changed by somebody else')
}

function insert(
  sql: Sql,
  tenantId: TenantId,
  conversation: Conversation,
): Promise<readonly SqlRow[]> {
  return sql.query({
    name: 'conversation_insert',
    text: `insert into conversations (tenant_id, ${columns})
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
      on conflict (tenant_id, id) do nothing returning version`,
    values: [tenantId, ...conversationValues(conversation)],
  })
}

function replace(
  sql: Sql,
  tenantId: TenantId,
  conversation: Conversation,
): Promise<readonly SqlRow[]> {
  return sql.query({
    name: 'conversation_replace',
    text: `update conversations set contact_id = $3, channel_id = $4, owner = $5, assignee_id = $6, owner_epoch = $7,
        status = $8, resolved_at = $9, last_inbound_at = $10, last_inbound_message_id = $11, window_expires_at = $12,
        last_interaction_at = $13, last_message_at = $14, preview = $15, unread_count = $16, created_at = $17,
        updated_at = $18, version = $19
      where tenant_id = $1 and id = $2 and version = $19 - 1 returning version`,
    values: [tenantId, ...conversationValues(conversation)],
  })
}

async function translated(save: () => Promise<void>): Promise<void> {
  try {
    await save()
  } catch (error) {
    if (
      isAuronxError(error, 'storage_constraint') &&
      error.details['constraint'] === 'conversations_one_open'
    ) {
      throw new AuronxError('conflict', 'The contact has another open conversation', {
        retryable: true,
        cause: error,
      })
    }
    throw error
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

function conversationValues(conversation: Conversation): readonly SqlValue[] {
  return [
    conversation.id,
    conversation.contactId,
    conversation.channelId,
    conversation.owner,
    conversation.assigneeId ?? null,
    conversation.ownerEpoch,
    conversation.status,
    conversation.resolvedAt ?? null,
    conversation.lastInboundAt ?? null,
    conversation.lastInboundMessageId ?? null,
    conversation.windowExpiresAt ?? null,
    conversation.lastInteractionAt,
    conversation.lastMessageAt,
    conversation.preview,
    conversation.unreadCount,
    conversation.createdAt,
    conversation.updatedAt,
    conversation.version,
  ]
}

function toConversation(row: SqlRow): Conversation {
  const lastInbound = optionalText(row, 'last_inbound_message_id')
  return {
    id: asId('ConversationId', text(row, 'id')),
    contactId: asId('ContactId', text(row, 'contact_id')),
    channelId: asId('ChannelId', text(row, 'channel_id')),
    owner: stored<Conversation['owner']>(text(row, 'owner')),
    ownerEpoch: integer(row, 'owner_epoch'),
    status: stored<Conversation['status']>(text(row, 'status')),
    lastInteractionAt: instant(row, 'last_interaction_at'),
    lastMessageAt: instant(row, 'last_message_at'),
    preview: text(row, 'preview'),
    unreadCount: integer(row, 'unread_count'),
    createdAt: instant(row, 'created_at'),
    updatedAt: instant(row, 'updated_at'),
    version: integer(row, 'version'),
    ...present({
      assigneeId: optionalText(row, 'assignee_id'),
      resolvedAt: optionalInstant(row, 'resolved_at'),
      lastInboundAt: optionalInstant(row, 'last_inbound_at'),
      lastInboundMessageId: lastInbound === undefined ? undefined : asId('MessageId', lastInbound),
      windowExpiresAt: optionalInstant(row, 'window_expires_at'),
    }),
  }
}

function toMessage(row: SqlRow): Message {
  const eventId = optionalText(row, 'event_id')
  const outboxId = optionalText(row, 'outbox_id')
  return {
    id: asId('MessageId', text(row, 'id')),
    conversationId: asId('ConversationId', text(row, 'conversation_id')),
    direction: stored<Message['direction']>(text(row, 'direction')),
    author: stored<Message['author']>(text(row, 'author')),
    content: stored<Message['content']>(json(row, 'content')),
    at: instant(row, 'at'),
    ...present({
      providerMessageId: optionalText(row, 'provider_message_id'),
      eventId: eventId === undefined ? undefined : asId('InboxEventId', eventId),
      outboxId: outboxId === undefined ? undefined : asId('OutboxId', outboxId),
    }),
  }
}

interface Place {
  readonly at: Date
  readonly id: string
}

const uuid = /^[0-9a-f-]{36}$/
const threadPosition = /^\d{16}$/

function threadPlace(row: SqlRow): Place {
  const at = Math.floor(instant(row, 'at').getTime() / 1_000) * 1_000
  return { at: new Date(at), id: String(row['position']).padStart(16, '0') }
}

function placeOf(
  cursor: string | undefined,
  ids = uuid,
): readonly [Date, string] | readonly [null, null] {
  if (cursor === undefined) return [null, null]
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
