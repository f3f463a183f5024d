import pg from 'pg'
import { timeoutMs } from './interleaved.fixture.ts'
import { createPgClient, fromPgPool } from './pg.ts'
import { poolerOver } from './pooler.fixture.ts'
import type { SqlClient } from './sql.ts'
import type { TestEngine } from './testing.ts'

/** Whose connections are used again. */
export const reuses = [
  { name: 'our pool', seed: 11 },
  { name: "a host's pool", seed: 12 },
  { name: 'a transaction pooler', seed: 13 },
] as const

/** A client over two connections. */
export function openReuse(
  { connection = {} }: TestEngine,
  reuse: (typeof reuses)[number]['name'],
): SqlClient {
  const statementTimeoutMs = timeoutMs
  if (reuse === 'our pool')
    return createPgClient({ ...connection, maxConnections: 2, statementTimeoutMs })
  const pool = new pg.Pool({ ...connection, max: 2 })
  pool.on('error', () => undefined)
  const client = fromPgPool(reuse === "a host's pool" ? pool : poolerOver(pool), {
    statementTimeoutMs,
  })
  return { ...client, end: () => pool.end() }
}
