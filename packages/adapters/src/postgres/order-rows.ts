import { asId } from '@auronx/sdk'
import type {
  ActionResult,
  ActionToken,
  Confirmation,
  Order,
  OrderLine,
  OrderStatus,
  TaxRounding,
} from '@auronx/sdk'
import { bigint, instant, integer, json, optionalInstant, optionalText, text } from './row.ts'
import type { SqlRow, SqlValue } from './sql.ts'
import { present, stored } from './stored.ts'

/** Columns of an order besides tenant and id, in the order of {@link valuesOf}. */
export const orderColumns = [
  'ref',
  'number',
  'contact_id',
  'conversation_id',
  'status',
  'revision',
  'currency',
  'tax_rounding',
  'subtotal',
  'discount_total',
  'base_total',
  'tax_total',
  'total',
  'cash_rounding',
  'payable',
  'content_hash',
  'confirm_by',
  'confirmed_at',
  'confirmed_by',
  'evidence_kind',
  'evidence_id',
  'ended_at',
  'end_reason',
  'cart_key',
  'created_at',
  'updated_at',
  'version',
]

/** An order as values of {@link orderColumns}. */
export function valuesOf(order: Order): readonly SqlValue[] {
  const { totals, confirmation } = order
  const values: readonly (SqlValue | undefined)[] = [
    order.ref,
    order.number,
    order.contactId,
    order.conversationId,
    order.status,
    order.revision,
    order.currency,
    order.taxRounding,
    totals.subtotal,
    totals.discountTotal,
    totals.baseTotal,
    totals.taxTotal,
    totals.total,
    totals.cashRounding,
    totals.payable,
    order.contentHash,
    order.confirmBy,
    order.confirmedAt,
    confirmation?.by,
    confirmation?.evidence.kind,
    confirmation?.evidence.id,
    order.endedAt,
    order.endReason,
    order.cartKey,
    order.createdAt,
    order.updatedAt,
    order.version,
  ]
  return values.map((value) => value ?? null)
}

/** A line as a row of `order_lines`; amounts as text, so that JSON keeps them exact. */
export function toLineRow(
  line: OrderLine,
  position: number,
): Readonly<Record<string, string | number>> {
  const amounts = (value: bigint): string => value.toString()
  return {
    position,
    variant_id: line.variantId,
    product_id: line.productId,
    price_id: line.priceId,
    sku: line.sku,
    title: line.title,
    unit_code: line.unitCode,
    quantity: line.quantity,
    unit_amount: amounts(line.unitAmount),
    tax_category: line.taxCategory,
    tax_rate: line.taxRate,
    tax_behavior: line.taxBehavior,
    gross: amounts(line.gross),
    discount: amounts(line.discount),
    document_discount: amounts(line.documentDiscount),
    net: amounts(line.net),
    base: amounts(line.base),
    tax: amounts(line.tax),
    total: amounts(line.total),
  }
}

type Amounts =
  | 'unitAmount'
  | 'gross'
  | 'discount'
  | 'documentDiscount'
  | 'net'
  | 'base'
  | 'tax'
  | 'total'
type LineJson = Omit<OrderLine, Amounts> & { readonly [Key in Amounts]: number }

function toLine(line: LineJson): OrderLine {
  return {
    ...line,
    unitAmount: BigInt(line.unitAmount),
    gross: BigInt(line.gross),
    discount: BigInt(line.discount),
    documentDiscount: BigInt(line.documentDiscount),
    net: BigInt(line.net),
    base: BigInt(line.base),
    tax: BigInt(line.tax),
    total: BigInt(line.total),
  }
}

/** An order with its lines, from its row. */
export function toOrder(row: SqlRow): Order {
  const conversationId = optionalText(row, 'conversation_id')
  return {
    id: asId('OrderId', text(row, 'id')),
    ref: text(row, 'ref'),
    contactId: asId('ContactId', text(row, 'contact_id')),
    status: stored<OrderStatus>(text(row, 'status')),
    revision: integer(row, 'revision'),
    currency: text(row, 'currency'),
    taxRounding: stored<TaxRounding>(text(row, 'tax_rounding')),
    lines: stored<readonly LineJson[]>(json(row, 'lines')).map(toLine),
    totals: {
      subtotal: bigint(row, 'subtotal'),
      discountTotal: bigint(row, 'discount_total'),
      baseTotal: bigint(row, 'base_total'),
      taxTotal: bigint(row, 'tax_total'),
      total: bigint(row, 'total'),
      cashRounding: bigint(row, 'cash_rounding'),
      payable: bigint(row, 'payable'),
    },
    createdAt: instant(row, 'created_at'),
    updatedAt: instant(row, 'updated_at'),
    version: integer(row, 'version'),
    ...present({
      number: optionalText(row, 'number'),
      conversationId:
        conversationId === undefined ? undefined : asId('ConversationId', conversationId),
      contentHash: optionalText(row, 'content_hash'),
      confirmBy: optionalInstant(row, 'confirm_by'),
      confirmedAt: optionalInstant(row, 'confirmed_at'),
      confirmation: toConfirmation(row),
      endedAt: optionalInstant(row, 'ended_at'),
      endReason: optionalText(row, 'end_reason'),
      cartKey: optionalText(row, 'cart_key'),
    }),
  }
}

function toConfirmation(row: SqlRow): Confirmation | undefined {
  const by = optionalText(row, 'confirmed_by')
  if (by === undefined) return undefined
  return {
    by: stored<Confirmation['by']>(by),
    evidence: {
      kind: stored<Confirmation['evidence']['kind']>(text(row, 'evidence_kind')),
      id: text(row, 'evidence_id'),
    },
  }
}

/** A token, from its row. */
export function toToken(row: SqlRow): ActionToken {
  const result = json(row, 'result')
  return {
    hash: text(row, 'token_hash'),
    command: stored<ActionToken['command']>(text(row, 'command')),
    orderId: asId('OrderId', text(row, 'order_id')),
    contactId: asId('ContactId', text(row, 'contact_id')),
    revision: integer(row, 'revision'),
    contentHash: text(row, 'content_hash'),
    expiresAt: instant(row, 'expires_at'),
    ...present({
      usedAt: optionalInstant(row, 'used_at'),
      voidedAt: optionalInstant(row, 'voided_at'),
      result: result === null ? undefined : stored<ActionResult>(result),
    }),
  }
}
