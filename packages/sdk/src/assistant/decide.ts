import type { Answering } from '../accounts/index.ts'
import type { Conversation } from '../conversations/index.ts'
import type { InboxEventId, MessageId, TurnId } from '../kernel/index.ts'
import type { AssistantTurn, TurnOutcome } from './store.ts'

/** What one handled message means for the turn of its conversation. */
export interface TurnFacts {
  readonly conversation: Pick<Conversation, 'id' | 'contactId' | 'channelId'>
  readonly messageId: MessageId
  readonly eventId?: InboxEventId
  /** `assistant`: the message is for the model. `now`: it was answered at once. `person`: a person answers from here on. `nothing`: it wants no answer. */
  readonly answer: 'assistant' | 'now' | 'person' | 'nothing'
  readonly now: Date
  readonly settings: Pick<Answering, 'quietMs' | 'quietCapMs'>
  /** Id of a turn that may have to start. */
  readonly newId: TurnId
}

/** Turns to save in this order, and when the conversation's job runs; `cancelled` takes the job away. */
export interface TurnPlan {
  readonly turns: readonly AssistantTurn[]
  readonly job: { readonly kind: 'kept' | 'cancelled' } | { readonly kind: 'at'; readonly at: Date }
}

// As many as the thread that a turn reads.
const mostMessages = 50

const kept: TurnPlan = { turns: [], job: { kind: 'kept' } }

/**
 * Decides what a message changes. Free text joins the turn that waits, and replaces one that thinks: the new turn answers
 * all of its messages together with this one. What is answered at once leaves a waiting turn alone, because its
 * questions are still open; one that thinks starts over, because it has not seen what was said meanwhile. When a person
 * answers from here on, there is no turn any more.
 */
export function decideTurn(current: AssistantTurn | undefined, facts: TurnFacts): TurnPlan {
  switch (facts.answer) {
    case 'assistant':
      return join(current, facts)
    case 'now':
      return current?.state === 'thinking' ? startOver(current, facts) : kept
    case 'person':
      return current === undefined
        ? kept
        : { turns: [end(current, 'handed_off', facts.now)], job: { kind: 'cancelled' } }
    case 'nothing':
      return kept
  }
}

/** A turn that has ended. */
export function end(turn: AssistantTurn, outcome: TurnOutcome, now: Date): AssistantTurn {
  const { leaseUntil: _lease, ...rest } = turn
  return { ...rest, state: 'done', outcome, finishedAt: now, version: turn.version + 1 }
}

/** A turn that gives its lease back and starts again at `dueAt`. */
export function wait(turn: AssistantTurn, dueAt: Date): AssistantTurn {
  const { leaseUntil: _lease, ...rest } = turn
  return { ...rest, state: 'waiting', dueAt, version: turn.version + 1 }
}

function join(current: AssistantTurn | undefined, facts: TurnFacts): TurnPlan {
  const { conversation, messageId, eventId, now, newId, settings } = facts
  const firstAt = current?.firstAt ?? now
  const dueAt = dueOf(firstAt, now, settings)
  const joined = {
    messageIds: [...(current?.messageIds ?? []), messageId].slice(-mostMessages),
    ...(eventId === undefined ? {} : { eventId }),
  }
  if (current?.state === 'waiting')
    return { turns: [{ ...wait(current, dueAt), ...joined }], job: { kind: 'at', at: dueAt } }
  const started: AssistantTurn = {
    ...joined,
    id: newId,
    conversationId: conversation.id,
    contactId: conversation.contactId,
    channelId: conversation.channelId,
    state: 'waiting',
    firstAt,
    dueAt,
    disclosed: false,
    version: 1,
  }
  const ended = current === undefined ? [] : [end(current, 'superseded', now)]
  return { turns: [...ended, started], job: { kind: 'at', at: dueAt } }
}

function startOver(current: AssistantTurn, { now, newId }: TurnFacts): TurnPlan {
  const { leaseUntil: _lease, record: _record, ...rest } = current
  const again: AssistantTurn = { ...rest, id: newId, state: 'waiting', dueAt: now, version: 1 }
  return { turns: [end(current, 'superseded', now), again], job: { kind: 'at', at: now } }
}

function dueOf(firstAt: Date, now: Date, { quietMs, quietCapMs }: TurnFacts['settings']): Date {
  const quiet = now.getTime() + quietMs
  const cap = Math.max(now.getTime(), firstAt.getTime() + quietCapMs)
  return new Date(Math.min(quiet, cap))
}
