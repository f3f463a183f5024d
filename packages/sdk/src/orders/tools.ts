import { z } from 'zod'
import type { Json } from '../kernel/index.ts'
import {
  defineTool,
  proposalScreen,
  refusalScreen,
  statusScreen,
  textsOf,
} from '../responder/index.ts'
import type {
  BasketView,
  Deferred,
  OrderView,
  Shop,
  ShopRefusal,
  Tool,
  ToolAnswer,
  ToolContext,
} from '../responder/index.ts'

const getCart = defineTool({
  name: 'get_cart',
  description: 'The draft: lines, total.',
  input: z.strictObject({}),
  authority: 'inform',
  async run(_input, context) {
    const { contactId } = context.turn
    const basket = await context.turn.withShop((shop) => shop.basket.read(contactId))
    return basket === undefined
      ? { outcome: 'empty', data: { lines: [] } }
      : { outcome: 'cart', data: basketData(basket, context) }
  },
})

const updateCart = defineTool({
  name: 'update_cart',
  description: 'Sets quantities in the draft; 0 removes.',
  input: z.strictObject({
    lines: z
      .array(z.strictObject({ item: z.string().max(20), quantity: z.int().min(0).max(99) }))
      .min(1)
      .max(20),
  }),
  authority: 'change_draft',
  async run({ lines }, context) {
    const { handles, turn } = context
    const wanted = lines.flatMap(({ item, quantity }) => {
      const variantId = handles.variant(item)
      return variantId === undefined ? [] : [{ variantId, quantity }]
    })
    if (wanted.length < lines.length) return unknownHandle('v', context)
    const outcome = await turn.withShop((shop) => shop.basket.set(turn.contactId, wanted))
    return outcome.kind === 'refused'
      ? refused(outcome)
      : { outcome: 'cart', data: basketData(outcome, context) }
  },
})

const proposeOrder = defineTool({
  name: 'propose_order',
  description: 'Shows the draft with Confirm, Change, Cancel.',
  input: z.strictObject({}),
  authority: 'propose_order',
  async run(_input, context) {
    const { contactId } = context.turn
    const basket = await context.turn.withShop((shop) => shop.basket.read(contactId))
    if (basket === undefined || basket.lines.length === 0)
      return { outcome: 'empty', data: { error: 'the cart is empty' } }
    if (needsPerson(basket, context)) return handOff
    return {
      outcome: 'proposing',
      data: { shown: 'summary and buttons follow your text; not confirmed yet' },
      deferred: propose(context),
    }
  },
})

const getOrderStatus = defineTool({
  name: 'get_order_status',
  description: 'Latest orders; shows them as a card.',
  input: z.strictObject({}),
  authority: 'inform',
  async run(_input, context) {
    const { turn, handles } = context
    const orders = await turn.withShop((shop) => shop.status(turn.contactId))
    const texts = textsOf(turn.locale)
    if (orders.length === 0) return { outcome: 'none', data: { orders: [] } }
    const data = orders.slice(0, 5).map((order) => ({
      order: handles.give({ kind: 'order', ref: order.ref }),
      number: handles.slot(order.number ?? order.ref),
      status: `${handles.slot(texts.status[order.status])} ${order.status}`,
      total: handles.slot(order.total),
    }))
    return { outcome: 'found', data: { orders: data }, messages: [statusScreen(texts, orders)] }
  },
})

const requestOrderChange = defineTool({
  name: 'request_order_change',
  description: 'Asks to change order o1.',
  input: z.strictObject({
    order: z.string().max(20),
    change: z.enum(['cancel', 'add', 'remove', 'address']),
  }),
  authority: 'change_order',
  async run({ order: handle, change }, context) {
    const { turn, handles } = context
    const ref = handles.order(handle)
    const orders =
      ref === undefined ? [] : await turn.withShop((shop) => shop.status(turn.contactId))
    const order = orders.find((one) => one.ref === ref)
    if (order === undefined) return unknownHandle('o', context)
    if (isOver(order))
      return { outcome: 'too_late', data: { error: 'too late', status: order.status } }
    const decision = context.decide({}, change === 'cancel' ? 'cancel_order' : 'change_order')
    if (order.status !== 'awaiting_customer' || decision.kind !== 'needs_button') return handOff
    return {
      outcome: 'proposing',
      data: { shown: 'the order with Change and Cancel buttons follows your text' },
      deferred: propose(context),
    }
  },
})

/** What the assistant can do with the customer's own orders. It proposes; a button commits. */
export const orderTools: readonly Tool[] = [
  getCart,
  updateCart,
  proposeOrder,
  getOrderStatus,
  requestOrderChange,
]

const handOff: ToolAnswer = {
  outcome: 'needs_staff',
  data: { told: 'a person decides this and answers here' },
  ends: 'hand_off',
}

/** Asked when the tool is called and again when it takes effect: the cart may have changed in between. */
function needsPerson({ amount, backordered }: BasketView, { turn, decide }: ToolContext): boolean {
  const isOwn = amount.currency === turn.settings.currency
  const facts = isOwn ? { amountMinor: amount.amount } : {}
  const decisions = [
    decide(facts, 'propose_order'),
    ...(backordered ? [decide(facts, 'propose_backorder')] : []),
  ]
  return decisions.some(({ kind }) => kind !== 'needs_button')
}

function propose(context: ToolContext): Deferred {
  const { contactId, locale } = context.turn
  return {
    name: 'propose_order',
    cards: 1,
    async run({ shop }) {
      const basket = await shop.basket.read(contactId)
      if (basket !== undefined && needsPerson(basket, context))
        return { outcome: 'needs_staff', messages: [], ends: 'hand_off' }
      return show(await shop.propose(contactId), locale)
    },
  }
}

function show(
  proposal: Awaited<ReturnType<Shop['propose']>>,
  locale: ToolContext['turn']['locale'],
): Awaited<ReturnType<Deferred['run']>> {
  const texts = textsOf(locale)
  return proposal.kind === 'refused'
    ? { outcome: proposal.reason, messages: [refusalScreen(texts, proposal)] }
    : { outcome: 'proposed', messages: [proposalScreen(texts, proposal, [])] }
}

function basketData(
  { lines, total, waiting, notices }: BasketView,
  { handles }: ToolContext,
): { readonly [key: string]: Json } {
  return {
    lines: lines.slice(0, 20).map(({ variantId, title, quantity, price }) => ({
      item: handles.give({ kind: 'variant', id: variantId }),
      title: title.slice(0, 120),
      quantity,
      price: handles.slot(price),
    })),
    total: `${handles.slot(total)} ${total}`,
    ...(waiting ? { waiting: 'for the customer to confirm' } : {}),
    ...(notices.length === 0 ? {} : { notices: notices.map(({ reason }) => reason) }),
  }
}

function refused({ reason, title, left }: ShopRefusal): ToolAnswer {
  const about = title === undefined ? {} : { title: title.slice(0, 120) }
  return {
    outcome: reason,
    data: { error: reason, ...about, ...(left === undefined ? {} : { left }) },
  }
}

function unknownHandle(prefix: 'v' | 'o', { handles }: ToolContext): ToolAnswer {
  const known = handles.names().filter((name) => name.startsWith(prefix))
  return { outcome: 'unknown_handle', data: { error: 'unknown handle', known } }
}

function isOver({ status }: OrderView): boolean {
  return status === 'cancelled' || status === 'expired' || status === 'completed'
}
