import { sleep } from '../kernel/index.ts'
import type { Clock, Logger } from '../kernel/index.ts'

/** One unit of work; it never rejects for what its own retry policy covers. */
export type Task = (signal: AbortSignal) => Promise<void>

/** Somewhere work comes from: lanes, jobs, the outbox, maintenance. */
export interface WorkSource {
  /** For logs. */
  readonly name: string
  /** Takes at most `limit` due tasks; nobody else gets the same ones. */
  claim(limit: number): Promise<readonly Task[]>
  /** When the next task is due, or nothing. */
  nextDue(): Promise<Date | undefined>
}

/** Runs the tasks of its sources, a bounded number at a time. */
export interface Worker {
  /** Works until the signal aborts, then finishes what is in hand. */
  run(options: { readonly signal: AbortSignal }): Promise<void>
  /**
   * Works until nothing is due or `maxMs` milliseconds passed; for hosts without resident processes. Returns when to
   * call again, or nothing when no work is known.
   */
  drain(options: {
    readonly maxMs: number
    readonly signal?: AbortSignal
  }): Promise<{ readonly nextDue?: Date }>
  /** Looks for work now instead of at the next poll. */
  wake(): void
  /** Looks for work at a time that this process knows of, where that is before the next poll. */
  wakeAt(at: Date): void
  /** Whether a task handed in now would start at once, because the worker runs and has room. */
  wants(): boolean
  /** Hands a task in directly; it starts as soon as there is room. */
  submit(task: Task): void
}

/** What {@link createWorker} needs. */
export interface WorkerDeps {
  readonly sources: readonly WorkSource[]
  readonly clock: Clock
  readonly logger: Logger
  /** Tasks at once. Default 32. */
  readonly slots?: number
  /** Safety poll in milliseconds, for the case that a wake-up got lost. Default 1,000. */
  readonly pollMs?: number
}

/** Creates a worker; nothing runs before `run` or `drain`. */
export function createWorker(deps: WorkerDeps): Worker {
  const { sources, clock, logger, slots = 32, pollMs = 1_000 } = deps
  const handedIn: Task[] = []
  const running = new Set<Promise<void>>()
  let active = 0
  let woken = false
  let ring: () => void = () => undefined
  let alarmMs = Infinity

  const wake = (): void => {
    woken = true
    ring()
  }

  const restMs = (): number => {
    const nowMs = clock.now().getTime()
    if (alarmMs <= nowMs) alarmMs = Infinity
    return Math.min(pollMs, alarmMs - nowMs)
  }

  const start = (task: Task, signal: AbortSignal): void => {
    const done = task(signal)
      .catch((error: unknown) => {
        logger.error('worker: a task failed', {
          error: error instanceof Error ? error.name : 'unknown',
        })
      })
      .finally(() => {
        running.delete(done)
        wake()
      })
    running.add(done)
  }

  const free = (): number => slots - running.size

  const fill = async (signal: AbortSignal): Promise<number> => {
    let started = 0
    for (let task = handedIn.shift(); task !== undefined; task = handedIn.shift()) {
      start(task, signal)
      started += 1
      if (free() <= 0) return started
    }
    for (const source of sources) {
      if (free() <= 0 || signal.aborted) break
      const tasks = await claimFrom(source, free())
      for (const task of tasks) start(task, signal)
      started += tasks.length
    }
    return started
  }

  const claimFrom = async (source: WorkSource, limit: number): Promise<readonly Task[]> => {
    try {
      return await source.claim(limit)
    } catch (error) {
      logger.warn('worker: a source could not be asked', {
        source: source.name,
        error: error instanceof Error ? error.message : 'unknown',
      })
      return []
    }
  }

  const rest = async (ms: number, signal: AbortSignal): Promise<void> => {
    if (woken) return
    const waiting = new AbortController()
    const stop = (): void => waiting.abort()
    ring = stop
    signal.addEventListener('abort', stop)
    await sleep(ms, waiting.signal)
    signal.removeEventListener('abort', stop)
    ring = () => undefined
  }

  // What is in hand may hand in more, such as the send of an answer: none of that is left behind.
  const finish = async (signal: AbortSignal): Promise<void> => {
    while (handedIn.length > 0 || running.size > 0) {
      for (const task of handedIn.splice(0)) start(task, signal)
      await Promise.all(running)
    }
  }

  const nextDue = async (): Promise<Date | undefined> => {
    const times = await Promise.all(sources.map((source) => source.nextDue()))
    const known = times.flatMap((time) => (time === undefined ? [] : [time.getTime()]))
    return known.length === 0 ? undefined : new Date(Math.min(...known))
  }

  return {
    async run({ signal }) {
      active += 1
      while (!signal.aborted) {
        woken = false
        const started = await fill(signal)
        if (started === 0 || free() <= 0) await rest(restMs(), signal)
      }
      active -= 1
      await finish(signal)
    },
    async drain({ maxMs, signal }) {
      const until = clock.now().getTime() + maxMs
      const limit = AbortSignal.timeout(maxMs)
      const stop = signal === undefined ? limit : AbortSignal.any([signal, limit])
      active += 1
      while (!stop.aborted && clock.now().getTime() <= until) {
        woken = false
        const started = await fill(stop)
        if (started === 0 && running.size === 0 && !woken) break
        if (started === 0 || free() <= 0) await rest(restMs(), stop)
      }
      active -= 1
      await finish(stop)
      const due = await nextDue()
      return due === undefined ? {} : { nextDue: due }
    },
    wake,
    wakeAt(at) {
      alarmMs = Math.min(alarmMs, at.getTime())
      wake()
    },
    wants: () => active > 0 && running.size + handedIn.length < slots,
    submit(task) {
      handedIn.push(task)
      wake()
    },
  }
}
