import { asId } from '../kernel/index.ts'
import type { ContactId, Evidence, VariantId } from '../kernel/index.ts'
import type {
  ActionView,
  BasketView,
  CartNotice,
  CartView,
  OrderView,
  ProposalView,
  Shop,
  ShopItem,
  ShopRefusal,
} from './shop.ts'

/** A product of {@link createFakeShop}; prices are whole euros. */
export interface FakeProduct {
  readonly title: string
  price: number
  stock: number
  readonly description?: string
}

interface FakeOrder {
  readonly ref: string
  readonly contact: ContactId
  readonly lines: ReadonlyMap<VariantId, number>
  readonly total: number
  status: OrderView['status']
  number?: string
}

interface FakeToken {
  readonly command: 'confirm' | 'cancel' | 'edit'
  readonly order: FakeOrder
  result?: ActionView
}

/** A shop in memory with the promises of the port: single-use tokens, own prices, drafts per contact. */
export interface FakeShop extends Shop {
  readonly products: Map<VariantId, FakeProduct>
  readonly evidence: Evidence[]
  /** Whole euros above which a typed yes does not confirm. */
  typedLimit: number
  /** Lets every proposal expire. */
  expire(): void
}

/** The id of the n-th product of {@link createFakeShop}, from 0. */
export function variantOf(index: number): VariantId {
  return asId('VariantId', `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`)
}

/** A shop with these products. */
export function createFakeShop(given: readonly FakeProduct[]): FakeShop {
  const products = new Map(
    given.map((product, index) => [variantOf(index), { ...product }] as const),
  )
  const drafts = new Map<ContactId, Map<VariantId, number>>()
  const tokens = new Map<string, FakeToken>()
  const orders: FakeOrder[] = []
  const carts = new Set<string>()
  const evidence: Evidence[] = []
  let confirmed = 0

  const priceOf = (id: VariantId): number => products.get(id)?.price ?? 0
  const sum = (lines: ReadonlyMap<VariantId, number>): number =>
    [...lines].reduce((total, [id, quantity]) => total + priceOf(id) * quantity, 0)
  const linesOf = (lines: ReadonlyMap<VariantId, number>) =>
    [...lines].map(([variantId, quantity]) => ({
      variantId,
      title: products.get(variantId)?.title ?? '',
      quantity,
      price: money(priceOf(variantId) * quantity),
    }))
  const draftOf = (contact: ContactId): Map<VariantId, number> => {
    const waiting = orders.find(
      (order) => order.contact === contact && order.status === 'awaiting_customer',
    )
    const draft = drafts.get(contact) ?? new Map(waiting?.lines)
    if (waiting !== undefined) waiting.status = 'cancelled'
    drafts.set(contact, draft)
    return draft
  }
  const cartOf = (
    lines: ReadonlyMap<VariantId, number>,
    notices: readonly CartNotice[] = [],
  ): CartView => ({
    kind: 'cart',
    lines: linesOf(lines),
    total: money(sum(lines)),
    notices,
  })
  const item = (variantId: VariantId): ShopItem | undefined => {
    const product = products.get(variantId)
    if (product === undefined) return undefined
    const { title, price, stock, description } = product
    return {
      variantId,
      title,
      price: money(price),
      available: stock > 0,
      ...(description === undefined ? {} : { description }),
    }
  }
  const run = (token: FakeToken): ActionView | ShopRefusal => {
    const { order, command } = token
    if (order.status === 'expired') return { kind: 'refused', reason: 'expired' }
    if (order.status !== 'awaiting_customer') return { kind: 'refused', reason: 'used' }
    if (command === 'edit') {
      order.status = 'cancelled'
      drafts.set(order.contact, new Map(order.lines))
      return { kind: 'edited', cart: cartOf(order.lines), repeated: false }
    }
    if (command === 'cancel') {
      order.status = 'cancelled'
      return { kind: 'cancelled', ref: order.ref, repeated: false }
    }
    if (sum(order.lines) !== order.total) {
      order.status = 'cancelled'
      drafts.set(order.contact, new Map(order.lines))
      return { kind: 'refused', reason: 'changed' }
    }
    confirmed += 1
    order.status = 'confirmed'
    order.number = `N-${confirmed}`
    return { kind: 'confirmed', number: order.number, total: money(order.total), repeated: false }
  }

  const basketOf = (lines: ReadonlyMap<VariantId, number>, waiting: boolean): BasketView => ({
    ...cartOf(lines),
    amount: { amount: BigInt(sum(lines) * 100), currency: 'EUR' },
    backordered: false,
    waiting,
  })

  const shop: FakeShop = {
    products,
    evidence,
    typedLimit: 1000,
    basket: {
      async read(contact) {
        const waiting = orders.find(
          (order) => order.contact === contact && order.status === 'awaiting_customer',
        )
        const draft = drafts.get(contact)
        if (draft !== undefined) return basketOf(draft, false)
        return waiting === undefined ? undefined : basketOf(waiting.lines, true)
      },
      async set(contact, lines) {
        const draft = draftOf(contact)
        for (const { variantId, quantity } of lines) {
          const product = products.get(variantId)
          if (product === undefined) return { kind: 'refused', reason: 'not_found' }
          const { title, stock } = product
          if (quantity > stock)
            return { kind: 'refused', reason: 'insufficient_stock', title, left: stock }
          if (quantity === 0) draft.delete(variantId)
          else draft.set(variantId, quantity)
        }
        return basketOf(draft, false)
      },
    },
    expire() {
      for (const order of orders) if (order.status === 'awaiting_customer') order.status = 'expired'
    },
    browse: async () => [...products.keys()].flatMap((id) => item(id) ?? []),
    item: async (id) => item(id),
    async add(contact, variantId, quantity) {
      const product = products.get(variantId)
      if (product === undefined) return { kind: 'refused', reason: 'not_found' }
      const draft = draftOf(contact)
      const wanted = quantity === 0 ? 0 : (draft.get(variantId) ?? 0) + quantity
      const { title, stock } = product
      if (wanted > stock)
        return { kind: 'refused', reason: 'insufficient_stock', title, left: stock }
      if (wanted === 0) draft.delete(variantId)
      else draft.set(variantId, wanted)
      return cartOf(draft)
    },
    async fromCart(contact, items, cartMessageId) {
      if (carts.has(cartMessageId)) return cartOf(draftOf(contact))
      carts.add(cartMessageId)
      const draft = new Map<VariantId, number>()
      const notices: CartNotice[] = []
      for (const { retailerId, quantity } of items) {
        const found = [...products].find(([, { title }]) => title === retailerId)
        if (found === undefined) notices.push({ reason: 'unknown_item' })
        else draft.set(found[0], Math.min(quantity, found[1].stock))
        if (found !== undefined && quantity > found[1].stock)
          notices.push({ reason: 'quantity_reduced', title: retailerId })
      }
      drafts.set(contact, draft)
      return draft.size === 0 ? { kind: 'refused', reason: 'not_found' } : cartOf(draft, notices)
    },
    async propose(contact) {
      const lines = drafts.get(contact) ?? draftOf(contact)
      if (lines === undefined || lines.size === 0) return { kind: 'refused', reason: 'empty' }
      drafts.delete(contact)
      const order: FakeOrder = {
        ref: `R${orders.length + 1}`,
        contact,
        lines,
        total: sum(lines),
        status: 'awaiting_customer',
      }
      orders.push(order)
      const issue = (command: FakeToken['command']): string => {
        const token = `${command}-${order.ref}-0123456789abcdef`
        tokens.set(token, { command, order })
        return token
      }
      const proposal: ProposalView = {
        kind: 'proposal',
        ref: order.ref,
        lines: linesOf(lines),
        total: money(order.total),
        notices: [],
        confirmToken: issue('confirm'),
        cancelToken: issue('cancel'),
        editToken: issue('edit'),
        expiresAt: new Date('2026-03-02T10:00:00Z'),
      }
      return proposal
    },
    async act(contact, token, given, options) {
      const found = tokens.get(token)
      if (found === undefined) return { kind: 'refused', reason: 'unknown' }
      if (found.order.contact !== contact) return { kind: 'refused', reason: 'not_yours' }
      if (found.result !== undefined) return { ...found.result, repeated: true }
      const isTyped = options?.typed === true && found.command === 'confirm'
      if (isTyped && found.order.total > shop.typedLimit)
        return { kind: 'refused', reason: 'needs_button' }
      const result = run(found)
      if (result.kind !== 'refused') {
        found.result = result
        evidence.push(given)
      }
      return result
    },
    status: async (contact) =>
      orders
        .filter((order) => order.contact === contact)
        .toReversed()
        .map(({ ref, number, status, total }) => ({
          ref,
          status,
          total: money(total),
          placedAt: new Date('2026-03-02T09:00:00Z'),
          ...(number === undefined ? {} : { number }),
        })),
  }
  return shop
}

function money(euros: number): string {
  return `€${euros}.00`
}
