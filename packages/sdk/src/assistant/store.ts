import type {
  ChannelId,
  ContactId,
  ConversationId,
  InboxEventId,
  MessageId,
  OutboxId,
  TurnId,
} from '../kernel/index.ts'
import type { TraceStep } from '../lanes/index.ts'
import type { Tokens } from '../responder/index.ts'

/**
 * How a turn ended. `menus`: the deterministic answers took its place. `superseded`: newer input arrived while it thought,
 * and another turn answers that together with this. The others say why nobody was answered by us.
 */
export type TurnOutcome =
  | 'answered'
  | 'handed_off'
  | 'menus'
  | 'superseded'
  | 'person_owns'
  | 'person_answered'
  | 'resolved'
  | 'blocked'
  | 'window_closed'

/** A tool call as it is kept for good: no personal values. */
export interface CallRecord {
  readonly name: string
  /** SHA-256 of the arguments as the model wrote them. */
  readonly digest: string
  /** Handles that the arguments named. */
  readonly handles: readonly string[]
  /** A code. */
  readonly outcome: string
  /** The same call had been answered before in this turn, and nothing happened. */
  readonly cached: boolean
}

/** What a turn did: codes, counts, handles and digests; never what people wrote. */
export interface TurnRecord {
  readonly model: string
  readonly promptVersion: string
  /** SHA-256 of the instructions. */
  readonly promptHash: string
  readonly modelCalls: number
  readonly calls: readonly CallRecord[]
  readonly tokens: Tokens
  /** In millionths of the currency of the model's price; 0 without a price. */
  readonly costMicros: number
  /** From the first unanswered message to the commit of the answer, in milliseconds. */
  readonly latencyMs: number
  readonly steps: readonly TraceStep[]
  readonly replies: readonly OutboxId[]
}

/** Messages of a customer that are answered together. */
export interface AssistantTurn {
  readonly id: TurnId
  readonly conversationId: ConversationId
  readonly contactId: ContactId
  readonly channelId: ChannelId
  /** `waiting` for quiet or for a worker, `thinking` under a lease, `done`. At most one of a conversation is not done. */
  readonly state: 'waiting' | 'thinking' | 'done'
  /** The messages it answers, in the order in which they were handled; at least one. */
  readonly messageIds: readonly MessageId[]
  /** When the first of them was handled. */
  readonly firstAt: Date
  /** The event that brought the last of them. */
  readonly eventId?: InboxEventId
  /** When it may start. */
  readonly dueAt: Date
  /** Until when it may think before it starts again elsewhere. */
  readonly leaseUntil?: Date
  readonly outcome?: TurnOutcome
  /** Whether its answer said that an assistant writes. */
  readonly disclosed: boolean
  readonly record?: TurnRecord
  readonly finishedAt?: Date
  readonly version: number
}

/** What was spent in a period. */
export interface Spend {
  readonly turns: number
  readonly tokens: number
  readonly costMicros: number
}

/** Turns of the assistant of one tenant, inside a transaction. */
export interface TurnStore {
  /** The turn of a conversation that is not done, locked. */
  lockOpen(conversationId: ConversationId): Promise<AssistantTurn | undefined>
  /**
   * Inserts a turn of version 1, replaces one whose stored version is one less. Throws `version_conflict`, also for a
   * second turn that is not done.
   */
  save(turn: AssistantTurn): Promise<void>
  /**
   * Until when another turn of the contact thinks at `now`, over all its conversations; nothing when this one may start.
   * Who asks first goes first: a transaction that asks for the same contact waits for the end of this one.
   */
  busyUntil(contactId: ContactId, except: TurnId, now: Date): Promise<Date | undefined>
  /** Turns, newest first: of a conversation, or those that answered the messages of some events. `limit` 1 to 100. */
  list(
    query: { readonly limit: number } & (
      | { readonly conversationId: ConversationId }
      | { readonly eventIds: readonly InboxEventId[] }
      | { readonly ids: readonly TurnId[] }
    ),
  ): Promise<readonly AssistantTurn[]>
  /** Whether the customer of a conversation was told that an assistant writes. */
  isDisclosed(conversationId: ConversationId): Promise<boolean>
  /** What was spent on a contact on the day of `at`, and by the tenant in its month, by UTC. */
  spent(
    contactId: ContactId,
    at: Date,
  ): Promise<{ readonly contact: Spend; readonly tenant: Spend }>
  /**
   * Adds to both counters, and forgets a part of those that nobody asks for any more: of contacts after two days, of the
   * tenant after thirteen months.
   */
  spend(contactId: ContactId, at: Date, spend: Spend): Promise<void>
}
