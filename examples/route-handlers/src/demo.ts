import { createPostgresStorage, fromPgPool } from '@auronx/adapters/postgres'
import { startEmbeddedPostgres } from '@auronx/adapters/postgres/embedded'
import { createAuronx } from '@auronx/sdk'
import type { Auronx } from '@auronx/sdk'
import { startSimulator } from '@auronx/sdk/simulator'
import type { StartedSimulator } from '@auronx/sdk/simulator'
import { createWhatsApp } from '@auronx/sdk/whatsapp'
import pg from 'pg'
import { runMigrations } from './migrate.ts'

/** What stands in for Meta and for a host with a database and one person. */
export interface Demo {
  readonly pool: pg.Pool
  readonly auronx: Auronx
  readonly meta: StartedSimulator
  close(): Promise<void>
}

/** Schema and roles of AuronX beside the host's own. */
export const names = { schema: 'chat', rolePrefix: 'cafe_chat', isolation: 'roles' } as const

/** Starts a database in `dataDir`, migrates it as the host does, starts a simulated WhatsApp and opens a business. */
export async function openDemo(dataDir: string): Promise<Demo> {
  const database = await startEmbeddedPostgres({ dataDir, startTimeoutMs: 30_000 })
  const pool = new pg.Pool({ ...database.connection, max: 8 })
  // A connection that breaks while nobody uses it is replaced; without a listener it would end the process.
  pool.on('error', ({ message }) => console.error(message))
  await runMigrations(pool, names)
  const meta = await startSimulator()
  const auronx = createAuronx({
    storage: createPostgresStorage(fromPgPool(pool), names),
    messenger: createWhatsApp(meta),
  })
  const place = { timeZone: 'Europe/Madrid', currency: 'EUR' }
  const { tenantId } = await auronx.openBusiness({ ...meta, ...place, company: 'Corner Tea' })
  await pool.query(`insert into cafe.sessions values ('ana-session', 'ana', $1)`, [tenantId])
  return {
    pool,
    auronx,
    meta,
    async close() {
      await meta.stop()
      await pool.end()
      await database.stop()
    },
  }
}
