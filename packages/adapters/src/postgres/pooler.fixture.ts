import type pg from 'pg'
import type { PgPool, PgQueryable } from './pg.ts'

/**
 * A transaction pooler in front of a pool, as PgBouncer's `pool_mode = transaction`: each client keeps its handle, and gets a
 * server connection from BEGIN to COMMIT or ROLLBACK only; every other statement runs on any.
 */
export function poolerOver(pool: pg.Pool): PgPool {
  return {
    query: (config) => pool.query(config),
    async connect() {
      const held = holdsBetween(pool)
      return {
        query: held.query,
        on: () => undefined,
        removeListener: () => undefined,
        release: (error) => held.leave(error !== undefined && error !== false),
      }
    },
  }
}

function holdsBetween(pool: pg.Pool): {
  query: PgQueryable['query']
  leave(isBroken: boolean): void
} {
  let server: pg.PoolClient | undefined
  const leave = (isBroken: boolean): void => {
    server?.release(isBroken)
    server = undefined
  }
  return {
    leave,
    async query(config) {
      if (server === undefined) {
        server = await pool.connect()
        // The statement under way reports the loss.
        if (server.listenerCount('error') < 2) server.on('error', () => undefined)
      }
      const result = await server.query(config)
      if (/^(commit|rollback)$/.test(config.text)) leave(false)
      return result
    },
  }
}
