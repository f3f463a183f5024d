import { AuronxError, isAuronxError } from '../kernel/index.ts'
import type { Clock, ErrorCode, Logger, Random, UnitOfWork } from '../kernel/index.ts'
import type { BackoffPolicy } from './backoff.ts'
import { retryAt } from './backoff.ts'
import type { LaneGrant, LaneQueue, LaneStore, WaitingEvent } from './store.ts'
import type { Task, WorkSource } from './worker.ts'

/**
 * Handles one event: all its effects and `lanes.complete` in one transaction. Returns whether the lane was given back
 * by it; `release` asks for that when nothing else waits.
 */
export type LaneHandler = (
  grant: LaneGrant,
  event: WaitingEvent,
  options: { readonly release: boolean },
) => Promise<boolean>

/** What {@link createLaneSource} needs. */
export interface LaneSourceDeps {
  readonly queue: LaneQueue
  readonly work: UnitOfWork<{ readonly lanes: LaneStore }>
  readonly handle: LaneHandler
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

  // `gone`: somebody else has the lane, or it waits for a retry; nothing is left to release.
  const step = async (
    grant: LaneGrant,
    event: WaitingEvent,
    release: boolean,
  ): Promise<'held' | 'gone'> => {
    if (event.attempts >= maxAttempts) {
      return (await fail(grant, event, 'internal')) === 'dead' ? 'held' : 'gone'
    }
    try {
      return (await deps.handle(grant, event, { release })) ? 'gone' : 'held'
    } catch (error) {
      if (isAuronxError(error, 'lease_lost')) return 'gone'
      const outcome = await fail(grant, event, codeOf(error))
      return outcome === 'dead' ? 'held' : 'gone'
    }
  }

  const keepLease = async (grant: LaneGrant): Promise<LaneGrant | undefined> => {
    const left = grant.leaseUntil.getTime() - clock.now().getTime()
    return left > leaseMs / 2 ? grant : queue.extend(grant, leaseMs, clock.now())
  }

  const runTurn = async (
    granted: LaneGrant,
    events: readonly WaitingEvent[],
    signal: AbortSignal,
  ): Promise<void> => {
    let grant = granted
    for (const [index, event] of events.entries()) {
      if (signal.aborted) break
      const kept = await keepLease(grant)
      if (kept === undefined) return
      grant = kept
      if ((await step(grant, event, index === events.length - 1)) === 'gone') return
    }
    await queue.release([grant], clock.now())
  }

  const task =
    (grant: LaneGrant, known?: readonly WaitingEvent[]): Task =>
    async (signal) => {
      try {
        const events =
          known ?? (await work.run(grant.tenantId, ({ lanes }) => lanes.waiting(grant, turn)))
        await runTurn(grant, events, signal)
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
