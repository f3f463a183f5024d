import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createPgClient } from '@auronx/adapters/postgres'
import type { SqlClient } from '@auronx/adapters/postgres'
import { startEmbeddedPostgres } from '@auronx/adapters/postgres/embedded'
import type { EmbeddedPostgres } from '@auronx/adapters/postgres/embedded'
import { deliveriesTo } from './deliveries.ts'
import type { TestShop } from './shop.ts'
import { eventually, openShop } from './shop.ts'

const dataDir = mkdtempSync(path.join(tmpdir(), 'auronx-slow-'))
let database: EmbeddedPostgres
let other: SqlClient
let shop: TestShop

const say = (text: string) => ({ name: '', text, values: [] })

beforeAll(async () => {
  database = await startEmbeddedPostgres({ dataDir, startTimeoutMs: 30_000 })
  other = createPgClient({ ...database.connection, maxConnections: 1 })
  // The server's own transactions set their statement timeout themselves; the one for locks is left to the database.
  await other.query(say(`alter database postgres set lock_timeout = '300ms'`))
  await other.query(say(`alter database postgres set statement_timeout = '600ms'`))
  const { host, user } = database.connection
  shop = await openShop({
    DATABASE_URL: `postgres://${user}@localhost/postgres?host=${encodeURIComponent(host)}`,
  })
})
afterEach(() => unlock())
afterAll(async () => {
  await shop.close()
  await other.end()
  await database.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

let unlock: () => Promise<void> = async () => undefined

/** Another session keeps a table to itself until `unlock`. */
async function hold(table: string): Promise<void> {
  const held = Promise.withResolvers<void>()
  const freed = Promise.withResolvers<void>()
  const ended = other.transaction([], async (sql) => {
    await sql.query(say('set local lock_timeout = 0'))
    await sql.query(say(`lock table auronx.${table} in access exclusive mode`))
    held.resolve()
    await freed.promise
  })
  await held.promise
  unlock = async () => {
    unlock = async () => undefined
    freed.resolve()
    await ended
  }
}

async function count(what: string): Promise<number> {
  const [row] = await shop.sql(`select count(*)::int as count from auronx.${what}`)
  return Number(row?.['count'])
}

/** Messages and their lanes; the status of an earlier answer may come in at any time. */
async function stored(): Promise<readonly number[]> {
  const messages = await count(`inbox where kind = 'message'`)
  const lanes = `lanes where lane_key not in (select lane_key from auronx.inbox where kind <> 'message')`
  return [messages, await count(lanes)]
}

test.each([
  ['inbox', 'waits for a lock'],
  ['lanes', 'waits for the lock of its lane'],
])(
  'while acceptance (%s) %s too long, a webhook gets 503 and nothing is half-written',
  async (table) => {
    const { text } = await deliveriesTo(shop)
    const from = table === 'inbox' ? '15550100191' : '15550100192'
    const body = text({ id: `wamid.SLOW.${table}`, from, body: 'hello' })
    await shop.simulator.idle()
    await eventually(async () => (await count(`inbox where state = 'waiting'`)) === 0, 'rest')
    const before = await stored()
    await hold(table)
    const refused = await shop.post(body)
    expect(refused.status).toBe(503)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    await unlock()
    expect(await stored()).toEqual(before)
    expect((await shop.post(body)).status).toBe(200)
    expect((await shop.post(body)).status).toBe(200)
    const mine = `outbox where recipient->>'phone' = '${from}'`
    await eventually(async () => (await count(mine)) > 0, 'an answer')
    expect(await count(mine)).toBe(1)
    expect(await count(`messages where provider_message_id = 'wamid.SLOW.${table}'`)).toBe(1)
  },
)

test('while a statement of acceptance takes too long, a webhook gets 503', async () => {
  const { text } = await deliveriesTo(shop)
  const body = text({ id: 'wamid.SLOW.statement', from: '15550100193', body: 'hello' })
  await shop.sql(`create function auronx.dawdle() returns trigger language plpgsql as
    $$ begin perform pg_sleep(5); return new; end $$`)
  await shop.sql(
    'create trigger dawdle before insert on auronx.inbox for each row execute function auronx.dawdle()',
  )
  expect((await shop.post(body)).status).toBe(503)
  await shop.sql('drop trigger dawdle on auronx.inbox')
  await shop.sql('drop function auronx.dawdle()')
  expect(await count(`inbox where state = 'waiting' and kind = 'message'`)).toBe(0)
  expect((await shop.post(body)).status).toBe(200)
})

test('while handling takes too long it is tried again, and has its effect once', async () => {
  const ana = shop.customer({ name: 'Ana Slow' })
  await hold('conversations')
  ana.say('hello')
  await eventually(
    async () => (await count(`inbox where state = 'waiting' and attempts > 0`)) > 0,
    'an attempt that failed',
  )
  expect(ana.heard()).toEqual([])
  const page = await fetch(`${shop.url}/live/conversations`, { headers: { cookie: shop.cookie } })
  expect(page.status).toBe(503)
  await unlock()
  await ana.hears(/Welcome/)
  await shop.simulator.idle()
  expect(ana.heard()).toHaveLength(1)
  expect(await count(`inbox where state = 'dead'`)).toBe(0)
})
