import { releaseStock, takeStock } from '../catalog/index.ts'
import type { VariantId } from '../kernel/index.ts'
import { systemActor } from '../kernel/index.ts'
import type { OrderId } from '../kernel/index.ts'
import { decide } from './decide.ts'
import { isOver, takeBack } from './draft.ts'
import { hashContent, priceLines } from './price.ts'
import type { OrderRefusal, Session } from './session.ts'
import { commit, lockOrder, readOffers, refusal } from './session.ts'
import type { Order } from './store.ts'
import type { ProposalTokens } from './tokens.ts'
import { issueTokens } from './tokens.ts'

/** Kind of the job that ends a proposal; its data is `{ orderId }`. */
export const orderExpireJob = 'order.expire'

/** A frozen order that waits for its customer, with the tokens of its buttons. */
export interface Proposed {
  readonly kind: 'proposed'
  readonly order: Order
  readonly tokens: ProposalTokens
  /** Variants that cost something else than when they were put into the draft. */
  readonly repriced: readonly VariantId[]
}

/** An order after a command. */
export interface Settled {
  readonly kind: 'confirmed' | 'cancelled' | 'edited' | 'expired'
  readonly order: Order
}

/** Freezes a draft: prices of now, stock held, a digest of what is shown, tokens, and a job for its end. */
export async function propose(
  session: Session,
  orderId: OrderId,
): Promise<Proposed | OrderRefusal> {
  const draft = await lockOrder(session, orderId)
  if (draft === undefined) return refusal('not_found')
  const decision = decide(draft, 'propose', session)
  if (decision.kind === 'refused') return refusal(decision.reason, draft)
  if (draft.lines.length === 0) return refusal('empty', draft)
  const variantIds = draft.lines.map(({ variantId }) => variantId)
  const offers = await readOffers(session, draft.currency, variantIds)
  const priced = priceLines(offers, draft.lines, { ...draft, at: session.now })
  if (priced.kind === 'refused') return { ...priced, status: draft.status }
  const confirmBy = new Date(session.now.getTime() + session.settings.proposalTtlMs)
  const stock = await takeStock(session.catalog, draft.lines, {
    ownerId: draft.id,
    now: session.now,
    state: 'held',
    expiresAt: confirmBy,
  })
  if (stock.kind === 'refused') return { ...stock, status: draft.status }
  // Held and given back at once: the same check under the same locks, for a business that does not hold.
  if (!session.settings.holdOnPropose) {
    await releaseStock(session.catalog, { ownerId: draft.id, variantIds, now: session.now })
  }
  const contentHash = await hashContent(draft, priced.content)
  const order = await commit(session, draft, {
    type: 'order.proposed',
    ...priced.content,
    contentHash,
    confirmBy,
  })
  const { tokens, rows } = await issueTokens(session.random, order)
  await session.actions.insert(rows)
  await session.jobs.schedule({
    id: session.ids.next('JobId'),
    kind: orderExpireJob,
    // One job for each proposal: moving the job of an earlier one would wait for whoever runs it.
    naturalKey: `${orderExpireJob}/${order.id}/${order.revision}`,
    runAt: confirmBy,
    data: { orderId: order.id },
  })
  const repriced = order.lines
    .filter((line, position) => line.unitAmount !== draft.lines[position]?.unitAmount)
    .map(({ variantId }) => variantId)
  return { kind: 'proposed', order, tokens, repriced }
}

/** Binds the order: its stock is taken and its number given in this transaction. */
export async function confirm(
  session: Session,
  order: Order,
  contentHash: string,
): Promise<Settled | OrderRefusal> {
  const { actor, now } = session
  const decision = decide(order, 'confirm', { actor, now, contentHash })
  if (decision.kind === 'refused') {
    if (decision.reason === 'expired') await expire(session, order)
    return refusal(decision.reason, order)
  }
  const { evidence } = actor
  if (evidence === undefined) return refusal('not_permitted', order)
  const stock = await takeStock(session.catalog, order.lines, {
    ownerId: order.id,
    now,
    state: 'committed',
  })
  if (stock.kind === 'refused') return { ...stock, status: order.status }
  await session.actions.voidAll(order.id, now)
  const year = session.zones.toCivil(now, session.settings.timeZone).slice(0, 4)
  const count = await session.orders.nextNumber({ kind: 'order', period: year })
  const confirmed = await commit(session, order, {
    type: 'order.confirmed',
    number: `ORD-${year}-${String(count).padStart(6, '0')}`,
    by: actor.kind === 'staff' ? 'staff' : 'customer',
    evidence,
  })
  return { kind: 'confirmed', order: confirmed }
}

/** Ends an order; what it had reserved is free again. `reason` is a code. */
export async function cancel(
  session: Session,
  order: Order,
  reason: string,
): Promise<Settled | OrderRefusal> {
  const decision = decide(order, 'cancel', session)
  if (decision.kind === 'refused') return refusal(decision.reason, order)
  await free(session, order)
  return {
    kind: 'cancelled',
    order: await commit(session, order, { type: 'order.cancelled', reason }),
  }
}

/** Makes a proposal a draft again. */
export async function edit(session: Session, order: Order): Promise<Settled | OrderRefusal> {
  const decision = decide(order, 'edit', session)
  if (decision.kind === 'refused') return refusal(decision.reason, order)
  const open = await session.orders.lockOpen(order.contactId)
  return { kind: 'edited', order: await takeBack(session, order, open) }
}

/** Ends a proposal whose time is over; nothing otherwise. Done in the system's name, whoever notices. */
export async function expire(session: Session, order: Order): Promise<Settled | OrderRefusal> {
  const asSystem = { ...session, actor: systemActor(session.actor.tenantId, session.actor.via) }
  const decision = decide(order, 'expire', asSystem)
  if (decision.kind === 'refused' || !isOver(order, session.now))
    return refusal('illegal_transition', order)
  await free(asSystem, order)
  return { kind: 'expired', order: await commit(asSystem, order, { type: 'order.expired' }) }
}

async function free(session: Session, order: Order): Promise<void> {
  if (order.status === 'draft') return
  const variantIds = order.lines.map(({ variantId }) => variantId)
  await releaseStock(session.catalog, { ownerId: order.id, variantIds, now: session.now })
  await session.actions.voidAll(order.id, session.now)
}
