import { decideAction } from './decide.ts'
import type { ConversationChange } from './steps.ts'
import { showNewest } from './steps.ts'
import { previewOf } from './preview.ts'
import { isReachable } from './reach.ts'
import { record } from './record.ts'
import { latest } from './retention.ts'
import type { NotedReplies, NoteOutcome, Session } from './service.ts'
import type { Conversation, Message } from './store.ts'

/** Whether a reply prepared from `fence` may still be sent: nobody took over, and the customer wrote nothing newer. */
export function isCurrent(
  conversation: Conversation,
  fence: NonNullable<NotedReplies['fence']>,
): boolean {
  return (
    conversation.ownerEpoch === fence.ownerEpoch &&
    (fence.lastInboundMessageId === undefined ||
      conversation.lastInboundMessageId === fence.lastInboundMessageId)
  )
}

/** Stores replies of ours in the thread. */
export async function noteReplies(session: Session, noted: NotedReplies): Promise<NoteOutcome> {
  const current = await session.conversations.lock(noted.conversationId)
  if (current === undefined || !isReachable(session.actor, current))
    return { kind: 'refused', reason: 'not_found' }
  if (noted.fence !== undefined && !isCurrent(current, noted.fence))
    return { kind: 'refused', reason: 'stale' }
  const owned = ownedBy(session, current, noted.author)
  if (owned === undefined) return { kind: 'refused', reason: 'not_permitted' }
  // The provider's clock may be ahead of ours.
  const at = latest(session.now, current.lastInboundAt ?? session.now)
  const messages = noted.replies.map(({ outboxId, ...sent }): Message => ({
    id: session.ids.next('MessageId'),
    conversationId: current.id,
    direction: 'out',
    author: noted.author,
    content: { kind: 'outbound', ...sent },
    outboxId,
    at,
  }))
  const last = messages.at(-1)
  if (last === undefined) return { kind: 'noted', conversation: current, messages }
  const conversation = showNewest(owned.conversation, last.at, previewOf(last.content))
  await record(session, conversation, owned.changes)
  await session.conversations.append(messages)
  return { kind: 'noted', conversation, messages }
}

interface Owned {
  readonly conversation: Conversation
  readonly changes: readonly ConversationChange[]
}

/** A member who answers an open conversation owns it; everybody else leaves the owner as it is. */
function ownedBy(
  session: Session,
  current: Conversation,
  author: NotedReplies['author'],
): Owned | undefined {
  const { actor, now } = session
  const same: Owned = {
    conversation: { ...current, updatedAt: now, version: current.version + 1 },
    changes: [],
  }
  if (author !== 'staff' || current.status === 'resolved') return same
  const decision = decideAction(current, { action: 'take_over', actor, now })
  if (decision.kind === 'refused') return undefined
  return decision.kind === 'unchanged' ? same : decision
}
