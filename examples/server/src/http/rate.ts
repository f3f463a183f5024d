import type { IncomingMessage } from 'node:http'
import { BlockList, isIP, isIPv6 } from 'node:net'
import { AuronxError, sleep } from '@auronx/sdk'
import type { Clock } from '@auronx/sdk'

/** How many requests a minute, and what a stream may take; each process for itself. */
export interface RateRules {
  /** From one part of the network (see {@link ClientAddress}), before anybody is known. Default 3,000. */
  readonly perAddress: number
  /** Of one key or one member, over all of their sessions. Default 600. */
  readonly perPrincipal: number
  /** Streams that one key or member has open at once. Default 5. */
  readonly streams: number
  /** How long a stream waits for a reader that takes nothing, in milliseconds. Default 30,000. */
  readonly slowReaderMs: number
}

/** Defaults of {@link RateRules}. */
export const defaultRates: RateRules = {
  perAddress: 3_000,
  perPrincipal: 600,
  streams: 5,
  slowReaderMs: 30_000,
}

/** What is left of somebody's requests. */
export interface RateState {
  readonly isAllowed: boolean
  readonly left: number
  /** Seconds until there is one more. */
  readonly resetSeconds: number
}

/** Counts requests. */
export interface RateLimiter {
  /** Takes one request of `who`. */
  take(who: string, perMinute: number): RateState
}

const mostKnown = 20_000

/**
 * A bucket for each caller that fills evenly and holds a minute's worth. Lives in this process: with n processes a caller
 * has up to n times as much. Remembers the 20,000 last callers.
 */
export function createRateLimiter(clock: Clock): RateLimiter {
  const buckets = new Map<string, { readonly left: number; readonly atMs: number }>()
  return {
    take(who, perMinute) {
      const now = clock.now().getTime()
      const known = buckets.get(who) ?? { left: perMinute, atMs: now }
      const filled = known.left + ((now - known.atMs) * perMinute) / 60_000
      const before = Math.min(perMinute, filled)
      const isAllowed = before >= 1
      const left = isAllowed ? before - 1 : before
      buckets.delete(who)
      buckets.set(who, { left, atMs: now })
      const [oldest] = buckets.keys()
      if (buckets.size > mostKnown && oldest !== undefined) buckets.delete(oldest)
      const missing = Math.max(0, 1 - left)
      return {
        isAllowed,
        left: Math.floor(left),
        resetSeconds: Math.ceil((missing * 60) / perMinute),
      }
    },
  }
}

/**
 * Where a request comes from: the IPv4 address without its last eight bits, or the first 56 bits of the IPv6 address, which
 * is about what one customer of a provider has.
 */
export type ClientAddress = (request: IncomingMessage) => string

/**
 * Reads addresses. `X-Forwarded-For` counts as far as proxies wrote it that are named here, by address or as a network such
 * as `10.0.0.0/8`; whatever stands left of the last address that is none of them was made up by the client. Throws
 * `invalid_config` for what is neither.
 */
export function createClientAddress(trustedProxies: readonly string[] = []): ClientAddress {
  const trusted = new BlockList()
  for (const proxy of trustedProxies) addProxy(trusted, proxy)
  const isTrusted = (address: string): boolean =>
    isIP(address) !== 0 && trusted.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
  return (request) => {
    const header = request.headers['x-forwarded-for']
    const said = (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',')
    const hops = [...said, request.socket.remoteAddress ?? '']
      .map(plain)
      .filter((one) => one !== '')
    const client = hops.findLast((hop) => !isTrusted(hop)) ?? hops[0] ?? ''
    return isIP(client) === 0 ? 'unknown' : networkOf(client)
  }
}

/** Whether a text names a proxy as {@link createClientAddress} takes it. */
export function isProxyName(text: string): boolean {
  const [address = '', bits, more] = text.split('/')
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1
  if (more !== undefined || most < 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most)
}

function addProxy(trusted: BlockList, text: string): void {
  if (!isProxyName(text))
    throw new AuronxError('invalid_config', 'A trusted proxy is an IP address or a network')
  const [address = '', bits] = text.split('/')
  const family = isIPv6(address) ? 'ipv6' : 'ipv4'
  if (bits === undefined) trusted.addAddress(address, family)
  else trusted.addSubnet(address, Number(bits), family)
}

// A socket for both families shows IPv4 as `::ffff:192.0.2.1`; some proxies add the port.
function plain(hop: string): string {
  const text = hop.trim().toLowerCase()
  const mapped = /^(?:::ffff:)?(\d{1,3}(?:\.\d{1,3}){3})(?::\d+)?$/.exec(text)?.[1]
  return mapped ?? /^\[([0-9a-f:.]+)\](?::\d+)?$/.exec(text)?.[1] ?? text
}

function networkOf(address: string): string {
  if (!isIPv6(address)) return `${address.split('.').slice(0, 3).join('.')}.0/24`
  const groups = expand(address)
  const last = (Number.parseInt(groups[3] ?? '0', 16) & 0xff00).toString(16)
  return `${[...groups.slice(0, 3), last].join(':')}::/56`
}

function expand(address: string): readonly string[] {
  const [left = '', right] = (address.split('%')[0] ?? '').split('::')
  const before = left === '' ? [] : left.split(':')
  const after = right === undefined || right === '' ? [] : right.split(':')
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0')
  return [...before, ...zeros, ...after].map((group) => group.replace(/^0+(?=.)/, ''))
}

/** How signing in is slowed down; each process for itself. */
export interface SlowRules {
  /** Commands a minute that are not slowed down. */
  readonly free: number
  /** Longest wait, in milliseconds. Default 8,000. */
  readonly mostMs?: number
}

/** Makes whoever asks too often wait, and locks nobody out. */
export interface Brake {
  /**
   * Waits as long as it takes: nothing while `who` asks no more than `free` times a minute, then twice as long with each
   * request, from a quarter of a second on; the signal ends the wait. Throws `rate_limited` when 200 others wait already.
   */
  hold(who: string, rules: SlowRules, signal: AbortSignal): Promise<void>
}

const firstWaitMs = 250
const mostWaiting = 200

/** Creates a brake. `wait` is for tests; by default it sleeps. */
export function createBrake(clock: Clock, wait: typeof sleep = sleep): Brake {
  const limiter = createRateLimiter(clock)
  const excess = new Map<string, number>()
  let waiting = 0
  return {
    async hold(who, { free, mostMs = 8_000 }, signal) {
      if (limiter.take(who, free).isAllowed) {
        excess.delete(who)
        return
      }
      if (waiting >= mostWaiting) throw new AuronxError('rate_limited', 'Too many are signing in')
      const steps = excess.get(who) ?? 0
      excess.set(who, steps + 1)
      const [oldest] = excess.keys()
      if (excess.size > mostKnown && oldest !== undefined) excess.delete(oldest)
      waiting += 1
      try {
        await wait(Math.min(mostMs, firstWaitMs * 2 ** Math.min(steps, 20)), signal)
      } finally {
        waiting -= 1
      }
    },
  }
}
