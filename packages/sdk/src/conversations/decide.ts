import type { Actor, Json } from '../kernel/index.ts'
import type { Conversation, ConversationOwner } from './store.ts'
import type { ConversationChange } from './steps.ts'
import { change, next, withOwner } from './steps.ts'

/** What can be done with a conversation besides writing in it. */
export const conversationActions = ['hand_off', 'take_over', 'give_back', 'resolve'] as const

/** One of {@link conversationActions}. */
export type ConversationAction = (typeof conversationActions)[number]

/** Who may do what in which state; everything else is refused. */
export const transitions: Readonly<
  Record<
    ConversationAction,
    { readonly owners: readonly ConversationOwner[]; readonly actors: readonly Actor['kind'][] }
  >
> = {
  hand_off: { owners: ['ai'], actors: ['customer', 'ai', 'staff', 'system', 'integration'] },
  take_over: { owners: ['ai', 'queue', 'human'], actors: ['staff', 'integration'] },
  give_back: { owners: ['queue', 'human'], actors: ['staff', 'system', 'integration'] },
  resolve: { owners: ['ai', 'queue', 'human'], actors: ['staff', 'ai', 'system', 'integration'] },
}

/** What a decision came to: the conversation after it, and what happened; `unchanged` when it already was so. */
export type ConversationDecision =
  | {
      readonly kind: 'changed'
      readonly conversation: Conversation
      readonly changes: readonly ConversationChange[]
    }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'refused'; readonly reason: 'not_permitted' | 'resolved' | 'human_owns' }

/** What {@link decideAction} has to know. */
export interface ActionCommand {
  readonly action: ConversationAction
  readonly actor: Actor
  readonly now: Date
  /** Why, as a code; for `hand_off` and `resolve`. */
  readonly reason?: string
}

/** The actions an actor may take now, in the order of {@link conversationActions}. */
export function allowedActions(
  conversation: Conversation,
  actor: Pick<Actor, 'kind'>,
): readonly ConversationAction[] {
  if (conversation.status === 'resolved') return []
  return conversationActions.filter((action) => {
    const { owners, actors } = transitions[action]
    return owners.includes(conversation.owner) && actors.includes(actor.kind)
  })
}

/** Decides on one of {@link conversationActions}. */
export function decideAction(
  conversation: Conversation,
  command: ActionCommand,
): ConversationDecision {
  const { action, actor, now } = command
  const { owners, actors } = transitions[action]
  if (!actors.includes(actor.kind)) return { kind: 'refused', reason: 'not_permitted' }
  if (isDone(conversation, command)) return { kind: 'unchanged' }
  if (conversation.status === 'resolved') return { kind: 'refused', reason: 'resolved' }
  if (!owners.includes(conversation.owner)) return { kind: 'refused', reason: 'human_owns' }
  switch (action) {
    case 'hand_off':
      return changed(own(conversation, 'queue', now), 'conversation.handed_off', {
        reason: command.reason ?? 'asked',
      })
    case 'take_over':
      return changed(own(conversation, 'human', now, actor.id), 'conversation.taken_over', {
        assigneeId: actor.id,
      })
    case 'give_back':
      return changed(own(conversation, 'ai', now), 'conversation.given_back', {})
    case 'resolve':
      return changed(
        { ...next(conversation, now), status: 'resolved', resolvedAt: now, unreadCount: 0 },
        'conversation.resolved',
        { reason: command.reason ?? 'asked' },
      )
  }
}

/** What the event log says about owner and status; the oracle for `fold(events) = row`. */
export interface FoldedConversation {
  readonly owner: ConversationOwner
  readonly ownerEpoch: number
  readonly status: Conversation['status']
  readonly assigneeId?: string
}

/** One step of folding the event log of a conversation. Unknown types change nothing. */
export function evolve(
  state: FoldedConversation | undefined,
  event: { readonly type: string; readonly data: { readonly [key: string]: Json } },
): FoldedConversation | undefined {
  const epoch =
    typeof event.data['ownerEpoch'] === 'number'
      ? event.data['ownerEpoch']
      : (state?.ownerEpoch ?? 0)
  const assigneeId = event.data['assigneeId']
  const assigned = typeof assigneeId === 'string' ? { assigneeId } : {}
  switch (event.type) {
    case 'conversation.started':
    case 'conversation.reopened':
      return {
        owner: event.data['owner'] === 'human' ? 'human' : 'ai',
        ownerEpoch: epoch,
        status: 'open',
        ...assigned,
      }
    case 'conversation.given_back':
      return { owner: 'ai', ownerEpoch: epoch, status: 'open' }
    case 'conversation.handed_off':
      return { owner: 'queue', ownerEpoch: epoch, status: 'open' }
    case 'conversation.taken_over':
      return { owner: 'human', ownerEpoch: epoch, status: 'open', ...assigned }
    case 'conversation.resolved':
      return state === undefined ? undefined : { ...state, status: 'resolved' }
    default:
      return state
  }
}

function isDone(conversation: Conversation, { action, actor }: ActionCommand): boolean {
  switch (action) {
    case 'resolve':
      return conversation.status === 'resolved'
    case 'hand_off':
      return conversation.status === 'open' && conversation.owner === 'queue'
    case 'give_back':
      return conversation.status === 'open' && conversation.owner === 'ai'
    case 'take_over':
      return (
        conversation.status === 'open' &&
        conversation.owner === 'human' &&
        conversation.assigneeId === actor.id
      )
  }
}

function changed(
  conversation: Conversation,
  type: ConversationChange['type'],
  data: ConversationChange['data'],
): ConversationDecision {
  return { kind: 'changed', conversation, changes: [change(conversation, type, data)] }
}

function own(
  conversation: Conversation,
  owner: ConversationOwner,
  now: Date,
  assigneeId?: string,
): Conversation {
  return withOwner(next(conversation, now), owner, assigneeId)
}
