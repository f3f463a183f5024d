import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestShop } from './shop.ts'
import { openShop } from './shop.ts'

let shop: TestShop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

test('who asks where the order is sees its number, state and total', async () => {
  const ana = shop.customer({ name: 'Ana Status' })
  ana.say('where is my order?')
  await ana.hears(/no orders yet/)
  ana.say('flat white')
  await ana.hears(/Flat white/)
  ana.tap(/Order 1/)
  await ana.hears(/Total/)
  ana.say('where is my order?')
  await ana.hears(/waiting for your confirmation/)
  ana.tap(/Confirm/)
  const confirmed = await ana.hears(/confirmed/)
  const number = /ORD-\d{4}-\d{6}/.exec(confirmed)?.[0] ?? 'none'
  ana.say('where is my order?')
  expect(await ana.hears(/latest orders/)).toContain(`${number} · confirmed · €3.50`)
})

test('nobody sees the orders of somebody else', async () => {
  const ben = shop.customer({ name: 'Ben Status' })
  ben.say('where is my order?')
  expect(await ben.hears(/no orders yet/)).not.toContain('ORD-')
})
