import { createPostgresStorage, fromPgPool, migrate } from '@auronx/adapters/postgres'
import type { DatabaseNames } from '@auronx/adapters/postgres'
import { startEmbeddedPostgres } from '@auronx/adapters/postgres/embedded'
import { asId, createAuronx, createIds, createRandom } from '@auronx/sdk'
import { createSystemClock, hostActor } from '@auronx/sdk'
import type { Auronx } from '@auronx/sdk'
import { createSimulator } from '@auronx/sdk/simulator'
import type { Simulator } from '@auronx/sdk/simulator'
import { createEgress, createWhatsAppMessenger } from '@auronx/sdk/whatsapp'
import pg from 'pg'

/** What stands in for Meta and for the host's database, users and customers. */
export interface Demo {
  readonly pool: pg.Pool
  readonly names: DatabaseNames
  readonly auronx: Auronx
  readonly simulator: Simulator
  readonly phoneUrl: string
  close(): Promise<void>
}

/** The app at Meta that the simulator plays; with a real one these are secrets. */
export const meta = {
  appId: 'app',
  appSecret: 'app-secret',
  verifyToken: 'verify-token',
  accessToken: 'token',
  wabaId: '800000000000001',
  phoneNumberId: '900000000000001',
  displayPhoneNumber: '15550100001',
} as const

const names: DatabaseNames = { schema: 'chat', rolePrefix: 'cafe_chat', isolation: 'roles' }

/** Starts a database in `dataDir` and a simulated WhatsApp, and opens two businesses with one signed-in person each. */
export async function openDemo(dataDir: string): Promise<Demo> {
  const clock = createSystemClock()
  const random = createRandom()
  const ids = createIds(clock, random)
  const server = await startEmbeddedPostgres({ dataDir, startTimeoutMs: 30_000 })
  await migrate(server.connection, names)
  const pool = new pg.Pool({ ...server.connection, max: 8 })
  const simulator = createSimulator({ clock, ids, random, ...meta })
  const { url: baseUrl, phoneUrl } = await simulator.listen()
  const auronx = createAuronx({
    storage: createPostgresStorage(fromPgPool(pool), names),
    messenger: createWhatsAppMessenger({
      egress: createEgress({ hosts: [], allowLoopback: true }),
      tokens: async () => meta.accessToken,
      baseUrl,
    }),
  })
  await pool.query(`create schema cafe;
    create table cafe.sessions (token text primary key, user_id text not null, tenant_id uuid not null);
    create table cafe.tables (number integer primary key, order_id uuid not null)`)
  for (const [token, phoneNumberId] of [
    ['ana-session', meta.phoneNumberId],
    ['ben-session', '900000000000002'],
  ] as const) {
    const tenantId = ids.next('TenantId')
    await openBusiness(auronx, tenantId, phoneNumberId)
    await pool.query('insert into cafe.sessions values ($1, $2, $3)', [token, token, tenantId])
  }
  return {
    pool,
    names,
    auronx,
    simulator,
    phoneUrl,
    async close() {
      await simulator.close()
      await pool.end()
      await server.stop()
    },
  }
}

async function openBusiness(auronx: Auronx, id: string, phoneNumberId: string): Promise<void> {
  const tenantId = asId('TenantId', id)
  const actor = hostActor(tenantId)
  await auronx.accounts.saveTenant(actor, {
    id: tenantId,
    version: 1,
    settings: {
      businessName: 'Corner Tea',
      locale: 'en',
      timeZone: 'Europe/Madrid',
      currency: 'EUR',
      taxRounding: 'rate-group',
      proposalTtlMs: 3_600_000,
      reopenWithinMs: 86_400_000,
      holdOnPropose: true,
    },
  })
  await auronx.accounts.saveChannel(actor, {
    id: asId('ChannelId', id),
    businessAccountId: meta.wabaId,
    appId: meta.appId,
    phoneNumberId,
    displayPhoneNumber: meta.displayPhoneNumber,
    status: 'active',
    version: 1,
  })
  await auronx.catalog.saveTaxCategory(actor, { code: 'standard', category: 'S', rate: 100_000 })
  const price = { amount: 250, currency: 'EUR', taxBehavior: 'inclusive' } as const
  await auronx.catalog.saveProduct(actor, {
    title: 'Green tea',
    variants: [{ sku: 'GREEN', taxCode: 'standard', price }],
  })
}
