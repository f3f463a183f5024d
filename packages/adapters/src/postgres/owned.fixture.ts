import { idempotencyKeepMs, systemActor } from '@auronx/sdk'
import type {
  ActionToken,
  AssistantTurn,
  ChannelId,
  Contact,
  Conversation,
  DomainEvent,
  IdempotentRequest,
  Identity,
  InboxEventId,
  Job,
  LaneGrant,
  Message,
  NewBlob,
  Order,
  OutboxEntry,
  Price,
  Product,
  StockItem,
  TaxCategory,
  TenantId,
  VariantId,
} from '@auronx/sdk'
import type { EngineSubject } from './testing.ts'
import { turnOf } from './turn.fixture.ts'

type Subject = Pick<EngineSubject<unknown>, 'ids' | 'clock'>

/** Goods of a tenant. */
export interface OwnedGoods {
  readonly variantId: VariantId
  readonly product: Product
  readonly price: Price
  readonly tax: TaxCategory
  readonly stock: StockItem
}

/** One record of every kind that belongs to no conversation. */
export interface OwnedRecords extends OwnedGoods {
  readonly tenantId: TenantId
  readonly at: Date
  readonly contact: Contact
  readonly second: Contact
  readonly identities: readonly Identity[]
  readonly order: Order
  readonly token: ActionToken
  readonly key: IdempotentRequest
  readonly blob: NewBlob
  readonly job: Job
  readonly event: DomainEvent
  readonly inboxId: InboxEventId
  readonly laneKey: string
}

/** What belongs to a conversation on one number. */
export interface OwnedTalk {
  readonly channelId: ChannelId
  readonly conversation: Conversation
  readonly message: Message
  readonly entry: OutboxEntry
  readonly turn: AssistantTurn
}

/** One owner's records with everything that names them from outside. */
export interface Owned extends OwnedRecords, OwnedTalk {
  readonly lane: LaneGrant
  readonly jobEpoch: number
}

/** Stands in every text of what {@link ownedBy} makes, so that a single leaked value shows. */
export const marker = 'only-for-its-owner'

/** A full set of records, one per kind, none of them stored yet. `text` goes wherever a person's text goes. */
export function ownedBy(subject: Subject, tenantId: TenantId, text: string): OwnedRecords {
  const { ids, clock } = subject
  const at = clock.now()
  const expiresAt = new Date(at.getTime() + idempotencyKeepMs)
  const contact: Contact = {
    id: ids.next('ContactId'),
    displayName: text,
    createdAt: at,
    updatedAt: at,
    version: 1,
  }
  const identities: readonly Identity[] = [{ kind: 'wa_phone', scope: '', value: '15550100042' }]
  const { variantId, product, price, tax, stock } = goodsOf(subject, text)
  const orderId = ids.next('OrderId')
  const key: IdempotentRequest = {
    principal: 'member:1',
    key: 'k-1',
    fingerprint: 'f',
    at,
    expiresAt,
  }
  const blob: NewBlob = {
    id: ids.next('BlobId'),
    contentType: `text/${text}`,
    body: [new TextEncoder().encode(text)],
  }
  const job: Job = {
    id: ids.next('JobId'),
    kind: 'test',
    naturalKey: 'once',
    runAt: at,
    data: { text },
  }
  return {
    tenantId,
    at,
    contact,
    second: { ...contact, id: ids.next('ContactId') },
    identities,
    product,
    price,
    variantId,
    tax,
    stock,
    order: orderOf(orderId, contact, product, price, text, at),
    token: tokenOf(orderId, contact, expiresAt),
    key,
    blob,
    job,
    event: eventOf(subject, tenantId, orderId, text),
    inboxId: ids.next('InboxEventId'),
    laneKey: `${tenantId}:lane`,
  }
}

function eventOf(
  { ids, clock }: Subject,
  tenantId: TenantId,
  orderId: Order['id'],
  text: string,
): DomainEvent {
  return {
    id: ids.next('OrderId'),
    tenantId,
    type: 'order.confirmed',
    schema: 1,
    aggregateType: 'order',
    aggregateId: orderId,
    aggregateVersion: 1,
    occurredAt: clock.now(),
    actor: systemActor(tenantId),
    correlationId: 'c-1',
    data: { text },
  }
}

function goodsOf({ ids, clock }: Subject, text: string): OwnedGoods {
  const at = clock.now()
  const variantId = ids.next('VariantId')
  const variant = {
    id: variantId,
    sku: 'sku-1',
    title: text,
    unitCode: 'C62',
    taxCode: 'standard',
    status: 'active',
  } as const
  const product: Product = {
    id: ids.next('ProductId'),
    title: text,
    status: 'active',
    position: 0,
    variants: [variant],
    createdAt: at,
    updatedAt: at,
    version: 1,
  }
  const price: Price = {
    id: ids.next('PriceId'),
    variantId,
    currency: 'EUR',
    amount: 100n,
    taxBehavior: 'inclusive',
    minQuantity: 0,
    validFrom: at,
  }
  return {
    variantId,
    product,
    price,
    tax: { code: 'standard', category: 'S', rate: 210_000 } as const,
    stock: { variantId, onHand: 5, reserved: 0, policy: 'deny', version: 1 } as const,
  }
}

/** A conversation with one message in and one on its way out, none of them stored yet. */
export function talkOf(
  subject: Subject,
  contact: Contact,
  channelId: Conversation['channelId'],
  text: string,
): OwnedTalk {
  const { ids, clock } = subject
  const at = clock.now()
  const conversation: Conversation = {
    id: ids.next('ConversationId'),
    contactId: contact.id,
    channelId,
    owner: 'ai',
    ownerEpoch: 1,
    status: 'open',
    lastInteractionAt: at,
    lastMessageAt: at,
    preview: text,
    unreadCount: 1,
    createdAt: at,
    updatedAt: at,
    version: 1,
  }
  const message: Message = {
    id: ids.next('MessageId'),
    conversationId: conversation.id,
    direction: 'in',
    author: 'customer',
    content: { kind: 'inbound', content: { type: 'text', body: text } },
    providerMessageId: 'wamid.1',
    at,
  }
  const entry: OutboxEntry = {
    id: ids.next('OutboxId'),
    conversationId: conversation.id,
    contactId: contact.id,
    channelId,
    sequence: 1,
    to: { phone: '15550100042' },
    message: { kind: 'text', body: text },
    opaque: 'opaque-1',
    state: 'queued',
    deliveryAt: {},
    dueAt: at,
    attempts: 0,
    providerMessageId: 'wamid.2',
    createdAt: at,
    updatedAt: at,
  }
  const turn = turnOf(subject, conversation, message, text)
  return { channelId, conversation, message, entry, turn }
}

function orderOf(
  id: Order['id'],
  contact: Contact,
  product: Product,
  price: Price,
  text: string,
  at: Date,
): Order {
  const amounts = {
    gross: 121n,
    discount: 0n,
    documentDiscount: 0n,
    net: 121n,
    base: 100n,
    tax: 21n,
    total: 121n,
  }
  return {
    id,
    ref: 'AAAA2222',
    contactId: contact.id,
    status: 'draft',
    revision: 0,
    currency: 'EUR',
    taxRounding: 'rate-group',
    lines: [
      {
        variantId: price.variantId,
        productId: product.id,
        priceId: price.id,
        sku: 'sku-1',
        title: text,
        unitCode: 'C62',
        quantity: 1,
        unitAmount: 121n,
        taxCategory: 'S',
        taxRate: 210_000,
        taxBehavior: 'inclusive',
        ...amounts,
      },
    ],
    totals: {
      subtotal: 121n,
      discountTotal: 0n,
      baseTotal: 100n,
      taxTotal: 21n,
      total: 121n,
      cashRounding: 0n,
      payable: 121n,
    },
    cartKey: 'c'.repeat(64),
    createdAt: at,
    updatedAt: at,
    version: 1,
  }
}

function tokenOf(orderId: Order['id'], contact: Contact, expiresAt: Date): ActionToken {
  return {
    hash: 'd'.repeat(64),
    command: 'confirm',
    orderId,
    contactId: contact.id,
    revision: 1,
    contentHash: 'a'.repeat(64),
    expiresAt,
  }
}
