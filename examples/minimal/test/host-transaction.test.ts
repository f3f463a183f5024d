import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPostgresStorage, fromPgPool, migrate } from '@auronx/adapters/postgres'
import { startEmbeddedPostgres } from '@auronx/adapters/postgres/embedded'
import type { EmbeddedPostgres } from '@auronx/adapters/postgres/embedded'
import { createAuronx, createIds, createRandom, createSystemClock, hostActor } from '@auronx/sdk'
import type { Auronx, ContactId, VariantId } from '@auronx/sdk'
import { createEgress, createWhatsAppMessenger } from '@auronx/sdk/whatsapp'
import { openBusiness } from '../src/business.ts'
import { orderInHostTransaction } from '../src/host-transaction.ts'

const dataDir = mkdtempSync(path.join(tmpdir(), 'auronx-host-'))
const names = { schema: 'chat', rolePrefix: 'host_chat', isolation: 'roles' } as const
const clock = createSystemClock()
const ids = createIds(clock, createRandom())
const actor = hostActor(ids.next('TenantId'), 'till')
let server: EmbeddedPostgres
let pool: pg.Pool
let auronx: Auronx
let contactId: ContactId
let variantId: VariantId

beforeAll(async () => {
  server = await startEmbeddedPostgres({ dataDir, startTimeoutMs: 30_000 })
  await migrate(server.connection, names)
  pool = new pg.Pool({ ...server.connection, max: 4 })
  await pool.query('create schema cafe')
  await pool.query('create table cafe.tables (number integer primary key, order_id uuid not null)')
  auronx = createAuronx({
    storage: createPostgresStorage(fromPgPool(pool), names),
    messenger: createWhatsAppMessenger({
      egress: createEgress({ hosts: [] }),
      tokens: async () => '',
    }),
    clock,
  })
  await openBusiness(auronx, actor, {
    appId: 'app',
    phoneNumberId: '900000000000001',
    wabaId: '800000000000001',
    displayPhoneNumber: '15550100001',
  })
  const known = await auronx.contacts.identify(actor, {
    phone: '15550100123',
    displayName: 'Guest',
  })
  if (known.kind === 'refused') throw new Error(known.reason)
  contactId = known.contact.id
  const [offer] = await auronx.catalog.browse(actor)
  if (offer === undefined) throw new Error('No product')
  variantId = offer.variant.id
})

afterAll(async () => {
  await pool.end()
  await server.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

const tables = async () =>
  (await pool.query('select number, order_id from cafe.tables order by number')).rows
const wanted = (table: number) => ({ actor, contactId, table, lines: [{ variantId, quantity: 2 }] })

test('an order that the host rolls back never existed, and neither does the row of the host', async () => {
  const seen: string[] = []
  const failing = orderInHostTransaction({ pool, auronx, names }, wanted(1), async (order) => {
    seen.push(order.status)
    throw new Error('The guest left')
  })
  await expect(failing).rejects.toThrow('The guest left')
  expect(seen).toEqual(['draft'])
  expect(await auronx.orders.list(actor)).toEqual([])
  expect(await tables()).toEqual([])
})

test('an order that the host commits is there, with the row of the host', async () => {
  const order = await orderInHostTransaction(
    { pool, auronx, names },
    wanted(2),
    async () => undefined,
  )
  expect(await auronx.orders.get(actor, order.id)).toMatchObject({
    id: order.id,
    status: 'draft',
    lines: [{ quantity: 2 }],
  })
  expect(await tables()).toEqual([{ number: 2, order_id: order.id }])
})

test('the connection of the host keeps its own role and search path', async () => {
  const client = await pool.connect()
  const settings = () =>
    client.query("select current_user as role, current_setting('search_path') as path")
  const before = (await settings()).rows
  client.release()
  await orderInHostTransaction({ pool, auronx, names }, wanted(3), async () => undefined)
  const after = await pool.query(
    "select current_user as role, current_setting('search_path') as path",
  )
  expect(after.rows).toEqual(before)
})
