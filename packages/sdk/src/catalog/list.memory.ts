import type { MemoryDatabase, TenantId } from '../kernel/index.ts'
import type { CatalogLists } from './list.ts'
import type { Product, TaxCategory } from './store.ts'

interface Of<Row> {
  readonly tenantId: TenantId
  readonly row: Row
}

/** Lists of the catalog over an in-memory database. */
export function createMemoryCatalogLists(
  database: MemoryDatabase,
  tenantId: TenantId,
): CatalogLists {
  const all = <Row>(name: string): readonly Row[] =>
    [...database.table<Of<Row>>(name).values()]
      .filter((one) => one.tenantId === tenantId)
      .map(({ row }) => row)
  return {
    products: async ({ after, limit, statuses }) =>
      all<Product>('products')
        .filter(({ status }) => statuses === undefined || statuses.includes(status))
        .filter(({ id }) => after === undefined || id < after)
        .toSorted((a, b) => (a.id < b.id ? 1 : -1))
        .slice(0, limit),
    taxCategories: async () =>
      all<TaxCategory>('tax_categories').toSorted((a, b) => (a.code < b.code ? -1 : 1)),
  }
}
