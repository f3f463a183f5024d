import { AuronxError, isAuronxError } from '../kernel/index.ts'
import type { Clock, ErrorCode, Logger, Random, UnitOfWork } from '../kernel/index.ts'
import type { BackoffPolicy } from './backoff.ts'
import { retryAt } from './backoff.ts'
import type { LaneGrant, LaneQueue, LaneStore, WaitingEvent } from './store.ts'
import type { Task, WorkSource } from './worker.ts'

/** The events to handle now, read in the transaction that handles them; none when nothing is due. */
export type TakeEvents = (stores: { readonly lanes: LaneStore }) => Promise<readonly WaitingEvent[]>

/**
 * Handles what `take` gives, in its order: all effects and `lanes.complete` in one transaction. Returns whether
 * the lane was given back because nothing else waits.
 */
export type LaneHandler = (grant: LaneGrant, take: TakeEvents) => Promise<boolean>

// A process that dies counts as an attempt of everything it had in hand, and mostly none of that was the cause.
const crashesPerAttempt = 4

/** What {@link createLaneSource} needs. */
export interface LaneSourceDeps {
  readonly queue: LaneQueue
  readonly work: UnitOfWork<{ readonly lanes: LaneStore }>
  readonly handle: LaneHandler
  /** Called when a lane was given back that may have more to do. */
  readonly wake?: () => void
  readonly clock: Clock
  readonly random: Random
  readonly logger: Logger
  /** Lease of a lane in milliseconds: how long a lane waits when its process dies. Default 15,000. */
  readonly leaseMs?: number
  /** Events of one lane before it goes to the back of the line. Default 16. */
  readonly turn?: number
  readonly backoff?: BackoffPolicy
}

/** The lanes as a source of work, and a way to run one that was granted elsewhere. */
export interface LaneSource extends WorkSource {
  /** A task that handles a granted lane whose first events are known already. */
  task(grant: LaneGrant, events?: readonly WaitingEvent[]): Task
}

/** Creates the source that handles lanes: in order, fenced, with retries and dead letters. */
export function createLaneSource(deps: LaneSourceDeps): LaneSource {
  const { queue, work, clock, logger, leaseMs = 15_000, turn = 16, backoff = {} } = deps
  const maxAttempts = backoff.maxAttempts ?? 8

  const fail = async (
    grant: LaneGrant,
    event: WaitingEvent,
    code: ErrorCode,
  ): Promise<'dead' | 'later'> => {
    const at = clock.now()
    const jitter = (deps.random.bytes(1)[0] ?? 0) / 256
    const again = retryAt(at, event.attempts + 1, jitter, backoff)
    await work.run(grant.tenantId, ({ lanes }) =>
      lanes.fail(grant, event.id, {
        errorCode: code,
        at,
        ...(again === undefined ? {} : { retryAt: again }),
      }),
    )
    const fields = { eventId: event.id, code, attempts: event.attempts + 1 }
    if (again === undefined) logger.error('lanes: an event is dead', fields)
    else logger.warn('lanes: an event will be tried again', fields)
    return again === undefined ? 'dead' : 'later'
  }

  const giveBack = async (grant: LaneGrant): Promise<void> => {
    await queue.release([grant], clock.now())
    deps.wake?.()
  }

  const keepLease = async (grant: LaneGrant): Promise<LaneGrant | undefined> => {
    const left = grant.leaseUntil.getTime() - clock.now().getTime()
    return left > leaseMs / 2 ? grant : queue.extend(grant, leaseMs, clock.now())
  }

  // Several events share one commit. When that fails, each has a transaction of its own, and only the bad one fails.
  const choose = (waiting: readonly WaitingEvent[]): readonly WaitingEvent[] =>
    waiting.some(({ attempts }) => attempts > 0) ? waiting.slice(0, 1) : waiting

  // `gone`: somebody else has the lane, or it was given back, or it waits for a retry.
  const handleSome = async (
    grant: LaneGrant,
    most: number,
    known: readonly WaitingEvent[] | undefined,
  ): Promise<{ readonly next: 'gone' | 'go_on' | 'apart' | 'empty'; readonly handled: number }> => {
    let given = known
    let taken: readonly WaitingEvent[] = []
    const take: TakeEvents = async ({ lanes }) => {
      const waiting = given ?? (await lanes.waiting(grant, most))
      // A repeated transaction reads them again.
      given = undefined
      taken = choose(waiting).slice(0, most)
      const [first] = taken
      if (first !== undefined && first.attempts >= maxAttempts * crashesPerAttempt)
        throw new AuronxError('internal', 'The event was tried too often')
      return taken
    }
    try {
      const released = await deps.handle(grant, take)
      if (released) return { next: 'gone', handled: taken.length }
      return { next: taken.length === 0 ? 'empty' : 'go_on', handled: taken.length }
    } catch (error) {
      const [first] = taken
      if (isAuronxError(error, 'lease_lost')) return { next: 'gone', handled: 0 }
      if (first === undefined) throw error
      if (taken.length > 1) return { next: 'apart', handled: 0 }
      const outcome = await fail(grant, first, codeOf(error))
      return { next: outcome === 'dead' ? 'go_on' : 'gone', handled: 1 }
    }
  }

  const runTurn = async (
    granted: LaneGrant,
    events: readonly WaitingEvent[] | undefined,
    signal: AbortSignal,
  ): Promise<void> => {
    let grant: LaneGrant | undefined = granted
    let known = events
    let most = turn
    for (let left = turn; left > 0 && !signal.aborted;) {
      grant = await keepLease(grant)
      if (grant === undefined) return
      const { next, handled } = await handleSome(grant, Math.min(most, left), known)
      known = undefined
      if (next === 'gone') return
      if (next === 'empty') break
      if (next === 'apart') most = 1
      left -= handled
    }
    await giveBack(grant)
  }

  const task =
    (grant: LaneGrant, known?: readonly WaitingEvent[]): Task =>
    async (signal) => {
      try {
        await runTurn(grant, known, signal)
      } catch (error) {
        if (isAuronxError(error, 'lease_lost')) return
        // The lease runs out by itself and the lane is taken up again.
        logger.warn('lanes: a lane was left to its lease', { code: codeOf(error) })
      }
    }

  return {
    name: 'lanes',
    async claim(limit) {
      const grants = await queue.claim({ limit, leaseMs, now: clock.now() })
      return grants.map((grant) => task(grant))
    },
    nextDue: () => queue.nextDue(clock.now()),
    task,
  }
}

function codeOf(error: unknown): ErrorCode {
  return error instanceof AuronxError || isAuronxError(error) ? error.code : 'internal'
}
