import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAuronxError } from '@auronx/sdk'
import { createClient } from '@auronx/sdk/client'
import type { Client } from '@auronx/sdk/client'
import { openApiFloor, seedBusiness } from './floor.ts'
import type { ApiBusiness, ApiFloor, SeededBusiness } from './floor.ts'

let floor: ApiFloor
let shop: ApiBusiness
let own: SeededBusiness
let client: Client

beforeAll(async () => {
  floor = await openApiFloor()
  shop = await floor.signUp('owner@shop.test')
  own = await seedBusiness(floor, shop.tenantId)
  client = createClient({ baseUrl: floor.url, token: () => shop.token, retries: 0 })
})

afterAll(() => floor.close())

function admin(text: string): Promise<unknown> {
  return floor.client.query({ name: `audit_test_${randomUUID()}`, text, values: [] })
}

async function targetsOf(action: string): Promise<readonly string[]> {
  const rows = await floor.client.query({
    name: 'audit_test_targets',
    text: 'select target_id from auronx.audit_log where tenant_id = $1 and action = $2',
    values: [shop.tenantId, action],
  })
  return rows.map((row) => String(row['target_id'])).toSorted()
}

async function productIds(): Promise<readonly string[]> {
  const rows = await floor.client.query({
    name: 'audit_test_products',
    text: `select id from auronx.products where tenant_id = $1 and title like 'Audited%'`,
    values: [shop.tenantId],
  })
  return rows.map((row) => String(row['id'])).toSorted()
}

function create(at: number) {
  return client.products.create({
    body: { title: `Audited ${at}`, variants: [{ sku: `AUD-${at}`, taxCode: 'standard' }] },
  })
}

test('a command whose entry cannot be written has not happened, and neither has a read', async () => {
  await admin(
    `alter table auronx.audit_log add constraint full_disk check (action not in
      ('api.create-product', 'api.get-contact')) not valid`,
  )
  await expect(create(0)).rejects.toThrow()
  await expect(client.contacts.get({ params: { id: own.contactId } })).rejects.toThrow()
  expect(await productIds()).toEqual([])
  await admin('alter table auronx.audit_log drop constraint full_disk')
  const product = await create(0)
  await client.contacts.get({ params: { id: own.contactId } })
  expect(await targetsOf('api.create-product')).toEqual([product.id])
  expect(await targetsOf('api.get-contact')).toEqual([own.contactId])
})

test('a connection that dies leaves a command with its entry, or neither', async () => {
  // Ends its own connection in the middle of some commits, when everything is written and nothing is kept yet.
  await admin(`create function auronx.die_sometimes() returns trigger language plpgsql as $$
    begin
      if new.action = 'api.create-product' and new.sequence % 5 = 0 then
        perform pg_terminate_backend(pg_backend_pid());
        perform pg_sleep(1);
      end if;
      return null;
    end $$`)
  await admin(`create constraint trigger die_sometimes after insert on auronx.audit_log
    deferrable initially deferred for each row execute function auronx.die_sometimes()`)
  let failed = 0
  for (let at = 1; at <= 12; at += 1) {
    const error: unknown = await create(at).then(
      () => undefined,
      (reason: unknown) => reason,
    )
    if (error === undefined) continue
    expect(isAuronxError(error)).toBe(true)
    failed += 1
    // The entry's number was not used up: the next one would have it again.
    await admin('drop trigger die_sometimes on auronx.audit_log')
  }
  console.info(`${failed} of 12 connections died in its commit`)
  expect(failed).toBe(1)
  const products = await productIds()
  expect(products).toHaveLength(13 - failed)
  expect(await targetsOf('api.create-product')).toEqual(products)
})

test('connections killed at any moment leave as many entries as commands', async () => {
  let isOver = false
  const killing = (async () => {
    while (!isOver) {
      await admin(`select pg_terminate_backend(pid) from pg_stat_activity
        where backend_type = 'client backend' and pid <> pg_backend_pid() and state <> 'idle'
          and random() < 0.03`)
    }
  })()
  let made = 0
  for (let round = 0; round < 20; round += 1) {
    const answers = await Promise.allSettled([0, 1, 2, 3].map((at) => create(100 + round * 4 + at)))
    made += answers.filter(({ status }) => status === 'fulfilled').length
  }
  isOver = true
  await killing
  console.info(`${made} of 80 commands were answered while connections died`)
  expect(made).toBeGreaterThan(0)
  expect(made).toBeLessThan(80)
  expect(await targetsOf('api.create-product')).toEqual(await productIds())
})

test('looking again and again at one contact is one entry, at another one more', async () => {
  const before = await targetsOf('api.get-contact')
  await client.contacts.get({ params: { id: own.contactId } })
  await client.contacts.get({ params: { id: own.otherContactId } })
  await client.contacts.get({ params: { id: own.otherContactId } })
  expect(await targetsOf('api.get-contact')).toEqual([...before, own.otherContactId].toSorted())
})
