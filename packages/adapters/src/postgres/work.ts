import { createRandom, sleep } from '@auronx/sdk'
import type { Random, TenantId, UnitOfWork } from '@auronx/sdk'
import { isTransient, translateError } from './errors.ts'
import type { SqlClient, SqlStatement, Transaction } from './sql.ts'
import { tenantPrologue } from './tenant.ts'
import type { DatabaseNames } from './tenant.ts'

const attempts = 5

/** Options of {@link createPostgresWork}. */
export interface WorkOptions {
  readonly random?: Random
  /** Runs right after the tenant is set, in the same flight; its failure fails the transaction. */
  readonly assertion?: () => SqlStatement
}

/**
 * A unit of work on PostgreSQL: one transaction under the application role with the tenant set. Deadlocks and
 * serialisation failures run again, at most five times, after a pause of up to 10 · 2ⁿ milliseconds.
 */
export function createPostgresWork<Stores>(
  client: SqlClient,
  names: DatabaseNames,
  open: (sql: Transaction, tenantId: TenantId) => Stores,
  { random = createRandom(), assertion }: WorkOptions = {},
): UnitOfWork<Stores> {
  return {
    run: (tenantId, body) =>
      runAgain(() => {
        const prologue = [tenantPrologue(tenantId, names)]
        if (assertion !== undefined) prologue.push(assertion())
        return client.transaction(prologue, (sql) => body(open(sql, tenantId)))
      }, random),
  }
}

/** Runs a transaction, and again after a deadlock or a serialisation failure, at most five times. */
export async function runAgain<Result>(
  transaction: () => Promise<Result>,
  random: Random = createRandom(),
): Promise<Result> {
  const never = new AbortController().signal
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction()
    } catch (error) {
      if (attempt >= attempts || !isTransient(error))
        throw error instanceof Error ? error : translateError(error)
      await sleep(((random.bytes(1)[0] ?? 0) / 255) * 10 * 2 ** attempt, never)
    }
  }
}
