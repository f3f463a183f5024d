import type {
  ContactId,
  ConversationId,
  Evidence,
  OrderId,
  PricedLine,
  PriceId,
  ProductId,
  TaxBehavior,
  TaxRounding,
  TenantId,
  UnitCode,
  VariantId,
  Within,
} from '../kernel/index.ts'

/** Life of an order. `confirmed`, `cancelled` and `expired` keep their content for ever. */
export const orderStatuses = [
  'draft',
  'awaiting_customer',
  'confirmed',
  'cancelled',
  'expired',
] as const

/** One of {@link orderStatuses}. */
export type OrderStatus = (typeof orderStatuses)[number]

/** Numbers and ids of a line, copied from the catalog; amounts in minor units. */
export interface OrderLineFacts extends PricedLine {
  readonly variantId: VariantId
  readonly productId: ProductId
  readonly unitCode: UnitCode
  /** Steps of the unit. */
  readonly quantity: number
  readonly unitAmount: bigint
  /** The price row it comes from. */
  readonly priceId: PriceId
  readonly taxCategory: string
  /** Parts per million. */
  readonly taxRate: number
  readonly taxBehavior: TaxBehavior
}

/** A line with the texts the customer saw. */
export interface OrderLine extends OrderLineFacts {
  readonly sku: string
  readonly title: string
}

/** What the lines come to; minor units. */
export interface OrderTotals {
  readonly subtotal: bigint
  readonly discountTotal: bigint
  readonly baseTotal: bigint
  readonly taxTotal: bigint
  readonly total: bigint
  readonly cashRounding: bigint
  readonly payable: bigint
}

/** Who bound the order, and by what. */
export interface Confirmation {
  readonly by: 'customer' | 'staff'
  readonly evidence: Evidence
}

/** An order over lines of some detail. */
export interface OrderOf<Line extends OrderLineFacts> {
  readonly id: OrderId
  /** Eight characters that people can read out; unique in the tenant, from the first draft on. */
  readonly ref: string
  /** `ORD-2026-000123`; given on confirmation, without gaps. */
  readonly number?: string
  readonly contactId: ContactId
  readonly conversationId?: ConversationId
  readonly status: OrderStatus
  /** How often it was proposed. */
  readonly revision: number
  readonly currency: string
  /** Copied from the tenant when the order was created, never read again. */
  readonly taxRounding: TaxRounding
  readonly lines: readonly Line[]
  readonly totals: OrderTotals
  /** SHA-256 over what the customer was shown; set while it waits and after it was confirmed. */
  readonly contentHash?: string
  /** The proposal ends at this instant. */
  readonly confirmBy?: Date
  readonly confirmedAt?: Date
  readonly confirmation?: Confirmation
  /** When it was cancelled or expired. */
  readonly endedAt?: Date
  /** A code. */
  readonly endReason?: string
  /** Digest of the WhatsApp cart message it was made from. */
  readonly cartKey?: string
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly version: number
}

/** One order of a customer. */
export type Order = OrderOf<OrderLine>

/** Which orders to list, newest first. */
export interface OrderQuery {
  readonly contactId?: ContactId
  readonly statuses?: readonly OrderStatus[]
  /** Only those of customers with a conversation there. */
  readonly within?: Within
  /** Continue behind this order. */
  readonly before?: OrderId
  readonly limit: number
}

/**
 * Orders of one tenant inside a transaction. `storage_constraint` is thrown for a second draft of a contact, a second
 * order of a cart and a number or reference that is taken.
 */
export interface OrderStore {
  get(id: OrderId): Promise<Order | undefined>
  /** The order, locked until the transaction ends. */
  lock(id: OrderId): Promise<Order | undefined>
  /** Makes commands of one contact wait for each other, then locks and reads its drafts and proposals, oldest first. */
  lockOpen(contactId: ContactId): Promise<readonly Order[]>
  byCart(cartKey: string): Promise<Order | undefined>
  list(query: OrderQuery): Promise<readonly Order[]>
  /** Adds version 1, or replaces the version before. Throws `version_conflict`. */
  save(order: Order): Promise<void>
  /** The next number of a series, from 1; the last lock of a transaction, undone with it. */
  nextNumber(series: { readonly kind: 'order'; readonly period: string }): Promise<number>
}

/** What one tap may do. `open` is a link to a page that offers all of them. */
export type ActionCommand = 'confirm' | 'cancel' | 'edit' | 'open'

/** A single-use token: the row behind a button or a link. The token itself is never stored. */
export interface ActionToken {
  /** SHA-256 of the token, lower-case hex. */
  readonly hash: string
  readonly command: ActionCommand
  readonly orderId: OrderId
  readonly contactId: ContactId
  readonly revision: number
  /** What the customer saw; the order must still be that. */
  readonly contentHash: string
  readonly expiresAt: Date
  readonly usedAt?: Date
  /** What its use did. */
  readonly result?: ActionResult
  /** Set when the order went on without it. */
  readonly voidedAt?: Date
}

/** What a token did. */
export interface ActionResult {
  readonly command: Exclude<ActionCommand, 'open'>
  readonly number?: string
}

/** Action tokens of one tenant inside a transaction. */
export interface ActionStore {
  insert(tokens: readonly ActionToken[]): Promise<void>
  find(hash: string): Promise<ActionToken | undefined>
  /** Marks a token as used. Throws `conflict` when it was used before. */
  settle(hash: string, use: { readonly at: Date; readonly result: ActionResult }): Promise<void>
  /** Voids every unused token of an order. */
  voidAll(orderId: OrderId, at: Date): Promise<void>
}

/** Whose link is this? Asked before a tenant is known. */
export interface ActionDirectory {
  /** The tenant of an `open` token by its hash, or nothing. */
  tenantOf(hash: string): Promise<TenantId | undefined>
}
