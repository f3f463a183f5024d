import type { Json } from '../kernel/index.ts'
import type { Conversation, ConversationOwner } from './store.ts'

/** A change of a conversation's life, as it goes into the event log: ids and codes only. */
export interface ConversationChange {
  readonly type:
    | 'conversation.started'
    | 'conversation.reopened'
    | 'conversation.handed_off'
    | 'conversation.taken_over'
    | 'conversation.given_back'
    | 'conversation.resolved'
  readonly data: { readonly [key: string]: Json }
}

/** A change with the epoch it leads to. */
export function change(
  { ownerEpoch }: Conversation,
  type: ConversationChange['type'],
  data: ConversationChange['data'],
): ConversationChange {
  return { type, data: { ...data, ownerEpoch } }
}

/** The conversation with its newest message; an older one changes nothing. */
export function showNewest(conversation: Conversation, at: Date, preview: string): Conversation {
  return at < conversation.lastMessageAt
    ? conversation
    : { ...conversation, lastMessageAt: at, preview }
}

/** The conversation under another owner: owner, assignee and epoch change together. */
export function withOwner(
  conversation: Conversation,
  owner: ConversationOwner,
  assigneeId: string | undefined,
): Conversation {
  const { assigneeId: _earlier, ...rest } = conversation
  const assigned = assigneeId === undefined ? {} : { assigneeId }
  return { ...rest, ...assigned, owner, ownerEpoch: conversation.ownerEpoch + 1 }
}

/** The next version of a conversation. */
export function next(conversation: Conversation, now: Date): Conversation {
  return { ...conversation, updatedAt: now, version: conversation.version + 1 }
}
