import { asId, formatMoney } from '@auronx/sdk'
import type { Actor, Auronx, Order } from '@auronx/sdk'
import { nameCustomer } from './customer-name.ts'
import type { DeskPage, OrderRow } from './desk.ts'

const limit = 50

/** Orders as the live page lists them, newest first. */
export async function listOrders(
  auronx: Auronx,
  actor: Actor,
  { cursor }: { readonly cursor?: string },
): Promise<DeskPage<OrderRow>> {
  const behind = cursor === undefined ? {} : { before: asId('OrderId', cursor) }
  const { settings } = await auronx.accounts.tenant(actor)
  const orders = await auronx.orders.list(actor, { ...behind, limit })
  const items = await Promise.all(
    orders.map(async (order) => {
      const { name } = await nameCustomer(auronx, actor, order.contactId)
      return viewOrder(order, name, settings.locale)
    }),
  )
  const last = orders.length === limit ? orders.at(-1) : undefined
  return last === undefined ? { items } : { items, cursor: last.id }
}

/** Lines of an order in words, `2 × Flat white`. */
export function viewLines({ lines }: Pick<Order, 'lines'>): readonly string[] {
  return lines.map(({ quantity, title }) => `${quantity} × ${title}`)
}

function viewOrder(order: Order, customer: string, locale: string): OrderRow {
  const { id, ref, number, status, totals, currency, updatedAt } = order
  return {
    id,
    ref,
    customer,
    status,
    lines: viewLines(order),
    total: formatMoney({ amount: totals.payable, currency }, locale),
    at: updatedAt.toISOString(),
    ...(number === undefined ? {} : { number }),
  }
}
