import type { TenantId } from './brand.ts'
import { AuronxError } from './errors.ts'

/**
 * One transaction over a set of stores, bound to one tenant. Generic, so that the kernel knows no slice.
 *
 * Promises: everything written inside `run` commits together or not at all; the stores handed in see and change rows of
 * `tenantId` only; a deadlock or serialisation failure runs the function again (at most five times), so the function
 * must not have effects outside the stores, and never awaits the network.
 */
export interface UnitOfWork<Stores> {
  /**
   * Runs `body` in one transaction and returns what it returns. Throws what `body` throws after rolling back;
   * `storage_unavailable` (retryable) when the database cannot be reached.
   */
  run<Result>(tenantId: TenantId, body: (stores: Stores) => Promise<Result>): Promise<Result>
}

/**
 * A unit of work that joins a transaction which is already open: `run` calls the body with the stores it was given, and
 * the owner of the transaction commits or rolls back. Throws what the body throws.
 */
export function joinWork<Stores>(tenantId: TenantId, stores: Stores): UnitOfWork<Stores> {
  return {
    run(requested, body) {
      if (requested !== tenantId) {
        throw new AuronxError('not_permitted', 'A joined unit of work belongs to one tenant')
      }
      return body(stores)
    },
  }
}
