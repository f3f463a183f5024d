import type { Clock } from '../kernel/index.ts'

/** A clock that moves only when told. */
export interface FakeClock extends Clock {
  /** Moves forward by `ms` milliseconds. */
  advance(ms: number): void
}

/** A clock that stands still at `start` until it is advanced. Default 2026-03-02T09:00:00Z. */
export function createFakeClock(start = new Date('2026-03-02T09:00:00.000Z')): FakeClock {
  let now = start.getTime()
  return {
    now: () => new Date(now),
    advance(ms) {
      now += ms
    },
  }
}
