import { createRandom, sleep } from '@auronx/sdk'
import type { Random, TenantId, UnitOfWork } from '@auronx/sdk'
import { isTransient, translateError } from './errors.ts'
import type { SqlClient, Transaction } from './sql.ts'
import { tenantPrologue } from './tenant.ts'
import type { DatabaseNames } from './tenant.ts'

const attempts = 5

/**
 * A unit of work on PostgreSQL: one transaction under the application role with the tenant set. Deadlocks and
 * serialisation failures run again, at most five times, after a pause of up to 10 · 2ⁿ milliseconds.
 */
export function createPostgresWork<Stores>(
  client: SqlClient,
  names: DatabaseNames,
  open: (sql: Transaction, tenantId: TenantId) => Stores,
  { random = createRandom() }: { readonly random?: Random } = {},
): UnitOfWork<Stores> {
  const never = new AbortController().signal
  return {
    async run(tenantId, body) {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await client.transaction([tenantPrologue(tenantId, names)], (sql) =>
            body(open(sql, tenantId)),
          )
        } catch (error) {
          if (attempt >= attempts || !isTransient(error))
            throw error instanceof Error ? error : translateError(error)
          await sleep(((random.bytes(1)[0] ?? 0) / 255) * 10 * 2 ** attempt, never)
        }
      }
    },
  }
}
