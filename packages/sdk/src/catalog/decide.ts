import type { VariantId } from '../kernel/index.ts'
import type {
  Offer,
  Price,
  Reservation,
  StockChange,
  StockItem,
  StockLevel,
  StockMovement,
} from './store.ts'

/** What an owner wants of one variant, in steps of its unit. */
export interface Demand {
  readonly variantId: VariantId
  readonly quantity: number
}

/** A variant of which there is less than wanted. */
export interface Shortage {
  readonly variantId: VariantId
  readonly wanted: number
  /** What could be had now. */
  readonly left: number
}

/** What a request for stock comes to. */
export type StockDecision =
  | { readonly kind: 'taken'; readonly change: StockChange }
  | {
      readonly kind: 'refused'
      readonly reason: 'insufficient_stock'
      readonly shortages: readonly Shortage[]
    }

/** Who takes stock, when, and how firmly. */
export interface TakeFacts {
  readonly ownerId: string
  readonly now: Date
  readonly state: 'held' | 'committed'
  /** End of a hold. */
  readonly expiresAt?: Date
}

/**
 * Makes the owner's reservations exactly the demands, all or nothing. Demands of one variant count together; what the
 * owner already has counts as its own; holds of others that are overdue are released first. Variants without a counted
 * item, or with policy `untracked`, need no reservation.
 */
export function decideTake(
  levels: readonly StockLevel[],
  demands: readonly Demand[],
  facts: TakeFacts,
): StockDecision {
  const wanted = new Map<string, number>()
  for (const { variantId, quantity } of demands)
    wanted.set(variantId, (wanted.get(variantId) ?? 0) + quantity)
  const shortages: Shortage[] = []
  const steps = levels.map((level) => {
    const freed = releaseWhere(
      level,
      (held) => held.ownerId === facts.ownerId || isOverdue(held, facts.now),
    )
    const quantity = level.item.policy === 'untracked' ? 0 : (wanted.get(level.item.variantId) ?? 0)
    const left = freed.item.onHand - freed.item.reserved
    if (level.item.policy === 'deny' && quantity > left) {
      shortages.push({ variantId: level.item.variantId, wanted: quantity, left: Math.max(0, left) })
    }
    return quantity === 0 ? freed : reserve(freed, quantity, facts)
  })
  if (shortages.length > 0) return { kind: 'refused', reason: 'insufficient_stock', shortages }
  return { kind: 'taken', change: changeOf(levels, steps) }
}

/** Gives back everything the owner has. Idempotent: what is released stays released. */
export function decideRelease(levels: readonly StockLevel[], ownerId: string): StockChange {
  return changeOf(
    levels,
    levels.map((level) => releaseWhere(level, (held) => held.ownerId === ownerId)),
  )
}

/** A new count of one variant. Refused when, with policy `deny`, more is reserved than would be there. */
export function decideCount(
  level: StockLevel | undefined,
  count: {
    readonly variantId: VariantId
    readonly onHand: number
    readonly policy: StockItem['policy']
    readonly reason: StockMovement['reason']
    readonly now: Date
  },
):
  | { readonly kind: 'counted'; readonly change: StockChange }
  | { readonly kind: 'refused'; readonly reason: 'below_reserved' } {
  const { variantId, onHand, policy, reason, now } = count
  const before = level?.item ?? { variantId, onHand: 0, reserved: 0, policy, version: 0 }
  if (policy === 'deny' && onHand < before.reserved)
    return { kind: 'refused', reason: 'below_reserved' }
  const unchanged = before.version > 0 && before.onHand === onHand && before.policy === policy
  if (unchanged) return { kind: 'counted', change: { items: [], reservations: [], movements: [] } }
  const item = { ...before, onHand, policy, version: before.version + 1 }
  const delta = onHand - before.onHand
  const movement = { variantId, sequence: item.version, delta, reason, onHand, at: now }
  return { kind: 'counted', change: { items: [item], reservations: [], movements: [movement] } }
}

/** The price of a quantity at a time: the valid row with the greatest minimum that the quantity reaches. */
export function resolvePrice(
  prices: readonly Price[],
  { quantity, at }: { readonly quantity: number; readonly at: Date },
): Price | undefined {
  return prices
    .filter((price) => price.validFrom <= at && (price.validTo === undefined || price.validTo > at))
    .filter((price) => price.minQuantity <= quantity)
    .toSorted((a, b) => b.minQuantity - a.minQuantity)[0]
}

/** Whether a new price does not come last among those of its variant, currency and quantity: prices are only appended. */
export function overlaps(prices: readonly Price[], added: Price): boolean {
  return prices
    .filter(
      (price) =>
        price.variantId === added.variantId &&
        price.currency === added.currency &&
        price.minQuantity === added.minQuantity,
    )
    .some(({ validFrom, validTo }) =>
      validTo === undefined ? validFrom >= added.validFrom : validTo > added.validFrom,
    )
}

/** Whether a customer may order the variant now: product and variant on sale, with a price for one unit or more. */
export function isForSale(offer: Offer, at: Date): boolean {
  const active = offer.product.status === 'active' && offer.variant.status === 'active'
  return (
    active && resolvePrice(offer.prices, { quantity: Number.MAX_SAFE_INTEGER, at }) !== undefined
  )
}

/** How many steps could be ordered now, or nothing when stock does not limit it. */
export function availableOf({ stock }: Offer): number | undefined {
  return stock?.policy === 'deny' ? Math.max(0, stock.onHand - stock.reserved) : undefined
}

/** The name of a variant as customers read it. */
export function titleOf({ product, variant }: Offer): string {
  return variant.title === undefined ? product.title : `${product.title} · ${variant.title}`
}

function isOverdue(reservation: Reservation, now: Date): boolean {
  return (
    reservation.state === 'held' &&
    reservation.expiresAt !== undefined &&
    reservation.expiresAt <= now
  )
}

function releaseWhere(level: StockLevel, matches: (held: Reservation) => boolean): StockLevel {
  const freed = level.reservations.filter((held) => held.state !== 'released' && matches(held))
  const quantity = freed.reduce((sum, held) => sum + held.quantity, 0)
  return {
    item: { ...level.item, reserved: level.item.reserved - quantity },
    reservations: level.reservations.map((held) =>
      freed.includes(held) ? { ...held, state: 'released' } : held,
    ),
  }
}

function reserve(level: StockLevel, quantity: number, facts: TakeFacts): StockLevel {
  const reservation: Reservation = {
    variantId: level.item.variantId,
    ownerId: facts.ownerId,
    quantity,
    state: facts.state,
    ...(facts.expiresAt === undefined ? {} : { expiresAt: facts.expiresAt }),
  }
  return {
    item: { ...level.item, reserved: level.item.reserved + quantity },
    reservations: [
      ...level.reservations.filter((held) => held.ownerId !== facts.ownerId),
      reservation,
    ],
  }
}

function changeOf(before: readonly StockLevel[], after: readonly StockLevel[]): StockChange {
  const reservations = after.flatMap((level, index) => {
    const known = before[index]?.reservations ?? []
    return level.reservations.filter((held) => !known.some((earlier) => isSame(earlier, held)))
  })
  const touched = new Set(reservations.map((held) => held.variantId))
  const items = after
    .filter((level) => touched.has(level.item.variantId))
    .map(({ item }) => ({ ...item, version: item.version + 1 }))
  return { items, reservations, movements: [] }
}

function isSame(a: Reservation, b: Reservation): boolean {
  return (
    a.ownerId === b.ownerId &&
    a.quantity === b.quantity &&
    a.state === b.state &&
    a.expiresAt?.getTime() === b.expiresAt?.getTime()
  )
}
