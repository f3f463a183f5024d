import { expect, test } from 'vitest'
import { createShop } from './shop.ts'
import { openShopFloor } from './shop-floor.fixture.ts'
import type { ShopFloor } from './shop-floor.fixture.ts'

const many = Array.from({ length: 101 }, (_none, index) => `S${index}`)

/** A business that sells more than a hundred things. */
async function openLargeFloor(): Promise<ShopFloor> {
  const floor = await openShopFloor()
  for (const sku of many) await floor.sell(sku, 100)
  return floor
}

test('every item of a large catalog can be reached', async () => {
  const shop = createShop({ ...(await openLargeFloor()), locale: 'en' })
  const titles = (await shop.browse()).map(({ title }) => title)
  expect(titles).toHaveLength(many.length)
  expect(titles).toContain('Product S100')
})

test('one line more than an order takes is refused to a customer, not thrown', async () => {
  const floor = await openLargeFloor()
  const contactId = floor.contact()
  const actor = floor.customer(contactId)
  const items = many.slice(0, 100).map((retailerId) => ({ retailerId, quantity: 1 }))
  const cart = { contactId, items, cartMessageId: 'cart' }
  expect(await floor.orders.fromCart(actor, cart)).toMatchObject({ kind: 'drafted' })
  const last = (await floor.catalog.browse(floor.staff, { limit: 200 })).find(
    ({ variant }) => variant.sku === 'S100',
  )
  if (last === undefined) throw new Error('The last product is missing')
  const added = { contactId, variantId: last.variant.id, quantity: 1 }
  expect(await floor.orders.addToDraft(actor, added)).toMatchObject({
    kind: 'refused',
    reason: 'too_many',
    variantIds: [last.variant.id],
  })
})
