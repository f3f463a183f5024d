import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asId, createIds } from '@auronx/sdk'
import type { AccountStore, Channel, Ids, TenantId, UnitOfWork } from '@auronx/sdk'
import { createFakeClock, createSeededRandom } from '@auronx/sdk/testing'
import type { ContractAssert, FakeClock } from '@auronx/sdk/testing'
import pg from 'pg'
import { assert } from 'vitest'
import { createPostgresAccountStore } from './accounts.ts'
import { startEmbeddedPostgres } from './embedded/index.ts'
import { migrate, migrateOver } from './migrate.ts'
import { createPgClient } from './pg.ts'
import { createPgliteClient } from './pglite/index.ts'
import type { Sql, SqlClient } from './sql.ts'
import { defaultNames } from './tenant.ts'
import { createPostgresWork } from './work.ts'

/** Assertions for contracts, on vitest's. */
export const contractAssert: ContractAssert = {
  equal: assert.strictEqual,
  deepEqual: assert.deepStrictEqual,
  ok: assert.ok,
  async rejects(promise, check) {
    const outcome = await promise.then(
      () => 'resolved',
      (error: unknown) => (check(error) ? 'expected' : error),
    )
    assert.strictEqual(outcome, 'expected')
  },
}

/** An engine under test: a migrated database that is emptied between cases. */
export interface TestEngine {
  readonly name: string
  readonly client: SqlClient
  /** Statements as the owner, past row-level security; for preparing and inspecting. */
  admin(text: string): Promise<readonly Readonly<Record<string, unknown>>[]>
  close(): Promise<void>
}

/** Opens a real PostgreSQL: the one `DATABASE_URL` names, else the embedded one in a folder of its own. */
export async function openPostgres(): Promise<TestEngine> {
  const address = process.env['DATABASE_URL']
  if (address !== undefined) return openSystemPostgres(address)
  const dataDir = mkdtempSync(join(tmpdir(), 'auronx-test-'))
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }
  const server = await startEmbeddedPostgres({ dataDir, settings, startTimeoutMs: 30_000 })
  const engine = await overConnection('embedded PostgreSQL', server.connection)
  return {
    ...engine,
    async close() {
      await engine.close()
      await server.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function openSystemPostgres(address: string): Promise<TestEngine> {
  const name = `auronx_test_${process.pid}_${Math.trunc(performance.now())}`
  const owner = new pg.Client({ connectionString: address })
  await owner.connect()
  await owner.query(`create database ${name}`)
  const url = new URL(address)
  url.pathname = `/${name}`
  const engine = await overConnection('PostgreSQL at DATABASE_URL', { connectionString: url.href })
  return {
    ...engine,
    async close() {
      await engine.close()
      await owner.query(`drop database ${name}`)
      await owner.end()
    },
  }
}

async function overConnection(
  name: string,
  connection: Parameters<typeof migrate>[0],
): Promise<TestEngine> {
  await migrate(connection, defaultNames)
  const client = createPgClient({ ...connection, maxConnections: 8 })
  const pool = new pg.Pool({ ...connection, max: 2 })
  pool.on('error', () => undefined)
  return {
    name,
    client,
    admin: async (text) => {
      const result = await pool.query<Record<string, unknown>>(text)
      return result.rows
    },
    async close() {
      await client.end()
      await pool.end()
    },
  }
}

/** Opens PGlite in memory. */
export async function openPglite(): Promise<TestEngine> {
  const client = await createPgliteClient({})
  await migrateOver(client.migrationConnection, defaultNames)
  return {
    name: 'PGlite',
    client,
    admin: async (text) => {
      const result: unknown = await client.migrationConnection.query(text)
      if (typeof result !== 'object' || result === null || !('rows' in result)) return []
      return Array.isArray(result.rows) ? result.rows : []
    },
    close: () => client.end(),
  }
}

/** What every store contract gets on an engine, besides its own stores. */
export interface EngineSubject<Stores> {
  readonly work: UnitOfWork<Stores>
  readonly tenants: readonly [TenantId, TenantId]
  readonly clock: FakeClock
  readonly random: ReturnType<typeof createSeededRandom>
  readonly ids: Ids
}

let seed = 1

/** A fresh subject on an engine: two new tenants with one number each, so that cases do not see each other. */
export async function openSubject<Stores>(
  engine: TestEngine,
  open: (sql: Sql, tenantId: TenantId) => Stores,
): Promise<EngineSubject<Stores>> {
  await engine.admin('truncate auronx.tenants, auronx.lanes, auronx.jobs, auronx.outbox cascade')
  seed += 1
  const clock = createFakeClock()
  const random = createSeededRandom(seed * 7_919)
  const ids = createIds(clock, random)
  const tenants = [ids.next('TenantId'), ids.next('TenantId')] as const
  const accounts = createPostgresWork(engine.client, defaultNames, (sql, tenantId) => ({
    accounts: createPostgresAccountStore(sql, tenantId),
  }))
  for (const [index, tenantId] of tenants.entries())
    await seedTenant(accounts, tenantId, index, ids)
  return {
    work: createPostgresWork(engine.client, defaultNames, open),
    tenants,
    clock,
    random,
    ids,
  }
}

/** Adds a tenant with one number through its own store. */
export async function seedTenant(
  work: UnitOfWork<{ readonly accounts: AccountStore }>,
  tenantId: TenantId,
  index: number,
  ids: Ids,
): Promise<void> {
  const channel: Channel = {
    id: asId('ChannelId', ids.next('ChannelId')),
    appId: 'app',
    phoneNumberId: `90000000000000${index}`,
    businessAccountId: `80000000000000${index}`,
    displayPhoneNumber: `+1 555 010 00${index}0`,
    status: 'active',
    version: 1,
  }
  await work.run(tenantId, async ({ accounts }) => {
    await accounts.saveTenant({
      id: tenantId,
      version: 1,
      settings: {
        businessName: 'Test',
        locale: 'en',
        timeZone: 'Europe/Madrid',
        currency: 'EUR',
        taxRounding: 'rate-group',
        proposalTtlMs: 3_600_000,
        reopenWithinMs: 86_400_000,
        holdOnPropose: true,
      },
    })
    await accounts.saveChannel(channel)
  })
}
