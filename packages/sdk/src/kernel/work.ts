import type { TenantId } from './brand.ts'

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
