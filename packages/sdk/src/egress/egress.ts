import { AuronxError } from '../kernel/index.ts'
import { failureOf } from './failure.ts'

/** One outside host we may talk to, as it stands in the sub-processor register. */
export interface EgressHost {
  /** Host name as in a URL, with a port only when it is not 443; for example `graph.facebook.com`. */
  readonly host: string
  /** Why we talk to it, in one sentence a data subject would understand. */
  readonly purpose: string
  /** The company that runs it. */
  readonly subProcessor: string
}

/** What an egress call takes besides the usual `fetch` options. */
export interface EgressInit extends RequestInit {
  /** Time for the whole exchange, body included, in milliseconds. Default: the egress' own. */
  readonly timeoutMs?: number
}

/** `fetch`, guarded. Redirects of GET and HEAD are followed and checked; others are returned as they are. */
export type EgressFetch = (input: string | URL | Request, init?: EgressInit) => Promise<Response>

/** The one door through which the SDK and its adapters reach the outside. */
export interface Egress {
  /**
   * Throws `egress_denied` before anything leaves when the host is not listed, the scheme is not `https` or the address
   * carries credentials; `timeout` and `aborted`; `network_failed` otherwise, whose detail `sent` is `false` only when
   * the request surely never reached the other side.
   */
  readonly fetch: EgressFetch
  /** The listed hosts: this is the sub-processor register. */
  register(): readonly EgressHost[]
}

/** What {@link createEgress} takes. */
export interface EgressOptions {
  readonly hosts: readonly EgressHost[]
  /** Transport; a keep-alive client fits here. Default: the platform's `fetch`. */
  readonly fetch?: (input: Request, init: RequestInit) => Promise<Response>
  /** Lets `http` and `https` reach this machine on any port, for a simulator or a local model. Default `false`. */
  readonly allowLoopback?: boolean
  /** Time for one exchange in milliseconds. Default 60,000. */
  readonly timeoutMs?: number
}

const maxRedirects = 3
const redirectStatuses: readonly number[] = [301, 302, 303, 307, 308]

/** Creates the one place that calls `fetch`. Throws `invalid_config` for a host entry that is not a bare host name. */
export function createEgress(options: EgressOptions): Egress {
  const { fetch: transport = platformFetch, allowLoopback = false, timeoutMs = 60_000 } = options
  const hosts = options.hosts.map(checkedHost)
  const allowed = new Set(hosts.map((entry) => entry.host))

  const guard = (url: URL): void => {
    const loopback = allowLoopback && isLoopback(url)
    const fits = loopback || (url.protocol === 'https:' && allowed.has(url.host))
    if (fits && url.username === '' && url.password === '') return
    throw new AuronxError('egress_denied', 'the address is not on the list of outside hosts', {
      details: { host: url.host, protocol: url.protocol },
    })
  }

  return {
    async fetch(input, init = {}) {
      const { timeoutMs: ownTimeoutMs = timeoutMs, ...rest } = init
      if (!(input instanceof Request)) guard(urlOf(input))
      const first = new Request(input, { ...rest, redirect: 'manual' })
      guard(new URL(first.url))
      const timeout = AbortSignal.timeout(ownTimeoutMs)
      const signal = AbortSignal.any([first.signal, timeout])
      try {
        return await exchange(first, signal, { transport, guard })
      } catch (error) {
        throw failureOf(error, { timedOut: timeout.aborted, aborted: first.signal.aborted })
      }
    },
    register: () => hosts,
  }
}

interface Exchange {
  readonly transport: (input: Request, init: RequestInit) => Promise<Response>
  readonly guard: (url: URL) => void
}

async function exchange(first: Request, signal: AbortSignal, deps: Exchange): Promise<Response> {
  let request = first
  for (let hop = 0; ; hop += 1) {
    const response = await deps.transport(request, { signal, redirect: 'manual' })
    const target = redirectTarget(request, response)
    if (target === undefined) return response
    await response.body?.cancel()
    if (hop === maxRedirects) {
      throw new AuronxError('network_failed', 'too many redirects', { details: { hops: hop } })
    }
    deps.guard(target)
    request = follow(request, target)
  }
}

function redirectTarget(request: Request, response: Response): URL | undefined {
  if (request.method !== 'GET' && request.method !== 'HEAD') return undefined
  const location = response.headers.get('location')
  if (location === null || !redirectStatuses.includes(response.status)) return undefined
  return urlOf(location, request.url)
}

function follow(request: Request, target: URL): Request {
  const headers = new Headers(request.headers)
  if (target.origin !== new URL(request.url).origin) {
    for (const name of ['authorization', 'cookie', 'proxy-authorization']) headers.delete(name)
  }
  return new Request(target, { method: request.method, headers, redirect: 'manual' })
}

function urlOf(address: string | URL, base?: string): URL {
  const url = URL.parse(String(address), base)
  if (url !== null) return url
  throw new AuronxError('egress_denied', 'the address is not a complete URL')
}

function checkedHost(entry: EgressHost): EgressHost {
  const host = entry.host.toLowerCase()
  if (URL.parse(`https://${host}`)?.host === host) return { ...entry, host }
  throw new AuronxError('invalid_config', 'an egress host must be a bare host name', {
    details: { host: entry.host },
  })
}

function isLoopback(url: URL): boolean {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return false
  const { hostname } = url
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}

function platformFetch(input: Request, init: RequestInit): Promise<Response> {
  return globalThis.fetch(input, init)
}
