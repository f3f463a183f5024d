import type { AccountStore } from '../accounts/index.ts'
import { AuronxError, assertQuantity, money } from '../kernel/index.ts'
import type {
  Actor,
  Clock,
  DomainEvent,
  EventStore,
  Ids,
  ProductId,
  UnitOfWork,
  VariantId,
} from '../kernel/index.ts'
import { decideCount, isForSale, overlaps, resolvePrice } from './decide.ts'
import type { PriceInput, ProductInput, StockInput } from './schema.ts'
import type { CatalogStore, Offer, Price, Product, TaxCategory, Variant } from './store.ts'

/** The stores the catalog service needs in a transaction. */
export interface CatalogStores {
  readonly accounts: AccountStore
  readonly catalog: CatalogStore
  readonly events: EventStore
}

/** What {@link createCatalog} needs. */
export interface CatalogDeps {
  readonly work: UnitOfWork<CatalogStores>
  readonly clock: Clock
  readonly ids: Ids
}

/** What saving a product did. `sku_taken`: a SKU belongs to another product. */
export type SaveProductOutcome =
  | { readonly kind: 'saved'; readonly product: Product }
  | CatalogRefusal

/** What the catalog refuses. `below_reserved`: customers have more set aside than the new count. */
export interface CatalogRefusal {
  readonly kind: 'refused'
  readonly reason: 'sku_taken' | 'not_found' | 'price_overlap' | 'below_reserved'
}

/** What a quantity costs. `not_for_sale`: unknown, not on sale, or without a price. */
export type ResolvePriceOutcome =
  | { readonly kind: 'priced'; readonly price: Price; readonly offer: Offer }
  | { readonly kind: 'refused'; readonly reason: 'not_for_sale' }

/** What the business sells, for how much, and how many there are. Writes are for staff, integrations and the system. */
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
    options?: { readonly validFrom?: Date; readonly validTo?: Date; readonly minQuantity?: number },
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
  const write: typeof run = async (actor, body) => {
    if (actor.kind === 'customer' || actor.kind === 'ai') {
      throw new AuronxError('not_permitted', 'Only the business changes its catalog')
    }
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
      run(actor, ({ catalog, currency, now }) =>
        catalog.offers({ at: now, currency, limit, ...(after === undefined ? {} : { after }) }),
      ),
    offer: (actor, variantId) => run(actor, (session) => find(session, variantId)),
    product: (actor, id) => deps.work.run(actor.tenantId, ({ catalog }) => catalog.product(id)),
    resolvePrice: (actor, variantId, quantity) =>
      run(actor, async (session) => {
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

interface Session extends CatalogStores {
  readonly actor: Actor
  readonly ids: Ids
  readonly now: Date
  readonly currency: string
}

async function saveProduct(session: Session, input: ProductInput): Promise<SaveProductOutcome> {
  const skus = input.variants.map(({ sku }) => sku)
  const known = await session.catalog.offers({
    at: session.now,
    currency: session.currency,
    skus,
    limit: skus.length,
  })
  const owners = [...new Set(known.map(({ product }) => product.id))]
  if (owners.length > 1) return { kind: 'refused', reason: 'sku_taken' }
  const [owner] = owners
  const before = owner === undefined ? undefined : await session.catalog.product(owner)
  const product = merge(session, before, input)
  await session.catalog.saveProduct(product)
  await record(session, product, 'product.saved', {
    status: product.status,
    variantIds: product.variants.map(({ id }) => id),
  })
  for (const [index, { price, stock }] of input.variants.entries()) {
    const variantId = product.variants[index]?.id
    if (variantId === undefined) continue
    const offer = known.find(({ variant }) => variant.id === variantId)
    if (price !== undefined && !isPricedAt(offer, price, session.now)) {
      const outcome = await addPrice(session, variantId, offer?.prices ?? [], price, {})
      if (outcome.kind === 'refused') return outcome
    }
    if (stock !== undefined) {
      const outcome = await setStock(session, variantId, stock)
      if (outcome.kind === 'refused') return outcome
    }
  }
  return { kind: 'saved', product }
}

function merge(session: Session, before: Product | undefined, input: ProductInput): Product {
  const given = input.variants.map(({ price: _price, stock: _stock, ...variant }): Variant => {
    const known = before?.variants.find(({ sku }) => sku === variant.sku)
    return {
      id: known?.id ?? session.ids.next('VariantId'),
      unitCode: 'C62',
      status: 'active',
      ...variant,
    }
  })
  const dropped = (before?.variants ?? [])
    .filter(({ id }) => !given.some((variant) => variant.id === id))
    .map((variant) => ({ ...variant, status: 'archived' as const }))
  return {
    id: before?.id ?? session.ids.next('ProductId'),
    title: input.title,
    ...(input.description === undefined ? {} : { description: input.description }),
    status: input.status ?? 'active',
    position: input.position ?? before?.position ?? 0,
    variants: [...given, ...dropped],
    createdAt: before?.createdAt ?? session.now,
    updatedAt: session.now,
    version: (before?.version ?? 0) + 1,
  }
}

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
  const outcome = await addPrice(session, variantId, offer.prices, input, options)
  if (outcome.kind === 'refused') return outcome
  const next = { ...product, updatedAt: session.now, version: product.version + 1 }
  await session.catalog.saveProduct(next)
  const { id: priceId, amount, currency, minQuantity } = outcome.price
  const data = { variantId, priceId, amount: Number(amount), currency, minQuantity }
  await record(session, next, 'product.price_set', data)
  return outcome
}

interface PriceTimes {
  readonly validFrom?: Date
  readonly validTo?: Date
  readonly minQuantity?: number
}

async function addPrice(
  session: Session,
  variantId: VariantId,
  prices: readonly Price[],
  input: PriceInput,
  { validFrom = session.now, validTo, minQuantity = 0 }: PriceTimes,
): Promise<{ readonly kind: 'set'; readonly price: Price } | CatalogRefusal> {
  if (validFrom < session.now || (validTo !== undefined && validTo <= validFrom)) {
    throw new AuronxError('invalid_input', 'A price starts now or later and ends after it starts')
  }
  const price: Price = {
    id: session.ids.next('PriceId'),
    variantId,
    ...money(input.amount, input.currency),
    taxBehavior: input.taxBehavior,
    minQuantity: assertQuantity(minQuantity),
    validFrom,
    ...(validTo === undefined ? {} : { validTo }),
  }
  if (overlaps(prices, price)) return { kind: 'refused', reason: 'price_overlap' }
  await session.catalog.addPrice(price)
  return { kind: 'set', price }
}

async function setStock(
  { catalog, now }: Session,
  variantId: VariantId,
  { onHand, policy }: StockInput,
): Promise<{ readonly kind: 'counted' } | CatalogRefusal> {
  const [level] = await catalog.lockStock({ variantIds: [variantId], ownerId: '', now })
  const count = { variantId, onHand: assertQuantity(onHand), policy, reason: 'count', now } as const
  const decision = decideCount(level, count)
  if (decision.kind === 'refused') return decision
  await catalog.saveStock(decision.change)
  return { kind: 'counted' }
}

async function find(
  { catalog, now, currency }: Session,
  id: VariantId,
): Promise<Offer | undefined> {
  const [offer] = await catalog.offers({ at: now, currency, variantIds: [id], limit: 1 })
  return offer
}

function isPricedAt(offer: Offer | undefined, input: PriceInput, at: Date): boolean {
  const current = offer && resolvePrice(offer.prices, { quantity: 0, at })
  return (
    current?.amount === BigInt(input.amount) &&
    current.currency === input.currency &&
    current.taxBehavior === input.taxBehavior
  )
}

async function record(
  { events, actor, ids, now }: Session,
  product: Product,
  type: string,
  data: DomainEvent['data'],
): Promise<void> {
  await events.append([
    {
      id: ids.next('InboxEventId'),
      tenantId: actor.tenantId,
      type,
      schema: 1,
      aggregateType: 'product',
      aggregateId: product.id,
      aggregateVersion: product.version,
      occurredAt: now,
      actor,
      correlationId: actor.evidence?.id ?? product.id,
      data,
    },
  ])
}
