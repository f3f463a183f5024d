import type { AccountStore } from '../accounts/index.ts'
import { AuronxError, assertQuantity, money } from '../kernel/index.ts'
import type { Actor, DomainEvent, EventStore, Ids, VariantId } from '../kernel/index.ts'
import { decideCount } from './decide.ts'
import type { PriceInput, StockInput } from './schema.ts'
import type { CatalogStore, Price, Product } from './store.ts'

/** The stores the catalog service needs in a transaction. */
export interface CatalogStores {
  readonly accounts: AccountStore
  readonly catalog: CatalogStore
  readonly events: EventStore
}

/** What the catalog refuses. `below_reserved`: customers have more set aside than the new count. */
export interface CatalogRefusal {
  readonly kind: 'refused'
  readonly reason: 'sku_taken' | 'not_found' | 'price_overlap' | 'below_reserved'
}

/** One command: stores, actor, time and the tenant's currency. */
export interface Session extends CatalogStores {
  readonly actor: Actor
  readonly ids: Ids
  readonly now: Date
  readonly currency: string
}

/** When and from which quantity on a price is valid. */
export interface PriceTimes {
  readonly validFrom?: Date
  readonly validTo?: Date
  readonly minQuantity?: number
}

/** A price row of an input. Throws `invalid_input`, `unknown_currency`, `money_out_of_range`. */
export function newPrice(
  session: Session,
  variantId: VariantId,
  input: PriceInput,
  { validFrom = session.now, validTo, minQuantity = 0 }: PriceTimes,
): Price {
  if (validFrom < session.now || (validTo !== undefined && validTo <= validFrom)) {
    throw new AuronxError('invalid_input', 'A price starts now or later and ends after it starts')
  }
  return {
    id: session.ids.next('PriceId'),
    variantId,
    ...money(input.amount, input.currency),
    taxBehavior: input.taxBehavior,
    minQuantity: assertQuantity(minQuantity),
    validFrom,
    ...(validTo === undefined ? {} : { validTo }),
  }
}

/** What a count comes to, with the item locked. Throws `invalid_input`. */
export async function planCount(
  { catalog, now }: Session,
  variantId: VariantId,
  { onHand, policy }: StockInput,
): Promise<ReturnType<typeof decideCount>> {
  const [level] = await catalog.lockStock({ variantIds: [variantId], ownerId: '', now })
  const count = { variantId, onHand: assertQuantity(onHand), policy, reason: 'count', now } as const
  return decideCount(level, count)
}

/** Appends an event of a product. */
export async function record(
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
