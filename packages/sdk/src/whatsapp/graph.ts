import type { Egress } from '../egress/index.ts'
import { failureOf, neverLeft, readAtMost } from '../egress/index.ts'
import { AuronxError, isAuronxError } from '../kernel/index.ts'
import type { Advice } from '../outbox/index.ts'
import type { GraphJson } from './graph-json.ts'
import type { GraphNotice } from './notices.ts'
import { noticesOf, waitMsOf } from './notices.ts'

/** What every call to Meta needs. */
export interface GraphDeps {
  readonly egress: Egress
  /** The access token for a business number. A rejection that is not retryable stops the number. */
  readonly tokens: (phoneNumberId: string) => Promise<string>
  /** Default `https://graph.facebook.com`. */
  readonly baseUrl?: string
  /** Graph API version, `v` and a number. Default `v25.0`, which Meta keeps until 2028-07-29. */
  readonly version?: string
  /** Told about used-up quotas and version warnings in answers. Must not throw. */
  readonly onNotice?: (notice: GraphNotice) => void
}

/** One call. `path` has one entry per segment. */
export interface GraphRequest {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly phoneNumberId: string
  readonly path: readonly string[]
  readonly query?: Readonly<Record<string, string>>
  readonly json?: GraphJson
  readonly form?: FormData
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

/**
 * What became of a call. `answered`: with any status; `body` is absent when it was not JSON. `not_sent`: surely nothing
 * reached Meta. `lost`: it may have.
 */
export type GraphAnswer =
  | {
      readonly kind: 'answered'
      readonly status: number
      readonly body: unknown
      readonly waitMs?: number
    }
  | {
      readonly kind: 'not_sent'
      readonly code: string
      readonly advice: Advice
      readonly detail: string
    }
  | { readonly kind: 'lost'; readonly reason: string }

/** What became of reading a file's bytes. */
export type BytesAnswer =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'too_large' }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'denied' | 'lost'; readonly reason: string }

/** The transport under the messenger: authorised, never repeating a call, never throwing. */
export interface Graph {
  call(request: GraphRequest): Promise<GraphAnswer>
  /** Reads a file of Meta's with the number's token, at most `maxBytes`. */
  bytes(request: BytesRequest): Promise<BytesAnswer>
}

/** One file to read. */
export interface BytesRequest {
  readonly phoneNumberId: string
  readonly url: URL
  readonly maxBytes: number
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

const maxAnswerBytes = 1024 * 1024
const minute = 60_000

/** Creates the transport. Throws `invalid_config` for a version or base address that cannot be one. */
export function createGraph(deps: GraphDeps): Graph {
  const { egress, tokens, version = 'v25.0' } = deps
  const root = rootOf(deps.baseUrl ?? 'https://graph.facebook.com', version)

  return {
    async call(request) {
      const headers = await authorise(tokens, request.phoneNumberId)
      if ('kind' in headers) return headers
      if (request.signal.aborted) return givenUp
      try {
        const { default: ky } = await import('ky')
        const response = await ky(addressOf(root, request), {
          method: request.method,
          headers: headers.values,
          ...(request.json === undefined ? {} : { json: request.json }),
          ...(request.form === undefined ? {} : { body: request.form }),
          retry: 0,
          timeout: false,
          throwHttpErrors: false,
          redirect: 'manual',
          signal: request.signal,
          fetch: (input, init) => egress.fetch(input, { ...init, timeoutMs: request.timeoutMs }),
        })
        for (const notice of noticesOf(response.headers)) {
          deps.onNotice?.({ ...notice, phoneNumberId: request.phoneNumberId })
        }
        return await answered(response)
      } catch (error) {
        return unanswered(error, request.signal.aborted)
      }
    },

    async bytes(request) {
      const headers = await authorise(tokens, request.phoneNumberId)
      if ('kind' in headers) return { kind: 'denied', reason: headers.code }
      const { signal, timeoutMs } = request
      try {
        const response = await egress.fetch(request.url, {
          headers: headers.values,
          signal,
          timeoutMs,
        })
        if (!response.ok) {
          await response.body?.cancel()
          return { kind: 'status', status: response.status }
        }
        const bytes = await readAtMost(response, request.maxBytes)
        return bytes === undefined ? { kind: 'too_large' } : { kind: 'bytes', bytes }
      } catch (error) {
        const { code } = failureOf(error, { timedOut: false, aborted: signal.aborted })
        return { kind: code === 'egress_denied' ? 'denied' : 'lost', reason: code }
      }
    },
  }
}

const givenUp: GraphAnswer = {
  kind: 'not_sent',
  code: 'aborted',
  advice: { action: 'retry', afterMs: 0, factor: 1, attempts: 100, scope: 'message' },
  detail: 'given up before sending',
}

type AuthHeaders = { readonly values: Readonly<Record<string, string>> }

async function authorise(
  tokens: GraphDeps['tokens'],
  phoneNumberId: string,
): Promise<AuthHeaders | Extract<GraphAnswer, { kind: 'not_sent' }>> {
  try {
    const token = await tokens(phoneNumberId)
    // A header constructor quotes what it refuses, so an unfit token must not reach it.
    if (/^[\x21-\x7e]+$/.test(token)) return { values: { authorization: `Bearer ${token}` } }
    return noToken(false)
  } catch (error) {
    return noToken(!isAuronxError(error) || error.retryable)
  }
}

function noToken(mayCome: boolean): Extract<GraphAnswer, { kind: 'not_sent' }> {
  const advice: Advice = mayCome
    ? { action: 'hold', afterMs: minute, alert: 'credentials' }
    : { action: 'stop_channel', topic: 'credentials' }
  return { kind: 'not_sent', code: 'no_token', advice, detail: 'no usable access token' }
}

async function answered(response: Response): Promise<GraphAnswer> {
  const bytes = await readAtMost(response, maxAnswerBytes)
  const waitMs = waitMsOf(response.headers)
  return {
    kind: 'answered',
    status: response.status,
    body: bytes === undefined ? undefined : parseJson(new TextDecoder().decode(bytes)),
    ...(waitMs === undefined ? {} : { waitMs }),
  }
}

function unanswered(error: unknown, aborted: boolean): GraphAnswer {
  const failure = failureOf(error, { timedOut: false, aborted })
  if (failure.code === 'egress_denied') {
    const advice = { action: 'stop_channel', topic: 'setup' } as const
    return { kind: 'not_sent', code: failure.code, advice, detail: failure.message }
  }
  if (neverLeft(failure)) {
    // A day of tries: while Meta cannot be reached the outbox holds what it has.
    const advice = retry(15_000, 24 * 60 * 4)
    return { kind: 'not_sent', code: 'unreachable', advice, detail: 'no connection was made' }
  }
  return {
    kind: 'lost',
    reason: failure.code === 'network_failed' ? 'connection_lost' : failure.code,
  }
}

function retry(afterMs: number, attempts: number): Advice {
  return { action: 'retry', afterMs, factor: 1, attempts, scope: 'number' }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function rootOf(baseUrl: string, version: string): string {
  const base = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined
  if (base === undefined || base.search !== '' || base.hash !== '') {
    throw new AuronxError('invalid_config', 'the base address of Graph must be a URL without query')
  }
  if (!/^v\d{1,3}\.\d{1,2}$/.test(version)) {
    throw new AuronxError('invalid_config', 'the version of Graph must look like v25.0')
  }
  return `${base.href.replace(/\/+$/, '')}/${version}`
}

function addressOf(root: string, request: GraphRequest): URL {
  const url = new URL(`${root}/${request.path.map(encodeURIComponent).join('/')}`)
  for (const [key, value] of Object.entries(request.query ?? {})) url.searchParams.set(key, value)
  return url
}
