import { inRange } from '../kernel/index.ts'
import type { DomainEvent, Json } from '../kernel/index.ts'
import type { OrderChange, OrderContent } from './decide.ts'
import type { OrderLineFacts } from './store.ts'

/** Data of an order's domain event: ids, codes and numbers as they were then; no titles. */
export function toEventData(change: OrderChange<OrderLineFacts>): DomainEvent['data'] {
  switch (change.type) {
    case 'order.created': {
      const { type: _type, lines, totals, conversationId, cartKey, ...head } = change
      return {
        ...head,
        ...contentData({ lines, totals }),
        ...(conversationId === undefined ? {} : { conversationId }),
        ...(cartKey === undefined ? {} : { cartKey }),
      }
    }
    case 'order.lines_set':
    case 'order.edited':
      return contentData(change)
    case 'order.proposed': {
      const { contentHash, confirmBy } = change
      return { ...contentData(change), contentHash, confirmBy: confirmBy.toISOString() }
    }
    case 'order.confirmed': {
      const { number, by, evidence } = change
      return { number, by, evidence: { kind: evidence.kind, id: evidence.id } }
    }
    case 'order.cancelled':
      return { reason: change.reason }
    case 'order.expired':
      return {}
  }
}

/** Lines and totals as JSON. Throws `money_out_of_range`. */
export function contentData({ lines, totals }: OrderContent<OrderLineFacts>): {
  readonly [key: string]: Json
} {
  return {
    lines: lines.map((line) => ({
      variantId: line.variantId,
      productId: line.productId,
      unitCode: line.unitCode,
      quantity: line.quantity,
      unitAmount: toNumber(line.unitAmount),
      priceId: line.priceId,
      taxCategory: line.taxCategory,
      taxRate: line.taxRate,
      taxBehavior: line.taxBehavior,
      gross: toNumber(line.gross),
      discount: toNumber(line.discount),
      documentDiscount: toNumber(line.documentDiscount),
      net: toNumber(line.net),
      base: toNumber(line.base),
      tax: toNumber(line.tax),
      total: toNumber(line.total),
    })),
    totals: {
      subtotal: toNumber(totals.subtotal),
      discountTotal: toNumber(totals.discountTotal),
      baseTotal: toNumber(totals.baseTotal),
      taxTotal: toNumber(totals.taxTotal),
      total: toNumber(totals.total),
      cashRounding: toNumber(totals.cashRounding),
      payable: toNumber(totals.payable),
    },
  }
}

function toNumber(amount: bigint): number {
  return Number(inRange(amount))
}
