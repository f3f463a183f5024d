import { asId } from '@auronx/sdk'
import type { Conversation, Message } from '@auronx/sdk'
import { instant, integer, json, optionalInstant, optionalText, text } from './row.ts'
import type { SqlRow } from './sql.ts'
import { present, stored } from './stored.ts'

/** Columns of a conversation besides its tenant, in the order of their values. */
export const conversationColumns = `id, contact_id, channel_id, owner, assignee_id, owner_epoch, status, resolved_at, last_inbound_at,
  last_inbound_message_id, window_expires_at, last_interaction_at, last_message_at, preview, unread_count, created_at,
  updated_at, version`

/** Types of {@link conversationColumns}. */
export const conversationTypes: readonly string[] =
  `uuid uuid uuid text text integer text timestamptz timestamptz uuid timestamptz timestamptz
  timestamptz text integer timestamptz timestamptz integer`.split(/\s+/)

/** Columns of a message besides tenant, contact and number. */
export const messageColumns =
  'id, conversation_id, direction, author, content, provider_message_id, event_id, outbox_id, at'

/** The second of a message, by which a thread is sorted before `position`; written as its index has it. */
export const messageSecond = `date_trunc('second', at at time zone 'UTC')`

/** A conversation from its row. */
export function toConversation(row: SqlRow): Conversation {
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

/** A message from its row. */
export function toMessage(row: SqlRow): Message {
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
