import { availableOf, releaseStock } from '../catalog/index.ts'
import type { Offer } from '../catalog/index.ts'
import { sha256Hex, unitScales } from '../kernel/index.ts'
import type { ContactId, ConversationId, OrderId, VariantId } from '../kernel/index.ts'
import type { OrderContent } from './decide.ts'
import { decide, mayTouch } from './decide.ts'
import { addWanted, priceLines } from './price.ts'
import type { WantedLine } from './price.ts'
import { maxCartQuantity, maxLines, plan, planRest, quantityOf } from './plan.ts'
import type { OrderRefusal, Session } from './session.ts'
import { commit, lockOrder, refusal } from './session.ts'
import type { Order, OrderLine } from './store.ts'
import { createRef } from './tokens.ts'

/** A draft after a change. */
export interface Drafted {
  readonly kind: 'drafted'
  readonly order: Order
  /** What left the draft because it is not for sale any more; absent when nothing did. */
  readonly gone?: readonly VariantId[]
}

/** What of a cart could not be taken as it was asked for. */
export interface CartReport {
  /** Retailer ids that we do not sell. */
  readonly unknown: readonly string[]
  /** Lines with less than was asked for. */
  readonly reduced: readonly VariantId[]
  /** Known, but not to be had now. */
  readonly unavailable: readonly VariantId[]
}

/** What a WhatsApp cart became. `repeated`: this cart message was taken before. */
export type CartOutcome =
  | (CartReport & { readonly kind: 'drafted' | 'repeated'; readonly order: Order })
  | OrderRefusal

/** Whose draft. */
export interface DraftOwner {
  readonly contactId: ContactId
  readonly conversationId?: ConversationId
}

/** Whose draft, and how much of each variant it should have, in steps of the variant's unit; 0 takes it out. */
export interface QuantitiesInput extends DraftOwner {
  readonly lines: readonly WantedLine[]
}

/** Whose draft, and what to add. */
export interface AddInput extends DraftOwner {
  readonly variantId: VariantId
  /** Steps of the variant's unit to add; 0 takes the variant out. */
  readonly quantity: number
}

/** A WhatsApp cart message. Prices it claims are not taken. */
export interface CartInput extends DraftOwner {
  readonly items: readonly { readonly retailerId: string; readonly quantity: number }[]
  readonly cartMessageId: string
}

/** Adds to the contact's draft; a proposal that waits becomes the draft again, and without either one is created. */
export async function addToDraft(
  session: Session,
  input: AddInput,
): Promise<Drafted | OrderRefusal> {
  const { variantId, quantity } = input
  return changeDraft(session, input, [variantId], (lines) => {
    const kept = lines.filter((line) => quantity > 0 || line.variantId !== variantId)
    return addWanted(kept, quantity > 0 ? [input] : [])
  })
}

/**
 * Sets how much of some variants the contact's draft has and leaves its other lines; 0 takes a variant out. Asked for what
 * is there already, nothing happens: a proposal stays one. Refused as `empty` when there is nothing to change.
 */
export async function setQuantities(
  session: Session,
  input: QuantitiesInput,
): Promise<Drafted | OrderRefusal> {
  const changed = input.lines.map(({ variantId }) => variantId)
  return changeDraft(session, input, changed, (lines) => {
    const kept = lines.filter(({ variantId }) => !changed.includes(variantId))
    const wanted = addWanted(
      kept,
      input.lines.filter(({ quantity }) => quantity > 0),
    )
    const isSame =
      wanted.length === lines.length &&
      wanted.every(({ variantId, quantity }) => quantityOf(lines, variantId) === quantity)
    return isSame ? undefined : wanted
  })
}

async function changeDraft(
  session: Session,
  owner: DraftOwner,
  checked: readonly VariantId[],
  change: (lines: readonly WantedLine[]) => readonly WantedLine[] | undefined,
): Promise<Drafted | OrderRefusal> {
  if (!mayTouch(session.actor, owner.contactId)) return refusal('foreign')
  const open = await session.orders.lockOpen(owner.contactId)
  const draft = open.find(({ status }) => status === 'draft')
  const base = draft ?? open.findLast((order) => canTakeBack(session, order))
  const wanted = change(base?.lines ?? [])
  if (wanted === undefined)
    return base === undefined ? refusal('empty') : { kind: 'drafted', order: base }
  const planned = await planRest(session, base, wanted, checked)
  if (planned.kind === 'refused') return planned
  const { content, gone } = planned
  const drafted = { kind: 'drafted', ...(gone.length === 0 ? {} : { gone }) } as const
  if (base === undefined) return { ...drafted, order: await create(session, owner, content) }
  if (draft === undefined) return { ...drafted, order: await reopen(session, base, content) }
  return {
    ...drafted,
    order: await commit(session, base, { type: 'order.lines_set', ...content }),
  }
}

/** Replaces the lines of a draft. */
export async function setLines(
  session: Session,
  orderId: OrderId,
  lines: readonly WantedLine[],
): Promise<Drafted | OrderRefusal> {
  const order = await lockOrder(session, orderId)
  if (order === undefined) return refusal('not_found')
  const decision = decide(order, 'set_lines', session)
  if (decision.kind === 'refused') return refusal(decision.reason, order)
  const wanted = addWanted([], lines)
  const planned = await plan(
    session,
    order,
    wanted,
    wanted.map(({ variantId }) => variantId),
  )
  if (planned.kind === 'refused') return planned
  const change = { type: 'order.lines_set', ...planned.content } as const
  return { kind: 'drafted', order: await commit(session, order, change) }
}

/** Makes a cart message an order of its own, once; the contact's earlier draft gives way to it. */
export async function fromCart(session: Session, input: CartInput): Promise<CartOutcome> {
  if (!mayTouch(session.actor, input.contactId)) return refusal('foreign')
  const cartKey = await sha256Hex(input.cartMessageId)
  const open = await session.orders.lockOpen(input.contactId)
  const earlier = await session.orders.byCart(cartKey)
  if (earlier !== undefined) {
    if (!mayTouch(session.actor, earlier.contactId)) return refusal('foreign')
    return { kind: 'repeated', order: earlier, unknown: [], reduced: [], unavailable: [] }
  }
  const items = input.items.slice(0, maxLines)
  const skus = [...new Set(items.map(({ retailerId }) => retailerId))]
  const { currency } = session.settings
  const offers = await session.catalog.offers({
    at: session.now,
    currency,
    skus,
    limit: skus.length,
  })
  const fitted = fitCart(session, items, offers)
  if (fitted.wanted.length === 0)
    return { ...refusal('not_for_sale'), variantIds: fitted.unavailable }
  const planned = await plan(session, undefined, fitted.wanted, [])
  if (planned.kind === 'refused') return planned
  for (const draft of open.filter(({ status }) => status === 'draft')) {
    await commit(session, draft, { type: 'order.cancelled', reason: 'replaced_by_cart' })
  }
  const order = await create(session, { ...input, cartKey }, planned.content)
  return { kind: 'drafted', order, ...fitted.report }
}

function fitCart(
  session: Session,
  items: CartInput['items'],
  offers: readonly Offer[],
): {
  readonly wanted: readonly WantedLine[]
  readonly unavailable: readonly VariantId[]
  readonly report: CartReport
} {
  const unknown = new Set<string>()
  const known = items.flatMap(({ retailerId, quantity }) => {
    const offer = offers.find(({ variant }) => variant.sku === retailerId)
    if (offer === undefined) unknown.add(retailerId)
    const scale = 10 ** (offer === undefined ? 0 : unitScales[offer.variant.unitCode])
    const whole = Number.isSafeInteger(quantity) && quantity > 0 ? Math.min(quantity, 10_000) : 0
    return offer === undefined ? [] : { variantId: offer.variant.id, quantity: whole * scale }
  })
  const reduced: VariantId[] = []
  const unavailable: VariantId[] = []
  const { currency, taxRounding } = session.settings
  const wanted = addWanted([], known).flatMap(({ variantId, quantity }): WantedLine[] => {
    const offer = offers.find(({ variant }) => variant.id === variantId)
    const most = offer === undefined ? 0 : mostOf(offer)
    const fitting = { variantId, quantity: Math.min(quantity, most) }
    const priced = priceLines(offers, [fitting], { currency, taxRounding, at: session.now })
    if (fitting.quantity === 0 || priced.kind === 'refused') {
      unavailable.push(variantId)
      return []
    }
    if (fitting.quantity < quantity) reduced.push(variantId)
    return [fitting]
  })
  return { wanted, unavailable, report: { unknown: [...unknown], reduced, unavailable } }
}

/** Most steps of a variant that one cart can have: the limit for carts, the variant's own, and what is in stock. */
function mostOf(offer: Offer): number {
  const cap = maxCartQuantity * 10 ** unitScales[offer.variant.unitCode]
  return Math.min(cap, offer.variant.maxPerOrder ?? cap, availableOf(offer) ?? cap)
}

/** Makes a proposal a draft again: its stock is free, its tokens are void. Another draft of the contact joins it. */
export async function takeBack(
  session: Session,
  order: Order,
  open: readonly Order[],
): Promise<Order> {
  const other = open.find(({ status, id }) => status === 'draft' && id !== order.id)
  if (other === undefined) return reopen(session, order, order)
  const merged = await planRest(session, order, addWanted(order.lines, other.lines), [])
  await commit(session, other, { type: 'order.cancelled', reason: 'merged' })
  return reopen(session, order, merged.kind === 'planned' ? merged.content : order)
}

/** Whether a proposal's time is over. */
export function isOver({ confirmBy }: Order, now: Date): boolean {
  return confirmBy !== undefined && now >= confirmBy
}

function canTakeBack(session: Session, order: Order): boolean {
  return decide(order, 'edit', session).kind === 'allowed' && !isOver(order, session.now)
}

async function reopen(
  session: Session,
  order: Order,
  { lines, totals }: OrderContent<OrderLine>,
): Promise<Order> {
  const variantIds = order.lines.map(({ variantId }) => variantId)
  await releaseStock(session.catalog, { ownerId: order.id, variantIds, now: session.now })
  await session.actions.voidAll(order.id, session.now)
  return commit(session, order, { type: 'order.edited', lines, totals })
}

function create(
  session: Session,
  owner: DraftOwner & { readonly cartKey?: string },
  content: OrderContent<OrderLine>,
): Promise<Order> {
  const { contactId, conversationId, cartKey } = owner
  return commit(session, undefined, {
    type: 'order.created',
    orderId: session.ids.next('OrderId'),
    ref: createRef(session.random),
    contactId,
    ...(conversationId === undefined ? {} : { conversationId }),
    ...(cartKey === undefined ? {} : { cartKey }),
    currency: session.settings.currency,
    taxRounding: session.settings.taxRounding,
    ...content,
  })
}
