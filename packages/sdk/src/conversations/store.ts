import type {
  ChannelId,
  ContactId,
  ConversationId,
  InboxEventId,
  MessageId,
  OutboxId,
  Within,
} from '../kernel/index.ts'
import type { MessageContent } from '../webhook/index.ts'
import type { OutboundMessage } from '../outbox/index.ts'

/** Who answers the customer now. */
export type ConversationOwner = 'ai' | 'queue' | 'human'

/** One retention segment of a contact's thread with one business number. */
export interface Conversation {
  readonly id: ConversationId
  readonly contactId: ContactId
  readonly channelId: ChannelId
  readonly owner: ConversationOwner
  /** Member who took over, or `'phone'` when the answer came from the business' own phone. */
  readonly assigneeId?: string
  /** Grows with every change of owner; a reply prepared under an older epoch is dropped. */
  readonly ownerEpoch: number
  readonly status: 'open' | 'resolved'
  /** When it was resolved; absent while it is open. */
  readonly resolvedAt?: Date
  /** The customer's last message, by the provider's time. */
  readonly lastInboundAt?: Date
  /** The customer's last message in the order of acceptance. */
  readonly lastInboundMessageId?: MessageId
  /** The provider's time of the last message that opens the window, plus 24 hours. Ask `isWindowOpen`, which closes it a little early. */
  readonly windowExpiresAt?: Date
  /** Last event that came from the customer; retention counts from here. Never decreases. */
  readonly lastInteractionAt: Date
  /** Newest message in either direction, for lists. */
  readonly lastMessageAt: Date
  /** First characters of the newest message; personal data, erased with the conversation. */
  readonly preview: string
  readonly unreadCount: number
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly version: number
}

/** One message of a thread. */
export interface Message {
  readonly id: MessageId
  readonly conversationId: ConversationId
  readonly direction: 'in' | 'out'
  /** Who wrote it. `phone`: a colleague in the WhatsApp Business app. */
  readonly author: 'customer' | 'menu' | 'ai' | 'staff' | 'phone' | 'system'
  readonly content:
    | { readonly kind: 'inbound'; readonly content: MessageContent }
    | {
        readonly kind: 'outbound'
        readonly message: OutboundMessage
        /** What a typed number chooses, when the choices were sent as numbered text: number to id. */
        readonly numbers?: Readonly<Record<string, string>>
      }
  /** Provider message id; personal data, because it embeds a phone number. Unique per business number. */
  readonly providerMessageId?: string
  /** The stored event this message came from. */
  readonly eventId?: InboxEventId
  /** The intent this message left by. */
  readonly outboxId?: OutboxId
  /** Provider's time for inbound, ours for outbound; an answer is never of before what it answers. */
  readonly at: Date
}

/** Cursor-paged list; `cursor` is opaque and absent on the last page. */
export interface Page<Item> {
  readonly items: readonly Item[]
  readonly cursor?: string
}

/** Conversations of one tenant inside a transaction. */
export interface ConversationStore {
  get(id: ConversationId): Promise<Conversation | undefined>
  /** The open conversation of a contact on a number, else its newest one, locked for this transaction. */
  lockLatest(contactId: ContactId, channelId: ChannelId): Promise<Conversation | undefined>
  /** Locks one conversation for this transaction. */
  lock(id: ConversationId): Promise<Conversation | undefined>
  /**
   * Inserts a conversation of version 1, replaces one whose stored version is one less. Throws `version_conflict`;
   * `conflict` (retryable) when the contact already has another open conversation on that number.
   */
  save(conversation: Conversation): Promise<void>
  /** Conversations, newest message first. `limit` 1 to 100. Throws `invalid_input` for a cursor that is not ours. */
  list(query: {
    readonly status?: Conversation['status']
    /** Only those of one customer. */
    readonly contactId?: ContactId
    readonly within?: Within
    readonly limit: number
    readonly cursor?: string
  }): Promise<Page<Conversation>>
  /**
   * Adds messages to stored conversations. One that has both ids of a stored message replaces that message's content;
   * one that comes twice in a call is stored once. Throws `conflict` when another message has a provider id on that
   * number.
   */
  append(messages: readonly Message[]): Promise<void>
  /**
   * Messages of a contact's thread on one number over all its conversations, newest first: by the whole second they are
   * of, because the provider's times have no more, then in the order in which they were stored. `limit` 1 to 200. With
   * `providerMessageId` only the message of that provider id, with `within` only messages of conversations there. Throws `invalid_input` for a cursor that is not ours.
   */
  thread(query: {
    readonly contactId: ContactId
    readonly channelId: ChannelId
    readonly limit: number
    readonly cursor?: string
    readonly providerMessageId?: string
    readonly within?: Within
  }): Promise<Page<Message>>
}
