import { sleep, soon } from '../kernel/index.ts'
import type { Clock, Logger } from '../kernel/index.ts'
import { createAhead } from './ahead.ts'

/** One unit of work; it never rejects for what its own retry policy covers. Gives up when the signal aborts. */
export type Task = (signal: AbortSignal, slot?: Slot) => Promise<void>

/** What a task holds of its worker while it runs. */
export interface Slot {
  /** Lets the next task start while this one only waits for its end to be noted. */
  leave(): void
  /** Whether the worker was told to stop: a task of several steps ends after the present one. */
  isLast(): boolean
}

/** Somewhere work comes from: lanes, jobs, the outbox, maintenance. */
export interface WorkSource {
  /** For logs, and to be woken by. */
  readonly name: string
  /** Takes at most `limit` due tasks; nobody else gets the same ones. */
  claim(limit: number): Promise<readonly Task[]>
  /** When the next task is due, or nothing. */
  nextDue(): Promise<Date | undefined>
}

/** Runs the tasks of its sources, a bounded number at a time. */
export interface Worker {
  /** Works until the signal aborts, then finishes what is in hand; what takes longer than `graceMs` is told to give up. */
  run(options: { readonly signal: AbortSignal }): Promise<void>
  /**
   * Works until nothing is due or `maxMs` milliseconds passed; for hosts without resident processes. Returns when to
   * call again, or nothing when no work is known.
   */
  drain(options: {
    readonly maxMs: number
    readonly signal?: AbortSignal
  }): Promise<{ readonly nextDue?: Date }>
  /** Asks a source now instead of at the next poll; without a name all of them. */
  wake(source?: string): void
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
  /** How long work in hand may go on after a stop, in milliseconds. Default 10,000. */
  readonly graceMs?: number
}

// As multiples of the slots: tasks under way, those included that left theirs, so that the next ones are claimed while the
// last ones are noted; and tasks claimed beyond the free slots.
const underWayPerSlot = 8
const aheadPerSlot = 3

/** Creates a worker; nothing runs before `run` or `drain`. */
export function createWorker(deps: WorkerDeps): Worker {
  const { sources, clock, logger, slots = 32, pollMs = 1_000, graceMs = 10_000 } = deps
  const handedIn: Task[] = []
  const running = new Set<Promise<void>>()
  const names = sources.map(({ name }) => name)
  const ahead = createAhead(slots * aheadPerSlot, clock)
  // Sources that may have work; the others are asked again when somebody names them, or at the next poll.
  const asked = new Set(names)
  let taken = 0
  let active = 0
  let woken = false
  let ring: () => void = () => undefined
  let alarmMs = Infinity

  const resume = (): void => {
    woken = true
    ring()
  }

  const wake = (source?: string): void => {
    if (source === undefined) askAll()
    else asked.add(source)
    resume()
  }

  const restMs = (): number => {
    const nowMs = clock.now().getTime()
    if (alarmMs <= nowMs) alarmMs = Infinity
    return Math.min(pollMs, alarmMs - nowMs)
  }

  const start = (task: Task, signal: AbortSignal): void => {
    let isInSlot = true
    const leave = (): void => {
      if (!isInSlot) return
      isInSlot = false
      taken -= 1
      // Also while the sources are asked.
      startHandedIn(signal)
      resume()
    }
    taken += 1
    const done = task(signal, { leave, isLast: () => active === 0 })
      .catch((error: unknown) => {
        logger.error('worker: a task failed', {
          error: error instanceof Error ? error.name : 'unknown',
        })
      })
      .finally(() => {
        running.delete(done)
        leave()
        resume()
      })
    running.add(done)
  }

  const free = (): number => Math.min(slots - taken, slots * underWayPerSlot - running.size)

  const wanted = ({ name }: WorkSource): number => {
    const tasks = ahead.of(name)
    // Where every slot is taken by something slow, other workers shall have it.
    if (free() <= 0 || handedIn.length > tasks / 2) return 0
    return Math.min(free() + tasks - handedIn.length, slots * underWayPerSlot - running.size)
  }

  const fill = async (signal: AbortSignal): Promise<number> => {
    let started = startHandedIn(signal)
    // Slots that become free together are filled by one claim.
    await new Promise<void>((resolve) => soon(resolve))
    for (const source of sources) {
      if (signal.aborted) break
      const limit = wanted(source)
      if (limit <= 0 || !asked.delete(source.name)) continue
      const tasks = await claimFrom(source, limit)
      ahead.claimed(source.name, tasks.length >= limit)
      handedIn.push(...tasks)
      started += startHandedIn(signal)
    }
    return started
  }

  const startHandedIn = (signal: AbortSignal): number => {
    let started = 0
    while (free() > 0) {
      const task = handedIn.shift()
      if (task === undefined) break
      start(task, signal)
      started += 1
    }
    return started
  }

  const claimFrom = async (source: WorkSource, limit: number): Promise<readonly Task[]> => {
    try {
      const tasks = await source.claim(limit)
      if (tasks.length >= limit) asked.add(source.name)
      return tasks
    } catch (error) {
      logger.warn('worker: a source could not be asked', {
        source: source.name,
        error: error instanceof Error ? error.message : 'unknown',
      })
      return []
    }
  }

  const finish = async (grace: AbortController): Promise<void> => {
    const done = new AbortController()
    const inHand = async (): Promise<void> => {
      while (running.size + handedIn.length > 0) {
        startHandedIn(grace.signal)
        await Promise.race(running)
      }
      done.abort()
    }
    const deadline = sleep(graceMs, done.signal).then(() => grace.abort())
    await Promise.all([inHand(), deadline])
  }

  // Returns whether nobody interrupted it.
  const rest = async (ms: number, signal: AbortSignal): Promise<boolean> => {
    if (woken) return false
    const waiting = new AbortController()
    // With a reason of its own no exception is made.
    const stop = (): void => waiting.abort('woken')
    ring = stop
    signal.addEventListener('abort', stop)
    await sleep(ms, waiting.signal)
    signal.removeEventListener('abort', stop)
    ring = () => undefined
    return !waiting.signal.aborted
  }

  const askAll = (): void => {
    for (const name of names) asked.add(name)
  }

  const nextDue = async (): Promise<Date | undefined> => {
    const times = await Promise.all(sources.map((source) => source.nextDue()))
    const known = times.flatMap((time) => (time === undefined ? [] : [time.getTime()]))
    return known.length === 0 ? undefined : new Date(Math.min(...known))
  }

  return {
    async run({ signal }) {
      active += 1
      const grace = new AbortController()
      let pollAt = 0
      while (!signal.aborted) {
        woken = false
        const now = clock.now().getTime()
        if (now >= Math.min(pollAt, alarmMs)) {
          askAll()
          pollAt = now + pollMs
        }
        const started = await fill(grace.signal)
        const isIdle = started === 0 || free() <= 0
        if (isIdle && (await rest(restMs(), signal))) pollAt = 0
      }
      active -= 1
      await finish(grace)
    },
    async drain({ maxMs, signal }) {
      const until = clock.now().getTime() + maxMs
      const limit = AbortSignal.timeout(maxMs)
      const stop = signal === undefined ? limit : AbortSignal.any([signal, limit])
      active += 1
      const grace = new AbortController()
      while (!stop.aborted && clock.now().getTime() <= until) {
        woken = false
        askAll()
        const started = await fill(grace.signal)
        if (started === 0 && running.size === 0 && !woken) break
        if (started === 0 || free() <= 0) await rest(restMs(), stop)
      }
      active -= 1
      await finish(grace)
      const due = await nextDue()
      return due === undefined ? {} : { nextDue: due }
    },
    wake,
    wakeAt(at) {
      alarmMs = Math.min(alarmMs, at.getTime())
      wake()
    },
    wants: () => active > 0 && handedIn.length < free(),
    submit(task) {
      handedIn.push(task)
      resume()
    },
  }
}
