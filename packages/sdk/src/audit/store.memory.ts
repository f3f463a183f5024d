import { AuronxError } from '../kernel/index.ts'
import type { MemoryDatabase, TenantId } from '../kernel/index.ts'
import type { AuditEntry, AuditPersonal, AuditRecord } from './entry.ts'
import { auditStart } from './entry.ts'
import type { AuditStore } from './store.ts'

/** A tenant's audit log over an in-memory database. */
export function createMemoryAuditStore(database: MemoryDatabase, tenantId: TenantId): AuditStore {
  const entries = database.table<AuditEntry>('audit_log')
  const personals = database.table<AuditPersonal>('audit_personal')
  const nameOf = (sequence: number): string => `${tenantId}/${sequence}`
  const own = (): readonly AuditEntry[] =>
    [...entries.values()]
      .filter((entry) => entry.tenantId === tenantId)
      .toSorted((a, b) => a.sequence - b.sequence)
  return {
    async lockHead() {
      const { sequence, hash } = own().at(-1) ?? auditStart
      return { sequence, hash }
    },
    async append(entry, personal) {
      const head = own().at(-1) ?? auditStart
      const follows = entry.sequence === head.sequence + 1 && entry.previous === head.hash
      if (entry.tenantId !== tenantId || !follows) {
        throw new AuronxError('storage_constraint', 'The entry does not follow the newest one')
      }
      entries.set(nameOf(entry.sequence), entry)
      if (personal !== undefined) personals.set(nameOf(entry.sequence), personal)
    },
    async page({ after, limit }) {
      return own()
        .filter((entry) => entry.sequence > after)
        .slice(0, limit)
        .map((entry): AuditRecord => {
          const personal = personals.get(nameOf(entry.sequence))
          return personal === undefined ? { entry } : { entry, personal }
        })
    },
    async forget(subjectId) {
      const gone = own().filter(
        (entry) => personals.get(nameOf(entry.sequence))?.subjectId === subjectId,
      )
      for (const entry of gone) personals.delete(nameOf(entry.sequence))
      return gone.length
    },
  }
}
