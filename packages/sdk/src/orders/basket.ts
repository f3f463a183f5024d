import type { Catalog } from '../catalog/index.ts'
import { formatMoney, systemActor, unitScales, wholeUnits } from '../kernel/index.ts'
import type { Actor, ContactId, ConversationId, TenantId } from '../kernel/index.ts'
import type { Basket, BasketView, CartView, ShopRefusal } from '../responder/index.ts'
import type { Orders } from './service.ts'
import type { OrderRefusal } from './session.ts'
import type { Order } from './store.ts'

/** What {@link createBasket} needs. */
export interface BasketDeps {
  readonly catalog: Catalog
  readonly orders: Orders
  readonly tenantId: TenantId
  readonly conversationId?: ConversationId
  /** Language of amounts, BCP 47. */
  readonly locale: string
  /** Who acts for a contact. */
  readonly customer: (contact: ContactId) => Actor
  readonly refuse: (refusal: OrderRefusal) => Promise<ShopRefusal>
}

/** The contact's draft, or the proposal that a change would make a draft again. */
export function createBasket(deps: BasketDeps): Basket {
  const { catalog, orders, customer, tenantId, locale } = deps
  const host = systemActor(tenantId, 'whatsapp')
  const thread = deps.conversationId === undefined ? {} : { conversationId: deps.conversationId }
  const viewOf = async (order: Order): Promise<BasketView> => ({
    ...cartOf(order, locale),
    amount: { amount: order.totals.payable, currency: order.currency },
    backordered: order.status === 'draft' && (await isBackordered(catalog, host, order)),
    waiting: order.status === 'awaiting_customer',
  })
  return {
    async read(contact) {
      const order = await openOrder(orders, customer(contact), contact)
      return order === undefined ? undefined : viewOf(order)
    },
    async set(contact, lines) {
      const steps = await Promise.all(
        lines.map(async ({ variantId, quantity }) => {
          const offer = await catalog.offer(host, variantId)
          return offer && { variantId, quantity: wholeUnits(quantity, offer.variant.unitCode) }
        }),
      )
      const known = steps.filter((line) => line !== undefined)
      if (known.length < lines.length) return { kind: 'refused', reason: 'not_found' }
      const input = { contactId: contact, lines: known, ...thread }
      const outcome = await orders.setQuantities(customer(contact), input)
      return outcome.kind === 'refused' ? deps.refuse(outcome) : viewOf(outcome.order)
    },
  }
}

/** The contact's draft; a proposal that waits becomes one. */
export async function draftOf(
  orders: Orders,
  actor: Actor,
  contactId: ContactId,
): Promise<Order | undefined> {
  const order = await openOrder(orders, actor, contactId)
  if (order === undefined || order.status === 'draft') return order
  const edited = await orders.edit(actor, order.id)
  return edited.kind === 'refused' ? undefined : edited.order
}

/** An order as a cart. */
export function cartOf(order: Order, locale: string): CartView {
  return { kind: 'cart', ...linesOf(order, locale) }
}

/** An order's lines and total, formatted. */
export function linesOf(order: Order, locale: string): Omit<CartView, 'kind'> {
  return {
    lines: order.lines.map((line) => ({
      variantId: line.variantId,
      title: line.title,
      quantity: line.quantity / 10 ** unitScales[line.unitCode],
      price: formatIn(order, line.total, locale),
    })),
    total: formatIn(order, order.totals.payable, locale),
    notices: [],
  }
}

/** An amount in the order's currency, formatted. */
export function formatIn({ currency }: Order, amount: bigint, locale: string): string {
  return formatMoney({ amount, currency }, locale)
}

async function openOrder(
  orders: Orders,
  actor: Actor,
  contactId: ContactId,
): Promise<Order | undefined> {
  const [draft] = await orders.list(actor, { contactId, statuses: ['draft'], limit: 1 })
  if (draft !== undefined) return draft
  const [waiting] = await orders.list(actor, {
    contactId,
    statuses: ['awaiting_customer'],
    limit: 1,
  })
  return waiting
}

async function isBackordered(catalog: Catalog, host: Actor, order: Order): Promise<boolean> {
  const lacking = await Promise.all(
    order.lines.map(async ({ variantId, quantity }) => {
      const offer = await catalog.offer(host, variantId)
      const { stock } = offer ?? {}
      return stock?.policy === 'backorder' && quantity > stock.onHand - stock.reserved
    }),
  )
  return lacking.some(Boolean)
}
