import { AuronxError } from './kernel/index.ts'
import type { Worker } from './lanes/index.ts'

/** How a process works: for a while, or for as long as it lives. */
export interface Work {
  /**
   * Works until nothing is due, `maxMs` milliseconds passed or the signal aborts, then finishes what is in hand; for hosts
   * without resident processes. `nextDue` is when to call again; without it no work is known. Throws `invalid_input`
   * unless `maxMs` is a whole number of at least 0.
   */
  (options: {
    readonly maxMs: number
    readonly signal?: AbortSignal
  }): Promise<{ readonly nextDue?: Date }>
  /** Works until the signal aborts, then finishes what is in hand; without a signal, for as long as the process lives. */
  (options?: { readonly signal?: AbortSignal }): Promise<void>
}

/** Work over a worker. The resident kind is also woken by `listen`, where the storage has it. */
export function createWork(
  worker: Worker,
  listen?: (wake: (source: string) => void) => Promise<() => Promise<void>>,
): Work {
  function work(options: {
    readonly maxMs: number
    readonly signal?: AbortSignal
  }): Promise<{ readonly nextDue?: Date }>
  function work(options?: { readonly signal?: AbortSignal }): Promise<void>
  async function work(
    options:
      | { readonly maxMs: number; readonly signal?: AbortSignal }
      | { readonly signal?: AbortSignal } = {},
  ): Promise<{ readonly nextDue?: Date } | void> {
    if ('maxMs' in options) {
      requireDuration(options.maxMs)
      return worker.drain(options)
    }
    const stop = await listen?.((source) => worker.wake(source === '' ? undefined : source))
    await worker.run({ signal: options.signal ?? new AbortController().signal })
    await stop?.()
  }
  return work
}

function requireDuration(maxMs: number): void {
  if (Number.isSafeInteger(maxMs) && maxMs >= 0) return
  throw new AuronxError('invalid_input', 'maxMs must be a whole number of milliseconds, 0 or more')
}
