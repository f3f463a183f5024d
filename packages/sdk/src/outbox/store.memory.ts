import { AuronxError, readMemoryReach } from '../kernel/index.ts'
import type { ChannelId, MemoryDatabase, TenantId } from '../kernel/index.ts'
import type { OutboxEntry, OutboxQueue, OutboxStore } from './store.ts'

interface OutboxRow {
  readonly tenantId: TenantId
  readonly entry: OutboxEntry
}

/** Due intents over an in-memory database. */
export function createMemoryOutboxQueue(
  database: MemoryDatabase,
  isStopped: (tenantId: TenantId, channelId: ChannelId) => boolean,
): OutboxQueue {
  const rows = database.table<OutboxRow>('outbox')
  const blocked = ({ tenantId, entry }: OutboxRow): boolean =>
    isStopped(tenantId, entry.channelId) ||
    [...rows.values()].some(
      (other) =>
        other.tenantId === tenantId &&
        other.entry.conversationId === entry.conversationId &&
        other.entry.sequence < entry.sequence &&
        isOpen(other.entry),
    )
  const replace = (row: OutboxRow, entry: OutboxEntry): void => {
    rows.set(entry.id, { ...row, entry })
  }
  return {
    claim: ({ limit, leaseMs, now }) =>
      database.transaction(async () => {
        const due = [...rows.values()]
          .filter((row) => row.entry.state === 'queued' && row.entry.dueAt <= now && !blocked(row))
          .toSorted((a, b) => a.entry.dueAt.getTime() - b.entry.dueAt.getTime())
          .slice(0, limit)
        return due.map((row) => {
          const leaseUntil = new Date(now.getTime() + leaseMs)
          const attempts = row.entry.attempts + 1
          replace(row, { ...row.entry, state: 'sending', attempts, leaseUntil, updatedAt: now })
          return { tenantId: row.tenantId, outboxId: row.entry.id }
        })
      }),
    recover: ({ now, parkAfterMs, limit }) =>
      database.transaction(async () => {
        const lost = [...rows.values()]
          .filter(({ entry }) => entry.state === 'sending' && (entry.leaseUntil ?? now) <= now)
          .slice(0, limit)
        const silent = [...rows.values()]
          .filter(
            ({ entry }) =>
              entry.state === 'unknown' && silentSince(entry) + parkAfterMs <= now.getTime(),
          )
          .slice(0, limit)
        for (const row of lost) {
          const { leaseUntil: _lease, ...free } = row.entry
          replace(row, { ...free, state: 'unknown', unknownSince: now, updatedAt: now })
        }
        for (const row of silent) replace(row, { ...row.entry, state: 'parked', updatedAt: now })
        return { unknown: lost.length, parked: silent.length }
      }),
    async nextDue(_now, parkAfterMs) {
      const times = [...rows.values()].flatMap(({ tenantId, entry }) => {
        if (entry.state === 'queued')
          return isStopped(tenantId, entry.channelId) ? [] : [entry.dueAt.getTime()]
        if (entry.state === 'sending') return [entry.leaseUntil?.getTime() ?? 0]
        return entry.state === 'unknown' ? [silentSince(entry) + parkAfterMs] : []
      })
      return times.length === 0 ? undefined : new Date(Math.min(...times))
    },
  }
}

/** Outbound intents of one tenant over an in-memory database. */
export function createMemoryOutboxStore(database: MemoryDatabase, tenantId: TenantId): OutboxStore {
  const rows = database.table<OutboxRow>('outbox')
  const own = (): readonly OutboxEntry[] =>
    [...rows.values()].filter((row) => row.tenantId === tenantId).map((row) => row.entry)
  const byId = (id: string): OutboxEntry | undefined => own().find((entry) => entry.id === id)
  return {
    async insert(entries) {
      for (const entry of entries) {
        const taken = own().some(
          (other) =>
            other.opaque === entry.opaque ||
            (other.conversationId === entry.conversationId && other.sequence === entry.sequence),
        )
        if (taken) throw new AuronxError('storage_constraint', 'The intent breaks a unique rule')
        rows.set(entry.id, { tenantId, entry })
      }
    },
    get: async (id) => byId(id),
    lock: async (ids) =>
      ids.toSorted().flatMap((id) => {
        const entry = byId(id)
        return entry === undefined ? [] : [entry]
      }),
    async tail(conversationId) {
      const mine = own().filter((entry) => entry.conversationId === conversationId)
      return {
        sequence: Math.max(0, ...mine.map((entry) => entry.sequence)),
        busy: mine.some(isOpen),
      }
    },
    async update(entries) {
      for (const entry of entries) {
        if (byId(entry.id) !== undefined) rows.set(entry.id, { tenantId, entry })
      }
    },
    async lockForSettlement({ opaque, providerMessageId, channelId }) {
      const mine = own().filter((entry) => entry.channelId === channelId)
      return (
        mine.find((entry) => opaque !== undefined && entry.opaque === opaque) ??
        mine.find((entry) => entry.providerMessageId === providerMessageId)
      )
    },
    async list({ states, conversationId, within, limit }) {
      const reach = readMemoryReach(database, tenantId, within)
      return own()
        .filter((entry) => states === undefined || states.includes(entry.state))
        .filter((entry) => conversationId === undefined || entry.conversationId === conversationId)
        .filter((entry) => reach.hasConversation(entry.conversationId))
        .toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? 1 : -1))
        .slice(0, Math.min(limit, 200))
    },
  }
}

function isOpen(entry: OutboxEntry): boolean {
  return entry.state === 'queued' || entry.state === 'sending'
}

function silentSince(entry: OutboxEntry): number {
  return entry.unknownSince?.getTime() ?? 0
}
