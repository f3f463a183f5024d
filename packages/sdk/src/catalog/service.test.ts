import { describe, expect, test } from 'vitest'
import { openShopFloor } from '../orders/shop-floor.fixture.ts'
import { productInputSchema } from './schema.ts'
import type { ProductInput } from './schema.ts'

const coffee: ProductInput = {
  title: 'Coffee',
  variants: [
    {
      sku: 'S',
      title: 'Small',
      taxCode: 'standard',
      price: { amount: 200, currency: 'EUR', taxBehavior: 'inclusive' },
    },
    {
      sku: 'L',
      title: 'Large',
      taxCode: 'standard',
      price: { amount: 300, currency: 'EUR', taxBehavior: 'inclusive' },
      stock: { onHand: 3, policy: 'deny' },
    },
  ],
}

describe('catalog', () => {
  test('saving the same product again changes neither ids nor prices', async () => {
    const { catalog, staff, clock } = await openShopFloor()
    const first = await catalog.saveProduct(staff, productInputSchema.parse(coffee))
    clock.advance(60_000)
    const again = await catalog.saveProduct(staff, coffee)
    if (first.kind === 'refused' || again.kind === 'refused') throw new Error('refused')
    expect(again.product).toEqual({ ...first.product, updatedAt: clock.now(), version: 2 })
    const offers = await catalog.browse(staff)
    expect(offers.map(({ variant, prices }) => [variant.sku, prices.length])).toEqual([
      ['S', 1],
      ['L', 1],
    ])
  })

  test('a new price ends the one before it and leaves its row', async () => {
    const { catalog, staff, clock, work, tenantId } = await openShopFloor()
    const saved = await catalog.saveProduct(staff, coffee)
    const variantId = saved.kind === 'saved' ? saved.product.variants[0]?.id : undefined
    if (variantId === undefined) throw new Error('refused')
    const dearer = { amount: 250, currency: 'EUR', taxBehavior: 'inclusive' } as const
    expect(await catalog.setPrice(staff, variantId, dearer)).toEqual({
      kind: 'refused',
      reason: 'price_overlap',
    })
    clock.advance(60_000)
    expect(await catalog.setPrice(staff, variantId, dearer)).toMatchObject({ kind: 'set' })
    expect(await catalog.resolvePrice(staff, variantId, 1)).toMatchObject({
      kind: 'priced',
      price: { amount: 250n },
    })
    const bulk = await catalog.setPrice(
      staff,
      variantId,
      { ...dearer, amount: 100 },
      { minQuantity: 10 },
    )
    expect(bulk).toMatchObject({ kind: 'set' })
    expect(await catalog.resolvePrice(staff, variantId, 10)).toMatchObject({
      price: { amount: 100n },
    })
    const events = await work.run(tenantId, (stores) =>
      stores.events.ofAggregate('product', saved.kind === 'saved' ? saved.product.id : ''),
    )
    expect(events.map(({ type }) => type)).toEqual([
      'product.saved',
      'product.price_set',
      'product.price_set',
    ])
  })

  test('what is left out is archived, what another product has is refused', async () => {
    const { catalog, staff, clock } = await openShopFloor()
    await catalog.saveProduct(staff, coffee)
    clock.advance(1)
    await catalog.saveProduct(staff, { ...coffee, variants: coffee.variants.slice(1) })
    expect((await catalog.browse(staff)).map(({ variant }) => variant.sku)).toEqual(['L'])
    await catalog.saveProduct(staff, {
      title: 'Tea',
      variants: [{ sku: 'T', taxCode: 'standard' }],
    })
    const both = {
      title: 'Both',
      variants: [
        { sku: 'L', taxCode: 'standard' },
        { sku: 'T', taxCode: 'standard' },
      ],
    }
    expect(await catalog.saveProduct(staff, both)).toEqual({ kind: 'refused', reason: 'sku_taken' })
  })

  test('a tax code that names nothing is explained', async () => {
    const { catalog, staff } = await openShopFloor()
    const tea = { title: 'Tea', variants: [{ sku: 'T', taxCode: 'none' }] }
    await expect(catalog.saveProduct(staff, tea)).rejects.toMatchObject({
      code: 'storage_constraint',
      message: 'A taxCode names no tax category: save it first, with saveTaxCategory',
    })
  })

  test('only what has a price in the business currency is on sale', async () => {
    const { catalog, staff } = await openShopFloor()
    const dollars = { amount: 1, currency: 'USD', taxBehavior: 'exclusive' } as const
    const saved = await catalog.saveProduct(staff, {
      title: 'Tea',
      variants: [{ sku: 'T', taxCode: 'standard', price: dollars }],
    })
    expect(await catalog.browse(staff)).toEqual([])
    const variantId = saved.kind === 'saved' ? saved.product.variants[0]?.id : undefined
    if (variantId === undefined) throw new Error('refused')
    expect(await catalog.resolvePrice(staff, variantId, 1)).toEqual({
      kind: 'refused',
      reason: 'not_for_sale',
    })
  })

  test('a refusal leaves no half of a product behind', async () => {
    const { catalog, staff, customer, contact, orders, clock } = await openShopFloor()
    const saved = await catalog.saveProduct(staff, coffee)
    const large = saved.kind === 'saved' ? saved.product.variants[1]?.id : undefined
    if (large === undefined) throw new Error('refused')
    const contactId = contact()
    const drafted = await orders.addToDraft(customer(contactId), {
      contactId,
      variantId: large,
      quantity: 2,
    })
    if (drafted.kind === 'refused') throw new Error(drafted.reason)
    await orders.propose(customer(contactId), drafted.order.id)
    clock.advance(1)
    const before = await catalog.browse(staff)
    const variants = coffee.variants.map((variant) => ({
      ...variant,
      price: { amount: 999, currency: 'EUR', taxBehavior: 'inclusive' as const },
      stock: { onHand: 1, policy: 'deny' as const },
    }))
    const outcome = await catalog.saveProduct(staff, { title: 'Renamed', variants })
    expect(outcome).toEqual({ kind: 'refused', reason: 'below_reserved' })
    expect(await catalog.browse(staff)).toEqual(before)
    expect(await catalog.setStock(staff, large, { onHand: 1, policy: 'deny' })).toEqual(outcome)
  })

  test('a price in another currency is added once, too', async () => {
    const { catalog, staff, clock, work, tenantId } = await openShopFloor()
    const price = { amount: 1, currency: 'USD', taxBehavior: 'exclusive' } as const
    const tea: ProductInput = { title: 'Tea', variants: [{ sku: 'T', taxCode: 'standard', price }] }
    await catalog.saveProduct(staff, tea)
    clock.advance(1)
    expect(await catalog.saveProduct(staff, tea)).toMatchObject({
      kind: 'saved',
      product: { version: 2 },
    })
    const query = { at: clock.now(), currency: 'USD', skus: ['T'], limit: 1 }
    const [offer] = await work.run(tenantId, (stores) => stores.catalog.offers(query))
    expect(offer?.prices).toHaveLength(1)
  })

  test('customers and the assistant change nothing', async () => {
    const { catalog, customer, assistant, contact } = await openShopFloor()
    const someone = contact()
    for (const actor of [customer(someone), assistant(someone)]) {
      await expect(catalog.saveProduct(actor, coffee)).rejects.toMatchObject({
        code: 'not_permitted',
      })
    }
  })

  test.each([
    { title: '', variants: [{ sku: 'A', taxCode: 'standard' }] },
    { title: 'A', variants: [] },
    {
      title: 'A',
      variants: [
        { sku: 'A', taxCode: 's' },
        { sku: 'A', taxCode: 's' },
      ],
    },
    {
      title: 'A',
      variants: [
        {
          sku: 'A',
          taxCode: 's',
          price: { amount: 1.5, currency: 'EUR', taxBehavior: 'inclusive' },
        },
      ],
    },
    {
      title: 'A',
      variants: [
        { sku: 'A', taxCode: 's', price: { amount: 1, currency: 'XAU', taxBehavior: 'inclusive' } },
      ],
    },
  ])('the schema refuses %j', (input) => {
    expect(productInputSchema.safeParse(input).success).toBe(false)
  })
})
