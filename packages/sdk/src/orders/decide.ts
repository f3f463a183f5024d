import type {
  Actor,
  ContactId,
  ConversationId,
  Evidence,
  OrderId,
  TaxRounding,
} from '../kernel/index.ts'
import type { Confirmation, OrderLineFacts, OrderOf, OrderStatus, OrderTotals } from './store.ts'

/** What can be done with an order that exists. */
export type OrderCommand = 'set_lines' | 'propose' | 'edit' | 'confirm' | 'cancel' | 'expire'

type ActorKind = Actor['kind']

interface Transition {
  readonly from: OrderStatus
  readonly on: OrderCommand
  readonly to: OrderStatus
  readonly by: readonly ActorKind[]
}

const anyone: readonly ActorKind[] = ['customer', 'ai', 'staff', 'system', 'integration']

/** The life of an order as data: what leads where, and who may do it. Nothing the assistant may do confirms. */
export const orderTransitions: readonly Transition[] = [
  { from: 'draft', on: 'set_lines', to: 'draft', by: anyone },
  { from: 'draft', on: 'propose', to: 'awaiting_customer', by: anyone },
  {
    from: 'draft',
    on: 'cancel',
    to: 'cancelled',
    by: ['customer', 'staff', 'system', 'integration'],
  },
  { from: 'awaiting_customer', on: 'edit', to: 'draft', by: anyone },
  { from: 'awaiting_customer', on: 'confirm', to: 'confirmed', by: ['customer', 'staff'] },
  { from: 'awaiting_customer', on: 'expire', to: 'expired', by: ['system'] },
  {
    from: 'awaiting_customer',
    on: 'cancel',
    to: 'cancelled',
    by: ['customer', 'staff', 'system', 'integration'],
  },
  { from: 'confirmed', on: 'cancel', to: 'cancelled', by: ['staff'] },
]

/** Facts a decision needs besides the order. */
export interface OrderFacts {
  readonly now: Date
  readonly actor: Actor
  /** What the customer saw, when confirming. */
  readonly contentHash?: string
}

/**
 * Why not. `illegal_transition`: the order is past it. `not_permitted`: not this kind of actor, or no evidence.
 * `foreign`: another contact's order. `expired`, `changed`: the proposal is over, or not what was shown.
 */
export type OrderDecision =
  | { readonly kind: 'allowed'; readonly to: OrderStatus }
  | {
      readonly kind: 'refused'
      readonly reason: 'illegal_transition' | 'not_permitted' | 'foreign' | 'expired' | 'changed'
    }

type Judged = Pick<OrderOf<OrderLineFacts>, 'status' | 'contactId' | 'confirmBy' | 'contentHash'>

/** Whether a command may happen to an order now. Total and pure. */
export function decide(order: Judged, command: OrderCommand, facts: OrderFacts): OrderDecision {
  const transition = orderTransitions.find(
    ({ from, on }) => from === order.status && on === command,
  )
  if (!mayTouch(facts.actor, order.contactId)) return { kind: 'refused', reason: 'foreign' }
  if (transition === undefined) return { kind: 'refused', reason: 'illegal_transition' }
  if (!transition.by.includes(facts.actor.kind)) return { kind: 'refused', reason: 'not_permitted' }
  const isOver = order.confirmBy !== undefined && facts.now >= order.confirmBy
  if (command === 'expire' && !isOver) return { kind: 'refused', reason: 'illegal_transition' }
  if (command === 'confirm') {
    if (facts.actor.evidence === undefined) return { kind: 'refused', reason: 'not_permitted' }
    if (isOver) return { kind: 'refused', reason: 'expired' }
    if (facts.contentHash !== order.contentHash) return { kind: 'refused', reason: 'changed' }
  }
  return { kind: 'allowed', to: transition.to }
}

/** What this actor could do with the order now; the same rules that {@link decide} applies. */
export function allowedActions(order: Judged, actor: Actor, now: Date): readonly OrderCommand[] {
  const seen = order.contentHash === undefined ? {} : { contentHash: order.contentHash }
  const commands = [...new Set(orderTransitions.map(({ on }) => on))]
  return commands.filter((on) => decide(order, on, { actor, now, ...seen }).kind === 'allowed')
}

/** Whether an actor may see and change what belongs to a contact: the contact itself, its assistant, or the business. */
export function mayTouch(actor: Actor, contactId: ContactId): boolean {
  if (actor.kind === 'customer') return actor.id === contactId
  return actor.kind !== 'ai' || actor.onBehalfOf === contactId
}

/** Lines with what they come to. */
export interface OrderContent<Line extends OrderLineFacts> {
  readonly lines: readonly Line[]
  readonly totals: OrderTotals
}

/** One thing that happened to an order: type and data of its domain event. */
export type OrderChange<Line extends OrderLineFacts> =
  | (OrderContent<Line> & {
      readonly type: 'order.created'
      readonly orderId: OrderId
      readonly ref: string
      readonly contactId: ContactId
      readonly conversationId?: ConversationId
      readonly currency: string
      readonly taxRounding: TaxRounding
      readonly cartKey?: string
    })
  | (OrderContent<Line> & { readonly type: 'order.lines_set' | 'order.edited' })
  | (OrderContent<Line> & {
      readonly type: 'order.proposed'
      readonly contentHash: string
      readonly confirmBy: Date
    })
  | {
      readonly type: 'order.confirmed'
      readonly number: string
      readonly by: Confirmation['by']
      readonly evidence: Evidence
    }
  | { readonly type: 'order.cancelled'; readonly reason: string }
  | { readonly type: 'order.expired' }

/** The order after something happened to it at an instant. Throws a `TypeError` when there is no order to change. */
export function evolve<Line extends OrderLineFacts>(
  order: OrderOf<Line> | undefined,
  change: OrderChange<Line>,
  at: Date,
): OrderOf<Line> {
  if (change.type === 'order.created') return created(change, at)
  if (order === undefined) throw new TypeError('The first event of an order creates it')
  const next = { ...order, updatedAt: at, version: order.version + 1 }
  switch (change.type) {
    case 'order.lines_set':
      return { ...next, lines: change.lines, totals: change.totals }
    case 'order.edited': {
      const { contentHash: _hash, confirmBy: _by, ...rest } = next
      return { ...rest, status: 'draft', lines: change.lines, totals: change.totals }
    }
    case 'order.proposed': {
      const { type: _type, ...proposal } = change
      return { ...next, ...proposal, status: 'awaiting_customer', revision: order.revision + 1 }
    }
    case 'order.confirmed': {
      const { number, by, evidence } = change
      return {
        ...next,
        status: 'confirmed',
        number,
        confirmedAt: at,
        confirmation: { by, evidence },
      }
    }
    case 'order.cancelled':
      return { ...next, status: 'cancelled', endedAt: at, endReason: change.reason }
    case 'order.expired':
      return { ...next, status: 'expired', endedAt: at, endReason: 'expired' }
  }
}

function created<Line extends OrderLineFacts>(
  change: Extract<OrderChange<Line>, { type: 'order.created' }>,
  at: Date,
): OrderOf<Line> {
  const { type: _type, orderId, ...rest } = change
  return {
    ...rest,
    id: orderId,
    status: 'draft',
    revision: 0,
    createdAt: at,
    updatedAt: at,
    version: 1,
  }
}
