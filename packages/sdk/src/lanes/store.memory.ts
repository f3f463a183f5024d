import { AuronxError } from '../kernel/index.ts'
import type { InboxEventId, MemoryDatabase, TenantId } from '../kernel/index.ts'
import type { EventRow, LaneRow } from './rows.memory.ts'
import { laneId, laneTables } from './rows.memory.ts'
import type { HandledEvent, LaneGrant, LaneQueue, LaneStore } from './store.ts'

/** The lane queue over an in-memory database. */
export function createMemoryLaneQueue(database: MemoryDatabase): LaneQueue {
  const { lanes, events } = laneTables(database)
  return {
    claim: ({ limit, leaseMs, now }) =>
      database.transaction(async () => {
        const at = now.getTime()
        const due = [...lanes.values()]
          .filter((lane) => lane.pending > 0 && lane.readyAt <= at && (lane.leaseUntil ?? 0) <= at)
          .toSorted((a, b) => a.readyAt - b.readyAt)
          .slice(0, limit)
        return due.map((lane) => {
          if (lane.leaseUntil !== undefined) countCrash(events, lane)
          const leased = { ...lane, epoch: lane.epoch + 1, leaseUntil: at + leaseMs }
          lanes.set(laneId(lane.tenantId, lane.laneKey), leased)
          return toGrant(leased)
        })
      }),
    release: (grants, now) =>
      database.transaction(async () => {
        for (const grant of grants) {
          const lane = lanes.get(laneId(grant.tenantId, grant.laneKey))
          if (lane === undefined || lane.epoch !== grant.epoch) continue
          lanes.set(
            laneId(grant.tenantId, grant.laneKey),
            withoutLease({ ...lane, readyAt: now.getTime() }),
          )
        }
      }),
    extend: (grant, leaseMs, now) =>
      database.transaction(async () => {
        const lane = lanes.get(laneId(grant.tenantId, grant.laneKey))
        if (lane === undefined || lane.epoch !== grant.epoch) return undefined
        const extended = { ...lane, leaseUntil: now.getTime() + leaseMs }
        lanes.set(laneId(grant.tenantId, grant.laneKey), extended)
        return toGrant(extended)
      }),
    complete: (turns, at) =>
      database.transaction(async () =>
        turns.map(({ grant, handled, keep }) => {
          const lane = lanes.get(laneId(grant.tenantId, grant.laneKey))
          if (lane === undefined || !isHeld(lane, grant)) return 'lost'
          const left = markDone(events, lane, handled, at)
          const isKept = keep && left.pending > 0
          const after = isKept ? left : withoutLease({ ...left, readyAt: at.getTime() })
          lanes.set(laneId(grant.tenantId, grant.laneKey), after)
          if (isKept) return 'kept'
          return left.pending === 0 ? 'empty' : 'waits'
        }),
      ),
    nextDue: async () => {
      const times = [...lanes.values()]
        .filter((lane) => lane.pending > 0)
        .map((lane) => Math.max(lane.readyAt, lane.leaseUntil ?? 0))
      return times.length === 0 ? undefined : new Date(Math.min(...times))
    },
  }
}

/** The lane's events of one tenant over an in-memory database. */
export function createMemoryLaneStore(database: MemoryDatabase, tenantId: TenantId): LaneStore {
  const { lanes, events } = laneTables(database)

  const held = (grant: LaneGrant): LaneRow => {
    const lane = lanes.get(laneId(grant.tenantId, grant.laneKey))
    if (lane === undefined || grant.tenantId !== tenantId || !isHeld(lane, grant)) {
      throw new AuronxError('lease_lost', 'The lane was given to somebody else', {
        retryable: true,
      })
    }
    return lane
  }
  const find = (id: InboxEventId, state: EventRow['state']): EventRow | undefined => {
    const row = events.get(id)
    return row?.tenantId === tenantId && row.state === state ? row : undefined
  }
  const saveLane = (lane: LaneRow): void => {
    lanes.set(laneId(lane.tenantId, lane.laneKey), lane)
  }

  return {
    async waiting(wanted) {
      return wanted.map(({ grant, limit }) => {
        const lane = lanes.get(laneId(grant.tenantId, grant.laneKey))
        if (lane === undefined || grant.tenantId !== tenantId || !isHeld(lane, grant))
          return undefined
        return waitingRows(events, grant)
          .slice(0, limit)
          .map(({ id, ordinal, payload = new Uint8Array(), receivedAt, attempts }) => ({
            id,
            ordinal,
            payload,
            receivedAt,
            attempts,
          }))
      })
    },
    async complete(grant, handled, at) {
      const left = markDone(events, held(grant), handled, at)
      const released = left.pending === 0
      saveLane(released ? withoutLease(left) : left)
      return released
    },
    async fail(grant, eventId, { errorCode, at, retryAt }) {
      const lane = held(grant)
      const row = find(eventId, 'waiting')
      if (row === undefined) throw new AuronxError('lease_lost', 'The event is no longer waiting')
      const attempts = row.attempts + 1
      if (retryAt === undefined) {
        events.set(eventId, { ...row, state: 'dead', attempts, errorCode, doneAt: at })
        saveLane({ ...lane, pending: lane.pending - 1 })
        return
      }
      events.set(eventId, { ...row, attempts, errorCode })
      saveLane(withoutLease({ ...lane, readyAt: retryAt.getTime() }))
    },
    async dead(limit) {
      return [...events.values()]
        .filter((row) => row.tenantId === tenantId && row.state === 'dead')
        .toReversed()
        .slice(0, limit)
        .map((row) => ({
          id: row.id,
          kind: row.kind,
          receivedAt: row.receivedAt,
          attempts: row.attempts,
          errorCode: row.errorCode ?? 'internal',
        }))
    },
    async replay(eventId, at) {
      const row = find(eventId, 'dead')
      if (row === undefined) return false
      events.set(eventId, { ...row, state: 'waiting', attempts: 0 })
      const lane = lanes.get(laneId(tenantId, row.laneKey))
      if (lane !== undefined)
        saveLane({ ...lane, pending: lane.pending + 1, readyAt: at.getTime() })
      return true
    },
    async traces(eventIds) {
      const found = eventIds.flatMap((id) => {
        const row = events.get(id)
        return row?.tenantId === tenantId && row.state === 'done' ? [[id, row.trace] as const] : []
      })
      return new Map(found)
    },
  }
}

function isHeld(lane: LaneRow, { epoch }: LaneGrant): boolean {
  return lane.epoch === epoch && lane.leaseUntil !== undefined
}

/** Marks events of the lane handled; returns the lane without them. */
function markDone(
  events: Map<string, EventRow>,
  lane: LaneRow,
  handled: readonly HandledEvent[],
  at: Date,
): LaneRow {
  for (const { id, trace } of handled) {
    const row = events.get(id)
    if (row?.tenantId !== lane.tenantId || row.state !== 'waiting')
      throw new AuronxError('lease_lost', 'The event is no longer waiting')
    const { payload: _dropped, ...kept } = row
    events.set(id, { ...kept, state: 'done', trace, doneAt: at })
  }
  return { ...lane, pending: lane.pending - handled.length }
}

function waitingRows(
  events: ReadonlyMap<string, EventRow>,
  lane: LaneGrant | LaneRow,
): readonly EventRow[] {
  return [...events.values()]
    .filter(
      (row) =>
        row.tenantId === lane.tenantId && row.laneKey === lane.laneKey && row.state === 'waiting',
    )
    .toSorted((a, b) => a.ordinal - b.ordinal)
}

// A lease that ran out means that its holder died with the lane's first event in hand.
function countCrash(events: Map<string, EventRow>, lane: LaneRow): void {
  const [first] = waitingRows(events, lane)
  if (first !== undefined) events.set(first.id, { ...first, attempts: first.attempts + 1 })
}

function withoutLease(lane: LaneRow): LaneRow {
  const { leaseUntil: _released, ...free } = lane
  return free
}

function toGrant(lane: LaneRow): LaneGrant {
  return {
    tenantId: lane.tenantId,
    laneKey: lane.laneKey,
    epoch: lane.epoch,
    leaseUntil: new Date(lane.leaseUntil ?? 0),
  }
}
