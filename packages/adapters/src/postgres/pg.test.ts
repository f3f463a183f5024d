import { mkdtempSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import type { Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asId, isAuronxError } from '@auronx/sdk'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPgClient, fromPgPool } from './pg.ts'
import type { Sql, SqlClient } from './sql.ts'
import { defaultNames, tenantPrologue } from './tenant.ts'
import { openPostgres } from './testing.ts'
import type { TestEngine } from './testing.ts'
import { createPostgresWork } from './work.ts'

const tenantA = asId('TenantId', '01900000-0000-7000-8000-00000000000a')
const tenantB = asId('TenantId', '01900000-0000-7000-8000-00000000000b')

let engine: TestEngine
let connection: NonNullable<TestEngine['connection']>
beforeAll(async () => {
  engine = await openPostgres()
  connection = engine.connection ?? {}
  await engine.admin('create table public.notes (id integer primary key, body text)')
  await engine.admin('grant all on public.notes to public')
})
afterAll(() => engine.close())

const say = (text: string, values: readonly (string | number)[] = []) => ({
  name: '',
  text,
  values,
})
const rowsOf = (sql: Sql, text: string) => sql.query(say(text))

describe('a transaction', () => {
  test('is rolled back when its body throws, and the error passes as it is', async () => {
    const mine = new Error('mine')
    const failed = engine.client.transaction([], async (sql) => {
      await rowsOf(sql, `insert into public.notes values (1, 'a')`)
      throw mine
    })
    await expect(failed).rejects.toBe(mine)
    expect(await rowsOf(engine.client, 'select * from public.notes')).toEqual([])
  })

  test('does not commit when its body went on after a statement failed', async () => {
    const failed = engine.client.transaction([], async (sql) => {
      await rowsOf(sql, `insert into public.notes values (1, 'a')`)
      await rowsOf(sql, 'select 1 / 0').catch(() => undefined)
    })
    await expect(failed).rejects.toSatisfy((error) => isAuronxError(error, 'internal'))
    expect(await rowsOf(engine.client, 'select * from public.notes')).toEqual([])
  })

  test('reports why its opening failed, not that the transaction was aborted by it', async () => {
    const names = { ...defaultNames, rolePrefix: 'nobody_made_this' }
    const failed = engine.client.transaction([tenantPrologue(tenantA, names)], (sql) =>
      rowsOf(sql, 'select 1'),
    )
    await expect(failed).rejects.toSatisfy(
      (error) => isAuronxError(error) && error.details['code'] === '22023',
    )
  })

  test('gives up on a statement after its timeout', async () => {
    const client = createPgClient({ ...connection, statementTimeoutMs: 50, maxConnections: 1 })
    const failed = client.transaction([], (sql) => rowsOf(sql, 'select pg_sleep(10)'))
    await expect(failed).rejects.toSatisfy(
      (error) => isAuronxError(error, 'timeout') && error.retryable,
    )
    expect(await rowsOf(client, 'select 1 as one')).toEqual([{ one: 1 }])
    await client.end()
  })

  test('keeps what a refused value says out of the error', async () => {
    const failed = engine.client.transaction([], async (sql) => {
      await sql.query(say(`insert into public.notes values ($1, $2)`, [7, 'secret-7']))
      await sql.query(say(`insert into public.notes values ($1, $2)`, [7, 'secret-7']))
    })
    const error: unknown = await failed.catch((thrown: unknown) => thrown)
    expect(isAuronxError(error, 'storage_constraint') && error.details['constraint']).toBe(
      'notes_pkey',
    )
    expect(isAuronxError(error) ? [error.message, error.cause, error.details] : []).not.toContain(
      '7',
    )
    expect(isAuronxError(error) && error.cause).toBe(undefined)
  })
})

describe('connections', () => {
  test('say that the database cannot be reached, and that it is worth trying again', async () => {
    const client = createPgClient({
      host: join(tmpdir(), 'no-such-folder'),
      user: 'x',
      database: 'x',
    })
    const unreachable = (error: unknown) =>
      isAuronxError(error, 'storage_unavailable') && error.retryable
    await expect(rowsOf(client, 'select 1')).rejects.toSatisfy(unreachable)
    await expect(client.transaction([], (sql) => rowsOf(sql, 'select 1'))).rejects.toSatisfy(
      unreachable,
    )
    await client.end()
  })

  test('are replaced when the server ends them in the middle of a transaction', async () => {
    const client = createPgClient({ ...connection, maxConnections: 1 })
    const failed = client.transaction([], async (sql) => {
      const [row] = await rowsOf(sql, 'select pg_backend_pid() as pid')
      await engine.admin(`select pg_terminate_backend(${String(row?.['pid'])})`)
      await rowsOf(sql, 'select 1')
    })
    await expect(failed).rejects.toSatisfy((error) => isAuronxError(error, 'storage_unavailable'))
    expect(await rowsOf(client, 'select 1 as one')).toEqual([{ one: 1 }])
    await client.end()
  })

  test('need two flights for a tenant transaction of one statement: opening with it, and the commit', async () => {
    const proxy = await countFlights(String(connection.host))
    const client = createPgClient({ ...connection, host: proxy.host, maxConnections: 1 })
    const work = createPostgresWork(client, defaultNames, (sql) => sql)
    const count = async (statements: number): Promise<number> => {
      const before = proxy.flights()
      await work.run(tenantA, (sql) =>
        Promise.all(Array.from({ length: statements }, () => rowsOf(sql, 'select 1'))),
      )
      return proxy.flights() - before
    }
    await count(1)
    expect(await count(1)).toBe(2)
    expect(await count(4)).toBe(2)
    await client.end()
    proxy.server.close()
  })

  test('of a host that do not pipeline take one statement at a time, without complaint of the driver', async () => {
    const pool = new pg.Pool({ ...connection, max: 1 })
    const warnings: string[] = []
    const note = (warning: Error): number => warnings.push(warning.message)
    process.on('warning', note)
    const client = fromPgPool(pool)
    const rows = await client.transaction([tenantPrologue(tenantA, defaultNames)], (sql) =>
      Promise.all([
        rowsOf(sql, 'select 1 as n'),
        rowsOf(sql, 'select 2 as n'),
        rowsOf(sql, 'select current_user::text as n'),
      ]),
    )
    expect(rows.flat().map((row) => row['n'])).toEqual([1, 2, 'auronx_app'])
    await new Promise((done) => setImmediate(done))
    process.off('warning', note)
    expect(warnings).toEqual([])
    await client.end()
    expect((await pool.query('select 1 as open')).rows).toEqual([{ open: 1 }])
    await pool.end()
  })
})

test('a deadlock runs again until both have what they wrote', async () => {
  await engine.admin(`insert into public.notes values (100, ''), (101, '')`)
  const work = createPostgresWork(engine.client, defaultNames, (sql) => sql)
  let [runs, locked] = [0, 0]
  const { promise: bothHoldOne, resolve: release } = Promise.withResolvers<void>()
  const append = ([first, second]: readonly [number, number]) =>
    work.run(tenantA, async (sql) => {
      runs += 1
      await sql.query(say(`update public.notes set body = body || 'x' where id = $1`, [first]))
      locked += 1
      if (locked >= 2) release()
      await bothHoldOne
      await sql.query(say(`update public.notes set body = body || 'x' where id = $1`, [second]))
    })
  await Promise.all([append([100, 101]), append([101, 100])])
  const rows = await rowsOf(engine.client, 'select body from public.notes where id in (100, 101)')
  expect(rows.map((row) => row['body'])).toEqual(['xx', 'xx'])
  expect(runs).toBeGreaterThan(2)
})

test('neither role nor tenant stays on a connection, whatever its transactions end with', async () => {
  const client: SqlClient = createPgClient({
    ...connection,
    maxConnections: 2,
    statementTimeoutMs: 200,
  })
  const who = `select current_user::text as role, coalesce(current_setting('auronx.tenant_id', true), '') as tenant`
  let foreign = 0
  let ended = 0
  const one = async (index: number): Promise<void> => {
    const tenant = index % 2 === 0 ? tenantA : tenantB
    await client
      .transaction([tenantPrologue(tenant, defaultNames)], async (sql) => {
        const [row] = await rowsOf(sql, who)
        if (row?.['role'] !== 'auronx_app' || row['tenant'] !== tenant) foreign += 1
        if (index % 5 === 1) await rowsOf(sql, 'select 1 / 0')
        if (index % 400 === 2) await rowsOf(sql, 'select pg_sleep(5)')
        if (index % 7 === 3) throw new Error('no')
      })
      .catch(() => undefined)
    const [after] = await rowsOf(client, who)
    if (after?.['role'] === 'auronx_app' || after?.['tenant'] !== '') foreign += 1
    ended += 1
  }
  const worker = async (start: number): Promise<void> => {
    for (let index = start; index < 2_000; index += 8) await one(index)
  }
  await Promise.all(Array.from({ length: 8 }, (_, start) => worker(start)))
  expect({ ended, foreign }).toEqual({ ended: 2_000, foreign: 0 })
  await client.end()
})

test('LISTEN comes back after its connection broke, and wakes once because something may have been missed', async () => {
  const waiting: ((payload: string) => void)[] = []
  const heard: string[] = []
  const next = (): Promise<string> => {
    const early = heard.shift()
    return early === undefined ? new Promise((done) => waiting.push(done)) : Promise.resolve(early)
  }
  const stop = await engine.client.listen?.('auronx_test', (payload) => {
    const waiter = waiting.shift()
    if (waiter === undefined) heard.push(payload)
    else waiter(payload)
  })
  await engine.admin(`notify auronx_test, 'one'`)
  expect(await next()).toBe('one')
  await engine.admin(`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query like 'listen%'`)
  expect(await next()).toBe('')
  await engine.admin(`notify auronx_test, 'two'`)
  expect(await next()).toBe('two')
  await stop?.()
})

/** A socket in front of the server that counts how often the client speaks after it was answered. */
async function countFlights(
  host: string,
): Promise<{ host: string; server: Server; flights: () => number }> {
  let flights = 0
  const server = createServer((client) => {
    const upstream = connect(join(host, '.s.PGSQL.5432'))
    let answered = true
    client.on('data', (chunk) => {
      if (answered) flights += 1
      answered = false
      upstream.write(chunk)
    })
    upstream.on('data', (chunk) => {
      answered = true
      client.write(chunk)
    })
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.on('close', () => other.destroy())
      one.on('error', () => other.destroy())
    }
  })
  const folder = mkdtempSync(join(tmpdir(), 'auronx-flights-'))
  await new Promise<void>((done) => server.listen(join(folder, '.s.PGSQL.5432'), done))
  return { host: folder, server, flights: () => flights }
}
