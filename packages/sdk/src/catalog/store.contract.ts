import type { AccountStore } from '../accounts/index.ts'
import { isAuronxError } from '../kernel/index.ts'
import type { EventStore, TenantId, VariantId } from '../kernel/index.ts'
import type { ContractCase, StoreSubject } from '../testing/contract.ts'
import type { CatalogStore, Price, Product, StockItem } from './store.ts'

/** What the catalog contract is run against. */
export type CatalogSubject = StoreSubject<{
  readonly accounts: AccountStore
  readonly catalog: CatalogStore
  readonly events: EventStore
}>

const constraint = (error: unknown): boolean => isAuronxError(error, 'storage_constraint')
const hour = 3_600_000

/** Promises of `CatalogStore`. */
export const catalogContract: readonly ContractCase<CatalogSubject>[] = [
  {
    name: 'returns a product as it was stored, to its tenant only',
    async run(subject, assert) {
      const [tenantId, other] = subject.tenants
      const product = await addProduct(subject, tenantId, 'A', {
        description: 'Good',
        maxPerOrder: 5,
      })
      const read = (tenant: TenantId) =>
        subject.work.run(tenant, ({ catalog }) => catalog.product(product.id))
      assert.deepEqual(await read(tenantId), product)
      assert.equal(await read(other), undefined)
      assert.equal((await offers(subject, other)).length, 0)
      await addProduct(subject, other, 'A', {})
    },
  },
  {
    name: 'replaces a product by its next version and refuses any other',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const product = await addProduct(subject, tenantId, 'A', {})
      const save = (next: Product) =>
        subject.work.run(tenantId, ({ catalog }) => catalog.saveProduct(next))
      const [variant] = product.variants
      if (variant === undefined) throw new Error('The product has no variant')
      const second = { ...variant, id: subject.ids.next('VariantId'), sku: 'B' }
      await save({
        ...product,
        title: 'Renamed',
        variants: [second, { ...variant, status: 'archived' }],
        version: 2,
      })
      const conflict = (error: unknown): boolean => isAuronxError(error, 'version_conflict')
      await assert.rejects(save({ ...product, version: 2 }), conflict)
      await assert.rejects(save({ ...product, version: 4 }), conflict)
      const stored = await subject.work.run(tenantId, ({ catalog }) => catalog.product(product.id))
      assert.equal(stored?.title, 'Renamed')
      assert.deepEqual(
        stored?.variants.map(({ sku, status }) => [sku, status]),
        [
          ['B', 'active'],
          ['A', 'archived'],
        ],
      )
    },
  },
  {
    name: 'keeps SKUs unique in a tenant and tax codes known',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      await addProduct(subject, tenantId, 'A', {})
      await assert.rejects(addProduct(subject, tenantId, 'A', {}), constraint)
      await assert.rejects(addProduct(subject, tenantId, 'B', { taxCode: 'nowhere' }), constraint)
    },
  },
  {
    name: 'offers what is on sale in the order of places, page by page, and anything by id or SKU',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const third = await addProduct(subject, tenantId, 'C', { position: 2 })
      const first = await addProduct(subject, tenantId, 'A', { position: 1 })
      const second = await addProduct(subject, tenantId, 'B', { position: 1 })
      const hidden = await addProduct(subject, tenantId, 'D', { status: 'draft' })
      const unpriced = await addProduct(subject, tenantId, 'E', {})
      for (const product of [third, first, second, hidden])
        await addPrice(subject, tenantId, product, {})
      const skus = (await offers(subject, tenantId)).map(({ variant }) => variant.sku)
      assert.deepEqual(skus, ['A', 'B', 'C'])
      const page = await offers(subject, tenantId, { limit: 1, after: variantOf(first) })
      assert.deepEqual(
        page.map(({ variant }) => variant.sku),
        ['B'],
      )
      const named = await offers(subject, tenantId, {
        variantIds: [variantOf(hidden), variantOf(unpriced)],
      })
      assert.deepEqual(named.map(({ variant }) => variant.sku).toSorted(), ['D', 'E'])
      const [bySku] = await offers(subject, tenantId, { skus: ['A', 'unknown'] })
      assert.equal(bySku?.prices[0]?.amount, 100n)
      assert.equal(bySku?.tax.rate, 210_000)
      assert.equal(bySku?.stock, undefined)
    },
  },
  {
    name: 'ends the open price when a newer one starts, and refuses prices that overlap',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const product = await addProduct(subject, tenantId, 'A', {})
      const now = subject.clock.now().getTime()
      const at = (hours: number): Date => new Date(now + hours * hour)
      await addPrice(subject, tenantId, product, { amount: 1n, validFrom: at(0) })
      await addPrice(subject, tenantId, product, { amount: 2n, validFrom: at(2), validTo: at(3) })
      await addPrice(subject, tenantId, product, { amount: 3n, validFrom: at(5) })
      await addPrice(subject, tenantId, product, { amount: 9n, validFrom: at(0), minQuantity: 10 })
      for (const [validFrom, validTo] of [
        [at(0), at(1)],
        [at(1), undefined],
        [at(2), at(3)],
        [at(4), undefined],
        [at(5), undefined],
      ] as const) {
        const overlapping = { validFrom, ...(validTo === undefined ? {} : { validTo }) }
        await assert.rejects(addPrice(subject, tenantId, product, overlapping), constraint)
      }
      const [offer] = await offers(subject, tenantId, { variantIds: [variantOf(product)] })
      const rows = offer?.prices.map((price) => [price.amount, price.validFrom, price.validTo])
      assert.deepEqual(rows, [
        [1n, at(0), at(2)],
        [2n, at(2), at(3)],
        [3n, at(5), undefined],
        [9n, at(0), undefined],
      ])
      const [later] = await offers(subject, tenantId, {
        variantIds: [variantOf(product)],
        at: at(4),
      })
      assert.deepEqual(
        later?.prices.map(({ amount }) => amount),
        [3n, 9n],
      )
    },
  },
  {
    name: 'keeps stock with its reservations and movements, and shows an owner its own and what is overdue',
    async run(subject, assert) {
      const [tenantId, other] = subject.tenants
      const variantId = variantOf(await addProduct(subject, tenantId, 'A', {}))
      const now = subject.clock.now()
      const item: StockItem = { variantId, onHand: 5, reserved: 3, policy: 'deny', version: 1 }
      const held = {
        variantId,
        ownerId: 'one',
        quantity: 1,
        state: 'held',
        expiresAt: new Date(now.getTime() + hour),
      } as const
      const firm = { variantId, ownerId: 'two', quantity: 2, state: 'committed' } as const
      const movement = {
        variantId,
        sequence: 1,
        delta: 5,
        reason: 'count',
        onHand: 5,
        at: now,
      } as const
      await subject.work.run(tenantId, ({ catalog }) =>
        catalog.saveStock({ items: [item], reservations: [held, firm], movements: [movement] }),
      )
      const lock = (tenant: TenantId, ownerId: string, at: Date) =>
        subject.work.run(tenant, ({ catalog }) =>
          catalog.lockStock({ variantIds: [variantId], ownerId, now: at }),
        )
      assert.deepEqual(await lock(tenantId, 'two', now), [{ item, reservations: [firm] }])
      assert.deepEqual(await lock(tenantId, 'three', new Date(now.getTime() + hour)), [
        { item, reservations: [held] },
      ])
      assert.deepEqual(await lock(other, 'two', now), [])
      const [offer] = await offers(subject, tenantId, { variantIds: [variantId] })
      assert.deepEqual(offer?.stock, item)
    },
  },
  {
    name: 'refuses stock below zero, more reserved than there is, and a stale item',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const variantId = variantOf(await addProduct(subject, tenantId, 'A', {}))
      const save = (item: Partial<StockItem>) =>
        subject.work.run(tenantId, ({ catalog }) =>
          catalog.saveStock({
            items: [{ variantId, onHand: 5, reserved: 0, policy: 'deny', version: 1, ...item }],
            reservations: [],
            movements: [],
          }),
        )
      await assert.rejects(save({ reserved: -1 }), constraint)
      await assert.rejects(save({ reserved: 6 }), constraint)
      await save({})
      await save({ version: 2, policy: 'backorder', reserved: 6 })
      await assert.rejects(save({ version: 2 }), (error) =>
        isAuronxError(error, 'version_conflict'),
      )
    },
  },
]

/** Adds a product with one variant for tests. */
async function addProduct(
  { work, clock, ids }: CatalogSubject,
  tenantId: TenantId,
  sku: string,
  change: {
    readonly description?: string
    readonly position?: number
    readonly status?: Product['status']
    readonly maxPerOrder?: number
    readonly taxCode?: string
  },
): Promise<Product> {
  const { taxCode = 'standard', maxPerOrder, ...rest } = change
  const variant = {
    id: ids.next('VariantId'),
    sku,
    unitCode: 'C62',
    taxCode,
    status: 'active',
  } as const
  const product: Product = {
    id: ids.next('ProductId'),
    title: `Product ${sku}`,
    status: 'active',
    position: 0,
    variants: [{ ...variant, ...(maxPerOrder === undefined ? {} : { maxPerOrder }) }],
    createdAt: clock.now(),
    updatedAt: clock.now(),
    version: 1,
    ...rest,
  }
  await work.run(tenantId, async ({ catalog }) => {
    await catalog.saveTaxCategory({ code: 'standard', category: 'S', rate: 210_000 })
    await catalog.saveProduct(product)
  })
  return product
}

async function addPrice(
  { work, clock, ids }: CatalogSubject,
  tenantId: TenantId,
  product: Product,
  change: Partial<Price>,
): Promise<void> {
  await work.run(tenantId, ({ catalog }) =>
    catalog.addPrice({
      id: ids.next('PriceId'),
      variantId: variantOf(product),
      currency: 'EUR',
      amount: 100n,
      taxBehavior: 'inclusive',
      minQuantity: 0,
      validFrom: clock.now(),
      ...change,
    }),
  )
}

function offers(
  { work, clock }: CatalogSubject,
  tenantId: TenantId,
  query: Partial<Parameters<CatalogStore['offers']>[0]> = {},
): ReturnType<CatalogStore['offers']> {
  return work.run(tenantId, ({ catalog }) =>
    catalog.offers({ at: clock.now(), currency: 'EUR', limit: 50, ...query }),
  )
}

function variantOf({ variants }: Product): VariantId {
  const [variant] = variants
  if (variant === undefined) throw new Error('The product has no variant')
  return variant.id
}
