import { allowedActions, asId } from '@auronx/sdk'
import type { ContactId, ConversationId, Order, OrderRefusal } from '@auronx/sdk'
import { isReachable, orderStatuses } from '@auronx/sdk'
import { api } from '@auronx/sdk/api'
import { bind } from '../../api/call.ts'
import type { Bound, Call } from '../../api/call.ts'
import { eventDocument } from '../../api/event-log.ts'
import { refused, undone } from '../../api/problem.ts'
import type { Refused } from '../../api/problem.ts'
import { iso, isoOr, wireMoney } from './views.ts'

interface ById {
  readonly params: { readonly id: string }
}

const orderId = ({ params }: ById) => asId('OrderId', params.id)

/** Orders. */
export const orderBounds: readonly Bound[] = [
  bind(api.listOrders, async (call, { query }) => {
    const { services, actor, place } = call
    const asked = query.status?.split(',')
    const orders = await services.orders.list(actor, {
      limit: query.limit + 1,
      ...(place === undefined ? {} : { before: asId('OrderId', place) }),
      ...(query.contactId === undefined ? {} : { contactId: asId('ContactId', query.contactId) }),
      ...(asked === undefined
        ? {}
        : { statuses: orderStatuses.filter((status) => asked.includes(status)) }),
    })
    const shown = orders.slice(0, query.limit)
    const next = orders.length > query.limit ? shown.at(-1)?.id : undefined
    return call.page(
      shown.map((order) => orderView(call, order)),
      next,
    )
  }),
  bind(api.getOrder, async (call, input) => {
    const order = await call.services.orders.get(call.actor, orderId(input))
    return order === undefined ? refused('not_found') : orderView(call, order)
  }),
  bind(api.listOrderEvents, async ({ services, actor, work }, input) => {
    if ((await services.orders.get(actor, orderId(input))) === undefined)
      return refused('not_found')
    const events = await work.run(actor.tenantId, (stores) =>
      stores.events.ofAggregate('order', input.params.id),
    )
    return { data: events.map(eventDocument) }
  }),
  bind(api.createOrder, async (call, { body }) => {
    const { services, actor } = call
    const contactId = asId('ContactId', body.contactId)
    const contact = await call.work.run(actor.tenantId, ({ contacts }) => contacts.get(contactId))
    if (contact === undefined || contact.mergedIntoId !== undefined) return refused('not_found')
    const conversationId = body.conversationId && asId('ConversationId', body.conversationId)
    const ofThread = conversationId === undefined || conversationId === '' ? {} : { conversationId }
    if (!(await isOwnThread(call, { contactId, ...ofThread }))) return refused('not_found')
    let order: Order | undefined
    for (const { variantId, quantity } of body.lines) {
      const line = { contactId, variantId: asId('VariantId', variantId), quantity, ...ofThread }
      const outcome = await services.orders.addToDraft(actor, line)
      // Lines before this one are taken back, with everything else of the request.
      if (outcome.kind === 'refused') throw undone(codeOf(outcome))
      order = outcome.order
    }
    return order === undefined ? refused('empty') : orderView(call, order)
  }),
  bind(
    api.setOrderLines,
    async (call, input) => {
      const lines = input.body.lines.map(({ variantId, quantity }) => ({
        variantId: asId('VariantId', variantId),
        quantity,
      }))
      return settled(call, await call.services.orders.setLines(call.actor, orderId(input), lines))
    },
    versionOf,
  ),
  bind(
    api.proposeOrder,
    async (call, input) =>
      settled(call, await call.services.orders.propose(call.actor, orderId(input))),
    versionOf,
  ),
  bind(
    api.confirmOrder,
    async (call, input) => {
      const { contentHash } = input.body
      return settled(
        call,
        await call.services.orders.confirm(call.actor, orderId(input), contentHash),
      )
    },
    versionOf,
  ),
  bind(
    api.cancelOrder,
    async (call, input) => {
      const { reason } = input.body
      return settled(call, await call.services.orders.cancel(call.actor, orderId(input), reason))
    },
    versionOf,
  ),
  bind(
    api.editOrder,
    async (call, input) =>
      settled(call, await call.services.orders.edit(call.actor, orderId(input))),
    versionOf,
  ),
]

async function versionOf({ services, actor }: Call, input: ById): Promise<number | undefined> {
  return (await services.orders.get(actor, orderId(input)))?.version
}

async function isOwnThread(
  { work, actor }: Call,
  {
    contactId,
    conversationId,
  }: { readonly contactId: ContactId; readonly conversationId?: ConversationId },
): Promise<boolean> {
  if (conversationId === undefined) return true
  const found = await work.run(actor.tenantId, ({ conversations }) =>
    conversations.get(conversationId),
  )
  return found?.contactId === contactId && isReachable(actor, found)
}

function settled(
  call: Call,
  outcome: { readonly kind: string; readonly order: Order } | OrderRefusal,
): ReturnType<typeof orderView> | Refused {
  return 'order' in outcome ? orderView(call, outcome.order) : refusalOf(outcome)
}

function refusalOf(outcome: OrderRefusal): Refused {
  const { variantIds, shortages, status } = outcome
  return refused(codeOf(outcome), {
    ...(variantIds === undefined ? {} : { variantIds: [...variantIds] }),
    ...(shortages === undefined ? {} : { available: shortages.map((one) => ({ ...one })) }),
    ...(status === undefined ? {} : { orderStatus: status }),
  })
}

function codeOf({ reason }: OrderRefusal) {
  if (reason === 'used' || reason === 'unknown') return 'illegal_transition'
  return reason === 'foreign' ? 'not_found' : reason
}

function orderView({ actor, now }: Call, order: Order) {
  const { currency, totals } = order
  const money = (amount: bigint) => wireMoney(amount, currency)
  return {
    id: order.id,
    ref: order.ref,
    number: order.number,
    contactId: order.contactId,
    conversationId: order.conversationId,
    status: order.status,
    revision: order.revision,
    lines: order.lines.map((line) => ({
      ...pick(line),
      unitPrice: money(line.unitAmount),
      gross: money(line.gross),
      discount: money(line.discount),
      tax: money(line.tax),
      total: money(line.total),
    })),
    totals: {
      subtotal: money(totals.subtotal),
      discountTotal: money(totals.discountTotal),
      taxTotal: money(totals.taxTotal),
      total: money(totals.total),
      payable: money(totals.payable),
    },
    contentHash: order.contentHash,
    confirmBy: isoOr(order.confirmBy),
    confirmedAt: isoOr(order.confirmedAt),
    endedAt: isoOr(order.endedAt),
    endReason: order.endReason,
    allowedActions: [...allowedActions(order, actor, now)],
    createdAt: iso(order.createdAt),
    updatedAt: iso(order.updatedAt),
    version: order.version,
  }
}

function pick({
  variantId,
  productId,
  sku,
  title,
  unitCode,
  quantity,
  taxBehavior,
  taxRate,
}: Order['lines'][number]) {
  return { variantId, productId, sku, title, unitCode, quantity, taxBehavior, taxRate }
}
