import { createPostgresStorage, fromPgPool, migrate } from '@auronx/adapters/postgres'
import { startEmbeddedPostgres } from '@auronx/adapters/postgres/embedded'
import { createAuronx } from '@auronx/sdk'
import type { Auronx } from '@auronx/sdk'
import { startSimulator } from '@auronx/sdk/simulator'
import type { StartedSimulator } from '@auronx/sdk/simulator'
import { createWhatsApp } from '@auronx/sdk/whatsapp'
import pg from 'pg'

/** What stands in for Meta and for a host with a database, people and two businesses. */
export interface Demo {
  readonly pool: pg.Pool
  readonly auronx: Auronx
  readonly meta: StartedSimulator
  close(): Promise<void>
}

const names = { schema: 'chat', rolePrefix: 'cafe_chat', isolation: 'roles' } as const

/** Starts a database in `dataDir` and a simulated WhatsApp, and opens two businesses with one signed-in person each. */
export async function openDemo(dataDir: string): Promise<Demo> {
  const database = await startEmbeddedPostgres({ dataDir, startTimeoutMs: 30_000 })
  await migrate(database.connection, names)
  const pool = new pg.Pool({ ...database.connection, max: 8 })
  // A connection that breaks while nobody uses it is replaced; without a listener it would end the process.
  pool.on('error', ({ message }) => console.error(message))
  await pool.query(`create schema cafe;
    create table cafe.sessions (token text primary key, user_id text not null, tenant_id uuid not null)`)
  const meta = await startSimulator()
  const auronx = createAuronx({
    storage: createPostgresStorage(fromPgPool(pool), names),
    messenger: createWhatsApp(meta),
  })
  const place = { timeZone: 'Europe/Madrid', currency: 'EUR' }
  const other = { ...meta, phoneNumberId: '900000000000002', displayPhoneNumber: '15550100002' }
  const tea = await auronx.openBusiness({ ...meta, ...place, company: 'Corner Tea' })
  const bikes = await auronx.openBusiness({ ...other, ...place, company: 'Corner Bikes' })
  await pool.query(
    `insert into cafe.sessions values ('ana-session', 'ana', $1), ('ben-session', 'ben', $2)`,
    [tea.tenantId, bikes.tenantId],
  )
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
