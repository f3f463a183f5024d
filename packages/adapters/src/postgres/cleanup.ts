import type { Cleanup } from '@auronx/sdk'
import { integer } from './row.ts'
import type { Sql } from './sql.ts'
import { quoteIdentifier } from './tenant.ts'

/** What is past its use on PostgreSQL, across tenants: the database deletes nothing that is not, whatever it is asked. */
export function createPostgresCleanup(sql: Sql, schema: string): Cleanup {
  const at = quoteIdentifier(schema)
  return {
    async sessions(before, limit) {
      const [row] = await sql.query({
        name: 'prune_sessions',
        text: `select ${at}.prune_sessions($1, $2) as pruned`,
        values: [before, limit],
      })
      return row === undefined ? 0 : integer(row, 'pruned')
    },
    async idempotencyKeys(before, limit) {
      const [row] = await sql.query({
        name: 'prune_idempotency_keys',
        text: `select ${at}.prune_idempotency_keys($1, $2) as pruned`,
        values: [before, limit],
      })
      return row === undefined ? 0 : integer(row, 'pruned')
    },
  }
}
