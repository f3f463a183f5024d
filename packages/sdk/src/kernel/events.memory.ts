import { withoutGrants } from './actor.ts'
import type { TenantId } from './brand.ts'
import { AuronxError } from './errors.ts'
import type { DomainEvent, EventStore } from './events.ts'
import type { MemoryDatabase } from './memory.ts'

/** The append-only event log over an in-memory database. */
export function createMemoryEventStore(database: MemoryDatabase, tenantId: TenantId): EventStore {
  const events = database.table<DomainEvent>('domain_events')
  const keyOf = (event: DomainEvent): string =>
    [tenantId, event.aggregateType, event.aggregateId, event.aggregateVersion].join('/')
  const log = (): readonly DomainEvent[] =>
    [...events.values()].filter((event) => event.tenantId === tenantId)
  return {
    async append(added) {
      for (const event of added.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
        if (event.tenantId !== tenantId)
          throw new AuronxError('not_permitted', 'An event of another tenant')
        if (events.has(keyOf(event))) {
          throw new AuronxError('conflict', 'The aggregate already has an event of that version')
        }
        events.set(keyOf(event), { ...event, actor: withoutGrants(event.actor) })
      }
    },
    async ofAggregate(aggregateType, aggregateId) {
      return [...events.entries()]
        .filter(([key]) => key.startsWith(`${tenantId}/${aggregateType}/${aggregateId}/`))
        .map(([, event]) => event)
        .toSorted((a, b) => a.aggregateVersion - b.aggregateVersion)
    },
    // One transaction runs at a time, so that the order of adding is the order of commits.
    async since({ after, limit }) {
      const all = log()
      const from = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1
      if (after !== undefined && from === 0)
        throw new AuronxError('not_found', 'There is no such event')
      return all.slice(from, from + limit)
    },
    newest: async () => log().at(-1)?.id,
  }
}
