import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestCustomer, TestShop } from './shop.ts'
import { eventually, openShop } from './shop.ts'

let shop: TestShop
beforeAll(async () => {
  shop = await openShop({ AURONX_UNKNOWN_FOR_MS: '700' })
})
afterAll(async () => {
  await shop.close()
})

const sendingOf = async (customer: TestCustomer) => {
  const found = (await shop.desk.conversations()).find(
    ({ name }) => name === customer.customer.name,
  )
  const thread = found && (await shop.desk.thread(found.id))
  return thread?.messages.findLast(({ direction }) => direction === 'out')?.sending
}

test('a send whose answer was lost is unknown, and the echo of its status settles it', async () => {
  const ana = shop.customer({ name: 'Ana Echo' })
  shop.simulator.customers.setReachable(ana.customer.id, true)
  shop.simulator.faults.next({ kind: 'reset_after' })
  ana.say('hello')
  await ana.hears(/Welcome/)
  await eventually(async () => (await sendingOf(ana))?.state === 'accepted', 'a settled send')
  expect(await shop.desk.sends()).toEqual([])
  expect(ana.heard()).toHaveLength(1)
})

test('a send whose arrival nobody ever tells is parked, not sent again, and leaves when a person says so', async () => {
  const ben = shop.customer({ name: 'Ben Parked' })
  shop.simulator.faults.next({ kind: 'http_500_before', body: 'html' })
  ben.say('hello')
  const [parked] = await eventually(async () => {
    const rows = await shop.desk.sends()
    return rows.length === 1 ? rows : undefined
  }, 'a parked send')
  expect(parked).toMatchObject({ state: 'parked', customer: 'Ben Parked' })
  expect(ben.heard()).toEqual([])
  expect(await shop.desk.command(`/sends/${parked?.id}/resend`)).toMatchObject({ status: 200 })
  await ben.hears(/Welcome/)
  expect(ben.heard()).toHaveLength(1)
  expect(await shop.desk.sends()).toEqual([])
  expect(await shop.desk.command(`/sends/${parked?.id}/resend`)).toMatchObject({
    status: 409,
    body: { code: 'not_parked' },
  })
})

test('a parked send can be given up', async () => {
  const cleo = shop.customer({ name: 'Cleo Discard' })
  shop.simulator.faults.next({ kind: 'reset_before' })
  cleo.say('hello')
  const parked = await eventually(
    async () => (await shop.desk.sends()).find(({ customer }) => customer === 'Cleo Discard'),
    'a parked send',
  )
  expect(await shop.desk.command(`/sends/${parked.id}/discard`)).toMatchObject({ status: 200 })
  expect(await shop.desk.sends()).toEqual([])
  expect(cleo.heard()).toEqual([])
})

test('an echo that comes after parking settles the send', async () => {
  const dan = shop.customer({ name: 'Dan Late' })
  shop.simulator.faults.webhooks({ delay: 1, delayMs: [2_500, 2_500] })
  shop.simulator.faults.next({ kind: 'reset_after' })
  dan.say('hello')
  await eventually(
    async () => (await shop.desk.sends()).some(({ customer }) => customer === 'Dan Late'),
    'a parked send',
  )
  await eventually(async () => (await sendingOf(dan))?.state === 'accepted', 'a settled send')
  shop.simulator.faults.clear()
  expect(dan.heard()).toHaveLength(1)
})

test('a job that cannot be done is shown, can be tried again, and can be given up', async () => {
  const id = '019aae60-0000-7000-8000-00000000aaaa'
  await shop.sql(
    `insert into auronx.jobs (tenant_id, id, kind, natural_key, run_at, data)
      select tenant_id, '${id}', 'of.an.older.version', 'once', now(), '{}' from auronx.tenants`,
  )
  const shown = () =>
    eventually(async () => (await shop.desk.dead()).find((row) => row.id === id), 'a dead job')
  expect(await shown()).toMatchObject({
    of: 'job',
    kind: 'of.an.older.version',
    errorCode: 'not_found',
    attempts: 1,
  })
  expect(await shop.desk.command(`/dead-jobs/${id}/replay`)).toMatchObject({ status: 200 })
  await shown()
  expect(await shop.desk.command(`/dead-jobs/${id}/discard`)).toMatchObject({ status: 200 })
  expect(await shop.desk.dead()).toEqual([])
  expect(await shop.desk.command(`/dead-jobs/${id}/discard`)).toMatchObject({
    status: 404,
    body: { code: 'not_found' },
  })
})
