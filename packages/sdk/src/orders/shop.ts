import type { Catalog, Offer } from '../catalog/index.ts'
import { availableOf, isForSale, resolvePrice, titleOf } from '../catalog/index.ts'
import { formatMoney, priceDocument, unitScales, wholeUnits } from '../kernel/index.ts'
import type {
  Actor,
  Clock,
  ContactId,
  ConversationId,
  Evidence,
  TenantId,
  VariantId,
} from '../kernel/index.ts'
import type { OrderRefusal } from './session.ts'
import type { Orders } from './service.ts'
import type { Order, OrderStatus } from './store.ts'
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
  /** Address of the page of an `open` token; without it proposals have no link. */
  readonly link?: (token: string) => string
}

interface Item {
  readonly variantId: VariantId
  readonly title: string
  readonly description?: string
  readonly price: string
  readonly available: boolean
}

interface Notice {
  readonly reason: 'price_changed' | 'quantity_reduced' | 'not_available' | 'unknown_item'
  readonly title?: string
}

interface Lines {
  readonly lines: readonly {
    readonly variantId: VariantId
    readonly title: string
    readonly quantity: number
    readonly price: string
  }[]
  readonly total: string
  readonly notices: readonly Notice[]
}

interface Cart extends Lines {
  readonly kind: 'cart'
}

interface Refusal {
  readonly kind: 'refused'
  readonly reason:
    | 'not_found'
    | 'sold_out'
    | 'insufficient_stock'
    | 'too_many'
    | 'empty'
    | 'expired'
    | 'changed'
    | 'not_yours'
    | 'used'
    | 'unknown'
  readonly title?: string
  readonly left?: number
}

type Action =
  | {
      readonly kind: 'confirmed'
      readonly number: string
      readonly total: string
      readonly repeated: boolean
    }
  | { readonly kind: 'cancelled'; readonly ref: string; readonly repeated: boolean }
  | { readonly kind: 'edited'; readonly cart: Cart; readonly repeated: boolean }

interface Proposal extends Lines {
  readonly kind: 'proposal'
  readonly ref: string
  readonly confirmToken: string
  readonly cancelToken: string
  readonly editToken: string
  readonly expiresAt: Date
  readonly link?: string
}

/** Catalog and orders as a chat shows them: formatted amounts, whole units, tokens for buttons. */
export interface ShopPort {
  browse(): Promise<readonly Item[]>
  item(variantId: VariantId): Promise<Item | undefined>
  /** `quantity` in whole units; 0 takes the item out. */
  add(contact: ContactId, variantId: VariantId, quantity: number): Promise<Cart | Refusal>
  fromCart(
    contact: ContactId,
    items: readonly { readonly retailerId: string; readonly quantity: number }[],
    cartMessageId: string,
  ): Promise<Cart | Refusal>
  propose(contact: ContactId): Promise<Proposal | Refusal>
  act(contact: ContactId, token: string, evidence: Evidence): Promise<Action | Refusal>
  status(contact: ContactId): Promise<
    readonly {
      readonly ref: string
      readonly number?: string
      readonly status: OrderStatus
      readonly total: string
      readonly placedAt: Date
    }[]
  >
}

/** The shop over the two services, acting in the customer's name. */
export function createShop(deps: ShopDeps): ShopPort {
  const { catalog, orders, tenantId, locale, clock } = deps
  const host: Actor = { tenantId, kind: 'system', id: 'system', via: 'whatsapp' }
  const customer = (contact: ContactId, evidence = deps.evidence): Actor => ({
    tenantId,
    kind: 'customer',
    id: contact,
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
  }: OrderRefusal): Promise<Refusal> => {
    const [shortage] = shortages
    const about = shortage === undefined ? variantIds.slice(0, 1) : [shortage.variantId]
    const [title] = await titles(about)
    return { ...explain(reason, shortage?.left), ...(title === undefined ? {} : { title }) }
  }
  const notice = async (
    reason: Notice['reason'],
    ids: readonly VariantId[],
  ): Promise<readonly Notice[]> => (await titles(ids)).map((title) => ({ reason, title }))

  return {
    async browse() {
      const offers = await catalog.browse(host)
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
      return outcome.kind === 'refused' ? refuse(outcome) : cartOf(outcome.order, locale)
    },
    async fromCart(contact, items, cartMessageId) {
      const input = { contactId: contact, items, cartMessageId, ...thread }
      const outcome = await orders.fromCart(customer(contact), input)
      if (outcome.kind === 'refused') return refuse(outcome)
      const notices = [
        ...(await notice('quantity_reduced', outcome.reduced)),
        ...(await notice('not_available', outcome.unavailable)),
        ...outcome.unknown.map((): Notice => ({ reason: 'unknown_item' })),
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
    async act(contact, token, evidence) {
      const outcome = await orders.act(customer(contact, evidence), token)
      if (outcome.kind === 'refused') return refuse(outcome)
      const { result, order, repeated } = outcome
      if (result.command === 'edit')
        return { kind: 'edited', cart: cartOf(order, locale), repeated }
      if (result.command === 'cancel') return { kind: 'cancelled', ref: order.ref, repeated }
      const total = format(order, order.totals.payable, locale)
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
        total: format(order, order.totals.payable, locale),
        placedAt: order.confirmedAt ?? order.createdAt,
      }))
    },
  }
}

async function draftOf(
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
  const edited = waiting && (await orders.edit(actor, waiting.id))
  return edited === undefined || edited.kind === 'refused' ? undefined : edited.order
}

function itemOf(offer: Offer, at: Date, locale: string): Item | undefined {
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

function linesOf(order: Order, locale: string): Lines {
  return {
    lines: order.lines.map((line) => ({
      variantId: line.variantId,
      title: line.title,
      quantity: line.quantity / 10 ** unitScales[line.unitCode],
      price: format(order, line.total, locale),
    })),
    total: format(order, order.totals.payable, locale),
    notices: [],
  }
}

function cartOf(order: Order, locale: string): Cart {
  return { kind: 'cart', ...linesOf(order, locale) }
}

function format({ currency }: Order, amount: bigint, locale: string): string {
  return formatMoney({ amount, currency }, locale)
}

function explain(reason: OrderRefusal['reason'], left: number | undefined): Refusal {
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
