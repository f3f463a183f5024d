import { availableOf } from '../catalog/index.ts'
import type { Offer, Shortage } from '../catalog/index.ts'
import { AuronxError, unitScales } from '../kernel/index.ts'
import type { VariantId } from '../kernel/index.ts'
import type { OrderContent } from './decide.ts'
import { priceLines } from './price.ts'
import type { WantedLine } from './price.ts'
import type { OrderRefusal, Session } from './session.ts'
import { readOffers, refusal } from './session.ts'
import type { Order, OrderLine } from './store.ts'

/** Most whole units of one line that a customer, a cart or the assistant can ask for. */
export const maxCartQuantity = 99
/** Most lines of an order. */
export const maxLines = 100

/** What the lines of a draft would come to. */
export interface Planned {
  readonly kind: 'planned'
  readonly content: OrderContent<OrderLine>
}

/** As {@link plan}; lines of before that are not for sale any more leave, and do not stand in the way of the others. */
export async function planRest(
  session: Session,
  base: Order | undefined,
  wanted: readonly WantedLine[],
  checked: readonly VariantId[],
): Promise<(Planned & { readonly gone: readonly VariantId[] }) | OrderRefusal> {
  const planned = await plan(session, base, wanted, checked)
  if (planned.kind === 'planned') return { ...planned, gone: [] }
  const { reason, variantIds: gone = [] } = planned
  if (reason !== 'not_for_sale' || gone.some((id) => checked.includes(id))) return planned
  const rest = wanted.filter(({ variantId }) => !gone.includes(variantId))
  const again = await plan(session, base, rest, checked)
  return again.kind === 'planned' ? { ...again, gone } : again
}

/** Prices wanted lines and looks at limits; of the variants that are `checked` also at what is in stock. */
export async function plan(
  session: Session,
  base: Order | undefined,
  wanted: readonly WantedLine[],
  checked: readonly VariantId[],
): Promise<Planned | OrderRefusal> {
  const { currency, taxRounding } = base ?? session.settings
  const offers = await readOffers(
    session,
    currency,
    wanted.map(({ variantId }) => variantId),
  )
  const priced = priceLines(offers, wanted, { currency, taxRounding, at: session.now })
  if (priced.kind === 'refused') return priced
  const tooMany = overLimit(session, offers, wanted)
  if (tooMany.length > 0) return { ...refusal('too_many', base), variantIds: tooMany }
  const shortages = offers
    .filter(({ variant }) => checked.includes(variant.id))
    .flatMap((offer) => shortageOf(session, base, offer, wanted))
  if (shortages.length > 0) return { ...refusal('insufficient_stock', base), shortages }
  return { kind: 'planned', content: priced.content }
}

// A glance, so that nobody fills a basket with what is not there; the locks are taken when it is proposed.
function shortageOf(
  { settings }: Session,
  base: Order | undefined,
  offer: Offer,
  wanted: readonly WantedLine[],
): readonly Shortage[] {
  const { id: variantId } = offer.variant
  const free = availableOf(offer)
  if (free === undefined) return []
  const isHeld = base?.status === 'awaiting_customer' && settings.holdOnPropose
  const left = free + (isHeld ? quantityOf(base.lines, variantId) : 0)
  const asked = quantityOf(wanted, variantId)
  return asked > left ? [{ variantId, wanted: asked, left }] : []
}

/** How much of a variant some lines have. */
export function quantityOf(lines: readonly WantedLine[], variantId: VariantId): number {
  return lines.find((line) => line.variantId === variantId)?.quantity ?? 0
}

function overLimit(
  { actor }: Session,
  offers: readonly Offer[],
  wanted: readonly WantedLine[],
): readonly VariantId[] {
  const isChat = actor.kind === 'customer' || actor.kind === 'ai'
  const whole = isChat ? maxCartQuantity : 100_000
  if (wanted.length > maxLines) {
    if (isChat) return wanted.slice(maxLines).map(({ variantId }) => variantId)
    throw new AuronxError('invalid_input', 'An order has at most 100 lines', {
      details: { most: maxLines },
    })
  }
  return wanted
    .filter(({ variantId, quantity }) => {
      const offer = offers.find(({ variant }) => variant.id === variantId)
      return offer !== undefined && quantity > whole * 10 ** unitScales[offer.variant.unitCode]
    })
    .map(({ variantId }) => variantId)
}
