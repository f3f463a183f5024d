import { createFakeClock, createSeededRandom } from '@auronx/sdk/testing'
import { createIds, isAuronxError, systemActor } from '@auronx/sdk'
import type { DomainEvent, TenantId } from '@auronx/sdk'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPostgresAccountStore, createPostgresChannelDirectory } from './accounts.ts'
import { checkDatabase } from './check.ts'
import { createPostgresEventStore } from './events.ts'
import { migrate, migrations } from './migrate.ts'
import { createPgClient, fromPgPool, fromPgTransaction } from './pg.ts'
import type { PgQueryable } from './pg.ts'
import type { Transaction } from './sql.ts'
import type { DatabaseNames } from './tenant.ts'
import { openPostgres, seedTenant } from './testing.ts'
import type { TestEngine } from './testing.ts'
import { createPostgresWork } from './work.ts'

const clock = createFakeClock()
const ids = createIds(clock, createSeededRandom(11))

let engine: TestEngine
let connection: NonNullable<TestEngine['connection']>
beforeAll(async () => {
  engine = await openPostgres()
  connection = engine.connection ?? {}
})
afterAll(() => engine.close())

const open = (sql: Transaction, tenantId: TenantId) => ({
  accounts: createPostgresAccountStore(sql, tenantId),
  events: createPostgresEventStore(sql, tenantId),
})

describe('inside a host that has its own pool, schema and transactions', () => {
  const names: DatabaseNames = { schema: 'host sales', rolePrefix: 'host', isolation: 'roles' }
  let pool: pg.Pool
  const tenantId = ids.next('TenantId')
  const orderId = ids.next('OrderId')

  beforeAll(async () => {
    pool = new pg.Pool({ ...connection, max: 2 })
    await migrate(connection, names)
    await pool.query('create table public.baskets (id integer primary key)')
    await seedTenant(createPostgresWork(fromPgPool(pool), names, open), tenantId, 0, ids)
  })
  afterAll(() => pool.end())

  const event = (version: number): DomainEvent => ({
    id: ids.next('OrderId'),
    tenantId,
    type: 'order.confirmed',
    schema: 1,
    aggregateType: 'order',
    aggregateId: orderId,
    aggregateVersion: version,
    occurredAt: clock.now(),
    actor: systemActor(tenantId, 'host'),
    correlationId: 'request-1',
    data: {},
  })
  const stored = () =>
    createPostgresWork(fromPgPool(pool), names, open).run(tenantId, ({ events }) =>
      events.ofAggregate('order', orderId),
    )
  const settings = `select current_user::text as role, current_setting('search_path') as path,
    coalesce(current_setting('auronx.tenant_id', true), '') as tenant,
    (select json_object_agg(name, setting order by name) from pg_settings
      where starts_with(name, 'enable_') or name in ('plan_cache_mode', 'jit')) as planning`

  test('what is written in its transaction is rolled back with it', async () => {
    const client = await pool.connect()
    await client.query('begin')
    await client.query('insert into public.baskets values (1)')
    const before = (await client.query(settings)).rows[0]
    const work = createPostgresWork(fromPgTransaction(client), names, open)
    await work.run(tenantId, ({ events }) => events.append([event(1)]))
    expect(
      await work.run(tenantId, ({ events }) => events.ofAggregate('order', orderId)),
    ).toHaveLength(1)
    expect((await client.query(settings)).rows[0]).toEqual(before)
    await client.query('rollback')
    client.release()
    expect(await stored()).toEqual([])
    expect((await pool.query('select * from public.baskets')).rows).toEqual([])
  })

  test('a refusal inside leaves its transaction usable, as it was before', async () => {
    const client = await pool.connect()
    await client.query('begin')
    const before = (await client.query(settings)).rows[0]
    await client.query('insert into public.baskets values (2)')
    const work = createPostgresWork(fromPgTransaction(client), names, open)
    const twice = work.run(tenantId, ({ events }) => events.append([event(1), event(1)]))
    await expect(twice).rejects.toSatisfy((error) => isAuronxError(error, 'conflict'))
    expect((await client.query(settings)).rows[0]).toEqual(before)
    await Promise.all([
      work.run(tenantId, ({ events }) => events.append([event(1)])),
      work.run(tenantId, ({ events }) => events.append([event(2)])),
    ])
    await client.query('commit')
    client.release()
    expect((await stored()).map((found) => found.aggregateVersion)).toEqual([1, 2])
    expect((await pool.query('select * from public.baskets')).rows).toEqual([{ id: 2 }])
  })

  test('queries started together on its connection leave one after the other, without a warning of the driver', async () => {
    const warnings: string[] = []
    const listen = (warning: Error): void => void warnings.push(warning.message)
    process.on('warning', listen)
    const client = await pool.connect()
    const underWay = watchOverlap(client)
    await client.query('begin')
    const sql = fromPgTransaction(underWay.client)
    const one = { name: '', text: 'select 1 as one', values: [] }
    await Promise.all([sql.query(one), sql.query(one)])
    const work = createPostgresWork(sql, names, open)
    const both = work.run(tenantId, ({ events }) =>
      Promise.all([events.append([event(7)]), events.ofAggregate('order', orderId)]),
    )
    expect((await both)[1].map((found) => found.aggregateVersion)).toContain(7)
    await client.query('rollback')
    client.release()
    process.off('warning', listen)
    expect(underWay.most()).toBe(1)
    expect(warnings).toEqual([])
  })

  test('the directory answers from that schema, and the boot check agrees', async () => {
    const routes = await createPostgresChannelDirectory(fromPgPool(pool), names.schema).routes({
      phoneNumberId: '900000000000000',
    })
    expect(routes.map((route) => route.tenantId)).toEqual([tenantId])
    await checkDatabase(fromPgPool(pool), names)
    expect(await migrate(connection, names)).toEqual([])
  })

  test('its own tool can run the migrations, one transaction each', async () => {
    const own: DatabaseNames = { schema: 'by_tool', rolePrefix: 'by_tool', isolation: 'roles' }
    for (const { sql } of await migrations(own)) {
      await pool.query(`begin; ${sql}; commit`)
    }
    await checkDatabase(fromPgPool(pool), own)
    expect(await migrate(connection, own)).toEqual([])
  })
})

describe('without the right to create roles', () => {
  const names: DatabaseNames = {
    schema: 'single',
    rolePrefix: 'single',
    isolation: 'single-tenant',
  }
  const login = { user: `test_limited_${process.pid}`, password: 'not-a-secret' }

  beforeAll(async () => {
    await engine.admin(
      `create role ${login.user} login password '${login.password}' nosuperuser nocreaterole`,
    )
    await engine.admin(
      `do $do$ begin execute format('grant create on database %I to ${login.user}', current_database()); end $do$`,
    )
  })
  afterAll(async () => {
    await engine.admin(`drop owned by ${login.user} cascade`)
    await engine.admin(`drop role ${login.user}`)
  })

  test('isolation by roles is refused with what to do', async () => {
    const refused = migrate(
      { ...connection, ...login },
      { ...names, schema: 'never', isolation: 'roles' },
    )
    await expect(refused).rejects.toSatisfy(
      (error) => isAuronxError(error, 'storage_role') && error.message.includes(`'single-tenant'`),
    )
  })

  test('one tenant works, and the database refuses a second', async () => {
    await migrate({ ...connection, ...login }, names)
    const client = createPgClient({ ...connection, ...login, maxConnections: 2 })
    await checkDatabase(client, names)
    const work = createPostgresWork(client, names, open)
    const first = ids.next('TenantId')
    await seedTenant(work, first, 0, ids)
    expect((await work.run(first, ({ accounts }) => accounts.channels())).length).toBe(1)
    await expect(seedTenant(work, ids.next('TenantId'), 1, ids)).rejects.toSatisfy(
      (error) =>
        isAuronxError(error, 'storage_constraint') &&
        error.details['constraint'] === 'tenants_single' &&
        error.message.includes('takes one business'),
    )
    await client.end()
  })
})

/** Counts how many queries of a connection are under way at once. */
function watchOverlap(client: pg.PoolClient): {
  readonly client: PgQueryable
  most(): number
} {
  let underWay = 0
  let most = 0
  return {
    client: {
      async query(config) {
        underWay += 1
        most = Math.max(most, underWay)
        try {
          return await client.query(config)
        } finally {
          underWay -= 1
        }
      },
    },
    most: () => most,
  }
}
