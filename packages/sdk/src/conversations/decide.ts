import type {
  Actor,
  ChannelId,
  ContactId,
  ConversationId,
  Json,
  MessageId,
} from '../kernel/index.ts'
import type { MessageContent } from '../webhook/index.ts'
import { isExpired, latest } from './retention.ts'
import type { Conversation, ConversationOwner } from './store.ts'
import { effectsOf, extendWindow } from './window.ts'

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

/** What a customer's message means for the thread. */
export interface InboundFacts {
  readonly contactId: ContactId
  readonly channelId: ChannelId
  readonly content: MessageContent
  readonly messageId: MessageId
  /** When it was written, already clamped by `eventTime`. */
  readonly at: Date
  readonly preview: string
  readonly now: Date
  /** A conversation resolved longer ago than this is left alone and a new one starts. */
  readonly reopenWithinMs: number
  /** Id of a conversation that may have to start. */
  readonly newId: ConversationId
}

/**
 * Where a message belongs. `closed` is an open conversation past its retention, resolved so that a new one can start.
 * `nowhere`: it is no reason to start a conversation, and there is none it could belong to.
 */
export type ThreadDecision =
  | {
      readonly kind: 'placed'
      readonly conversation: Conversation
      readonly changes: readonly ConversationChange[]
      readonly closed?: {
        readonly conversation: Conversation
        readonly changes: readonly ConversationChange[]
      }
    }
  | { readonly kind: 'nowhere' }

/** Decides where a customer's message belongs and what it changes there. */
export function decideInbound(
  current: Conversation | undefined,
  facts: InboundFacts,
): ThreadDecision {
  const effects = effectsOf(facts.content)
  const placed = place(current, facts, effects.wakes, 'ai')
  if (placed === undefined) return { kind: 'nowhere' }
  const { conversation } = placed
  return { ...placed, kind: 'placed', conversation: receive(conversation, facts, effects) }
}

/** What a message that the business wrote by other means changes. */
export type EchoFacts = Omit<InboundFacts, 'messageId'>

/**
 * Decides where an echo belongs. A colleague who answers from the phone owns the thread from now on; a reaction or a
 * notice is no answer.
 */
export function decideEcho(current: Conversation | undefined, facts: EchoFacts): ThreadDecision {
  const answers = effectsOf(facts.content).wakes
  const placed = place(current, facts, answers, 'human')
  if (placed === undefined) return { kind: 'nowhere' }
  if (!answers) return { ...placed, kind: 'placed' }
  const { conversation } = placed
  const taken =
    conversation.owner === 'human' ? conversation : withOwner(conversation, 'human', 'phone')
  return {
    ...placed,
    kind: 'placed',
    conversation: showNewest({ ...taken, unreadCount: 0 }, facts.at, facts.preview),
    changes:
      taken === conversation
        ? placed.changes
        : [change(taken, 'conversation.taken_over', { assigneeId: 'phone' })],
  }
}

/** The conversation with its newest message; an older one changes nothing. */
export function showNewest(conversation: Conversation, at: Date, preview: string): Conversation {
  return at < conversation.lastMessageAt
    ? conversation
    : { ...conversation, lastMessageAt: at, preview }
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

type Placed = Omit<Extract<ThreadDecision, { kind: 'placed' }>, 'kind'>

function place(
  current: Conversation | undefined,
  facts: EchoFacts,
  wakes: boolean,
  owner: 'ai' | 'human',
): Placed | undefined {
  if (current === undefined) return wakes ? start(facts, owner) : undefined
  if (isExpired(current.lastInteractionAt, facts.now)) {
    if (!wakes) return undefined
    const closed = expire(current, facts.now)
    return closed === undefined ? start(facts, owner) : { ...start(facts, owner), closed }
  }
  if (current.status === 'open' || !wakes)
    return { conversation: next(current, facts.now), changes: [] }
  const resolvedAt = current.resolvedAt ?? current.updatedAt
  if (facts.now.getTime() - resolvedAt.getTime() > facts.reopenWithinMs) return start(facts, owner)
  const assigneeId = owner === 'human' ? 'phone' : undefined
  const { resolvedAt: _resolved, ...rest } = withOwner(next(current, facts.now), owner, assigneeId)
  const reopened: Conversation = { ...rest, status: 'open' }
  const assigned = assigneeId === undefined ? {} : { assigneeId }
  return {
    conversation: reopened,
    changes: [change(reopened, 'conversation.reopened', { owner, ...assigned })],
  }
}

function start(facts: EchoFacts, owner: 'ai' | 'human'): Placed {
  const assigned = owner === 'human' ? { assigneeId: 'phone' } : {}
  const conversation: Conversation = {
    id: facts.newId,
    contactId: facts.contactId,
    channelId: facts.channelId,
    owner,
    ...assigned,
    ownerEpoch: 1,
    status: 'open',
    lastInteractionAt: facts.at,
    lastMessageAt: facts.at,
    preview: facts.preview,
    unreadCount: 0,
    createdAt: facts.now,
    updatedAt: facts.now,
    version: 1,
  }
  const { contactId, channelId } = facts
  return {
    conversation,
    changes: [
      change(conversation, 'conversation.started', { contactId, channelId, owner, ...assigned }),
    ],
  }
}

function expire(current: Conversation, now: Date): Placed['closed'] {
  if (current.status === 'resolved') return undefined
  const conversation: Conversation = { ...next(current, now), status: 'resolved', resolvedAt: now }
  return {
    conversation,
    changes: [change(conversation, 'conversation.resolved', { reason: 'expired' })],
  }
}

function receive(
  conversation: Conversation,
  facts: InboundFacts,
  effects: ReturnType<typeof effectsOf>,
): Conversation {
  const interacted = effects.interaction
    ? { ...conversation, lastInteractionAt: latest(conversation.lastInteractionAt, facts.at) }
    : conversation
  const opened = effects.window
    ? { ...interacted, windowExpiresAt: extendWindow(conversation.windowExpiresAt, facts.at) }
    : interacted
  if (!effects.wakes) return opened
  return showNewest(
    {
      ...opened,
      lastInboundAt: latest(conversation.lastInboundAt ?? facts.at, facts.at),
      lastInboundMessageId: facts.messageId,
      unreadCount: conversation.unreadCount + 1,
    },
    facts.at,
    facts.preview,
  )
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

function change(
  { ownerEpoch }: Conversation,
  type: ConversationChange['type'],
  data: ConversationChange['data'],
): ConversationChange {
  return { type, data: { ...data, ownerEpoch } }
}

function own(
  conversation: Conversation,
  owner: ConversationOwner,
  now: Date,
  assigneeId?: string,
): Conversation {
  return withOwner(next(conversation, now), owner, assigneeId)
}

/** The conversation under another owner: owner, assignee and epoch change together. */
function withOwner(
  conversation: Conversation,
  owner: ConversationOwner,
  assigneeId: string | undefined,
): Conversation {
  const { assigneeId: _earlier, ...rest } = conversation
  const assigned = assigneeId === undefined ? {} : { assigneeId }
  return { ...rest, ...assigned, owner, ownerEpoch: conversation.ownerEpoch + 1 }
}

function next(conversation: Conversation, now: Date): Conversation {
  return { ...conversation, updatedAt: now, version: conversation.version + 1 }
}
