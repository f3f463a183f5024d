import { AuronxError } from '../kernel/index.ts'
import type { MemoryDatabase, TenantId } from '../kernel/index.ts'
import { isForSale, overlaps } from './decide.ts'
import type {
  CatalogStore,
  Offer,
  OfferQuery,
  Price,
  Product,
  Reservation,
  StockItem,
  StockMovement,
  TaxCategory,
} from './store.ts'

interface Of<Row> {
  readonly tenantId: TenantId
  readonly row: Row
}

/** Catalog and stock of one tenant over an in-memory database. */
export function createMemoryCatalogStore(
  database: MemoryDatabase,
  tenantId: TenantId,
): CatalogStore {
  const table = <Row>(name: string) => {
    const rows = database.table<Of<Row>>(name)
    return {
      get: (key: string) => rows.get(`${tenantId}/${key}`)?.row,
      set: (key: string, row: Row) => rows.set(`${tenantId}/${key}`, { tenantId, row }),
      all: () =>
        [...rows.values()].filter((one) => one.tenantId === tenantId).map(({ row }) => row),
    }
  }
  const products = table<Product>('products')
  const taxes = table<TaxCategory>('tax_categories')
  const prices = table<Price>('prices')
  const stock = table<StockItem>('stock_items')
  const reservations = table<Reservation>('reservations')
  const movements = table<StockMovement>('stock_movements')

  const offersOf = (product: Product, { at, currency }: OfferQuery): readonly Offer[] => {
    const { variants, createdAt: _created, updatedAt: _updated, ...head } = product
    return variants.map((variant) => {
      const tax = taxes.get(variant.taxCode)
      const item = stock.get(variant.id)
      if (tax === undefined) throw constraint('variants_tax')
      return {
        product: head,
        variant,
        tax,
        prices: prices
          .all()
          .filter((price) => price.variantId === variant.id && price.currency === currency)
          .filter((price) => price.validTo === undefined || price.validTo > at)
          .toSorted(
            (a, b) =>
              a.minQuantity - b.minQuantity || a.validFrom.getTime() - b.validFrom.getTime(),
          ),
        ...(item === undefined ? {} : { stock: item }),
      }
    })
  }

  return {
    async offers(query) {
      const all = products
        .all()
        .flatMap((product) => offersOf(product, query))
        .toSorted(byPlace)
      const chosen = all.filter(({ variant }, index) => {
        if (query.variantIds !== undefined) return query.variantIds.includes(variant.id)
        if (query.skus !== undefined) return query.skus.includes(variant.sku)
        const start =
          query.after === undefined ? -1 : all.findIndex((one) => one.variant.id === query.after)
        const offer = all[index]
        return index > start && offer !== undefined && isForSale(offer, query.at)
      })
      return chosen.slice(0, query.limit)
    },
    product: async (id) => products.get(id),
    async saveProduct(product) {
      if ((products.get(product.id)?.version ?? 0) !== product.version - 1) {
        throw new AuronxError('version_conflict', 'The product was changed meanwhile')
      }
      const others = products.all().filter(({ id }) => id !== product.id)
      const skus = product.variants.map(({ sku }) => sku)
      const taken = others.some(({ variants }) => variants.some(({ sku }) => skus.includes(sku)))
      if (taken || new Set(skus).size < skus.length) throw constraint('variants_sku')
      if (product.variants.some(({ taxCode }) => taxes.get(taxCode) === undefined)) {
        throw constraint('variants_tax')
      }
      const kept = products.get(product.id)?.variants ?? []
      const left = kept.filter(({ id }) => !product.variants.some((variant) => variant.id === id))
      products.set(product.id, { ...product, variants: [...product.variants, ...left] })
    },
    async saveTaxCategory(tax) {
      taxes.set(tax.code, tax)
    },
    async addPrice(price) {
      const open = prices.all().find((row) => sameKey(row, price) && row.validTo === undefined)
      if (overlaps(prices.all(), price)) throw constraint('prices_follow')
      if (open !== undefined) prices.set(open.id, { ...open, validTo: price.validFrom })
      prices.set(price.id, price)
    },
    async lockStock({ variantIds, ownerId, now }) {
      return variantIds.toSorted().flatMap((variantId) => {
        const item = stock.get(variantId)
        if (item === undefined) return []
        const relevant = reservations.all().filter((held) => {
          const overdue =
            held.state === 'held' && held.expiresAt !== undefined && held.expiresAt <= now
          return held.variantId === variantId && (held.ownerId === ownerId || overdue)
        })
        return { item, reservations: relevant }
      })
    },
    async saveStock(change) {
      for (const item of change.items) {
        if ((stock.get(item.variantId)?.version ?? 0) !== item.version - 1) {
          throw new AuronxError('version_conflict', 'The stock was changed meanwhile')
        }
        if (item.reserved < 0 || item.onHand < 0) throw constraint('stock_items_not_negative')
        if (item.policy === 'deny' && item.reserved > item.onHand)
          throw constraint('stock_items_deny')
        stock.set(item.variantId, item)
      }
      for (const held of change.reservations)
        reservations.set(`${held.ownerId}/${held.variantId}`, held)
      for (const movement of change.movements) {
        movements.set(`${movement.variantId}/${movement.sequence}`, movement)
      }
    },
  }
}

function sameKey(a: Price, b: Price): boolean {
  return a.variantId === b.variantId && a.currency === b.currency && a.minQuantity === b.minQuantity
}

function byPlace(a: Offer, b: Offer): number {
  return a.product.position - b.product.position || (a.variant.id < b.variant.id ? -1 : 1)
}

function constraint(name: string): AuronxError {
  return new AuronxError('storage_constraint', 'The database refused a value', {
    details: { constraint: name },
  })
}
