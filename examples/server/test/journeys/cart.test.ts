import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestShop } from './shop.ts'
import { openShop } from './shop.ts'

let shop: TestShop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

test('a WhatsApp cart becomes a proposal with our prices', async () => {
  const ana = shop.customer({ name: 'Ana Cart' })
  shop.simulator.customers.sendCart(ana.customer.id, [
    { retailerId: 'LATTE', quantity: 2 },
    { retailerId: 'CROISSANT', quantity: 1 },
  ])
  await ana.hears(/2 × Latte.*1 × Croissant.*Total: €9\.10/s)
  ana.tap(/Confirm/)
  await ana.hears(/ORD-/)
})

test('prices in the cart are not believed', async () => {
  const ben = shop.customer({ name: 'Ben Cart' })
  shop.simulator.customers.sendRaw(ben.customer.id, 'order', {
    catalog_id: 'demo-catalog',
    product_items: [
      { product_retailer_id: 'LATTE', quantity: 1, item_price: 0.01, currency: 'EUR' },
    ],
  })
  await ben.hears(/Total: €3\.40/)
})

test('unknown items are named and left out; a cart of nothing but those orders nothing', async () => {
  const cleo = shop.customer({ name: 'Cleo Cart' })
  shop.simulator.customers.sendRaw(cleo.customer.id, 'order', {
    catalog_id: 'demo-catalog',
    product_items: [
      { product_retailer_id: 'GOLD-BAR', quantity: 1, item_price: 1, currency: 'EUR' },
      { product_retailer_id: 'LATTE', quantity: 1, item_price: 1, currency: 'EUR' },
    ],
  })
  await cleo.hears(/1 × Latte.*left out/s)
  const dan = shop.customer({ name: 'Dan Cart' })
  shop.simulator.customers.sendRaw(dan.customer.id, 'order', {
    catalog_id: 'demo-catalog',
    product_items: [
      { product_retailer_id: 'GOLD-BAR', quantity: 1, item_price: 1, currency: 'EUR' },
    ],
  })
  await dan.hears()
  expect((await shop.desk.orders()).filter(({ customer }) => customer === 'Dan Cart')).toEqual([])
})

test('a cart delivered twice is one order', async () => {
  const eve = shop.customer({ name: 'Eve Cart' })
  shop.simulator.faults.webhooks({ duplicate: 1 })
  shop.simulator.customers.sendCart(eve.customer.id, [{ retailerId: 'MINT-TEA', quantity: 3 }])
  await eve.hears(/3 × Mint tea/)
  await shop.simulator.idle()
  shop.simulator.faults.clear()
  expect((await shop.desk.orders()).filter(({ customer }) => customer === 'Eve Cart')).toHaveLength(
    1,
  )
  expect(eve.heard().filter((text) => text.includes('3 × Mint tea'))).toHaveLength(1)
})
