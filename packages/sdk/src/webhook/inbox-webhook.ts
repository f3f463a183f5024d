import type { InboundEvent } from './event.ts'
import type { WebhookOptions } from './handler.ts'

/** Where events are kept until they are handled; `auronx.inbox` is one. */
export interface EventInbox {
  /** Resolves once the events are stored. */
  accept(events: readonly InboundEvent[], source: { readonly appId: string }): Promise<unknown>
  /** Keeps a body that was signed correctly and yet cannot be read. */
  keepUnreadable(bytes: Uint8Array, source: { readonly appId: string }): Promise<void>
}

/** A webhook endpoint of one app at Meta whose events go into an inbox. */
export interface InboxWebhookOptions extends Omit<
  WebhookOptions,
  'accept' | 'appSecrets' | 'verifyTokens' | 'onUnreadable'
> {
  readonly inbox: EventInbox
  /** Id of the app. Events of numbers that belong to another app are refused. */
  readonly appId: string
  readonly appSecret: string
  /** What was typed at Meta beside the address of this endpoint. */
  readonly verifyToken: string
}

/** The same endpoint in terms of what happens to its events. */
export function webhookOptionsOf(options: WebhookOptions | InboxWebhookOptions): WebhookOptions {
  if (!('inbox' in options)) return options
  const { inbox, appId, appSecret, verifyToken, ...rest } = options
  return {
    ...rest,
    appSecrets: [appSecret],
    verifyTokens: [verifyToken],
    accept: (events) => inbox.accept(events, { appId }),
    onUnreadable: (bytes) => inbox.keepUnreadable(bytes, { appId }),
  }
}
