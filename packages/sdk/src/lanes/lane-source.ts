import { AuronxError, isAuronxError } from '../kernel/index.ts'
import type { Clock, ErrorCode, Logger, Random, UnitOfWork } from '../kernel/index.ts'
import type { BackoffPolicy } from './backoff.ts'
import { retryAt } from './backoff.ts'
import type { HandledEvent, LaneGrant, LaneQueue, LaneStore, WaitingEvent } from './store.ts'
import { createTurns } from './turns.ts'
import type { Slot, Task, WorkSource } from './worker.ts'

/**
 * How a turn ended. `committed`: what it wrote and `lanes.complete` were one transaction, which says whether the lane was
 * given back. `handled`: it wrote nothing; its events are marked together with those of other lanes.
 */
export type TurnEnd =
  | { readonly kind: 'committed'; readonly released: boolean }
  | { readonly kind: 'handled'; readonly events: readonly HandledEvent[] }

/**
 * Handles events of one lane, in their order. What it writes commits in one transaction with `lanes.complete`, which
 * refuses them when the lane was given to somebody else meanwhile. When it throws, each event is tried alone, later.
 */
export type LaneHandler = (grant: LaneGrant, events: readonly WaitingEvent[]) => Promise<TurnEnd>

// Where nothing else waits, a lane that has more is kept for so many turns; and so many turns are read at most.
const turnsInARow = 8
const turnsInHand = 32

// A process that dies counts as an attempt of everything it had in hand, and mostly none of that was the cause.
const crashesPerAttempt = 4

const noSlot: Slot = { leave: () => undefined, isLast: () => false }

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
  const turns = createTurns(queue, work, clock)

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

  const keepLease = (grant: LaneGrant): LaneGrant | Promise<LaneGrant | undefined> => {
    const left = grant.leaseUntil.getTime() - clock.now().getTime()
    return left > leaseMs / 2 ? grant : queue.extend(grant, leaseMs, clock.now())
  }

  // Several events share one commit. When that fails, each has a transaction of its own, and only the bad one fails.
  const choose = (waiting: readonly WaitingEvent[], most: number): readonly WaitingEvent[] =>
    waiting.slice(0, waiting.some(({ attempts }) => attempts > 0) ? 1 : most)

  const handle = async (
    grant: LaneGrant,
    events: readonly WaitingEvent[],
    keep: boolean,
    slot: Slot,
  ): Promise<'gone' | 'go_on'> => {
    if (events.some(({ attempts }) => attempts >= maxAttempts * crashesPerAttempt))
      throw new AuronxError('internal', 'The event was tried too often')
    const end = await deps.handle(grant, events)
    if (end.kind === 'committed') return end.released ? 'gone' : 'go_on'
    if (!keep) slot.leave()
    const after = await turns.complete({ grant, handled: end.events, keep })
    if (after === 'waits') deps.wake?.()
    return after === 'kept' ? 'go_on' : 'gone'
  }

  // `gone`: somebody else has the lane, or it was given back, or it waits for a retry.
  const handleSome = async (
    grant: LaneGrant,
    events: readonly WaitingEvent[],
    keep: boolean,
    slot: Slot,
  ): Promise<'gone' | 'go_on' | 'apart'> => {
    try {
      return await handle(grant, events, keep, slot)
    } catch (error) {
      const [first] = events
      if (isAuronxError(error, 'lease_lost')) return 'gone'
      if (first === undefined) throw error
      if (events.length > 1) return 'apart'
      return (await fail(grant, first, codeOf(error))) === 'dead' ? 'go_on' : 'gone'
    }
  }

  const runTurn = async (
    granted: LaneGrant,
    events: readonly WaitingEvent[] | undefined,
    signal: AbortSignal,
    slot: Slot,
  ): Promise<void> => {
    let grant: LaneGrant | undefined = granted
    let known = events ?? []
    let most = turn
    const share = Math.max(turn, known.length)
    const isOver = (left: number): boolean =>
      left <= 0 || signal.aborted || (left <= share - turn && slot.isLast())
    for (let left = share; !isOver(left);) {
      grant = await keepLease(grant)
      if (grant === undefined) return
      const waiting = known.length > 0 ? known : await turns.read({ grant, limit: most })
      if (waiting === undefined) return
      if (waiting.length === 0) break
      const chosen = choose(waiting, most)
      known = waiting.slice(chosen.length)
      const keep = known.length > 0 && !signal.aborted
      const next = await handleSome(grant, chosen, keep, slot)
      if (next === 'gone') return
      if (next === 'apart') [most, known] = [1, waiting]
      else left -= chosen.length
    }
    await giveBack(grant)
  }

  const task =
    (grant: LaneGrant, known?: readonly WaitingEvent[]): Task =>
    async (signal, slot = noSlot) => {
      try {
        await runTurn(grant, known, signal, slot)
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
      const isAlone = grants.length < limit
      const each = Math.min(turnsInARow, Math.max(1, Math.floor(turnsInHand / grants.length)))
      const share = isAlone ? turn * each : turn
      // A lane whose events cannot be read now reads them itself, and fails alone.
      const read = (grant: LaneGrant): Promise<Task> =>
        turns.read({ grant, limit: share }).then(
          (events) => task(grant, events),
          () => task(grant),
        )
      return Promise.all(grants.map(read))
    },
    nextDue: () => queue.nextDue(clock.now()),
    task,
  }
}

function codeOf(error: unknown): ErrorCode {
  return error instanceof AuronxError || isAuronxError(error) ? error.code : 'internal'
}
