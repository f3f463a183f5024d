import type { Clock } from '../kernel/index.ts'

/** How many tasks beyond its free slots a worker takes from each source. */
export interface Ahead {
  /** Tasks to take ahead of the named source. */
  of(source: string): number
  /** Notes a claim; `isFull` when it gave all that was asked for. */
  claimed(source: string, isFull: boolean): void
}

// What was taken ahead shall start within about so many milliseconds: it is kept from other workers meanwhile.
const quickMs = 100
const slowMs = 250

/**
 * Takes more, at most `most`, from a source whose claims are full and used up at once, and less where they are not: a claim
 * costs the same for few tasks as for many.
 */
export function createAhead(most: number, clock: Clock): Ahead {
  const known = new Map<string, { readonly tasks: number; readonly atMs: number }>()
  return {
    of: (source) => known.get(source)?.tasks ?? 0,
    claimed(source, isFull) {
      const nowMs = clock.now().getTime()
      const { tasks = 0, atMs = nowMs } = known.get(source) ?? {}
      known.set(source, { tasks: Math.min(most, next(tasks, nowMs - atMs, isFull)), atMs: nowMs })
    },
  }
}

function next(tasks: number, tookMs: number, isFull: boolean): number {
  if (!isFull || tookMs > slowMs) return Math.floor(tasks / 2)
  return tookMs < quickMs ? Math.max(1, tasks * 2) : tasks
}
