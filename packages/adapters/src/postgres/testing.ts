import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { asId, createIds } from '@auronx/sdk'
import type { AccountStore, Channel, Ids, TenantId, UnitOfWork } from '@auronx/sdk'
import { createFakeClock, createSeededRandom } from '@auronx/sdk/testing'
import type { ContractAssert, FakeClock } from '@auronx/sdk/testing'
import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import { afterAll, assert, beforeAll, describe } from 'vitest'
import { createPostgresAccountStore } from './accounts.ts'
import { startEmbeddedPostgres } from './embedded/index.ts'
import { migrate, migrateOver, migrations } from './migrate.ts'
import { deleteAfterRun, oncePerRun, testRunPid } from './once-per-run.ts'
import { createPgClient } from './pg.ts'
import type { PgConnection } from './pg.ts'
import { createPgliteClient } from './pglite/index.ts'
import type { SqlClient, Transaction } from './sql.ts'
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
  /** Address of the database, where it has one. */
  readonly connection?: PgConnection
  /** Statements as a superuser, past row-level security; for preparing and inspecting. */
  admin(text: string): Promise<readonly Readonly<Record<string, unknown>>[]>
  close(): Promise<void>
}

/**
 * Opens a database of its own on a real PostgreSQL: the one `DATABASE_URL` names, else an embedded one that all test
 * files of a run share. The login owns the schema and is no superuser, as with a hosted database.
 */
export async function openPostgres(): Promise<TestEngine> {
  const address = process.env['DATABASE_URL']
  if (address !== undefined) return openSystemPostgres(address)
  const host = await oncePerRun('postgres', await schemaVersion(), buildCluster)
  const database = databaseName()
  const postgres = new pg.Client({ host, user: 'postgres', database: 'postgres' })
  await postgres.connect()
  await postgres.query(
    `create database ${database} template test_template owner test_owner strategy file_copy`,
  )
  const owner = { host, user: 'test_owner', database }
  const engine = over('PostgreSQL', owner, new pg.Client({ host, user: 'postgres', database }))
  return {
    ...engine,
    async close() {
      await engine.close()
      await postgres.query(`drop database ${database} with (force)`)
      await postgres.end()
    },
  }
}

// A change of a migration starts anew.
async function schemaVersion(): Promise<string> {
  return (await migrations(defaultNames)).map((migration) => migration.sql).join('')
}

async function buildCluster(folder: string): Promise<string> {
  const settings = {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    max_connections: '200',
  }
  const server = await startEmbeddedPostgres({
    dataDir: join(folder, 'data'),
    settings,
    startTimeoutMs: 30_000,
    ownerPid: testRunPid,
  })
  deleteAfterRun(server.connection.host)
  const postgres = new pg.Client(server.connection)
  await postgres.connect()
  await postgres.query('create role test_owner login createrole createdb')
  await postgres.query('create database test_template owner test_owner')
  await postgres.end()
  await migrate(
    { ...server.connection, user: 'test_owner', database: 'test_template' },
    defaultNames,
  )
  return server.connection.host
}

async function openSystemPostgres(address: string): Promise<TestEngine> {
  const database = databaseName()
  const owner = new pg.Client({ connectionString: address })
  await owner.connect()
  await owner.query(`create database ${database}`)
  const url = new URL(address)
  url.pathname = `/${database}`
  const connection = { connectionString: url.href }
  await migrate(connection, defaultNames)
  const engine = over('PostgreSQL at DATABASE_URL', connection, new pg.Client(connection))
  return {
    ...engine,
    async close() {
      await engine.close()
      await owner.query(`drop database ${database} with (force)`)
      await owner.end()
    },
  }
}

let databases = 0

function databaseName(): string {
  databases += 1
  return `auronx_test_${process.pid}_${databases}`
}

function over(name: string, connection: PgConnection, admin: pg.Client): TestEngine {
  const client = createPgClient(connection)
  const connected = admin.connect()
  return {
    name,
    client,
    connection,
    async admin(text) {
      await connected
      const result = await admin.query(text)
      return Array.isArray(result) ? [] : result.rows
    },
    async close() {
      await connected
      await admin.end()
      await client.end()
    },
  }
}

/** Opens PGlite in memory; a migrated copy is made once per run. */
export async function openPglite(): Promise<TestEngine> {
  const file = await oncePerRun('pglite', await schemaVersion(), buildSnapshot)
  const client = await createPgliteClient({ snapshot: new Blob([readFileSync(file)]) })
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

async function buildSnapshot(folder: string): Promise<string> {
  const db = await PGlite.create()
  await migrateOver(
    { query: async (text) => (await db.exec(text)).at(-1) ?? { rows: [] } },
    defaultNames,
  )
  const file = join(folder, 'snapshot.tar')
  writeFileSync(file, Buffer.from(await (await db.dumpDataDir('none')).arrayBuffer()))
  await db.close()
  return file
}

/** Runs a suite on every engine; `engine` answers inside of tests and hooks. */
export function eachEngine(body: (engine: () => TestEngine) => void): void {
  for (const [name, open] of [
    ['PostgreSQL', openPostgres],
    ['PGlite', openPglite],
  ] as const) {
    describe(name, () => {
      let engine: TestEngine | undefined
      const opened = (): TestEngine => {
        if (engine === undefined) throw new Error('The engine is open inside of tests only')
        return engine
      }
      beforeAll(async () => {
        engine = await open()
      })
      afterAll(() => engine?.close())
      body(opened)
    })
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
  open: (sql: Transaction, tenantId: TenantId) => Stores,
): Promise<EngineSubject<Stores>> {
  await empty(engine)
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

// Deleting a handful of rows takes a tenth of what truncating every table does.
async function empty(engine: TestEngine): Promise<void> {
  await engine.admin(`do $do$ declare name text; begin
    perform set_config('session_replication_role', 'replica', true);
    for name in select relname from pg_class where relnamespace = 'auronx'::regnamespace and relkind = 'r'
      and relname <> 'migrations'
    loop execute format('delete from auronx.%I', name); end loop;
  end $do$`)
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
