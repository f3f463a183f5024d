import type { ProductId, TenantId } from '../kernel/index.ts'
import type { ContractCase, StoreSubject } from '../testing/contract.ts'
import type { CatalogLists, ProductQuery } from './list.ts'
import type { CatalogStore, Product } from './store.ts'

/** What the contract of lists of the catalog is run against. */
export type CatalogListSubject = StoreSubject<{
  readonly catalog: CatalogStore
  readonly catalogLists: CatalogLists
}>

/** Promises of {@link CatalogLists}. */
export const catalogListContract: readonly ContractCase<CatalogListSubject>[] = [
  {
    name: 'lists products of its tenant in every state, newest first and page by page, with all variants',
    async run(subject, assert) {
      const [tenantId, other] = subject.tenants
      const made: Product[] = []
      for (const status of ['draft', 'active', 'archived'] as const)
        made.push(await add(subject, tenantId, status))
      await add(subject, other, 'active')
      const newest = made.toReversed()
      const first = await list(subject, tenantId, { limit: 2 })
      assert.deepEqual(first, newest.slice(0, 2))
      const after = first.at(-1)?.id
      const rest = await list(subject, tenantId, {
        limit: 2,
        ...(after === undefined ? {} : { after }),
      })
      assert.deepEqual(rest, newest.slice(2))
      const some = await list(subject, tenantId, { limit: 9, statuses: ['draft', 'archived'] })
      assert.deepEqual(
        some.map(({ status }) => status),
        ['archived', 'draft'],
      )
      assert.equal((await list(subject, other, { limit: 9 })).length, 1)
    },
  },
  {
    name: 'lists the tax categories of its tenant by code',
    async run(subject, assert) {
      const [tenantId, other] = subject.tenants
      await subject.work.run(tenantId, async ({ catalog }) => {
        await catalog.saveTaxCategory({ code: 'standard', category: 'S', rate: 210_000 })
        await catalog.saveTaxCategory({ code: 'reduced', category: 'S', rate: 100_000 })
      })
      const read = (who: TenantId) =>
        subject.work.run(who, ({ catalogLists }) => catalogLists.taxCategories())
      assert.deepEqual(await read(tenantId), [
        { code: 'reduced', category: 'S', rate: 100_000 },
        { code: 'standard', category: 'S', rate: 210_000 },
      ])
      assert.deepEqual(await read(other), [])
    },
  },
]

async function add(
  subject: CatalogListSubject,
  tenantId: TenantId,
  status: Product['status'],
): Promise<Product> {
  const id: ProductId = subject.ids.next('ProductId')
  const now = subject.clock.now()
  const variant = { unitCode: 'C62', taxCode: 'standard', status: 'active' } as const
  const product: Product = {
    id,
    title: 'Tea',
    status,
    position: 0,
    variants: ['S', 'L'].map((size) => ({
      ...variant,
      id: subject.ids.next('VariantId'),
      sku: `${id}-${size}`,
    })),
    createdAt: now,
    updatedAt: now,
    version: 1,
  }
  await subject.work.run(tenantId, async ({ catalog }) => {
    await catalog.saveTaxCategory({ code: 'standard', category: 'S', rate: 210_000 })
    await catalog.saveProduct(product)
  })
  return product
}

function list(subject: CatalogListSubject, tenantId: TenantId, query: ProductQuery) {
  return subject.work.run(tenantId, ({ catalogLists }) => catalogLists.products(query))
}
