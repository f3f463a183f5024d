import { asId, AuronxError, isUsageName } from '@auronx/sdk'
import type { TenantId, UsageDirectory, UsageStore } from '@auronx/sdk'
import { bytes, integer, text } from './row.ts'
import type { Sql } from './sql.ts'
import { quoteIdentifier } from './tenant.ts'

/** A tenant's usage on PostgreSQL. */
export function createPostgresUsageStore(sql: Sql, tenantId: TenantId): UsageStore {
  return {
    async append({ name, pseudonym, at }) {
      await sql.query({
        name: 'usage_append',
        text: 'insert into usage_events (tenant_id, at, name, pseudonym) values ($1, $2, $3, $4)',
        values: [tenantId, at, name, pseudonym],
      })
    },
    async forget(pseudonym) {
      const rows = await sql.query({
        name: 'usage_forget',
        text: 'delete from usage_events where tenant_id = $1 and pseudonym = $2 returning id',
        values: [tenantId, pseudonym],
      })
      return rows.length
    },
    roll: (before) => roll(sql, tenantId, before),
    async totals() {
      const rows = await sql.query({
        name: 'usage_totals',
        text: `select month, name, sum(uses)::integer as uses, max(people)::integer as people from (
            select month, name, uses, people from usage_totals where tenant_id = $1
            union all
            select to_char(at at time zone 'UTC', 'YYYY-MM'), name, count(*), count(distinct pseudonym)
            from usage_events where tenant_id = $1 group by 1, 2
          ) parts group by month, name order by month collate "C", name collate "C"`,
        values: [tenantId],
      })
      return rows.map((row) => ({
        name: usageName(text(row, 'name')),
        month: text(row, 'month'),
        uses: integer(row, 'uses'),
        people: integer(row, 'people'),
      }))
    },
    async isObjected(memberId) {
      const rows = await sql.query({
        name: 'usage_objected',
        text: 'select true as found from usage_objections where tenant_id = $1 and member_id = $2',
        values: [tenantId, memberId],
      })
      return rows.length > 0
    },
    async setObjected(memberId, objectedAt) {
      await sql.query(
        objectedAt === undefined
          ? {
              name: 'usage_unobject',
              text: 'delete from usage_objections where tenant_id = $1 and member_id = $2',
              values: [tenantId, memberId],
            }
          : {
              name: 'usage_object',
              text: `insert into usage_objections (tenant_id, member_id, objected_at) values ($1, $2, $3)
                on conflict (tenant_id, member_id) do nothing`,
              values: [tenantId, memberId, objectedAt],
            },
      )
    },
    key: (make) => readKey(sql, tenantId, make),
  }
}

/** Which tenants have old events, on PostgreSQL. */
export function createPostgresUsageDirectory(sql: Sql, schema: string): UsageDirectory {
  return {
    async due(before, limit) {
      const rows = await sql.query({
        name: 'usage_due',
        text: `select tenant_id from ${quoteIdentifier(schema)}.usage_due($1, $2)`,
        values: [before, limit],
      })
      return rows.map((row) => asId('TenantId', text(row, 'tenant_id')))
    },
  }
}

async function roll(sql: Sql, tenantId: TenantId, before: Date): Promise<number> {
  const rows = await sql.query({
    name: 'usage_roll',
    text: `with gone as (
        delete from usage_events where tenant_id = $1 and at < $2 returning at, name, pseudonym
      ), counted as (
        insert into usage_totals as t (tenant_id, month, name, uses, people)
        select $1, to_char(at at time zone 'UTC', 'YYYY-MM'), name, count(*), count(distinct pseudonym)
        from gone group by 2, 3
        on conflict (tenant_id, month, name)
        do update set uses = t.uses + excluded.uses, people = greatest(t.people, excluded.people)
      )
      select count(*)::integer as events from gone`,
    values: [tenantId, before],
  })
  return rows[0] === undefined ? 0 : integer(rows[0], 'events')
}

async function readKey(
  sql: Sql,
  tenantId: TenantId,
  make: Parameters<UsageStore['key']>[0],
): Promise<Uint8Array | undefined> {
  if (make !== undefined) {
    await sql.query({
      name: 'usage_key_make',
      text: `insert into usage_keys as k (tenant_id, sealed) values ($1, $2)
        on conflict (tenant_id) do update set sealed = excluded.sealed where k.sealed = $3`,
      values: [tenantId, make.sealed, make.instead ?? null],
    })
  }
  const [row] = await sql.query({
    name: 'usage_key',
    text: 'select sealed from usage_keys where tenant_id = $1',
    values: [tenantId],
  })
  return row === undefined ? undefined : bytes(row, 'sealed')
}

function usageName(name: string) {
  if (isUsageName(name)) return name
  throw new AuronxError(
    'storage_constraint',
    'A usage name is stored that this version does not know',
  )
}
