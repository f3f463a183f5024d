import { AuronxError, isWithin, readMemoryReach } from '../kernel/index.ts'
import type { ChannelId, ContactId, MemoryDatabase, TenantId } from '../kernel/index.ts'
import type { Place } from './cursor.ts'
import { checkLimit, fromCursor, threadPlace, threadPosition, toPage } from './cursor.ts'
import type { Conversation, ConversationStore, Message } from './store.ts'

interface ConversationRow extends Conversation {
  readonly tenantId: TenantId
}

interface MessageRow extends Message {
  readonly tenantId: TenantId
  readonly contactId: ContactId
  readonly channelId: ChannelId
  /** Grows with each message stored. */
  readonly position: number
}

/** Conversations of one tenant over an in-memory database. */
export function createMemoryConversationStore(
  database: MemoryDatabase,
  tenantId: TenantId,
): ConversationStore {
  const conversations = database.table<ConversationRow>('conversations')
  const messages = database.table<MessageRow>('messages')
  const key = (id: string): string => `${tenantId}/${id}`
  const own = (): readonly ConversationRow[] =>
    [...conversations.values()].filter((row) => row.tenantId === tenantId)
  const get: ConversationStore['get'] = async (id) => toConversation(conversations.get(key(id)))

  return {
    get,
    lock: get,
    async lockLatest(contactId, channelId) {
      const [newest] = own()
        .filter((row) => row.contactId === contactId && row.channelId === channelId)
        .toSorted(
          (a, b) =>
            Number(b.status === 'open') - Number(a.status === 'open') ||
            newestFirst(createdOf(a), createdOf(b)),
        )
      return toConversation(newest)
    },
    async save(conversation) {
      const stored = conversations.get(key(conversation.id))
      if ((stored?.version ?? 0) !== conversation.version - 1) {
        throw new AuronxError('version_conflict', 'The conversation was changed by somebody else')
      }
      const taken = own().some((row) => isRival(row, conversation))
      if (taken)
        throw new AuronxError('conflict', 'The contact has another open conversation', {
          retryable: true,
        })
      conversations.set(key(conversation.id), { ...conversation, tenantId })
    },
    async list({ status, contactId, within, limit, cursor }) {
      checkLimit(limit, 100)
      const rows = own()
        .filter((row) => status === undefined || row.status === status)
        .filter((row) => contactId === undefined || row.contactId === contactId)
        .filter((row) => within === undefined || isWithin(row, within))
      const after = cursor === undefined ? undefined : fromCursor(cursor)
      const { items, ...rest } = pageOf(rows, limit, after, (row) => ({
        at: row.lastMessageAt,
        id: row.id,
      }))
      return { ...rest, items: items.flatMap((row) => toConversation(row) ?? []) }
    },
    async append(added) {
      for (const message of withoutRepeats(added)) {
        const conversation = conversations.get(key(message.conversationId))
        if (conversation === undefined)
          throw new AuronxError('storage_constraint', 'A message needs its conversation')
        const { channelId, contactId } = conversation
        const known = [...messages.values()].find(
          (row) =>
            row.tenantId === tenantId && row.channelId === channelId && isKnown(row, message),
        )
        if (known !== undefined && known.id !== message.id)
          throw new AuronxError('conflict', 'Another message has this provider id')
        messages.set(
          key(message.id),
          known === undefined
            ? { ...message, tenantId, channelId, contactId, position: nextPosition(messages) }
            : { ...known, content: message.content },
        )
      }
    },
    async thread({ contactId, channelId, limit, cursor, providerMessageId, within }) {
      checkLimit(limit, 200)
      const reach = readMemoryReach(database, tenantId, within)
      const rows = [...messages.values()].filter(
        (row) =>
          row.tenantId === tenantId &&
          row.contactId === contactId &&
          row.channelId === channelId &&
          reach.hasConversation(row.conversationId) &&
          (providerMessageId === undefined || row.providerMessageId === providerMessageId),
      )
      const after = cursor === undefined ? undefined : fromCursor(cursor, threadPosition)
      const { items, ...rest } = pageOf(rows, limit, after, ({ at, position }) =>
        threadPlace(at, position),
      )
      return { ...rest, items: items.map(toMessage) }
    },
  }
}

function withoutRepeats(messages: readonly Message[]): readonly Message[] {
  return messages.filter(
    (message, index) =>
      messages.findIndex(
        ({ conversationId, providerMessageId }) =>
          conversationId === message.conversationId &&
          providerMessageId === message.providerMessageId,
      ) === index || message.providerMessageId === undefined,
  )
}

function nextPosition(messages: ReadonlyMap<string, MessageRow>): number {
  return ([...messages.values()].at(-1)?.position ?? 0) + 1
}

function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  after: Place | undefined,
  placeOf: (row: Row) => Place,
) {
  const left = rows
    .filter((row) => after === undefined || newestFirst(after, placeOf(row)) < 0)
    .toSorted((a, b) => newestFirst(placeOf(a), placeOf(b)))
  return toPage(left, limit, placeOf)
}

function newestFirst(a: Place, b: Place): number {
  const byTime = b.at.getTime() - a.at.getTime()
  if (byTime !== 0) return byTime
  if (a.id === b.id) return 0
  return a.id > b.id ? -1 : 1
}

function createdOf({ createdAt, id }: Conversation): Place {
  return { at: createdAt, id }
}

function isRival(row: Conversation, conversation: Conversation): boolean {
  return (
    row.id !== conversation.id &&
    row.status === 'open' &&
    conversation.status === 'open' &&
    row.contactId === conversation.contactId &&
    row.channelId === conversation.channelId
  )
}

function isKnown(row: Message, message: Message): boolean {
  return (
    message.providerMessageId !== undefined && row.providerMessageId === message.providerMessageId
  )
}

function toConversation(row: ConversationRow | undefined): Conversation | undefined {
  if (row === undefined) return undefined
  const { tenantId: _tenant, ...conversation } = row
  return conversation
}

function toMessage({
  tenantId: _tenant,
  contactId: _contact,
  channelId: _channel,
  position: _position,
  ...message
}: MessageRow): Message {
  return message
}
