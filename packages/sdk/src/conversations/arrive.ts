import type { ChannelId, ContactId, ConversationId, MessageId } from '../kernel/index.ts'
import type { MessageContent } from '../webhook/index.ts'
import { isExpired, latest } from './retention.ts'
import type { ConversationChange } from './steps.ts'
import { change, next, showNewest, withOwner } from './steps.ts'
import type { Conversation } from './store.ts'
import { effectsOf, extendWindow } from './window.ts'

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
