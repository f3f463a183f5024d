import { AuronxError, auditStart } from '@auronx/sdk'
import type {
  AuditActor,
  AuditEntry,
  AuditFact,
  AuditPersonal,
  AuditRecord,
  AuditStore,
  TenantId,
} from '@auronx/sdk'
import { instant, integer, json, optionalText, text } from './row.ts'
import type { SqlRow, Transaction } from './sql.ts'
import { present, stored } from './stored.ts'

/** A tenant's audit log on PostgreSQL, which itself refuses gaps, forks and changes. */
export function createPostgresAuditStore(sql: Transaction, tenantId: TenantId): AuditStore {
  return {
    async lockHead() {
      const lock = sql.query({
        name: 'audit_lock',
        text: `select pg_advisory_xact_lock(hashtextextended(current_schema() || '.audit_log.' || $1, 0))`,
        values: [tenantId],
      })
      // A statement of its own, because only one that begins after the lock is held sees what the holder before wrote.
      const newest = sql.query({
        name: 'audit_head',
        text: 'select sequence, hash from audit_log where tenant_id = $1 order by sequence desc limit 1',
        values: [tenantId],
      })
      const [, [row]] = await Promise.all([lock, newest])
      if (row === undefined) return auditStart
      return { sequence: integer(row, 'sequence'), hash: text(row, 'hash') }
    },
    async append(entry, personal) {
      if (entry.tenantId !== tenantId) {
        throw new AuronxError('storage_constraint', "The entry belongs into another tenant's log")
      }
      // Both leave together with the COMMIT, which keeps the log locked for one flight less.
      insertEntry(sql, tenantId, entry)
      if (personal !== undefined) insertPersonal(sql, tenantId, entry.sequence, personal)
    },
    async page({ after, limit }) {
      const rows = await sql.query({
        name: 'audit_page',
        text: `select l.sequence, l.at, l.actor, l.action, l.target_type, l.target_id, l.facts, l.personal_digest,
            l.previous, l.hash, p.subject_id, p.salt, p.personal
          from audit_log l left join audit_personal p on p.tenant_id = l.tenant_id and p.sequence = l.sequence
          where l.tenant_id = $1 and l.sequence > $2 order by l.sequence limit $3`,
        values: [tenantId, after, limit],
      })
      return rows.map((row) => toRecord(tenantId, row))
    },
    async forget(subjectId) {
      const rows = await sql.query({
        name: 'audit_forget',
        text: 'delete from audit_personal where tenant_id = $1 and subject_id = $2 returning sequence',
        values: [tenantId, subjectId],
      })
      return rows.length
    },
  }
}

function insertEntry(sql: Transaction, tenantId: TenantId, entry: AuditEntry): void {
  sql.post({
    name: 'audit_append',
    text: `insert into audit_log (tenant_id, sequence, at, actor, action, target_type, target_id, facts, personal_digest,
        previous, hash)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    values: [
      tenantId,
      entry.sequence,
      entry.at,
      JSON.stringify(entry.actor),
      entry.action,
      entry.target.type,
      entry.target.id,
      JSON.stringify(entry.facts),
      entry.personalDigest ?? null,
      entry.previous,
      entry.hash,
    ],
  })
}

function insertPersonal(
  sql: Transaction,
  tenantId: TenantId,
  sequence: number,
  { subjectId, salt, values }: AuditPersonal,
): void {
  sql.post({
    name: 'audit_append_personal',
    text: `insert into audit_personal (tenant_id, sequence, subject_id, salt, personal) values ($1, $2, $3, $4, $5)`,
    values: [tenantId, sequence, subjectId, salt, JSON.stringify(values)],
  })
}

function toRecord(tenantId: TenantId, row: SqlRow): AuditRecord {
  const entry: AuditEntry = {
    tenantId,
    sequence: integer(row, 'sequence'),
    at: instant(row, 'at'),
    actor: stored<AuditActor>(json(row, 'actor')),
    action: text(row, 'action'),
    target: { type: text(row, 'target_type'), id: text(row, 'target_id') },
    facts: stored<Readonly<Record<string, AuditFact>>>(json(row, 'facts')),
    ...present({ personalDigest: optionalText(row, 'personal_digest') }),
    previous: text(row, 'previous'),
    hash: text(row, 'hash'),
  }
  const subjectId = optionalText(row, 'subject_id')
  if (subjectId === undefined) return { entry }
  const values = stored<AuditPersonal['values']>(json(row, 'personal'))
  return { entry, personal: { subjectId, salt: text(row, 'salt'), values } }
}
