import type { Clock } from '../kernel/index.ts'

/** Waiting, injected so that tests need no real time. */
export interface Scheduler {
  /** Resolves after `ms` milliseconds, or at once when `signal` aborts; it never rejects. */
  wait(ms: number, signal?: AbortSignal): Promise<void>
}

/** A scheduler over the platform's timers; a pending wait does not keep the process alive. */
export function createTimerScheduler(): Scheduler {
  return {
    wait: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) {
          resolve()
          return
        }
        const done = (): void => {
          clearTimeout(timer)
          signal?.removeEventListener('abort', done)
          resolve()
        }
        const timer = setTimeout(done, ms)
        if (typeof timer === 'object') timer.unref()
        signal?.addEventListener('abort', done)
      }),
  }
}

/** A clock and a scheduler that stand still until they are told to move. */
export interface ManualTime extends Scheduler {
  readonly clock: Clock
  /** Moves the clock by `ms` and ends every wait that has become due, earliest first. */
  advance(ms: number): void
  /** How many waits are pending. */
  pending(): number
}

/** Time for tests. It starts at `start`, an ISO 8601 instant; default `2026-11-01T12:00:00.000Z`. */
export function createManualTime(start = '2026-11-01T12:00:00.000Z'): ManualTime {
  let nowMs = Date.parse(start)
  let waits: { readonly dueMs: number; readonly end: () => void }[] = []
  return {
    clock: { now: () => new Date(nowMs) },
    wait: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) {
          resolve()
          return
        }
        const wait = { dueMs: nowMs + ms, end: resolve }
        waits.push(wait)
        signal?.addEventListener('abort', () => {
          waits = waits.filter((other) => other !== wait)
          resolve()
        })
      }),
    advance(ms) {
      nowMs += ms
      const due = waits.filter((wait) => wait.dueMs <= nowMs)
      waits = waits.filter((wait) => wait.dueMs > nowMs)
      for (const wait of due.sort((a, b) => a.dueMs - b.dueMs)) wait.end()
    },
    pending: () => waits.length,
  }
}
