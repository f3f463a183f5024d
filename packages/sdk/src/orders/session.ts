import type { AccountStore, TenantSettings } from '../accounts/index.ts'
import type { CatalogStore, Offer, Shortage } from '../catalog/index.ts'
import type {
  Actor,
  Clock,
  EventStore,
  Ids,
  OrderId,
  Random,
  TimeZones,
  UnitOfWork,
  VariantId,
} from '../kernel/index.ts'
import type { JobStore } from '../lanes/index.ts'
import type { OrderChange } from './decide.ts'
import { evolve } from './decide.ts'
import { toEventData } from './events.ts'
import type { ActionStore, Order, OrderLine, OrderStatus, OrderStore } from './store.ts'

/** The stores the orders service needs in a transaction. */
export interface OrderStores {
  readonly accounts: AccountStore
  readonly catalog: CatalogStore
  readonly orders: OrderStore
  readonly actions: ActionStore
  readonly jobs: JobStore
  readonly events: EventStore
}

/** What `createOrders` needs. */
export interface OrdersDeps {
  readonly work: UnitOfWork<OrderStores>
  readonly clock: Clock
  readonly ids: Ids
  readonly random: Random
  /** Default: the runtime's zones. */
  readonly zones?: TimeZones
}

/**
 * What orders refuse. `expired`, `changed`, `foreign`, `used`, `unknown` are about a proposal and its tokens; `empty`,
 * `not_for_sale`, `too_many`, `insufficient_stock` about its content; the rest about its state and the actor.
 */
export interface OrderRefusal {
  readonly kind: 'refused'
  readonly reason:
    | 'not_found'
    | 'not_permitted'
    | 'illegal_transition'
    | 'empty'
    | 'not_for_sale'
    | 'too_many'
    | 'insufficient_stock'
    | 'expired'
    | 'changed'
    | 'foreign'
    | 'used'
    | 'unknown'
  /** What it is about, with `not_for_sale` and `too_many`. */
  readonly variantIds?: readonly VariantId[]
  /** With `insufficient_stock`. */
  readonly shortages?: readonly Shortage[]
  /** Where the order stands, when there is one. */
  readonly status?: OrderStatus
}

/** One command: stores, actor and time. */
export interface Session extends OrderStores {
  readonly actor: Actor
  readonly now: Date
  readonly ids: Ids
  readonly random: Random
  readonly zones: TimeZones
  readonly settings: TenantSettings
}

/** Writes a change with its event and returns the order after it. */
export async function commit(
  session: Session,
  before: Order | undefined,
  change: OrderChange<OrderLine>,
): Promise<Order> {
  const { actor, now, ids } = session
  const order = evolve(before, change, now)
  await session.orders.save(order)
  await session.events.append([
    {
      id: ids.next('InboxEventId'),
      tenantId: actor.tenantId,
      type: change.type,
      schema: 1,
      aggregateType: 'order',
      aggregateId: order.id,
      aggregateVersion: order.version,
      occurredAt: now,
      actor,
      correlationId: actor.evidence?.id ?? order.id,
      data: toEventData(change),
    },
  ])
  return order
}

/** The order, locked after its contact, so that commands of one contact wait for each other. */
export async function lockOrder({ orders }: Session, id: OrderId): Promise<Order | undefined> {
  const seen = await orders.get(id)
  if (seen === undefined) return undefined
  const open = await orders.lockOpen(seen.contactId)
  return open.find((order) => order.id === id) ?? orders.lock(id)
}

/** Current offers of variants in the order's currency. */
export function readOffers(
  { catalog, now }: Session,
  currency: string,
  variantIds: readonly VariantId[],
): Promise<readonly Offer[]> {
  if (variantIds.length === 0) return Promise.resolve([])
  return catalog.offers({ at: now, currency, variantIds, limit: variantIds.length })
}

/** A refusal with where the order stands. */
export function refusal(reason: OrderRefusal['reason'], order?: Order): OrderRefusal {
  return { kind: 'refused', reason, ...(order === undefined ? {} : { status: order.status }) }
}
