import type { OutboundMessage, Recipient } from './message.ts'

/** What a person has to be told about. */
export type AlertTopic =
  | 'credentials'
  | 'permission'
  | 'account'
  | 'payment'
  | 'quality'
  | 'template'
  | 'setup'
  | 'identity'

/**
 * What to do after a refusal.
 *
 * - `retry`: the same message may be sent again after `afterMs × factor^n`, n counting earlier retries from 0, at most
 *   `attempts` times; `scope` tells what Meta limited: this message, messages to this recipient, or the whole number.
 * - `hold`: not before `afterMs`. The conversation's later messages wait behind this one, so it is for what concerns the whole
 *   number; `alert` is set when a person should know meanwhile.
 * - `template`: only an approved template can reach this customer now.
 * - `stop_channel`: nothing can be sent from this number until a person mends it; keep the messages.
 * - `suppress`: do not write to this recipient again, at all or with marketing; `afterTimes` refusals of this kind.
 * - `fail`: this message will never be accepted.
 * - `alert`: as `fail`, and a person must look at the cause.
 */
export type Advice =
  | {
      readonly action: 'retry'
      readonly afterMs: number
      readonly factor: number
      readonly attempts: number
      readonly scope: 'message' | 'recipient' | 'number'
    }
  | { readonly action: 'hold'; readonly afterMs: number; readonly alert?: AlertTopic }
  | { readonly action: 'template' }
  | { readonly action: 'stop_channel'; readonly topic: AlertTopic }
  | {
      readonly action: 'suppress'
      readonly what: 'everything' | 'marketing'
      readonly afterTimes: number
    }
  | { readonly action: 'fail' }
  | { readonly action: 'alert'; readonly topic: AlertTopic }

/** One message to hand over. */
export interface SendRequest {
  /** Meta's id of the business number that sends. */
  readonly phoneNumberId: string
  readonly to: Recipient
  readonly message: OutboundMessage
  /** Random correlation id, echoed in every status (`biz_opaque_callback_data`); at most 512 characters, never personal. */
  readonly opaque: string
  /** Provider id of the message this one quotes. */
  readonly replyTo?: string
}

/** What every call takes; aborting it makes a send's outcome unknown. */
export interface CallOptions {
  readonly signal: AbortSignal
}

/**
 * What became of a send.
 *
 * - `accepted`: the provider gave the message an id. `waId` is the number as the provider knows it, which may differ
 *   from the one sent to; store it as an alias.
 * - `refused`: the provider answered that it did not take the message, or the request never left. `code` is the
 *   provider's number or one of our own words; `detail` is safe to log.
 * - `unknown`: the message may or may not have been sent; it must not be sent again blindly.
 */
export type SendOutcome =
  | {
      readonly kind: 'accepted'
      readonly providerMessageId: string
      readonly waId?: string
      readonly userId?: string
    }
  | {
      readonly kind: 'refused'
      readonly code: number | string
      readonly advice: Advice
      readonly detail: string
    }
  | { readonly kind: 'unknown'; readonly reason: string }

/** A file in memory. */
export interface MediaContent {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly mimeType: string
  readonly filename?: string
}

/** What became of an upload; a repeated upload is harmless, so every failure carries advice. */
export type UploadOutcome =
  | { readonly kind: 'uploaded'; readonly mediaId: string }
  | {
      readonly kind: 'refused'
      readonly code: number | string
      readonly advice: Advice
      readonly detail: string
    }

/** A file to fetch. */
export interface DownloadRequest {
  readonly phoneNumberId: string
  readonly mediaId: string
  /** Most bytes to accept. Default 100 MB, the platform's largest. */
  readonly maxBytes?: number
  /** SHA-256 as the inbound event states it, base64 or hex; checked besides the provider's own. */
  readonly sha256?: string
}

/**
 * What became of a download. `gone`: the provider no longer has it. `too_large`: more bytes than allowed. `corrupt`: the
 * digest does not match. `denied`: the provider named an address we do not go to, or refused us. `unreachable`: worth
 * another try.
 */
export type DownloadOutcome =
  | { readonly kind: 'downloaded'; readonly media: MediaContent; readonly sha256Hex: string }
  | {
      readonly kind: 'failed'
      readonly reason: 'gone' | 'too_large' | 'corrupt' | 'denied' | 'unreachable'
      readonly detail: string
    }

/** A message the customer sent, to be shown as read. */
export interface ReadRequest {
  readonly phoneNumberId: string
  /** Provider id of the inbound message; earlier ones count as read too. */
  readonly messageId: string
  /** Also shows "typing" for up to 25 seconds or until the next message. Default `false`. */
  readonly typing?: boolean
}

/**
 * The way out to customers.
 *
 * Promises: one `send` makes at most one attempt to hand the message over; `accepted` and `refused` are certain,
 * everything else is `unknown`; none of the methods throws for what the network or the provider does, only for broken
 * requests (`message_invalid`, `invalid_input`). Implementations do not read a message's limits: check them before.
 */
export interface Messenger {
  /** What to do about an error code that came later, in a status. Without it such codes only fail their message. */
  adviseOn?(code: number): Advice
  /** Hands one message over, once. */
  send(request: SendRequest, options: CallOptions): Promise<SendOutcome>
  /** Marks a received message as read. `failed` needs no action. */
  markRead(request: ReadRequest, options: CallOptions): Promise<'done' | 'failed'>
  /** Uploads a file for one business number. */
  upload(phoneNumberId: string, media: MediaContent, options: CallOptions): Promise<UploadOutcome>
  /** Fetches a received file. */
  download(request: DownloadRequest, options: CallOptions): Promise<DownloadOutcome>
  /** Deletes an uploaded or received file at the provider; `failed` also when it is already gone. */
  deleteMedia(
    phoneNumberId: string,
    mediaId: string,
    options: CallOptions,
  ): Promise<'done' | 'failed'>
}
