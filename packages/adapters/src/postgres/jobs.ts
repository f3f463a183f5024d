import { AuronxError, asId } from '@auronx/sdk'
import type { JobGrant, JobId, JobQueue, JobStore, Json, TenantId } from '@auronx/sdk'
import { instant, integer, json, optionalInstant, text } from './row.ts'
import { requireRows } from './posted.ts'
import type { Sql, SqlRow, SqlStatement, Transaction } from './sql.ts'
import { quoteIdentifier } from './tenant.ts'

/** Due jobs on PostgreSQL, across tenants, ids only. */
export function createPostgresJobQueue(sql: Sql, schema: string): JobQueue {
  const at = quoteIdentifier(schema)
  return {
    async claim({ limit, leaseMs, now }) {
      const rows = await sql.query({
        name: 'claim_jobs',
        text: `select * from ${at}.claim_jobs($1, $2, $3)`,
        values: [now, limit, leaseMs],
      })
      return rows.map((row) => ({
        tenantId: asId('TenantId', text(row, 'job_tenant')),
        jobId: asId('JobId', text(row, 'job_id')),
        epoch: integer(row, 'job_epoch'),
        attempts: integer(row, 'job_attempts'),
      }))
    },
    async nextDue() {
      const [row] = await sql.query({
        name: 'next_job_due',
        text: `select ${at}.next_job_due() as due`,
        values: [],
      })
      return row === undefined ? undefined : optionalInstant(row, 'due')
    },
  }
}

/** Jobs of one tenant on PostgreSQL. */
export function createPostgresJobStore(sql: Transaction, tenantId: TenantId): JobStore {
  const held = (rows: readonly SqlRow[]): SqlRow => {
    const [row] = rows
    if (row === undefined) {
      throw new AuronxError('lease_lost', 'The job was moved, cancelled or taken by somebody else')
    }
    return row
  }
  return {
    async schedule({ id, kind, naturalKey, runAt, data }) {
      sql.post({
        name: 'job_schedule',
        text: `insert into jobs as j (tenant_id, id, kind, natural_key, run_at, data) values ($1, $2, $3, $4, $5, $6)
          on conflict (tenant_id, natural_key) do update set kind = excluded.kind, run_at = excluded.run_at,
            data = excluded.data, state = 'waiting', attempts = 0, error_code = null, lease_until = null, epoch = j.epoch + 1`,
        values: [tenantId, id, kind, naturalKey, runAt, JSON.stringify(data)],
      })
    },
    async cancel(naturalKey) {
      const rows = await sql.query({
        name: 'job_cancel',
        text: `delete from jobs where tenant_id = $1 and natural_key = $2 and state = 'waiting' returning id`,
        values: [tenantId, naturalKey],
      })
      return rows.length > 0
    },
    async take(grant, lease) {
      const row = held(await sql.query(taking(tenantId, grant, lease?.leaseUntil)))
      return {
        id: asId('JobId', text(row, 'id')),
        kind: text(row, 'kind'),
        naturalKey: text(row, 'natural_key'),
        runAt: instant(row, 'run_at'),
        data: toData(json(row, 'data')),
      }
    },
    async complete(grant) {
      const done = {
        name: 'job_complete',
        text: `delete from jobs where tenant_id = $1 and id = $2 and epoch = $3 and state = 'waiting' returning 1`,
        values: [tenantId, grant.jobId, grant.epoch],
      }
      sql.post(requireRows(done, 1, 'AX001'))
    },
    async fail(grant: JobGrant, { errorCode, retryAt }) {
      const failed = {
        name: 'job_fail',
        text: `update jobs set attempts = attempts + 1, error_code = $4, lease_until = null,
            state = case when $5::timestamptz is null then 'dead' else 'waiting' end, run_at = coalesce($5, run_at)
          where tenant_id = $1 and id = $2 and epoch = $3 and state = 'waiting' returning 1`,
        values: [tenantId, grant.jobId, grant.epoch, errorCode, retryAt ?? null],
      }
      sql.post(requireRows(failed, 1, 'AX001'))
    },
    async dead(limit) {
      const rows = await sql.query({
        name: 'jobs_dead',
        text: `select id, kind, run_at, data, attempts, error_code from jobs
          where tenant_id = $1 and state = 'dead' order by id desc limit $2`,
        values: [tenantId, limit],
      })
      return rows.map((row) => ({
        id: asId('JobId', text(row, 'id')),
        kind: text(row, 'kind'),
        runAt: instant(row, 'run_at'),
        data: toData(json(row, 'data')),
        attempts: integer(row, 'attempts'),
        errorCode: text(row, 'error_code'),
      }))
    },
    async settleDead(id, runAt) {
      const rows = await sql.query(
        runAt === undefined ? forget(tenantId, id) : revive(tenantId, id, runAt),
      )
      return rows.length > 0
    },
  }
}

function taking(tenantId: TenantId, { jobId, epoch }: JobGrant, leaseUntil?: Date): SqlStatement {
  const held = `tenant_id = $1 and id = $2 and epoch = $3 and state = 'waiting'`
  if (leaseUntil === undefined)
    return {
      name: 'job_take',
      text: `select id, kind, natural_key, run_at, data from jobs where ${held} for update`,
      values: [tenantId, jobId, epoch],
    }
  return {
    name: 'job_hold',
    text: `update jobs set lease_until = $4 where ${held}
      returning id, kind, natural_key, run_at, data`,
    values: [tenantId, jobId, epoch, leaseUntil],
  }
}

function forget(tenantId: TenantId, id: JobId): SqlStatement {
  return {
    name: 'job_forget',
    text: `delete from jobs where tenant_id = $1 and id = $2 and state = 'dead' returning id`,
    values: [tenantId, id],
  }
}

function revive(tenantId: TenantId, id: JobId, runAt: Date): SqlStatement {
  return {
    name: 'job_revive',
    text: `update jobs set state = 'waiting', attempts = 0, error_code = null, run_at = $3
      where tenant_id = $1 and id = $2 and state = 'dead' returning id`,
    values: [tenantId, id, runAt],
  }
}

function toData(value: unknown): { readonly [key: string]: Json } {
  return isData(value) ? value : {}
}

// Written by schedule() from the same type; the column is ours alone.
function isData(value: unknown): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
