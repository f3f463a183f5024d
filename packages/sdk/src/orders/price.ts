import { isForSale, resolvePrice, titleOf } from '../catalog/index.ts'
import type { Offer } from '../catalog/index.ts'
import { priceDocument, sha256Hex, unitScales } from '../kernel/index.ts'
import type { OrderId, TaxRounding, VariantId } from '../kernel/index.ts'
import type { OrderContent } from './decide.ts'
import { contentData } from './events.ts'
import type { OrderLine, OrderOf } from './store.ts'

/** What somebody wants, in steps of the variant's unit. */
export interface WantedLine {
  readonly variantId: VariantId
  readonly quantity: number
}

/** Lines priced from the catalog, or the variants that cannot be had like this. */
export type PricedContent =
  | { readonly kind: 'priced'; readonly content: OrderContent<OrderLine> }
  | {
      readonly kind: 'refused'
      readonly reason: 'not_for_sale' | 'too_many'
      readonly variantIds: readonly VariantId[]
    }

/** Prices wanted lines from offers of the document's currency, by the one pricing rule. Lines of zero are left out. */
export function priceLines(
  offers: readonly Offer[],
  wanted: readonly WantedLine[],
  document: { readonly currency: string; readonly taxRounding: TaxRounding; readonly at: Date },
): PricedContent {
  const items = wanted
    .filter(({ quantity }) => quantity > 0)
    .map(({ variantId, quantity }) => {
      const offer = offers.find(({ variant }) => variant.id === variantId)
      const onSale = offer !== undefined && isForSale(offer, document.at)
      const price = onSale ? resolvePrice(offer.prices, { quantity, at: document.at }) : undefined
      return { variantId, quantity, offer, price }
    })
  const missing = items.filter(({ price }) => price === undefined)
  if (missing.length > 0) return refuse('not_for_sale', missing)
  const over = items.filter(
    ({ offer, quantity }) => quantity > (offer?.variant.maxPerOrder ?? quantity),
  )
  if (over.length > 0) return refuse('too_many', over)

  const bare = items.flatMap(({ offer, price, quantity }) =>
    offer === undefined || price === undefined ? [] : { offer, price, quantity },
  )
  const {
    lines,
    groups: _groups,
    currency: _currency,
    ...totals
  } = priceDocument({
    currency: document.currency,
    taxRounding: document.taxRounding,
    lines: bare.map(({ offer, price, quantity }) => ({
      unitAmount: price.amount,
      quantity,
      scale: unitScales[offer.variant.unitCode],
      tax: { category: offer.tax.category, rate: offer.tax.rate, behavior: price.taxBehavior },
    })),
  })
  const priced = bare.flatMap(({ offer, price, quantity }, position): OrderLine[] => {
    const amounts = lines[position]
    if (amounts === undefined) return []
    return [
      {
        ...amounts,
        variantId: offer.variant.id,
        productId: offer.product.id,
        sku: offer.variant.sku,
        title: titleOf(offer),
        unitCode: offer.variant.unitCode,
        quantity,
        unitAmount: price.amount,
        priceId: price.id,
        taxCategory: offer.tax.category,
        taxRate: offer.tax.rate,
        taxBehavior: price.taxBehavior,
      },
    ]
  })
  return { kind: 'priced', content: { lines: priced, totals } }
}

/** Digest of everything a customer agrees to. */
export function hashContent(
  order: Pick<OrderOf<OrderLine>, 'currency' | 'taxRounding'> & { readonly id: OrderId },
  content: OrderContent<OrderLine>,
): Promise<string> {
  const titles = content.lines.map(({ title }) => title)
  const parts = [order.id, order.currency, order.taxRounding, contentData(content), titles]
  return sha256Hex(JSON.stringify(parts))
}

/** Wanted lines with another quantity of one variant added; a variant stands in one line. */
export function addWanted(
  lines: readonly WantedLine[],
  added: readonly WantedLine[],
): readonly WantedLine[] {
  const quantities = new Map<VariantId, number>()
  for (const { variantId, quantity } of [...lines, ...added]) {
    quantities.set(variantId, (quantities.get(variantId) ?? 0) + quantity)
  }
  return [...quantities].map(([variantId, quantity]) => ({ variantId, quantity }))
}

function refuse(
  reason: 'not_for_sale' | 'too_many',
  items: readonly { readonly variantId: VariantId }[],
): PricedContent {
  return { kind: 'refused', reason, variantIds: items.map(({ variantId }) => variantId) }
}
