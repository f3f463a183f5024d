import { asId } from '@auronx/sdk'
import type {
  Offer,
  Price,
  Product,
  Reservation,
  StockItem,
  StockLevel,
  TaxCategory,
  Variant,
} from '@auronx/sdk'
import { instant, integer, json, optionalInstant, optionalText, text } from './row.ts'
import type { SqlRow } from './sql.ts'
import { present, stored } from './stored.ts'

/** Columns of a variant `v` beside those of its product. */
export const variantColumns = `v.id as variant_id, v.sku, v.title as variant_title, v.unit_code, v.tax_code,
  v.status as variant_status, v.max_per_order`

/** A product with its variants, from the rows of their join. */
export function toProduct(first: SqlRow, rows: readonly SqlRow[]): Product {
  return {
    ...toHead(first),
    variants: rows.filter((row) => row['variant_id'] !== null).map(toVariant),
    createdAt: instant(first, 'created_at'),
    updatedAt: instant(first, 'updated_at'),
  }
}

function toHead(row: SqlRow): Offer['product'] {
  return {
    id: asId('ProductId', text(row, 'id')),
    title: text(row, 'title'),
    status: stored<Product['status']>(text(row, 'status')),
    position: integer(row, 'position'),
    version: integer(row, 'version'),
    ...present({ description: optionalText(row, 'description') }),
  }
}

function toVariant(row: SqlRow): Variant {
  return {
    id: asId('VariantId', text(row, 'variant_id')),
    sku: text(row, 'sku'),
    unitCode: stored<Variant['unitCode']>(text(row, 'unit_code')),
    taxCode: text(row, 'tax_code'),
    status: stored<Variant['status']>(text(row, 'variant_status')),
    ...present({
      title: optionalText(row, 'variant_title'),
      maxPerOrder: row['max_per_order'] === null ? undefined : integer(row, 'max_per_order'),
    }),
  }
}

interface PriceJson {
  readonly id: string
  readonly amount: number
  readonly taxBehavior: Price['taxBehavior']
  readonly minQuantity: number
  readonly validFrom: string
  readonly validTo: string | null
}

/** An offer, from the row of its variant. */
export function toOffer(row: SqlRow, currency: string): Offer {
  const variant = toVariant(row)
  const prices = stored<readonly PriceJson[]>(json(row, 'prices')).map(
    ({ id, amount, validFrom, validTo, ...rest }): Price => ({
      ...rest,
      id: asId('PriceId', id),
      variantId: variant.id,
      currency,
      amount: BigInt(amount),
      validFrom: new Date(validFrom),
      ...(validTo === null ? {} : { validTo: new Date(validTo) }),
    }),
  )
  const tax: TaxCategory = {
    code: variant.taxCode,
    category: stored<TaxCategory['category']>(text(row, 'category')),
    rate: integer(row, 'rate'),
  }
  const counted = row['on_hand'] !== null
  const stock = counted ? toItem(row, 'stock_version') : undefined
  return { product: toHead(row), variant, tax, prices, ...present({ stock }) }
}

function toItem(row: SqlRow, version: string): StockItem {
  return {
    variantId: asId('VariantId', text(row, 'variant_id')),
    onHand: integer(row, 'on_hand'),
    reserved: integer(row, 'reserved'),
    policy: stored<StockItem['policy']>(text(row, 'policy')),
    version: integer(row, version),
  }
}

/** Stock levels, from the rows of items and reservations in the order of items. */
export function toLevels(rows: readonly SqlRow[]): readonly StockLevel[] {
  const levels = new Map<string, StockLevel>()
  for (const row of rows) {
    const item = toItem(row, 'version')
    const known = levels.get(item.variantId)?.reservations ?? []
    const held = row['owner_id'] === null ? [] : [toReservation(row, item)]
    levels.set(item.variantId, { item, reservations: [...known, ...held] })
  }
  return [...levels.values()]
}

function toReservation(row: SqlRow, { variantId }: StockItem): Reservation {
  return {
    variantId,
    ownerId: text(row, 'owner_id'),
    quantity: integer(row, 'quantity'),
    state: stored<Reservation['state']>(text(row, 'state')),
    ...present({ expiresAt: optionalInstant(row, 'expires_at') }),
  }
}
