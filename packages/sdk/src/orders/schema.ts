import * as z from 'zod'
import { asId } from '../kernel/index.ts'
import type { DomainEvent } from '../kernel/index.ts'
import type { OrderChange } from './decide.ts'
import { evolve } from './decide.ts'
import type { OrderLineFacts, OrderOf } from './store.ts'

const amount = z.int().transform(BigInt)
const content = {
  lines: z.array(
    z.object({
      variantId: z.string().transform((id) => asId('VariantId', id)),
      productId: z.string().transform((id) => asId('ProductId', id)),
      unitCode: z.enum(['C62', 'KGM', 'LTR', 'MTR', 'HUR', 'DAY']),
      quantity: z.int(),
      unitAmount: amount,
      priceId: z.string().transform((id) => asId('PriceId', id)),
      taxCategory: z.string(),
      taxRate: z.int(),
      taxBehavior: z.enum(['inclusive', 'exclusive']),
      gross: amount,
      discount: amount,
      documentDiscount: amount,
      net: amount,
      base: amount,
      tax: amount,
      total: amount,
    }),
  ),
  totals: z.object({
    subtotal: amount,
    discountTotal: amount,
    baseTotal: amount,
    taxTotal: amount,
    total: amount,
    cashRounding: amount,
    payable: amount,
  }),
}
const evidence = z.object({
  kind: z.enum(['message', 'action_token', 'request', 'verbal']),
  id: z.string(),
})

/** Type and data of an order's domain event as JSON. */
export const orderChangeSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('order.created'),
    orderId: z.string().transform((id) => asId('OrderId', id)),
    ref: z.string(),
    contactId: z.string().transform((id) => asId('ContactId', id)),
    conversationId: z
      .string()
      .transform((id) => asId('ConversationId', id))
      .exactOptional(),
    currency: z.string(),
    taxRounding: z.enum(['rate-group', 'line']),
    cartKey: z.string().exactOptional(),
    ...content,
  }),
  z.object({ type: z.enum(['order.lines_set', 'order.edited']), ...content }),
  z.object({
    type: z.literal('order.proposed'),
    contentHash: z.string(),
    confirmBy: z.iso.datetime().transform((text) => new Date(text)),
    ...content,
  }),
  z.object({
    type: z.literal('order.confirmed'),
    number: z.string(),
    by: z.enum(['customer', 'staff']),
    evidence,
  }),
  z.object({ type: z.literal('order.cancelled'), reason: z.string() }),
  z.object({ type: z.literal('order.expired') }),
])

/**
 * The order that its events tell of, without texts; nothing for no events. Equal to the stored one, except where a merge
 * of contacts moved it. Throws a `ZodError` when an event has another shape.
 */
export function foldOrder(events: readonly DomainEvent[]): OrderOf<OrderLineFacts> | undefined {
  let order: OrderOf<OrderLineFacts> | undefined
  for (const { type, data, occurredAt } of events) {
    const change: OrderChange<OrderLineFacts> = orderChangeSchema.parse({ ...data, type })
    order = evolve(order, change, occurredAt)
  }
  return order
}
