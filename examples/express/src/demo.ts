import { createPostgresStorage, fromPgPool, migrate } from '@auronx/adapters/postgres'
import type { DatabaseNames } from '@auronx/adapters/postgres'
import { startEmbeddedPostgres } from '@auronx/adapters/postgres/embedded'
import { createAuronx } from '@auronx/sdk'
import type { Actor, Auronx } from '@auronx/sdk'
import { startSimulator } from '@auronx/sdk/simulator'
import type { StartedSimulator } from '@auronx/sdk/simulator'
import { createWhatsApp } from '@auronx/sdk/whatsapp'
import pg from 'pg'

/** What stands in for Meta and for a café with a database, tables and one waiter. */
export interface Demo {
  readonly pool: pg.Pool
  readonly names: DatabaseNames
  readonly auronx: Auronx
  /** The host itself, for the café. */
  readonly cafe: Actor
  readonly meta: StartedSimulator
  close(): Promise<void>
}

const names = { schema: 'chat', rolePrefix: 'cafe_chat', isolation: 'roles' } as const

/** Starts a database in `dataDir` and a simulated WhatsApp, and opens a café that sells tea. */
export async function openDemo(dataDir: string): Promise<Demo> {
  const database = await startEmbeddedPostgres({ dataDir, startTimeoutMs: 30_000 })
  await migrate(database.connection, names)
  const pool = new pg.Pool({ ...database.connection, max: 8 })
  // A connection that breaks while nobody uses it is replaced; without a listener it would end the process.
  pool.on('error', ({ message }) => console.error(message))
  await pool.query(`create schema cafe;
    create table cafe.sessions (token text primary key, user_id text not null, tenant_id uuid not null);
    create table cafe.tables (number integer primary key, order_id uuid not null)`)
  const meta = await startSimulator()
  const auronx = createAuronx({
    storage: createPostgresStorage(fromPgPool(pool), names),
    messenger: createWhatsApp(meta),
  })
  const place = { timeZone: 'Europe/Madrid', currency: 'EUR' }
  const cafe = await auronx.openBusiness({ ...meta, ...place, company: 'Corner Tea' })
  await auronx.catalog.saveTaxCategory(cafe, { code: 'standard', category: 'S', rate: 100_000 })
  const price = { amount: 250, currency: 'EUR', taxBehavior: 'inclusive' } as const
  const stock = { onHand: 3, policy: 'deny' } as const
  await auronx.catalog.saveProduct(cafe, {
    title: 'Green tea',
    variants: [{ sku: 'GREEN', taxCode: 'standard', price, stock }],
  })
  await pool.query(`insert into cafe.sessions values ('ana-session', 'ana', $1)`, [cafe.tenantId])
  return {
    pool,
    names,
    auronx,
    cafe,
    meta,
    async close() {
      await meta.stop()
      await pool.end()
      await database.stop()
    },
  }
}
