import type { Clock, ErrorCode, Logger } from '../kernel/index.ts'
import { createSystemClock, isAuronxError, silentLogger } from '../kernel/index.ts'
import { checkTokens, verifyChallenge } from './challenge.ts'
import type { InboundEvent } from './event.ts'
import type { InboxWebhookOptions } from './inbox-webhook.ts'
import { webhookOptionsOf } from './inbox-webhook.ts'
import { joined } from './join.ts'
import type { UnreadableReason } from './parse.ts'
import { maxWebhookBytes, parseWebhook } from './parse.ts'
import type { HeaderValue } from './signature.ts'
import { checkSecrets, signatureHeader, verifySignatureAsync } from './signature.ts'

/** How a webhook came in. */
export interface Delivery {
  /** Position of the app secret that signed it: events must belong to that app's numbers. */
  readonly secretIndex: number
  /** When its bytes were complete, in milliseconds. */
  readonly receivedAtMs: number
}

/** What a webhook endpoint needs. */
export interface WebhookOptions {
  /** Secrets of the apps that may deliver here, at least one. */
  readonly appSecrets: readonly string[]
  /** Verify tokens that are configured at Meta for this address, at least one. */
  readonly verifyTokens: readonly string[]
  /** Default: the platform's clock. */
  readonly clock?: Clock
  /**
   * Stores the events of a verified webhook; only after it resolves, with whatever value, is the webhook acknowledged. Not
   * called without events. When it throws, Meta is asked to deliver again.
   */
  readonly accept: (events: readonly InboundEvent[], delivery: Delivery) => Promise<unknown>
  /** Keeps a body that is signed correctly and yet cannot be read. Default: it is logged as an error, without content. */
  readonly onUnreadable?: (
    rawBody: Uint8Array,
    reason: UnreadableReason,
    delivery: Delivery,
  ) => Promise<void>
  /** Counts what was turned away. Default: nothing. */
  readonly onRefused?: (code: RefusalCode) => void
  readonly logger?: Logger
  /** Largest body to read, in bytes. Default 3 MiB, the most Meta sends. */
  readonly maxBytes?: number
  /** What `Retry-After` says while events cannot be stored, in seconds. Default 10. */
  readonly retryAfterSeconds?: number
}

/** Why a request was turned away. */
export type RefusalCode = Extract<
  ErrorCode,
  'signature_missing' | 'signature_malformed' | 'signature_mismatch' | 'payload_too_large'
>

/** An HTTP answer, whatever the server is made of. */
export interface WebhookReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** A webhook endpoint without a server: bytes in, answers out. */
export interface Webhook {
  /** Largest body to read, in bytes. */
  readonly maxBytes: number
  /**
   * Looks at a request before its body: the answer to a challenge (200 or 403), to another method (405) or to a body
   * announced as too large (413); undefined when the body is to be read and handed to `receive`.
   */
  begin(request: {
    readonly method: string
    readonly query: URLSearchParams
    /** The `Content-Length` header. */
    readonly contentLength?: string | null | undefined
  }): WebhookReply | undefined
  /** The answer to a body that turned out larger than `maxBytes` while it was read: 413. */
  tooLarge(): WebhookReply
  /**
   * Verifies, reads and accepts one body: 200 once its events are stored, 401 for a bad signature, 503 with `Retry-After`
   * when `accept` failed and may succeed later, 500 when it failed otherwise. Never throws.
   *
   * @param rawBody the bytes as received
   * @param signature the value or values of the `X-Hub-Signature-256` header
   */
  receive(rawBody: Uint8Array, signature: HeaderValue): Promise<WebhookReply>
}

/**
 * Makes a webhook endpoint: of any number of apps, with what happens to the events, or of one app whose events go into
 * an inbox. Throws `invalid_config` when a secret or a verify token is missing or empty.
 */
export function createWebhook(given: WebhookOptions | InboxWebhookOptions): Webhook {
  const options = webhookOptionsOf(given)
  const { appSecrets, verifyTokens, onRefused, maxBytes = maxWebhookBytes } = options
  const clock = options.clock ?? createSystemClock()
  const logger = options.logger ?? silentLogger
  checkSecrets(appSecrets)
  checkTokens(verifyTokens)

  const tooLarge = (): WebhookReply => {
    onRefused?.('payload_too_large')
    return reply(413)
  }
  return {
    maxBytes,
    tooLarge,
    begin({ method, query, contentLength }) {
      if (method === 'GET') return answerChallenge(query, verifyTokens)
      if (method !== 'POST') return reply(405, { allow: 'GET, POST' })
      return Number(contentLength ?? 0) > maxBytes ? tooLarge() : undefined
    },
    async receive(rawBody, signature) {
      if (rawBody.length > maxBytes) return tooLarge()
      const checked = await verifySignatureAsync(rawBody, signature, appSecrets)
      if (checked.kind === 'refused') {
        onRefused?.(checked.code)
        return reply(401)
      }
      const { secretIndex } = checked
      try {
        await hand(rawBody, { secretIndex, receivedAtMs: clock.now().getTime() }, options, logger)
        return acknowledged
      } catch (error) {
        return answerFailure(error, options, logger)
      }
    },
  }
}

/**
 * Makes a Fetch handler out of a webhook endpoint, for runtimes whose servers speak `Request` and `Response`. Bodies are
 * read up to `maxBytes` and no further. Throws `invalid_config` as {@link createWebhook} does.
 *
 * @example
 * const handle = createWebhookHandler({ inbox: auronx.inbox, appId, appSecret, verifyToken })
 * export default { fetch: handle }
 */
export function createWebhookHandler(
  options: WebhookOptions | InboxWebhookOptions,
): (request: Request) => Promise<Response> {
  const webhook = createWebhook(options)
  return async (request) => {
    const early = webhook.begin({
      method: request.method,
      query: new URL(request.url).searchParams,
      contentLength: request.headers.get('content-length'),
    })
    if (early !== undefined) return toResponse(early)
    const rawBody = await readUpTo(request.body, webhook.maxBytes)
    if (rawBody === undefined) return toResponse(webhook.tooLarge())
    return toResponse(await webhook.receive(rawBody, request.headers.get(signatureHeader)))
  }
}

async function hand(
  rawBody: Uint8Array,
  delivery: Delivery,
  options: WebhookOptions,
  logger: Logger,
): Promise<void> {
  const { events, unreadable, exceeded } = parseWebhook(rawBody)
  if (unreadable !== undefined) {
    const { reason } = unreadable
    logger.error('A correctly signed webhook could not be read', { reason, bytes: rawBody.length })
    await options.onUnreadable?.(rawBody, reason, delivery)
    return
  }
  if (exceeded !== undefined) {
    logger.warn('A webhook exceeds the documented limits', {
      limits: exceeded.join(' '),
      events: events.length,
      bytes: rawBody.length,
    })
  }
  if (events.length > 0) await options.accept(events, delivery)
}

function answerFailure(error: unknown, options: WebhookOptions, logger: Logger): WebhookReply {
  const { retryAfterSeconds = 10 } = options
  const code = isAuronxError(error) ? error.code : 'internal'
  logger.error('A webhook was not accepted', { code })
  if (!isAuronxError(error) || !error.retryable) return reply(500)
  return reply(503, { 'retry-after': String(retryAfterSeconds) })
}

function answerChallenge(query: URLSearchParams, tokens: readonly string[]): WebhookReply {
  const result = verifyChallenge(query, tokens)
  if (result.kind === 'refused') return reply(403)
  // The challenge is text from outside: a browser must never take it for anything else.
  const headers = { 'content-type': 'text/plain; charset=utf-8' }
  return { status: 200, headers: { ...safeHeaders, ...headers }, body: result.challenge }
}

const safeHeaders = { 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' } as const

const acknowledged: WebhookReply = Object.freeze({ status: 200, headers: safeHeaders, body: '' })

function reply(status: number, headers: Readonly<Record<string, string>> = {}): WebhookReply {
  return { status, headers: { ...safeHeaders, ...headers }, body: '' }
}

function toResponse({ status, headers, body }: WebhookReply): Response {
  return new Response(body, { status, headers })
}

/** The bytes of a stream; undefined as soon as they are more than `maxBytes`. */
async function readUpTo(
  stream: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  if (stream === null) return new Uint8Array(0)
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of stream) {
    length += chunk.length
    if (length > maxBytes) return undefined
    chunks.push(chunk)
  }
  return joined(chunks, length)
}
