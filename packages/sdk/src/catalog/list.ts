import { assertAllowed } from '../kernel/index.ts'
import type { Actor, ProductId, UnitOfWork } from '../kernel/index.ts'
import type { Product, TaxCategory } from './store.ts'

/** Which products, newest first. `limit` 1 to 201. */
export interface ProductQuery {
  /** Products that come after this one in the list. */
  readonly after?: ProductId
  readonly limit: number
  /** Default: in any state. */
  readonly statuses?: readonly Product['status'][]
}

/** The catalog of one tenant as its people look through it, inside a transaction. */
export interface CatalogLists {
  /** Products with all of their variants. */
  products(query: ProductQuery): Promise<readonly Product[]>
  /** By code. */
  taxCategories(): Promise<readonly TaxCategory[]>
}

/** Products in any state, newest first. Throws `not_permitted` without `catalog:read`. */
export async function listProducts(
  work: UnitOfWork<{ readonly catalogLists: CatalogLists }>,
  actor: Actor,
  query: ProductQuery,
): Promise<readonly Product[]> {
  assertAllowed(actor, 'catalog:read')
  return work.run(actor.tenantId, ({ catalogLists }) => catalogLists.products(query))
}

/** How kinds of goods are taxed, by code. Throws `not_permitted` without `catalog:read`. */
export async function listTaxCategories(
  work: UnitOfWork<{ readonly catalogLists: CatalogLists }>,
  actor: Actor,
): Promise<readonly TaxCategory[]> {
  assertAllowed(actor, 'catalog:read')
  return work.run(actor.tenantId, ({ catalogLists }) => catalogLists.taxCategories())
}
