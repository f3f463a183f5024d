import type { Locale } from '../accounts/index.ts'
import type { ContactId, MessageId } from '../kernel/index.ts'
import type { Conversation, Message } from '../conversations/index.ts'
import type { OutboundMessage } from '../outbox/index.ts'
import type { MessageContent } from '../webhook/index.ts'

/** One message of a customer that may need an answer, with everything the answer depends on. */
export interface Turn {
  readonly contactId: ContactId
  /** After the message was stored. */
  readonly conversation: Pick<Conversation, 'id' | 'owner' | 'ownerEpoch'>
  /** Our id of the message. */
  readonly messageId: MessageId
  readonly content: MessageContent
  /** Somebody else wrote it: it confirms nothing. Default `false`. */
  readonly forwarded?: boolean
  /** Another app owns the thread: observe only. */
  readonly standby: boolean
  /** Language of the answer. */
  readonly locale: Locale
  /** Name of the business as customers see it. */
  readonly businessName: string
  /** Minutes within which a person usually answers; told where one is awaited. Default: nothing is told. */
  readonly personWithinMinutes?: number
  /** The thread, newest first, with or without the message itself; 50 messages are enough. */
  readonly recent: readonly Message[]
  readonly now: Date
}

/** What happened at one step of answering; codes and counts only. */
export interface ReplyStep {
  readonly step: 'gate' | 'read' | 'action' | 'menu' | 'assistant' | 'fallback' | 'hand_off'
  readonly outcome: string
  readonly detail?: { readonly [key: string]: string | number | boolean }
}

/** An answer: nothing, or messages to send in this order, and perhaps that a person is needed. */
export interface Reply {
  readonly messages: readonly OutboundMessage[]
  readonly handOff?: { readonly reason: HandOffReason }
  /** Who wrote the messages. */
  readonly author: 'menu' | 'ai'
  readonly trace: readonly ReplyStep[]
  /** The assistant answers this message in a turn of its own; there are no messages now. */
  readonly later?: true
}

/** Why a person is needed. */
export type HandOffReason =
  | 'customer_asked'
  | 'not_understood'
  | 'reply_loop'
  | 'assistant_asked'
  | 'assistant_failed'
