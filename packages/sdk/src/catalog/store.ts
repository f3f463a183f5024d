import type { PriceId, ProductId, TaxBehavior, UnitCode, VariantId } from '../kernel/index.ts'

/** One sellable form of a product. */
export interface Variant {
  readonly id: VariantId
  /** The business' own number; unique in the tenant, and the retailer id of WhatsApp catalogs. */
  readonly sku: string
  /** What tells it from its siblings, for example `Large`. */
  readonly title?: string
  readonly unitCode: UnitCode
  /** Code of a {@link TaxCategory}. */
  readonly taxCode: string
  readonly status: 'active' | 'archived'
  /** Most steps of the unit one order may have. */
  readonly maxPerOrder?: number
}

/** Something the business sells. */
export interface Product {
  readonly id: ProductId
  readonly title: string
  /** Plain text. */
  readonly description?: string
  readonly status: 'draft' | 'active' | 'archived'
  /** Place in the list that customers see, ascending. */
  readonly position: number
  readonly variants: readonly Variant[]
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly version: number
}

/** How a kind of goods is taxed now; orders keep a copy. */
export interface TaxCategory {
  /** The tenant's own code, for example `standard`. */
  readonly code: string
  /** Category of EN 16931: standard, zero rated, exempt, reverse charge, out of scope. */
  readonly category: 'S' | 'Z' | 'E' | 'AE' | 'O'
  /** Parts per million: 21 % is 210000. */
  readonly rate: number
}

/** One price row. Rows are only added; a newer one ends the open one before it. */
export interface Price {
  readonly id: PriceId
  readonly variantId: VariantId
  readonly currency: string
  /** Minor units for one whole unit. */
  readonly amount: bigint
  readonly taxBehavior: TaxBehavior
  /** Fewest steps of the unit it is for; 0 for every quantity. */
  readonly minQuantity: number
  readonly validFrom: Date
  /** Exclusive end; absent while it is open. */
  readonly validTo?: Date
}

/** Stock of one variant, in steps of its unit. */
export interface StockItem {
  readonly variantId: VariantId
  readonly onHand: number
  /** Sum of its held and committed reservations. */
  readonly reserved: number
  /** `deny` sells what is there, `backorder` more than that, `untracked` counts nothing. */
  readonly policy: 'deny' | 'backorder' | 'untracked'
  readonly version: number
}

/** What one owner has set aside of one variant. */
export interface Reservation {
  readonly variantId: VariantId
  /** Id of the order that owns it. */
  readonly ownerId: string
  readonly quantity: number
  readonly state: 'held' | 'committed' | 'released'
  /** End of a hold; a held reservation past it is anybody's. */
  readonly expiresAt?: Date
}

/** One change of what is on hand. */
export interface StockMovement {
  readonly variantId: VariantId
  /** Version of the stock item after it. */
  readonly sequence: number
  readonly delta: number
  readonly reason: 'receipt' | 'count' | 'correction'
  readonly onHand: number
  readonly at: Date
}

/** A locked stock item with the reservations that matter for a decision. */
export interface StockLevel {
  readonly item: StockItem
  /** The owner's own reservation, and every hold that is overdue. */
  readonly reservations: readonly Reservation[]
}

/** What a decision changes; items carry their next version. */
export interface StockChange {
  readonly items: readonly StockItem[]
  readonly reservations: readonly Reservation[]
  readonly movements: readonly StockMovement[]
}

/** A variant with everything needed to show and price it. */
export interface Offer {
  readonly product: Omit<Product, 'variants' | 'createdAt' | 'updatedAt'>
  readonly variant: Variant
  readonly tax: TaxCategory
  /** Rows of the asked currency that are valid at the asked time or will be later. */
  readonly prices: readonly Price[]
  /** Absent when stock was never counted, which sells like `untracked`. */
  readonly stock?: StockItem
}

/** Which offers to read. By id or SKU in any state; otherwise those on sale, in the order of their place. */
export interface OfferQuery {
  readonly at: Date
  readonly currency: string
  readonly variantIds?: readonly VariantId[]
  readonly skus?: readonly string[]
  /** Continue behind this variant. */
  readonly after?: VariantId
  readonly limit: number
}

/**
 * Catalog and stock of one tenant inside a transaction. Every rule that a constraint can hold is held by one:
 * `storage_constraint` is thrown for a SKU that is taken, prices that overlap, an unknown tax code, a reservation below
 * zero and, with policy `deny`, more reserved than on hand.
 */
export interface CatalogStore {
  offers(query: OfferQuery): Promise<readonly Offer[]>
  product(id: ProductId): Promise<Product | undefined>
  /** Adds version 1, or replaces the version before. Variants are added and replaced, never removed. Throws `version_conflict`. */
  saveProduct(product: Product): Promise<void>
  /** Adds a tax category or replaces the one with its code. */
  saveTaxCategory(tax: TaxCategory): Promise<void>
  /** Adds a price behind all others of its variant, currency and quantity, and ends the open one at its `validFrom`. */
  addPrice(price: Price): Promise<void>
  /** Locks the stock items of the variants in one fixed order and reads them after that. Uncounted ones are left out. */
  lockStock(request: {
    readonly variantIds: readonly VariantId[]
    readonly ownerId: string
    readonly now: Date
  }): Promise<readonly StockLevel[]>
  /** Writes a decision made on locked levels. Throws `version_conflict` when an item was not locked before. */
  saveStock(change: StockChange): Promise<void>
}
