import { AuronxError } from '@auronx/sdk'
import type { Conversation, TenantId } from '@auronx/sdk'
import { arraysOf, toColumns } from './columns.ts'
import { conversationColumns, conversationTypes } from './conversation-rows.ts'
import { requireRows } from './posted.ts'
import type { SqlScalar, SqlStatement, SqlValue } from './sql.ts'

/** A conversation as it is to be, and the version that is stored; 0 when none is. */
export interface Saved {
  readonly from: number
  readonly conversation: Conversation
}

/** One write for two that follow each other; the versions must, too. */
export function joinSaved({ from, conversation: earlier }: Saved, { conversation }: Saved): Saved {
  if (conversation.version === earlier.version + 1) return { from, conversation }
  throw new AuronxError('version_conflict', 'The conversation was changed meanwhile')
}

/**
 * Writes conversations. A contact has one open conversation on a number at any moment, so what ends one leaves before what
 * starts the next.
 */
export function saveAll(tenantId: TenantId, rows: readonly Saved[]): readonly SqlStatement[] {
  const stored = rows.filter(({ from }) => from > 0)
  const parts = [
    { rows: stored.filter(isResolved), write: replace },
    { rows: stored.filter((row) => !isResolved(row)), write: replace },
    { rows: rows.filter(({ from }) => from === 0), write: insert },
  ]
  return parts
    .filter((part) => part.rows.length > 0)
    .map((part) => requireRows(part.write(tenantId, part.rows), part.rows.length, 'AX002'))
}

function isResolved({ conversation }: Saved): boolean {
  return conversation.status === 'resolved'
}

function insert(tenantId: TenantId, rows: readonly Saved[]): SqlStatement {
  return {
    name: 'conversation_insert',
    text: `insert into conversations (tenant_id, ${conversationColumns})
      select $1, c.* from unnest(${arraysOf(conversationTypes, 2)}) as c (${conversationColumns})
      on conflict (tenant_id, id) do nothing returning 1`,
    values: [tenantId, ...conversationArrays(rows)],
  }
}

function replace(tenantId: TenantId, rows: readonly Saved[]): SqlStatement {
  return {
    name: 'conversation_replace',
    text: `update conversations c set contact_id = n.contact_id, channel_id = n.channel_id, owner = n.owner,
        assignee_id = n.assignee_id, owner_epoch = n.owner_epoch, status = n.status, resolved_at = n.resolved_at,
        last_inbound_at = n.last_inbound_at, last_inbound_message_id = n.last_inbound_message_id,
        window_expires_at = n.window_expires_at, last_interaction_at = n.last_interaction_at,
        last_message_at = n.last_message_at, preview = n.preview, unread_count = n.unread_count,
        created_at = n.created_at, updated_at = n.updated_at, version = n.version
      from unnest(${arraysOf([...conversationTypes, 'integer'], 2)}) as n (${conversationColumns}, from_version)
      where c.tenant_id = $1 and c.id = n.id and c.version = n.from_version returning 1`,
    values: [tenantId, ...conversationArrays(rows), rows.map(({ from }) => from)],
  }
}

function conversationArrays(rows: readonly Saved[]): readonly SqlValue[] {
  const values = rows.map(({ conversation }) => conversationValues(conversation))
  return toColumns(values, conversationTypes.length)
}

function conversationValues(conversation: Conversation): readonly SqlScalar[] {
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
