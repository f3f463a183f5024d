import type { Clock } from '@auronx/sdk'

/** How many requests a minute, and what a stream may take; each process for itself. */
export interface RateRules {
  /** From one part of the network (see `ClientAddress`), before anybody is known. Default 3,000. */
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

/** How many callers are remembered; the oldest goes first. */
export const mostKnown = 20_000

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
