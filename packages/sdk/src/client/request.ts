import type { KyInstance } from 'ky'
import type * as z from 'zod'
import { errorCodeOf, problemSchema } from '../api/index.ts'
import type { Route } from '../api/index.ts'
import { AuronxError, createRandom, randomHex } from '../kernel/index.ts'
import type { ErrorDetail, Random } from '../kernel/index.ts'

/** What {@link createClient} takes. */
export interface ClientOptions {
  /** Address of the server, without `/v1`. */
  readonly baseUrl: string
  /** The access token or API key of now; asked before every request. Without it the cookies of `fetch` decide. */
  readonly token?: () => string | Promise<string>
  /**
   * Called when the server answers 401, once for all requests that fail together; resolves to whether trying again makes
   * sense, because `token` has a new one now.
   */
  readonly refresh?: () => Promise<boolean>
  /** Default: the platform's. */
  readonly fetch?: typeof fetch
  /** For one try, in milliseconds. Default 30,000. */
  readonly timeoutMs?: number
  /** How often an answer of 429 or 503, or none at all, is tried again where that is safe. Default 2. */
  readonly retries?: number
  /** Source of idempotency keys. Default: the platform's. */
  readonly random?: Random
}

type Part<Name extends string, Schema extends z.ZodType> =
  Record<never, never> extends z.input<Schema>
    ? { readonly [Key in Name]?: z.input<Schema> }
    : { readonly [Key in Name]: z.input<Schema> }

/** What an operation is called with. */
export type CallInput<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
> = Part<'params', Params> &
  Part<'query', Query> &
  Part<'body', Body> & {
    /** Version of the aggregate the call is about: sent as `If-Match`, and the call fails when it moved on. */
    readonly version?: number
    /** Default: a new one for each call, the same for its retries. */
    readonly idempotencyKey?: string
    readonly signal?: AbortSignal
  }

interface AnyInput {
  readonly params?: unknown
  readonly query?: unknown
  readonly body?: unknown
  readonly version?: number
  readonly idempotencyKey?: string
  readonly signal?: AbortSignal
}

/** Sends requests of the route table. */
export interface Sender {
  /** One request; the body of its answer. Throws an `AuronxError` with the problem's code. */
  send<Schema extends z.ZodType>(
    route: Route,
    response: Schema,
    input: AnyInput,
  ): Promise<z.output<Schema>>
  /** One request whose answer is read as it comes. Throws as `send`. */
  open(route: Route, input: AnyInput, headers: Readonly<Record<string, string>>): Promise<Response>
}

/** Creates a sender; `ky` is loaded with the first request. */
export function createSender(options: ClientOptions): Sender {
  const { random = createRandom(), refresh } = options
  let ky: Promise<KyInstance> | undefined
  let refreshing: Promise<boolean> | undefined
  const renew = (): Promise<boolean> => {
    refreshing ??= (refresh?.() ?? Promise.resolve(false)).finally(() => {
      refreshing = undefined
    })
    return refreshing
  }
  const open: Sender['open'] = async (route, input, extra) => {
    ky ??= loadKy(options)
    const send = await ky
    const key = input.idempotencyKey ?? (route.idempotent ? randomHex(random, 16) : undefined)
    const ask = async (token: string | undefined): Promise<Response> => {
      const headers = { ...extra, ...headersOf(token, route, input, key) }
      const isRepeatable = route.method !== 'POST' || key !== undefined
      return send(addressOf(route, input), {
        method: route.method,
        headers,
        timeout: route.kind === 'events' ? false : (options.timeoutMs ?? 30_000),
        retry: isRepeatable ? retryOf(options) : 0,
        ...(input.signal === undefined ? {} : { signal: input.signal }),
        ...(route.method === 'GET' ? {} : { body: JSON.stringify(input.body ?? {}) }),
      })
    }
    const token = await options.token?.()
    let response = await ask(token).catch(translate(input.signal))
    // Another call may have renewed the token in the meantime.
    if (response.status === 401 && ((await options.token?.()) !== token || (await renew())))
      response = await ask(await options.token?.()).catch(translate(input.signal))
    if (!response.ok) throw await toError(response)
    return response
  }
  return {
    open,
    async send(route, schema, input) {
      const response = await open(route, input, { accept: 'application/json' })
      const body: unknown = response.status === 204 ? {} : await response.json()
      const parsed = schema.safeParse(body)
      if (parsed.success) return parsed.data
      throw new AuronxError('network_failed', 'The answer has not the shape this client knows', {
        details: { operation: route.operation },
      })
    },
  }
}

async function loadKy({ baseUrl, fetch: given }: ClientOptions): Promise<KyInstance> {
  const { default: ky } = await import('ky')
  return ky.create({
    baseUrl: `${baseUrl.replace(/\/+$/, '')}/v1/`,
    ...(given === undefined ? {} : { fetch: given }),
  })
}

/** What commands with cookies carry: no form of another site can send it. */
const pageHeader = 'x-auronx-page'

const methods = ['get', 'put', 'patch', 'delete', 'post'] as const

function retryOf({ retries = 2 }: ClientOptions) {
  return {
    limit: retries,
    methods: [...methods],
    statusCodes: [429, 503],
    afterStatusCodes: [429, 503],
  }
}

function headersOf(
  token: string | undefined,
  { method }: Route,
  { version }: AnyInput,
  key: string | undefined,
): Record<string, string> {
  return {
    ...(token === undefined ? { [pageHeader]: '1' } : { authorization: `Bearer ${token}` }),
    ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
    ...(key === undefined ? {} : { 'idempotency-key': key }),
    ...(version === undefined ? {} : { 'if-match': `"v${version}"` }),
  }
}

function addressOf(route: Route, { params, query }: AnyInput): string {
  const given = new Map(entriesOf(params))
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_match, name: string) =>
    encodeURIComponent(given.get(name) ?? ''),
  )
  const search = new URLSearchParams(entriesOf(query)).toString()
  return `${path.slice(1)}${search === '' ? '' : `?${search}`}`
}

function entriesOf(value: unknown): [string, string][] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, one]): [string, string][] =>
    one === undefined ? [] : [[name, String(one)]],
  )
}

// ky throws for answers that are no success; the answer itself says more than its error.
function translate(signal: AbortSignal | undefined): (cause: unknown) => Response {
  return (cause) => {
    const answer = answerOf(cause)
    if (answer !== undefined) return answer
    if (signal?.aborted === true)
      throw new AuronxError('aborted', 'The call was given up', { cause })
    const isTimeout = cause instanceof Error && cause.name === 'TimeoutError'
    throw new AuronxError(
      isTimeout ? 'timeout' : 'network_failed',
      isTimeout ? 'The server did not answer in time' : 'The server cannot be reached',
      { cause, retryable: true },
    )
  }
}

// ky has read the body by then and keeps what it found as `data`.
function answerOf(cause: unknown): Response | undefined {
  if (typeof cause !== 'object' || cause === null) return undefined
  if (!('response' in cause && 'data' in cause && cause.response instanceof Response))
    return undefined
  const { status, headers } = cause.response
  const body = typeof cause.data === 'string' ? cause.data : JSON.stringify(cause.data ?? null)
  return new Response(body, { status, headers })
}

async function toError(response: Response): Promise<AuronxError> {
  const body: unknown = await response.json().catch(() => undefined)
  const parsed = problemSchema.safeParse(body)
  const retryable = response.status === 429 || response.status === 503
  if (!parsed.success) {
    const details = { status: response.status }
    return new AuronxError('network_failed', 'The answer is no problem document', {
      details,
      retryable,
    })
  }
  const { code, title, status, requestId, errors, currentVersion, allowedActions } = parsed.data
  const details: Record<string, ErrorDetail> = {
    problem: code,
    status,
    requestId,
    ...(errors === undefined ? {} : { pointers: errors.map(({ pointer }) => pointer) }),
    ...(currentVersion === undefined ? {} : { currentVersion }),
    ...(allowedActions === undefined ? {} : { allowedActions }),
  }
  return new AuronxError(errorCodeOf(code), title, { details, retryable })
}
