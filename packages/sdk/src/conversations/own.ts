import type { ConversationId } from '../kernel/index.ts'
import type { ConversationAction } from './decide.ts'
import { decideAction } from './decide.ts'
import { isReachable } from './reach.ts'
import { record } from './record.ts'
import type { ActionOutcome, Session } from './service.ts'

/** Performs one action on a conversation. */
export async function act(
  session: Session,
  id: ConversationId,
  action: ConversationAction,
  reason: string | undefined,
): Promise<ActionOutcome> {
  const { actor, now } = session
  const conversation = await session.conversations.lock(id)
  if (conversation === undefined || !isReachable(actor, conversation))
    return { kind: 'refused', reason: 'not_found' }
  const decision = decideAction(conversation, {
    action,
    actor,
    now,
    ...(reason === undefined ? {} : { reason }),
  })
  if (decision.kind === 'unchanged') return { kind: 'unchanged', conversation }
  if (decision.kind === 'refused') return decision
  await record(session, decision.conversation, decision.changes)
  return { kind: 'changed', conversation: decision.conversation }
}

/** Sets the unread count to nothing. */
export async function markRead(session: Session, id: ConversationId): Promise<ActionOutcome> {
  const conversation = await session.conversations.lock(id)
  if (conversation === undefined || !isReachable(session.actor, conversation))
    return { kind: 'refused', reason: 'not_found' }
  if (session.actor.kind === 'customer' || session.actor.kind === 'ai')
    return { kind: 'refused', reason: 'not_permitted' }
  if (conversation.unreadCount === 0) return { kind: 'unchanged', conversation }
  const read = {
    ...conversation,
    unreadCount: 0,
    updatedAt: session.now,
    version: conversation.version + 1,
  }
  await record(session, read, [])
  return { kind: 'changed', conversation: read }
}
