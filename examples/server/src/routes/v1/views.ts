import type * as z from 'zod'
import type {
  AssistantTurn,
  Conversation,
  KnownContact,
  Message,
  OutboxEntry,
  Price,
  Product,
  Suppression,
} from '@auronx/sdk'
import type { Offer } from '@auronx/sdk'
import type { api } from '@auronx/sdk/api'

/** An instant for JSON. */
export const iso = (at: Date): string => at.toISOString()

/** An instant for JSON, where there is one. */
export const isoOr = (at: Date | undefined): string | undefined => at?.toISOString()

/** Minor units for JSON; amounts stay within ±(2^53 − 1) by the kernel's own rule. */
export function wireMoney(amount: bigint, currency: string): { amount: number; currency: string } {
  return { amount: Number(amount), currency }
}

/** A product as it travels. */
export function productView({
  createdAt,
  updatedAt,
  variants,
  ...product
}: Product): z.input<typeof api.getProduct.response> {
  return {
    ...product,
    variants: [...variants],
    createdAt: iso(createdAt),
    updatedAt: iso(updatedAt),
  }
}

/** A price as it travels. */
export function priceView({
  amount,
  currency,
  validFrom,
  validTo,
  ...price
}: Price): z.input<typeof api.setPrice.response> {
  const { id, variantId, taxBehavior, minQuantity } = price
  const unitPrice = wireMoney(amount, currency)
  return {
    id,
    variantId,
    taxBehavior,
    minQuantity,
    unitPrice,
    validFrom: iso(validFrom),
    validTo: isoOr(validTo),
  }
}

/** An offer as it travels. */
export function offerView({
  product,
  variant,
  prices,
  stock,
}: Offer): z.input<typeof api.getVariant.response> {
  const { id, title, description, status, position, version } = product
  return {
    variant,
    product: { id, title, description, status, position, version },
    prices: prices.map(priceView),
    stock: stock && { onHand: stock.onHand, reserved: stock.reserved, policy: stock.policy },
  }
}

/** A conversation as it travels. */
export function conversationView(
  conversation: Conversation,
): z.input<typeof api.getConversation.response> {
  const { ownerEpoch: _epoch, lastInboundMessageId: _last, ...rest } = conversation
  return {
    ...rest,
    resolvedAt: isoOr(rest.resolvedAt),
    lastInboundAt: isoOr(rest.lastInboundAt),
    windowExpiresAt: isoOr(rest.windowExpiresAt),
    lastInteractionAt: iso(rest.lastInteractionAt),
    lastMessageAt: iso(rest.lastMessageAt),
    createdAt: iso(rest.createdAt),
    updatedAt: iso(rest.updatedAt),
  }
}

/** A message as it travels; ids of the provider, which embed a phone number, stay here. */
export function messageView({
  id,
  conversationId,
  direction,
  author,
  at,
  outboxId,
  content,
}: Message): z.input<typeof api.listMessages.response>['data'][number] {
  const shown: object = content.kind === 'inbound' ? content.content : content.message
  return { id, conversationId, direction, author, at: iso(at), outboxId, content: { ...shown } }
}

/** A send as it travels. */
export function sendView(entry: OutboxEntry): z.input<typeof api.sendReply.response> {
  const { id, conversationId, contactId, state, delivery, errorCode, attempts } = entry
  const times = { createdAt: iso(entry.createdAt), updatedAt: iso(entry.updatedAt) }
  return { id, conversationId, contactId, state, delivery, errorCode, attempts, ...times }
}

/** A turn of the assistant as it travels: what was asked of which tool and what came of it. */
export function turnView(
  turn: AssistantTurn,
): z.input<typeof api.listTurns.response>['data'][number] {
  const { id, conversationId, state, outcome, messageIds, disclosed, record } = turn
  const known = { id, conversationId, state, outcome, messageIds: [...messageIds], disclosed }
  const finishedAt = isoOr(turn.finishedAt)
  if (record === undefined) return { ...known, finishedAt }
  const { model, promptVersion, replies } = record
  const calls = record.calls.map((call) => ({ name: call.name, outcome: call.outcome }))
  const steps = record.steps.map((one) => ({ step: one.step, outcome: one.outcome }))
  return { ...known, finishedAt, model, promptVersion, calls, steps, replies: [...replies] }
}

/** A contact as it travels; its identities are as the service shows them to the caller. */
export function contactView(contact: KnownContact): z.input<typeof api.getContact.response> {
  const { id, displayName, locale, identities, suppressed, version } = contact
  return {
    id,
    displayName,
    locale,
    identities: identities.map(({ kind, value }) => ({ kind, value })),
    blockedAt: isoOr(contact.blockedAt),
    suppressed: suppressed && {
      everything: suppressionView(suppressed.everything),
      marketing: suppressionView(suppressed.marketing),
    },
    createdAt: iso(contact.createdAt),
    updatedAt: iso(contact.updatedAt),
    version,
  }
}

function suppressionView(one: Suppression | undefined) {
  return one && { since: iso(one.since), reason: one.reason }
}
