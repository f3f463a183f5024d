import { AuronxError, isAuronxError } from '../kernel/index.ts'
import type { VariantId } from '../kernel/index.ts'
import { overlaps, resolvePrice } from './decide.ts'
import type { PriceInput, ProductInput } from './schema.ts'
import type { CatalogRefusal, Session } from './session.ts'
import { newPrice, planCount, record } from './session.ts'
import type { Offer, Price, Product, StockChange, Variant } from './store.ts'

/** What saving a product did. `sku_taken`: a SKU belongs to another product. */
export type SaveProductOutcome =
  | { readonly kind: 'saved'; readonly product: Product }
  | CatalogRefusal

/** Creates or changes a product by its SKUs, with prices and stock; a refusal changes nothing. */
export async function saveProduct(
  session: Session,
  input: ProductInput,
): Promise<SaveProductOutcome> {
  const known = await readKnown(session, input)
  const owners = [...new Set(known.map(({ product }) => product.id))]
  if (owners.length > 1) return { kind: 'refused', reason: 'sku_taken' }
  const [owner] = owners
  const before = owner === undefined ? undefined : await session.catalog.product(owner)
  const product = merge(session, before, input)

  // Everything is decided before anything is written, so that a refusal leaves no half of it.
  const plan = await planVariants(session, product, known, input)
  if (plan.kind === 'refused') return plan
  await session.catalog.saveProduct(product).catch(explainTax)
  await record(session, product, 'product.saved', {
    status: product.status,
    variantIds: product.variants.map(({ id }) => id),
  })
  for (const price of plan.prices) await session.catalog.addPrice(price)
  for (const change of plan.counts) await session.catalog.saveStock(change)
  return { kind: 'saved', product }
}

function explainTax(cause: unknown): never {
  const isTax =
    isAuronxError(cause, 'storage_constraint') && cause.details['constraint'] === 'variants_tax'
  if (!isTax) throw cause
  const message = 'A taxCode names no tax category: save it first, with saveTaxCategory'
  throw new AuronxError('storage_constraint', message, { cause, details: cause.details })
}

interface Plan {
  readonly kind: 'planned'
  readonly prices: readonly Price[]
  readonly counts: readonly StockChange[]
}

async function planVariants(
  session: Session,
  product: Product,
  known: readonly Offer[],
  input: ProductInput,
): Promise<Plan | CatalogRefusal> {
  const prices: Price[] = []
  const counts: StockChange[] = []
  for (const [index, { price, stock }] of input.variants.entries()) {
    const variantId = product.variants[index]?.id
    if (variantId === undefined) continue
    const planned = planPrice(session, variantId, pricesOf(known, variantId), price)
    if (planned?.kind === 'refused') return planned
    if (planned !== undefined) prices.push(planned.price)
    const counted = stock === undefined ? undefined : await planCount(session, variantId, stock)
    if (counted?.kind === 'refused') return counted
    if (counted !== undefined) counts.push(counted.change)
  }
  return { kind: 'planned', prices, counts }
}

async function readKnown(session: Session, { variants }: ProductInput): Promise<readonly Offer[]> {
  const skus = variants.map(({ sku }) => sku)
  const named = variants.flatMap(({ price }) => price?.currency ?? [])
  const known: Offer[] = []
  for (const currency of new Set([session.currency, ...named])) {
    const query = { at: session.now, currency, skus, limit: skus.length }
    known.push(...(await session.catalog.offers(query)))
  }
  return known
}

function pricesOf(known: readonly Offer[], variantId: VariantId): readonly Price[] {
  return known.filter(({ variant }) => variant.id === variantId).flatMap(({ prices }) => prices)
}

function planPrice(
  session: Session,
  variantId: VariantId,
  prices: readonly Price[],
  input: PriceInput | undefined,
): { readonly kind: 'planned'; readonly price: Price } | CatalogRefusal | undefined {
  if (input === undefined || isPricedAt(prices, input, session.now)) return undefined
  const price = newPrice(session, variantId, input, {})
  if (overlaps(prices, price)) return { kind: 'refused', reason: 'price_overlap' }
  return { kind: 'planned', price }
}

function merge(session: Session, before: Product | undefined, input: ProductInput): Product {
  const variants = mergeVariants(session, before?.variants ?? [], input)
  const { title, description, status = 'active', position = before?.position ?? 0 } = input
  const head = { title, status, position, variants, updatedAt: session.now }
  const text = description === undefined ? {} : { description }
  if (before === undefined) {
    const id = session.ids.next('ProductId')
    return { ...head, ...text, id, createdAt: session.now, version: 1 }
  }
  return {
    ...head,
    ...text,
    id: before.id,
    createdAt: before.createdAt,
    version: before.version + 1,
  }
}

function mergeVariants(
  session: Session,
  before: readonly Variant[],
  input: ProductInput,
): readonly Variant[] {
  const given = input.variants.map(({ price: _price, stock: _stock, ...variant }): Variant => {
    const known = before.find(({ sku }) => sku === variant.sku)
    const id = known?.id ?? session.ids.next('VariantId')
    return { id, unitCode: 'C62', status: 'active', ...variant }
  })
  const dropped = before
    .filter(({ id }) => !given.some((variant) => variant.id === id))
    .map((variant) => ({ ...variant, status: 'archived' as const }))
  return [...given, ...dropped]
}

function isPricedAt(prices: readonly Price[], input: PriceInput, at: Date): boolean {
  const sameCurrency = prices.filter(({ currency }) => currency === input.currency)
  const current = resolvePrice(sameCurrency, { quantity: 0, at })
  return current?.amount === BigInt(input.amount) && current.taxBehavior === input.taxBehavior
}
