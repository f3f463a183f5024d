import type { AuditAnchor, AuditEntry, AuditPersonal, AuditRecord } from './entry.ts'

/** A tenant's audit log, inside of its transaction. Entries are added, never changed and never deleted. */
export interface AuditStore {
  /**
   * The newest place of the log. Until the transaction ends no other one can add to it, so this is asked for as late as
   * possible, and no other lock is taken afterwards.
   */
  lockHead(): Promise<AuditAnchor>
  /** Adds the entry that follows the head. For any other it throws `storage_constraint`, or the transaction does in its end. */
  append(entry: AuditEntry, personal?: AuditPersonal): Promise<void>
  /** Entries after a sequence number, in order, at most `limit`. */
  page(query: { readonly after: number; readonly limit: number }): Promise<readonly AuditRecord[]>
  /** Deletes the personal values about a subject; returns of how many entries. The entries stay. */
  forget(subjectId: string): Promise<number>
}
