import type { Catalog, Offer } from '../catalog/index.ts'
import { availableOf, isForSale, resolvePrice, titleOf } from '../catalog/index.ts'
import { formatMoney, priceDocument, unitScales, wholeUnits } from '../kernel/index.ts'
import type {
  Actor,
  Clock,
  ContactId,
  ConversationId,
  Evidence,
  Money,
  TenantId,
  VariantId,
} from '../kernel/index.ts'
import type { CartNotice, Shop, ShopItem, ShopRefusal } from '../responder/index.ts'
import { cartOf, createBasket, draftOf, formatIn, linesOf } from './basket.ts'
import type { OrderRefusal } from './session.ts'
import type { Orders } from './service.ts'
import { orderStatuses } from './store.ts'

/** What {@link createShop} needs. Services on the caller's unit of work take part in its transaction. */
export interface ShopDeps {
  readonly catalog: Catalog
  readonly orders: Orders
  readonly clock: Clock
  readonly tenantId: TenantId
  readonly conversationId?: ConversationId
  /** What the customer's commands stem from. */
  readonly evidence?: Evidence
  /** Language of amounts, BCP 47. */
  readonly locale: string
  /** In whose name drafts change. Default `customer`; the `ai` cannot run tokens. */
  readonly actsAs?: 'customer' | 'ai'
  /** Largest order that a typed yes confirms. Default: any. */
  readonly typedConfirmLimit?: Money
  /** Address of the page of an `open` token; without it proposals have no link. */
  readonly link?: (token: string) => string
}

// As many as menus can page through with some patience.
const mostItems = 1_000

/** The shop over the two services, acting in the customer's name. */
export function createShop(deps: ShopDeps): Shop {
  const { catalog, orders, tenantId, locale, clock } = deps
  const host: Actor = { tenantId, kind: 'system', id: 'system', via: 'whatsapp' }
  const customer = (contact: ContactId, evidence = deps.evidence): Actor => ({
    tenantId,
    ...(deps.actsAs === 'ai'
      ? { kind: 'ai', id: 'assistant', onBehalfOf: contact }
      : { kind: 'customer', id: contact }),
    via: 'whatsapp',
    ...(evidence === undefined ? {} : { evidence }),
  })
  const thread = deps.conversationId === undefined ? {} : { conversationId: deps.conversationId }
  const titles = async (ids: readonly VariantId[]): Promise<readonly string[]> => {
    const offers = await Promise.all(ids.map((id) => catalog.offer(host, id)))
    return offers.flatMap((offer) => (offer === undefined ? [] : titleOf(offer)))
  }
  const refuse = async ({
    reason,
    shortages = [],
    variantIds = [],
  }: OrderRefusal): Promise<ShopRefusal> => {
    const [shortage] = shortages
    const about = shortage === undefined ? variantIds.slice(0, 1) : [shortage.variantId]
    const [title] = await titles(about)
    return { ...explain(reason, shortage?.left), ...(title === undefined ? {} : { title }) }
  }
  const notice = async (
    reason: CartNotice['reason'],
    ids: readonly VariantId[],
  ): Promise<readonly CartNotice[]> => (await titles(ids)).map((title) => ({ reason, title }))

  return {
    basket: createBasket({ ...deps, customer, refuse }),
    async browse() {
      const offers = await catalog.browse(host, { limit: mostItems })
      return offers.flatMap((offer) => itemOf(offer, clock.now(), locale) ?? [])
    },
    async item(variantId) {
      const offer = await catalog.offer(host, variantId)
      return offer === undefined ? undefined : itemOf(offer, clock.now(), locale)
    },
    async add(contact, variantId, quantity) {
      const offer = await catalog.offer(host, variantId)
      if (offer === undefined) return { kind: 'refused', reason: 'not_found' }
      const steps = wholeUnits(quantity, offer.variant.unitCode)
      const input = { contactId: contact, variantId, quantity: steps, ...thread }
      const outcome = await orders.addToDraft(customer(contact), input)
      if (outcome.kind === 'refused') return refuse(outcome)
      const { order, gone = [] } = outcome
      return { ...cartOf(order, locale), notices: await notice('not_available', gone) }
    },
    async fromCart(contact, items, cartMessageId) {
      const input = { contactId: contact, items, cartMessageId, ...thread }
      const outcome = await orders.fromCart(customer(contact), input)
      if (outcome.kind === 'refused') return refuse(outcome)
      const notices = [
        ...(await notice('quantity_reduced', outcome.reduced)),
        ...(await notice('not_available', outcome.unavailable)),
        ...outcome.unknown.map((): CartNotice => ({ reason: 'unknown_item' })),
      ]
      return { ...cartOf(outcome.order, locale), notices }
    },
    async propose(contact) {
      const actor = customer(contact)
      const draft = await draftOf(orders, actor, contact)
      if (draft === undefined) return { kind: 'refused', reason: 'empty' }
      const outcome = await orders.propose(actor, draft.id)
      if (outcome.kind === 'refused') return refuse(outcome)
      const { order, tokens, repriced } = outcome
      return {
        ...linesOf(order, locale),
        kind: 'proposal',
        ref: order.ref,
        notices: await notice('price_changed', repriced),
        confirmToken: tokens.confirm,
        cancelToken: tokens.cancel,
        editToken: tokens.edit,
        expiresAt: order.confirmBy ?? clock.now(),
        ...(deps.link === undefined ? {} : { link: deps.link(tokens.open) }),
      }
    },
    async act(contact, token, evidence, options) {
      const isTyped = options?.typed === true
      if (isTyped && (await isAboveLimit(deps, customer(contact), token)))
        return { kind: 'refused', reason: 'needs_button' }
      const outcome = await orders.act(customer(contact, evidence), token)
      if (outcome.kind === 'refused') return refuse(outcome)
      const { result, order, repeated } = outcome
      if (result.command === 'edit')
        return { kind: 'edited', cart: cartOf(order, locale), repeated }
      if (result.command === 'cancel') return { kind: 'cancelled', ref: order.ref, repeated }
      const total = formatIn(order, order.totals.payable, locale)
      return { kind: 'confirmed', number: result.number ?? order.ref, total, repeated }
    },
    async status(contact) {
      const statuses = orderStatuses.filter((status) => status !== 'draft')
      const found = await orders.list(customer(contact), {
        contactId: contact,
        statuses,
        limit: 10,
      })
      return found.map((order) => ({
        ref: order.ref,
        ...(order.number === undefined ? {} : { number: order.number }),
        status: order.status,
        total: formatIn(order, order.totals.payable, locale),
        placedAt: order.confirmedAt ?? order.createdAt,
      }))
    },
  }
}

async function isAboveLimit(
  { orders, typedConfirmLimit }: ShopDeps,
  actor: Actor,
  token: string,
): Promise<boolean> {
  if (typedConfirmLimit === undefined) return false
  const seen = await orders.view(actor, token)
  if (seen.kind === 'refused' || !seen.choices.includes('confirm')) return false
  const { currency, totals } = seen.order
  return currency !== typedConfirmLimit.currency || totals.payable > typedConfirmLimit.amount
}

function itemOf(offer: Offer, at: Date, locale: string): ShopItem | undefined {
  if (!isForSale(offer, at)) return undefined
  const { product, variant, tax } = offer
  const one = wholeUnits(1, variant.unitCode)
  const price = resolvePrice(offer.prices, { quantity: one, at })
  if (price === undefined) return undefined
  const { currency, amount: unitAmount, taxBehavior: behavior } = price
  const { total } = priceDocument({
    currency,
    taxRounding: 'line',
    lines: [
      {
        unitAmount,
        quantity: one,
        scale: unitScales[variant.unitCode],
        tax: { category: tax.category, rate: tax.rate, behavior },
      },
    ],
  })
  return {
    variantId: variant.id,
    title: titleOf(offer),
    ...(product.description === undefined ? {} : { description: product.description }),
    price: formatMoney({ amount: total, currency }, locale),
    available: (availableOf(offer) ?? one) >= one,
  }
}

function explain(reason: OrderRefusal['reason'], left: number | undefined): ShopRefusal {
  switch (reason) {
    case 'insufficient_stock':
      return left === undefined || left === 0
        ? { kind: 'refused', reason: 'sold_out' }
        : { kind: 'refused', reason, left }
    case 'not_for_sale':
    case 'not_found':
      return { kind: 'refused', reason: 'not_found' }
    case 'foreign':
      return { kind: 'refused', reason: 'not_yours' }
    case 'illegal_transition':
      return { kind: 'refused', reason: 'changed' }
    case 'not_permitted':
      return { kind: 'refused', reason: 'unknown' }
    default:
      return { kind: 'refused', reason }
  }
}
