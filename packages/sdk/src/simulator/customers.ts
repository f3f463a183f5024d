import type { ChatMessage, Customer } from './state.ts'
import type { JsonObject } from './json.ts'

/** What a new customer may state. Without `phone` the person has a username and no phone number is ever shown. */
export interface NewCustomer {
  readonly name: string
  /** Digits with country code, with or without plus sign. */
  readonly phone?: string
  /** How Meta reports the number, when it differs from `phone`. */
  readonly waId?: string
  readonly username?: string
  /** A business-scoped user id to use instead of a new one. */
  readonly userId?: string
  readonly parentUserId?: string
  /** `false` makes a person from before business-scoped ids: phone number only. Default `true`. */
  readonly hasUserId?: boolean
  /** Default `true`. */
  readonly sendsReadReceipts?: boolean
}

/** One line of a cart. */
export interface CartItem {
  readonly retailerId: string
  readonly quantity: number
}

/** A file that a customer sends; a sample when `bytes` is left out. */
export interface CustomerFile {
  readonly bytes?: Uint8Array
  readonly mimeType?: string
  readonly caption?: string
}

/** Options of an incoming message. */
export interface IncomingOptions {
  /** Id of the message that is quoted. */
  readonly replyTo?: string
}

/**
 * The people on the other side. Each call acts at once and queues its webhook. Calls throw `not_found` for an unknown
 * customer, message, button or row, and `invalid_input` for values that no phone could send.
 */
export interface Customers {
  create(customer: NewCustomer): Customer
  list(): readonly Customer[]
  get(customerId: string): Customer
  /** The chat in order. */
  messages(customerId: string): readonly ChatMessage[]
  sendText(customerId: string, body: string, options?: IncomingOptions): ChatMessage
  /** Taps a reply button, or a template's quick reply, for which `buttonId` is the payload. */
  tapButton(messageId: string, buttonId: string): ChatMessage
  /** Chooses a row of a list. */
  chooseRow(messageId: string, rowId: string): ChatMessage
  /** Sends a cart; prices come from the simulator's catalog. */
  sendCart(customerId: string, items: readonly CartItem[], text?: string): ChatMessage
  sendImage(customerId: string, file?: CustomerFile): ChatMessage
  /** Sends a recorded voice note, Ogg with Opus. */
  sendVoice(customerId: string, file?: CustomerFile): ChatMessage
  sendLocation(customerId: string, place?: JsonObject): ChatMessage
  /** Sends any content under any type, also types that do not exist. */
  sendRaw(customerId: string, type: string, content: JsonObject, extra?: JsonObject): ChatMessage
  /** Puts an emoji on a message; an empty one takes it away. */
  react(customerId: string, messageId: string, emoji: string): void
  /** Looks at the chat: everything is read until it is closed. */
  openChat(customerId: string): void
  closeChat(customerId: string): void
  /** Plays a voice note of the business. */
  play(messageId: string): void
  /** Switches the phone off or on. */
  setReachable(customerId: string, reachable: boolean): void
  /** Moves to another number: `system` message `user_changed_number`, and a new user id. */
  changeNumber(customerId: string, phone: string): Customer
  /** Gets a new user id: `system` message `user_changed_user_id`. */
  changeUserId(customerId: string): Customer
  /** Hides the phone number behind a username, so that only the user id is shown. */
  hidePhone(customerId: string, username: string): Customer
  /** Stops or resumes marketing: webhook `user_preferences`. */
  setMarketing(customerId: string, value: 'stop' | 'resume'): void
}
