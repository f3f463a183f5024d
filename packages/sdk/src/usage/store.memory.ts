import type { MemberId, MemoryDatabase, TenantId } from '../kernel/index.ts'
import type { UsageDirectory, UsageEvent, UsageStore, UsageTotal } from './store.ts'

interface Kept extends UsageEvent {
  readonly tenantId: TenantId
}

interface KeptTotal extends UsageTotal {
  readonly tenantId: TenantId
}

const monthOf = (at: Date): string => at.toISOString().slice(0, 7)

/** A tenant's usage over an in-memory database. */
export function createMemoryUsageStore(database: MemoryDatabase, tenantId: TenantId): UsageStore {
  const events = database.table<Kept>('usage_events')
  const totals = database.table<KeptTotal>('usage_totals')
  const objections = database.table<Date>('usage_objections')
  const keys = database.table<Uint8Array>('usage_keys')
  const own = (): readonly (readonly [string, Kept])[] =>
    [...events.entries()].filter(([, event]) => event.tenantId === tenantId)
  const drop = (gone: readonly (readonly [string, Kept])[]): number => {
    for (const [name] of gone) events.delete(name)
    return gone.length
  }
  const objection = (memberId: MemberId): string => `${tenantId}/${memberId}`
  return {
    async append(event) {
      const newest = [...events.keys()].length
      let name = `${tenantId}/${newest}`
      while (events.get(name) !== undefined) name += '+'
      events.set(name, { ...event, tenantId })
    },
    forget: async (pseudonym) => drop(own().filter(([, event]) => event.pseudonym === pseudonym)),
    async roll(before) {
      const old = own().filter(([, { at }]) => at < before)
      for (const total of countUp(old.map(([, event]) => event))) {
        const name = `${tenantId}/${total.month}/${total.name}`
        totals.set(name, { ...join(totals.get(name), total), tenantId })
      }
      return drop(old)
    },
    async totals() {
      const rolled = [...totals.values()].filter((total) => total.tenantId === tenantId)
      const all = new Map(rolled.map((total) => [`${total.month}/${total.name}`, total]))
      const joined = new Map<string, UsageTotal>(all)
      for (const total of countUp(own().map(([, event]) => event))) {
        const name = `${total.month}/${total.name}`
        joined.set(name, join(joined.get(name), total))
      }
      return [...joined.entries()]
        .toSorted(([left], [right]) => (left < right ? -1 : 1))
        .map(([, { name, month, uses, people }]) => ({ name, month, uses, people }))
    },
    isObjected: async (memberId) => objections.get(objection(memberId)) !== undefined,
    async setObjected(memberId, at) {
      if (at === undefined) objections.delete(objection(memberId))
      else objections.set(objection(memberId), at)
    },
    async key(make) {
      const stored = keys.get(tenantId)
      const isWanted = stored === undefined || isSame(stored, make?.instead)
      if (make !== undefined && isWanted) keys.set(tenantId, make.sealed)
      return keys.get(tenantId)
    },
  }
}

/** The usage directory over an in-memory database. */
export function createMemoryUsageDirectory(database: MemoryDatabase): UsageDirectory {
  return {
    async due(before, limit) {
      const events = database.table<Kept>('usage_events')
      const old = [...events.values()].filter(({ at }) => at < before)
      return [...new Set(old.map(({ tenantId }) => tenantId))].toSorted().slice(0, limit)
    },
  }
}

function countUp(events: readonly UsageEvent[]): readonly UsageTotal[] {
  const groups = Map.groupBy(events, ({ name, at }) => `${monthOf(at)}/${name}`)
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const people = new Set(group.map(({ pseudonym }) => pseudonym)).size
    return [{ name: first.name, month: monthOf(first.at), uses: group.length, people }]
  })
}

function join(known: UsageTotal | undefined, more: UsageTotal): UsageTotal {
  if (known === undefined) return more
  return {
    ...more,
    uses: known.uses + more.uses,
    people: Math.max(known.people, more.people),
  }
}

function isSame(left: Uint8Array, right: Uint8Array | undefined): boolean {
  return left.length === right?.length && left.every((byte, index) => byte === right[index])
}
