import type { CallEvent, MessageContent } from '../webhook/index.ts'

/**
 * How long after a customer's message free-form messages may be sent.
 *
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-messages#customer-service-windows
 */
export const windowMs = 24 * 60 * 60 * 1000

/** How much earlier than the provider we treat the window as closed: what is sent last must still arrive within it. */
export const windowMarginMs = 2 * 60 * 1000

/** How far ahead of our clock an event's time may be before we take our own time instead. */
export const maxAheadMs = 5 * 60 * 1000

/** Whether free-form messages may be sent now. `windowExpiresAt` is the provider's time of the last opening message plus 24 hours. */
export function isWindowOpen(
  conversation: { readonly windowExpiresAt?: Date },
  now: Date,
): boolean {
  const expiresAt = conversation.windowExpiresAt
  return expiresAt !== undefined && now.getTime() < expiresAt.getTime() - windowMarginMs
}

/** The window's end after a message of `at`; an older message never shortens it. */
export function extendWindow(current: Date | undefined, at: Date): Date {
  const end = new Date(at.getTime() + windowMs)
  return current !== undefined && current > end ? current : end
}

/**
 * When an event happened: the provider's time in milliseconds; our own when it is missing, unusable or more than five
 * minutes ahead of us.
 */
export function eventTime(timestampMs: number | undefined, now: Date): Date {
  const usable = timestampMs !== undefined && Number.isSafeInteger(timestampMs) && timestampMs > 0
  return usable && timestampMs <= now.getTime() + maxAheadMs ? new Date(timestampMs) : now
}

/**
 * When a customer called, if an event says that: the first one of a call they made, and the last one where it names the
 * beginning. A call of the business opens nothing, nor do events that do not say who called.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/user-initiated-calls
 */
export function calledAt({
  event,
  direction,
  timestampMs,
  startedAtMs,
}: Pick<CallEvent, 'event' | 'direction' | 'timestampMs' | 'startedAtMs'>): number | undefined {
  if (direction !== 'USER_INITIATED') return undefined
  if (event === 'connect') return timestampMs
  return event === 'terminate' ? startedAtMs : undefined
}

/**
 * What kinds of content do. `window`: it opens the window; where Meta does not say (reactions, system notices, what it
 * cannot deliver) it does not. `interaction`: it came from the customer, so retention counts from it. `wakes`: it asks
 * for an answer, so a resolved conversation reopens for it.
 */
export function effectsOf(content: MessageContent): {
  readonly window: boolean
  readonly interaction: boolean
  readonly wakes: boolean
} {
  switch (content.type) {
    case 'reaction':
    case 'edit':
      return { window: false, interaction: true, wakes: false }
    case 'revoke':
    case 'system':
    case 'errors':
    case 'media_placeholder':
      return { window: false, interaction: false, wakes: false }
    case 'unsupported':
    case 'unknown':
    case 'request_welcome':
      return { window: false, interaction: true, wakes: true }
    default:
      return { window: true, interaction: true, wakes: true }
  }
}
