export type {
  AuditActor,
  AuditAnchor,
  AuditEntry,
  AuditEvent,
  AuditFact,
  AuditPersonal,
  AuditRecord,
} from './entry.ts'
export { auditStart } from './entry.ts'
export type { Auditor } from './record.ts'
export { createAuditor } from './record.ts'
export type { AuditLog } from './service.ts'
export { createAuditLog } from './service.ts'
export type { AuditSubject } from './store.contract.ts'
export { auditContract } from './store.contract.ts'
export { createMemoryAuditStore } from './store.memory.ts'
export type { AuditStore } from './store.ts'
export type { AuditFault, AuditVerdict, VerifyOptions } from './verify.ts'
export { verifyAudit } from './verify.ts'
