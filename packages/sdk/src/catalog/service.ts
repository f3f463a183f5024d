import { assertAllowed, assertQuantity } from '../kernel/index.ts'
import type { Actor, Clock, Ids, ProductId, UnitOfWork, VariantId } from '../kernel/index.ts'
import { isForSale, overlaps, resolvePrice } from './decide.ts'
import type { SaveProductOutcome } from './save-product.ts'
import { saveProduct } from './save-product.ts'
import type { PriceInput, ProductInput, StockInput } from './schema.ts'
import type { CatalogRefusal, CatalogStores, PriceTimes, Session } from './session.ts'
import { newPrice, planCount, record } from './session.ts'
import type { Offer, Price, Product, TaxCategory } from './store.ts'

/** What {@link createCatalog} needs. */
export interface CatalogDeps {
  readonly work: UnitOfWork<CatalogStores>
  readonly clock: Clock
  readonly ids: Ids
}

/** What a quantity costs. `not_for_sale`: unknown, not on sale, or without a price. */
export type ResolvePriceOutcome =
  | { readonly kind: 'priced'; readonly price: Price; readonly offer: Offer }
  | { readonly kind: 'refused'; readonly reason: 'not_for_sale' }

/**
 * What the business sells, for how much, and how many there are. Reading takes `catalog:read`, writing `catalog:write`;
 * without it every method throws `not_permitted`.
 */
export interface Catalog {
  /**
   * Creates a product or changes the one that has its SKUs, with prices and stock where given; safe to repeat. A price
   * that did not change adds no row. Throws `not_permitted`, `unknown_currency`, `storage_constraint` (unknown tax code).
   */
  saveProduct(actor: Actor, input: ProductInput): Promise<SaveProductOutcome>
  /** Adds or changes a tax category; confirmed orders keep their copy. Throws `not_permitted`. */
  saveTaxCategory(actor: Actor, tax: TaxCategory): Promise<void>
  /** Sets a price from now or from a later time on, for a quantity and above. Throws `not_permitted`, `invalid_input`. */
  setPrice(
    actor: Actor,
    variantId: VariantId,
    price: PriceInput,
    options?: PriceTimes,
  ): Promise<{ readonly kind: 'set'; readonly price: Price } | CatalogRefusal>
  /** Counts stock. Throws `not_permitted`, `invalid_input`. */
  setStock(
    actor: Actor,
    variantId: VariantId,
    stock: StockInput,
  ): Promise<{ readonly kind: 'counted' } | CatalogRefusal>
  /** What is on sale in the tenant's currency, in the order of its places; sold out ones included. `limit` defaults to 100. */
  browse(
    actor: Actor,
    page?: { readonly after?: VariantId; readonly limit?: number },
  ): Promise<readonly Offer[]>
  /** One variant in any state, or nothing. */
  offer(actor: Actor, variantId: VariantId): Promise<Offer | undefined>
  product(actor: Actor, id: ProductId): Promise<Product | undefined>
  /** The price row for a quantity in steps of the variant's unit, now. */
  resolvePrice(actor: Actor, variantId: VariantId, quantity: number): Promise<ResolvePriceOutcome>
}

/** The catalog service. */
export function createCatalog(deps: CatalogDeps): Catalog {
  const run = <Result>(
    actor: Actor,
    body: (session: Session) => Promise<Result>,
  ): Promise<Result> =>
    deps.work.run(actor.tenantId, async (stores) => {
      const { settings } = await stores.accounts.tenant()
      return body({
        ...stores,
        actor,
        ids: deps.ids,
        now: deps.clock.now(),
        currency: settings.currency,
      })
    })
  const read: typeof run = async (actor, body) => {
    assertAllowed(actor, 'catalog:read')
    return run(actor, body)
  }
  const write: typeof run = async (actor, body) => {
    assertAllowed(actor, 'catalog:write')
    return run(actor, body)
  }
  return {
    saveProduct: (actor, input) => write(actor, (session) => saveProduct(session, input)),
    saveTaxCategory: (actor, tax) => write(actor, ({ catalog }) => catalog.saveTaxCategory(tax)),
    setPrice: (actor, variantId, price, options = {}) =>
      write(actor, (session) => setPrice(session, variantId, price, options)),
    setStock: (actor, variantId, stock) =>
      write(actor, (session) => setStock(session, variantId, stock)),
    browse: (actor, { after, limit = 100 } = {}) =>
      read(actor, ({ catalog, currency, now }) =>
        catalog.offers({ at: now, currency, limit, ...(after === undefined ? {} : { after }) }),
      ),
    offer: (actor, variantId) => read(actor, (session) => find(session, variantId)),
    product: (actor, id) => read(actor, ({ catalog }) => catalog.product(id)),
    resolvePrice: (actor, variantId, quantity) =>
      read(actor, async (session) => {
        const offer = await find(session, variantId)
        if (offer === undefined || !isForSale(offer, session.now)) return notForSale
        const price = resolvePrice(offer.prices, {
          quantity: assertQuantity(quantity),
          at: session.now,
        })
        return price === undefined ? notForSale : { kind: 'priced', price, offer }
      }),
  }
}

const notForSale = { kind: 'refused', reason: 'not_for_sale' } as const

async function setPrice(
  session: Session,
  variantId: VariantId,
  input: PriceInput,
  options: PriceTimes,
): Promise<{ readonly kind: 'set'; readonly price: Price } | CatalogRefusal> {
  const [offer] = await session.catalog.offers({
    at: session.now,
    currency: input.currency,
    variantIds: [variantId],
    limit: 1,
  })
  const product = offer && (await session.catalog.product(offer.product.id))
  if (offer === undefined || product === undefined) return { kind: 'refused', reason: 'not_found' }
  const price = newPrice(session, variantId, input, options)
  if (overlaps(offer.prices, price)) return { kind: 'refused', reason: 'price_overlap' }
  await session.catalog.addPrice(price)
  const next = { ...product, updatedAt: session.now, version: product.version + 1 }
  await session.catalog.saveProduct(next)
  const { id: priceId, amount, currency, minQuantity } = price
  const data = { variantId, priceId, amount: Number(amount), currency, minQuantity }
  await record(session, next, 'product.price_set', data)
  return { kind: 'set', price }
}

async function setStock(
  session: Session,
  variantId: VariantId,
  stock: StockInput,
): Promise<{ readonly kind: 'counted' } | CatalogRefusal> {
  if ((await find(session, variantId)) === undefined)
    return { kind: 'refused', reason: 'not_found' }
  const decision = await planCount(session, variantId, stock)
  if (decision.kind === 'refused') return decision
  await session.catalog.saveStock(decision.change)
  return { kind: 'counted' }
}

async function find(
  { catalog, now, currency }: Session,
  id: VariantId,
): Promise<Offer | undefined> {
  const [offer] = await catalog.offers({ at: now, currency, variantIds: [id], limit: 1 })
  return offer
}
