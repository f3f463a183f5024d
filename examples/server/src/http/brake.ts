import { AuronxError, sleep } from '@auronx/sdk'
import type { Clock } from '@auronx/sdk'
import { createRateLimiter, mostKnown } from './rate.ts'

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
   * request, from a quarter of a second on; the signal ends the wait. Throws `rate_limited` when 20 of `who` or 200 others wait already.
   */
  hold(who: string, rules: SlowRules, signal: AbortSignal): Promise<void>
}

const firstWaitMs = 250
const mostWaiting = { ofOne: 20, inAll: 200 } as const

/** Creates a brake. `wait` is for tests; by default it sleeps. */
export function createBrake(clock: Clock, wait: typeof sleep = sleep): Brake {
  const limiter = createRateLimiter(clock)
  const excess = new Map<string, number>()
  const waiting = new Map<string, number>()
  let inAll = 0
  return {
    async hold(who, { free, mostMs = 8_000 }, signal) {
      if (limiter.take(who, free).isAllowed) {
        excess.delete(who)
        return
      }
      const own = waiting.get(who) ?? 0
      if (own >= mostWaiting.ofOne || inAll >= mostWaiting.inAll)
        throw new AuronxError('rate_limited', 'Too many are signing in')
      const steps = excess.get(who) ?? 0
      excess.set(who, steps + 1)
      const [oldest] = excess.keys()
      if (excess.size > mostKnown && oldest !== undefined) excess.delete(oldest)
      waiting.set(who, own + 1)
      inAll += 1
      try {
        await wait(Math.min(mostMs, firstWaitMs * 2 ** Math.min(steps, 20)), signal)
      } finally {
        const left = (waiting.get(who) ?? 1) - 1
        if (left === 0) waiting.delete(who)
        else waiting.set(who, left)
        inAll -= 1
      }
    },
  }
}
