import { createBatches, isAuronxError } from '../kernel/index.ts'
import type { Clock, TenantId, UnitOfWork } from '../kernel/index.ts'
import type {
  HandledTurn,
  LaneAfterTurn,
  LaneGrant,
  LaneQueue,
  LaneStore,
  WaitingEvent,
} from './store.ts'

/** A granted lane, and how many of its events are wanted. */
export interface WantedTurn {
  readonly grant: LaneGrant
  readonly limit: number
}

/** Reads and completes the turns of many lanes together. */
export interface Turns {
  /** The oldest waiting events of a lane; nothing under a stale grant. */
  read(wanted: WantedTurn): Promise<readonly WaitingEvent[] | undefined>
  /** Marks the events of a turn handled that wrote nothing. */
  complete(turn: HandledTurn): Promise<LaneAfterTurn>
}

// Each is one statement; a lane's events may be large.
const lanesPerRead = 64
const turnsPerCompletion = 128

/** Creates what lets the lanes of a process share statements: those of one tenant to read, all of them to complete. */
export function createTurns(
  queue: LaneQueue,
  work: UnitOfWork<{ readonly lanes: LaneStore }>,
  clock: Clock,
): Turns {
  return {
    read: createBatches<WantedTurn, readonly WaitingEvent[] | undefined>({
      flights: 2,
      most: lanesPerRead,
      run: (wanted) => readEach(wanted, work),
    }),
    complete: createBatches<HandledTurn, LaneAfterTurn>({
      flights: 1,
      most: turnsPerCompletion,
      run: (turns) => completeAll(turns, queue, clock),
    }),
  }
}

type Read = readonly WaitingEvent[] | undefined

async function readEach(
  wanted: readonly WantedTurn[],
  work: UnitOfWork<{ readonly lanes: LaneStore }>,
): Promise<readonly Promise<Read>[]> {
  const byTenant = Map.groupBy(wanted, ({ grant }) => grant.tenantId)
  const reads = new Map<WantedTurn, Promise<Read>>()
  for (const [tenantId, lanes] of byTenant) {
    const read = readOfTenant(tenantId, lanes, work)
    for (const [index, lane] of lanes.entries())
      reads.set(
        lane,
        read.then((found) => found[index]),
      )
  }
  await Promise.allSettled(reads.values())
  return wanted.map((lane) => reads.get(lane) ?? Promise.resolve(undefined))
}

function readOfTenant(
  tenantId: TenantId,
  lanes: readonly WantedTurn[],
  work: UnitOfWork<{ readonly lanes: LaneStore }>,
): Promise<readonly Read[]> {
  return work.run(tenantId, (stores) => stores.lanes.waiting(lanes))
}

// A turn that cannot be completed must not fail its neighbours.
async function completeAll(
  turns: readonly HandledTurn[],
  queue: LaneQueue,
  clock: Clock,
): Promise<readonly (LaneAfterTurn | Promise<LaneAfterTurn>)[]> {
  try {
    return await queue.complete(turns, clock.now())
  } catch (error) {
    if (turns.length === 1 || isAuronxError(error, 'storage_unavailable')) throw error
    const apart: Promise<LaneAfterTurn>[] = []
    for (const turn of turns) {
      const one = completeAll([turn], queue, clock).then(([after = 'lost']) => after)
      await one.catch(() => undefined)
      apart.push(one)
    }
    return apart
  }
}
