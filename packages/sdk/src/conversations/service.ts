import type {
  Actor,
  ChannelId,
  Clock,
  ContactId,
  ConversationId,
  EventStore,
  Ids,
  InboxEventId,
  MessageId,
  OutboxId,
  UnitOfWork,
} from '../kernel/index.ts'
import { assertAllowed, AuronxError, isAllowed, withinOf } from '../kernel/index.ts'
import type { OutboundMessage, OutboxStore } from '../outbox/index.ts'
import type { MessageContent } from '../webhook/index.ts'
import { noteCall } from './call.ts'
import type { ConversationAction } from './decide.ts'
import { act, markRead } from './own.ts'
import { getWithin } from './reach.ts'
import { noteEcho, receive } from './receive.ts'
import { noteReplies } from './reply.ts'
import type { Conversation, ConversationStore, Message, Page } from './store.ts'

/** The stores the conversations service needs in a transaction. */
export interface ConversationStores {
  readonly conversations: ConversationStore
  readonly events: EventStore
  /** What waits to be sent under an owner who lost the conversation is given up with the change of owner. */
  readonly outbox: Pick<OutboxStore, 'list' | 'lock' | 'update'>
}

/** What {@link createConversations} needs. */
export interface ConversationsDeps {
  readonly work: UnitOfWork<ConversationStores>
  readonly clock: Clock
  readonly ids: Ids
}

/** A message of a thread as it arrived: from the customer, or an echo of what a colleague wrote on the phone. */
export interface ArrivedMessage {
  readonly contactId: ContactId
  readonly channelId: ChannelId
  readonly content: MessageContent
  /** Meta's message id; personal data. */
  readonly providerMessageId: string
  /** When it was written by Meta's clock, in milliseconds. */
  readonly timestampMs?: number
  readonly eventId: InboxEventId
  /** A conversation resolved longer ago than this is left alone and a new one starts. Default 24 hours; a setting of the tenant. */
  readonly reopenWithinMs?: number
}

/**
 * What became of an arrived message. `revised`: it changed or deleted an earlier message, given back as it is now.
 * `ignored`: it belongs to no conversation and is no reason to start one.
 */
export type ArriveOutcome =
  | {
      readonly kind: 'received' | 'revised'
      readonly conversation: Conversation
      readonly message: Message
    }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'ignored'; readonly reason: 'nothing_to_attach' }

/** A call that a customer made. */
export type ArrivedCall = Pick<
  ArrivedMessage,
  'contactId' | 'channelId' | 'timestampMs' | 'eventId'
>

/** What became of a call; `ignored`: there is no conversation it could belong to, and it starts none. */
export type CallOutcome =
  | { readonly kind: 'noted'; readonly conversation: Conversation }
  | { readonly kind: 'ignored'; readonly reason: 'nothing_to_attach' }

/** Messages of ours that were handed to the outbox in the same transaction. */
export interface NotedReplies {
  readonly conversationId: ConversationId
  readonly author: 'menu' | 'ai' | 'staff' | 'system'
  readonly replies: readonly {
    readonly outboxId: OutboxId
    readonly message: OutboundMessage
    /** What typed numbers choose, where the choices became numbered text; see `Message`. */
    readonly numbers?: Readonly<Record<string, string>>
  }[]
  /** State of the conversation the replies were prepared from; when it moved on, they are refused as `stale`. */
  readonly fence?: { readonly ownerEpoch: number; readonly lastInboundMessageId?: MessageId }
}

/** What {@link Conversations.noteReplies} did. */
export type NoteOutcome =
  | {
      readonly kind: 'noted'
      readonly conversation: Conversation
      readonly messages: readonly Message[]
    }
  | { readonly kind: 'refused'; readonly reason: 'not_found' | 'stale' | 'not_permitted' }

/** What an action did; `unchanged` when it already was so. */
export type ActionOutcome =
  | { readonly kind: 'changed' | 'unchanged'; readonly conversation: Conversation }
  | {
      readonly kind: 'refused'
      readonly reason: 'not_found' | 'not_permitted' | 'resolved' | 'human_owns'
    }

/**
 * The thread with a customer: who owns it, its window, its messages. Commands are refused as `not_permitted` without
 * their permission (`conversation:reply`, `:assign`, `:close`); reads take `conversation:read` and throw `not_permitted`.
 * A conversation out of an actor's `reach` is not there for it, neither to read nor to act on.
 */
export interface Conversations {
  /** Stores a customer's message in its conversation, which it starts or reopens. Throws `conflict` (retryable) when another process started one at the same time. */
  receive(actor: Actor, message: ArrivedMessage): Promise<ArriveOutcome>
  /** Stores what a colleague wrote on the business' phone; that colleague owns the thread from then on. */
  noteEcho(actor: Actor, message: ArrivedMessage): Promise<ArriveOutcome>
  /** A customer's call opens the window and counts for retention; it asks for no answer and reopens nothing. */
  noteCall(actor: Actor, call: ArrivedCall): Promise<CallOutcome>
  /** Stores replies of ours in the thread. A reply by staff takes the conversation over. */
  noteReplies(actor: Actor, noted: NotedReplies): Promise<NoteOutcome>
  /** A member takes over; the assistant is silent from now on. */
  takeOver(actor: Actor, id: ConversationId): Promise<ActionOutcome>
  /** Gives the conversation back to the menus or the assistant. */
  giveBack(actor: Actor, id: ConversationId): Promise<ActionOutcome>
  /** Asks for a person. `reason` is a code: lower-case letters, digits and `_`, at most 40. Throws `invalid_input`. */
  handOff(actor: Actor, id: ConversationId, reason: string): Promise<ActionOutcome>
  /** Closes the conversation. `reason` as for `handOff`; default `asked`. */
  resolve(actor: Actor, id: ConversationId, reason?: string): Promise<ActionOutcome>
  /** A member has seen everything. */
  markRead(actor: Actor, id: ConversationId): Promise<ActionOutcome>
  get(actor: Actor, id: ConversationId): Promise<Conversation | undefined>
  /** As the store's `list`. */
  list(actor: Actor, query: Parameters<ConversationStore['list']>[0]): Promise<Page<Conversation>>
  /** As the store's `thread`. */
  thread(actor: Actor, query: Parameters<ConversationStore['thread']>[0]): Promise<Page<Message>>
}

/** The conversations service. */
export function createConversations(deps: ConversationsDeps): Conversations {
  const run = <Result>(
    actor: Actor,
    body: (session: Session) => Promise<Result>,
  ): Promise<Result> =>
    deps.work.run(actor.tenantId, ({ conversations, events, outbox }) =>
      body({ conversations, events, outbox, actor, now: deps.clock.now(), ids: deps.ids }),
    )
  const perform = async (
    actor: Actor,
    id: ConversationId,
    action: ConversationAction,
    reason?: string,
  ): Promise<ActionOutcome> => {
    const needed = action === 'resolve' ? 'conversation:close' : 'conversation:assign'
    if (!isAllowed(actor, needed)) return notPermitted
    return run(actor, (session) => act(session, id, action, reason))
  }
  const read = async <Result>(
    actor: Actor,
    body: (store: ConversationStore) => Promise<Result>,
  ): Promise<Result> => {
    assertAllowed(actor, 'conversation:read')
    return run(actor, ({ conversations }) => body(conversations))
  }
  return {
    async receive(actor, message) {
      assertAllowed(actor, 'conversation:reply')
      return run(actor, (session) => receive(session, message))
    },
    async noteEcho(actor, message) {
      assertAllowed(actor, 'conversation:reply')
      return run(actor, (session) => noteEcho(session, message))
    },
    noteReplies: async (actor, noted) =>
      isAllowed(actor, 'conversation:reply')
        ? run(actor, (session) => noteReplies(session, noted))
        : notPermitted,
    async noteCall(actor, call) {
      assertAllowed(actor, 'conversation:reply')
      return run(actor, (session) => noteCall(session, call))
    },
    takeOver: (actor, id) => perform(actor, id, 'take_over'),
    giveBack: (actor, id) => perform(actor, id, 'give_back'),
    handOff: async (actor, id, reason) => perform(actor, id, 'hand_off', codeOf(reason)),
    resolve: async (actor, id, reason = 'asked') => perform(actor, id, 'resolve', codeOf(reason)),
    markRead: async (actor, id) =>
      isAllowed(actor, 'conversation:assign')
        ? run(actor, (session) => markRead(session, id))
        : notPermitted,
    get: (actor, id) => read(actor, (conversations) => getWithin(conversations, actor, id)),
    list: (actor, query) =>
      read(actor, (conversations) => conversations.list({ ...query, ...withinOf(actor) })),
    thread: (actor, query) =>
      read(actor, (conversations) => conversations.thread({ ...query, ...withinOf(actor) })),
  }
}

const notPermitted = { kind: 'refused', reason: 'not_permitted' } as const

/** One transaction of the service. */
export interface Session extends ConversationStores {
  readonly actor: Actor
  readonly now: Date
  readonly ids: Ids
}

function codeOf(reason: string): string {
  if (/^[a-z0-9_]{1,40}$/.test(reason)) return reason
  throw new AuronxError(
    'invalid_input',
    'A reason is a code of lower-case letters, digits and underscores',
  )
}
