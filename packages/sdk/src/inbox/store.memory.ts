import type { MemoryDatabase } from '../kernel/index.ts'
import { laneId, laneTables } from '../lanes/index.ts'
import type { EventRow, LaneRow } from '../lanes/index.ts'
import type { AcceptItem, AcceptResult, InboxStore } from './store.ts'

interface UnreadableRow {
  readonly at: Date
  readonly keepUntil: Date
  readonly bytes: Uint8Array
}

/** Durable acceptance over an in-memory database (durable as long as the process). */
export function createMemoryInboxStore(database: MemoryDatabase): InboxStore {
  const { lanes, events } = laneTables(database)
  const hashes = database.table<string>('inbox_hashes')
  const unreadable = database.table<UnreadableRow>('inbox_unreadable')
  const refused = database.table<number>('inbox_refused')

  const insert = (item: AcceptItem, now: Date): boolean => {
    const hashKey = `${item.tenantId}/${item.dedupHash}`
    if (hashes.has(hashKey)) return false
    hashes.set(hashKey, item.id)
    const key = laneId(item.tenantId, item.laneKey)
    const lane: LaneRow = lanes.get(key) ?? emptyLane(item, now)
    lanes.set(key, {
      ...lane,
      nextOrdinal: lane.nextOrdinal + 1,
      pending: lane.pending + 1,
      readyAt: lane.pending === 0 ? now.getTime() : lane.readyAt,
    })
    const row: EventRow = {
      ...item,
      ordinal: lane.nextOrdinal,
      state: 'waiting',
      attempts: 0,
      trace: [],
    }
    events.set(item.id, row)
    return true
  }

  const grant = (key: string, now: Date, leaseMs: number): LaneRow | undefined => {
    const lane = lanes.get(key)
    if (lane === undefined) return undefined
    const leased = { ...lane, epoch: lane.epoch + 1, leaseUntil: now.getTime() + leaseMs }
    lanes.set(key, leased)
    return leased
  }

  return {
    accept: (items, { now, leaseMs }) =>
      database.transaction(async () => {
        const idle = new Set(
          items
            .map((item) => laneId(item.tenantId, item.laneKey))
            .filter((key) => isIdle(lanes.get(key), now)),
        )
        const fresh = items.filter((item) => insert(item, now))
        const grants: AcceptResult['grants'][number][] = []
        for (const key of leaseMs === undefined ? [] : idle) {
          const mine = fresh.filter((item) => laneId(item.tenantId, item.laneKey) === key)
          const leased = mine.length === 0 ? undefined : grant(key, now, leaseMs ?? 0)
          if (leased === undefined) continue
          const { tenantId, laneKey, epoch, leaseUntil = 0 } = leased
          grants.push({
            grant: { tenantId, laneKey, epoch, leaseUntil: new Date(leaseUntil) },
            eventIds: mine.map((item) => item.id),
          })
        }
        return { accepted: fresh.map((item) => item.id), grants }
      }),
    countRefused: ({ appId, phoneNumberId, reason, count }) =>
      database.transaction(async () => {
        const key = `${appId}/${phoneNumberId}/${reason}`
        refused.set(key, (refused.get(key) ?? 0) + count)
      }),
    keepUnreadable: ({ bytes, at, keepUntil }) =>
      database.transaction(async () => {
        unreadable.set(String(unreadable.size), { bytes, at, keepUntil })
      }),
    prune: (before, limit) =>
      database.transaction(async () => {
        const old = [...events.values()]
          .filter((row) => row.state !== 'waiting' && (row.doneAt ?? row.receivedAt) < before)
          .slice(0, limit)
        for (const row of old) {
          events.delete(row.id)
          hashes.delete(`${row.tenantId}/${row.dedupHash}`)
        }
        return old.length
      }),
  }
}

function isIdle(lane: LaneRow | undefined, now: Date): boolean {
  return lane === undefined || (lane.pending === 0 && (lane.leaseUntil ?? 0) <= now.getTime())
}

function emptyLane(item: AcceptItem, now: Date): LaneRow {
  return {
    tenantId: item.tenantId,
    laneKey: item.laneKey,
    nextOrdinal: 1,
    pending: 0,
    readyAt: now.getTime(),
    epoch: 0,
  }
}
