import { AuronxError, asId, isAuronxError, withoutGrants } from '@auronx/sdk'
import type { Actor, DomainEvent, EventStore, TenantId } from '@auronx/sdk'
import { instant, integer, json, text } from './row.ts'
import { rowRanks } from './sql.ts'
import type { SqlRow, SqlStatement, Transaction } from './sql.ts'
import { stored } from './stored.ts'

/** The append-only event log on PostgreSQL. */
export function createPostgresEventStore(sql: Transaction, tenantId: TenantId): EventStore {
  const write = sql.rows<DomainEvent>({
    rank: rowRanks.events,
    statements: (events) => [insert(tenantId, events)],
    explain,
  })
  return {
    async append(events) {
      if (events.some((event) => event.tenantId !== tenantId)) {
        throw new AuronxError('not_permitted', 'An event of another tenant')
      }
      for (const event of events) write(event)
    },
    async ofAggregate(aggregateType, aggregateId) {
      const rows = await sql.query({
        name: 'events_of',
        text: `select * from domain_events where tenant_id = $1 and aggregate_type = $2 and aggregate_id = $3
          order by aggregate_version`,
        values: [tenantId, aggregateType, aggregateId],
      })
      return rows.map(toEvent)
    },
    async since({ after, limit }) {
      const rows = await sql.query(
        after === undefined ? firstEvents(tenantId, limit) : laterEvents(tenantId, after, limit),
      )
      if (rows.length === 0 && after !== undefined) await requireEvent(sql, tenantId, after)
      return rows.map(toEvent)
    },
    async newest() {
      const [row] = await sql.query({
        name: 'events_newest',
        text: `select id from domain_events where tenant_id = $1 and ${settled}
          order by transaction_id desc, id desc limit 1`,
        values: [tenantId],
      })
      return row === undefined ? undefined : text(row, 'id')
    },
  }
}

/**
 * Which events are settled, as a condition. Transactions below the oldest open one have all ended, and whatever begins from
 * now on is above it. Numbers are shared by all databases of a server: one that is seen open in another is none of ours.
 */
export const settled = `transaction_id < (
  select coalesce(min(open.number), pg_snapshot_xmax(pg_current_snapshot()))
  from pg_snapshot_xip(pg_current_snapshot()) open(number)
  where not exists (
    select from pg_stat_get_activity(null) elsewhere
    where elsewhere.backend_xid = open.number::xid
      and elsewhere.datid <> (select oid from pg_database where datname = current_database())))`

function firstEvents(tenantId: TenantId, limit: number): SqlStatement {
  return {
    name: 'events_first',
    text: `select * from domain_events where tenant_id = $1 and ${settled}
      order by transaction_id, id limit $2`,
    values: [tenantId, limit],
  }
}

function laterEvents(tenantId: TenantId, after: string, limit: number): SqlStatement {
  return {
    name: 'events_later',
    text: `select * from domain_events where tenant_id = $1 and ${settled}
        and (transaction_id, id) > (select transaction_id, id from domain_events where tenant_id = $1 and id = $2)
      order by transaction_id, id limit $3`,
    values: [tenantId, after, limit],
  }
}

async function requireEvent(sql: Transaction, tenantId: TenantId, id: string): Promise<void> {
  const rows = await sql.query({
    name: 'event_exists',
    text: 'select 1 from domain_events where tenant_id = $1 and id = $2',
    values: [tenantId, id],
  })
  if (rows.length === 0) throw new AuronxError('not_found', 'There is no such event')
}

function explain(error: AuronxError): AuronxError {
  if (!isAuronxError(error, 'storage_constraint') || error.details['code'] !== '23505') return error
  return new AuronxError('conflict', 'The aggregate already has an event of that version', {
    cause: error,
  })
}

function insert(tenantId: TenantId, events: readonly DomainEvent[]): SqlStatement {
  return {
    name: 'event_insert',
    text: `insert into domain_events (tenant_id, id, type, schema, aggregate_type, aggregate_id, aggregate_version,
        occurred_at, actor, correlation_id, data)
      select $1, e.id, e.type, e.schema, e.aggregate_type, e.aggregate_id, e.aggregate_version, e.occurred_at,
        e.actor::jsonb, e.correlation_id, e.data::jsonb
      from unnest($2::uuid[], $3::text[], $4::integer[], $5::text[], $6::text[], $7::integer[], $8::timestamptz[],
          $9::text[], $10::text[], $11::text[])
        as e (id, type, schema, aggregate_type, aggregate_id, aggregate_version, occurred_at, actor, correlation_id, data)`,
    values: [
      tenantId,
      events.map(({ id }) => id),
      events.map(({ type }) => type),
      events.map(({ schema }) => schema),
      events.map(({ aggregateType }) => aggregateType),
      events.map(({ aggregateId }) => aggregateId),
      events.map(({ aggregateVersion }) => aggregateVersion),
      events.map(({ occurredAt }) => occurredAt),
      events.map(({ actor }) => JSON.stringify(withoutGrants(actor))),
      events.map(({ correlationId }) => correlationId),
      events.map(({ data }) => JSON.stringify(data)),
    ],
  }
}

function toEvent(row: SqlRow): DomainEvent {
  return {
    id: text(row, 'id'),
    tenantId: asId('TenantId', text(row, 'tenant_id')),
    type: text(row, 'type'),
    schema: integer(row, 'schema'),
    aggregateType: stored<DomainEvent['aggregateType']>(text(row, 'aggregate_type')),
    aggregateId: text(row, 'aggregate_id'),
    aggregateVersion: integer(row, 'aggregate_version'),
    occurredAt: instant(row, 'occurred_at'),
    actor: stored<Actor>(json(row, 'actor')),
    correlationId: text(row, 'correlation_id'),
    data: stored<DomainEvent['data']>(json(row, 'data')),
  }
}
