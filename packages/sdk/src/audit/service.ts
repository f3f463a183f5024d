import { assertAllowed } from '../kernel/index.ts'
import type { Actor, TenantId, UnitOfWork } from '../kernel/index.ts'
import { canonicalJson, entryJson } from './chain.ts'
import type { AuditAnchor, AuditRecord } from './entry.ts'
import { auditStart } from './entry.ts'
import type { AuditStore } from './store.ts'

/**
 * A tenant's audit log as it is read. Throws `not_permitted` without `audit:read`; forgetting takes `privacy:execute`.
 */
export interface AuditLog {
  /** Entries after a sequence number, in order. `limit` at most 500. */
  page(
    actor: Actor,
    query: { readonly after: number; readonly limit: number },
  ): Promise<readonly AuditRecord[]>
  /**
   * The whole log, or what comes after a place, one JSON line per entry and one at the end that names the last place.
   * Check it with {@link verifyAudit}, anywhere.
   */
  export(actor: Actor, options?: { readonly after?: AuditAnchor }): AsyncIterable<string>
  /** Deletes the personal values about a contact or member; returns of how many entries. The chain stays whole. */
  forget(actor: Actor, subjectId: string): Promise<number>
}

const pageSize = 500

/** Creates the service. */
export function createAuditLog(work: UnitOfWork<{ readonly audit: AuditStore }>): AuditLog {
  const page: AuditLog['page'] = async (actor, { after, limit }) => {
    assertAllowed(actor, 'audit:read')
    return work.run(actor.tenantId, ({ audit }) =>
      audit.page({ after, limit: Math.min(limit, pageSize) }),
    )
  }
  return {
    page,
    async *export(actor, { after = auditStart } = {}) {
      let last = after
      for (;;) {
        const records = await page(actor, { after: last.sequence, limit: pageSize })
        for (const record of records) {
          yield recordLine(record)
          last = { sequence: record.entry.sequence, hash: record.entry.hash }
        }
        if (records.length < pageSize) break
      }
      yield endLine(actor.tenantId, last)
    },
    async forget(actor, subjectId) {
      assertAllowed(actor, 'privacy:execute')
      return work.run(actor.tenantId, ({ audit }) => audit.forget(subjectId))
    },
  }
}

function recordLine({ entry, personal }: AuditRecord): string {
  return canonicalJson({
    entry: { ...entryJson(entry), hash: entry.hash },
    ...(personal === undefined ? {} : { personal: { ...personal } }),
  })
}

function endLine(tenantId: TenantId, { sequence, hash }: AuditAnchor): string {
  return canonicalJson({ end: { tenantId, sequence, hash } })
}
