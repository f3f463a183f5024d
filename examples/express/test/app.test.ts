import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '../src/app.ts'
import { openDemo } from '../src/demo.ts'
import type { Demo } from '../src/demo.ts'
import { inTransaction } from '../src/transaction.ts'

const dataDir = mkdtempSync(path.join(tmpdir(), 'auronx-express-test-'))
let demo: Demo
let server: Server
let url: string
let contactId: string

beforeAll(async () => {
  demo = await openDemo(dataDir)
  server = createApp(demo).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  const guest = { phone: '15550100150', displayName: 'Zoe' }
  const known = await demo.auronx.contacts.identify(demo.cafe, guest)
  if (known.kind === 'refused') throw new Error(known.reason)
  contactId = known.contact.id
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await demo.close()
  rmSync(dataDir, { recursive: true, force: true })
})

async function call(method: string, pathname: string, body?: string) {
  const response = await fetch(new URL(pathname, url), {
    method,
    headers: { authorization: 'Bearer ana-session', 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body }),
  })
  const type = response.headers.get('content-type')
  return { status: response.status, type, body: await response.text() }
}
const order = (wanted: object) =>
  call('POST', '/orders', JSON.stringify({ contactId, sku: 'GREEN', table: 1, ...wanted }))
const tables = async () => (await demo.pool.query('select number from cafe.tables order by 1')).rows
const quantities = async () =>
  (await demo.auronx.orders.list(demo.cafe)).flatMap(({ lines }) =>
    lines.map(({ quantity }) => quantity),
  )

describe('an order in a transaction of the host', () => {
  test('is there with the row of the host', async () => {
    const { status, body } = await order({ table: 1 })
    expect(status).toBe(201)
    const { id }: { readonly id: string } = JSON.parse(body)
    expect((await call('GET', `/orders/${id}`)).status).toBe(200)
    expect([await tables(), await quantities()]).toEqual([[{ number: 1 }], [1]])
  })

  test('never was when the row of the host stands in the way', async () => {
    const { status, type, body } = await order({ table: 1 })
    expect([status, type]).toEqual([409, 'application/problem+json; charset=utf-8'])
    expect(JSON.parse(body)).toMatchObject({ code: 'conflict', status: 409 })
    expect([await tables(), await quantities()]).toEqual([[{ number: 1 }], [1]])
  })

  test('is refused as a problem, and the host writes nothing', async () => {
    const missing = await order({ table: 2, sku: 'COFFEE' })
    expect([missing.status, JSON.parse(missing.body).code]).toEqual([409, 'not_for_sale'])
    const nobody = await order({ table: 2, contactId: '019aae60-0000-7000-8000-00000000000a' })
    expect([nobody.status, JSON.parse(nobody.body).code]).toEqual([404, 'not_found'])
    expect([await tables(), await quantities()]).toEqual([[{ number: 1 }], [1]])
  })

  test('leaves the connection with the role and the search path of the host', async () => {
    const settings = 'select current_user, current_setting($1) as path'
    const client = await demo.pool.connect()
    const before = (await client.query(settings, ['search_path'])).rows
    client.release()
    await order({ table: 3 })
    expect((await demo.pool.query(settings, ['search_path'])).rows).toEqual(before)
  })
})

describe('a message in a transaction of the host', () => {
  const sent = () => demo.meta.simulator.accepted().map(({ type }) => type)
  let conversationId: string
  const serve = (table: number) =>
    call('POST', `/tables/${table}/served`, JSON.stringify({ conversationId }))

  test('leaves once the host has committed, and its row is gone', async () => {
    const { simulator } = demo.meta
    simulator.setWebhook(`${url}/webhooks/whatsapp`)
    const { id } = simulator.customers.create({ name: 'Zoe', phone: '15550100150' })
    simulator.customers.sendText(id, 'hello')
    await simulator.idle()
    await demo.auronx.work({ maxMs: 5_000 })
    const list: readonly { readonly id: string }[] = JSON.parse(
      (await call('GET', '/conversations')).body,
    )
    conversationId = list[0]?.id ?? ''
    expect((await serve(3)).status).toBe(204)
    await demo.auronx.work({ maxMs: 5_000 })
    expect(sent()).toEqual(['interactive', 'text'])
    expect(await tables()).toEqual([{ number: 1 }])
  })

  test('never leaves when the host rolls back', async () => {
    // Refuses at the commit, when everything else has been written.
    await demo.pool
      .query(`create function cafe.refuse() returns trigger language plpgsql as $$ begin raise 'kept'; end $$;
      create constraint trigger refuse after delete on cafe.tables deferrable initially deferred
        for each row execute function cafe.refuse()`)
    expect((await serve(1)).status).toBe(500)
    await demo.auronx.work({ maxMs: 5_000 })
    expect(sent()).toEqual(['interactive', 'text'])
    expect(await tables()).toEqual([{ number: 1 }])
    await demo.pool.query('drop trigger refuse on cafe.tables')
  })

  test('is not written when there is nothing to serve, or nobody to tell', async () => {
    expect((await serve(99)).status).toBe(404)
    conversationId = '019aae60-0000-7000-8000-00000000000a'
    expect((await serve(1)).status).toBe(404)
    expect(await tables()).toEqual([{ number: 1 }])
  })
})

test('the reason of a rollback comes through when the connection is gone', async () => {
  const failing = inTransaction(demo.pool, async (client) => {
    const { rows } = await client.query('select pg_backend_pid() as pid')
    const gone = new Promise<void>((resolve) => void client.once('end', resolve))
    await demo.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid])
    await gone
    throw new Error('The guest left')
  })
  await expect(failing).rejects.toThrow('The guest left')
  expect((await demo.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
})

test('what cannot be read is a problem that quotes nothing', async () => {
  const broken = await call('POST', '/orders', '{"phone": 15550100199')
  expect([broken.status, JSON.parse(broken.body).code]).toEqual([400, 'malformed_request'])
  expect(broken.body).not.toContain('15550100199')
  const wrong = await order({ table: 'one' })
  expect(JSON.parse(wrong.body)).toMatchObject({
    status: 422,
    detail: 'Give a table from 1 to 999, a contactId and a sku',
  })
})

test('a failure of the host says nothing about itself', async () => {
  await demo.pool.query('alter table cafe.sessions rename to gone')
  const { status, body } = await call('GET', '/conversations')
  await demo.pool.query('alter table cafe.gone rename to sessions')
  expect([status, JSON.parse(body).code]).toEqual([500, 'internal'])
  expect(body).not.toContain('sessions')
})
