import { allocate, divideRounded } from './allocate.ts'
import { currencyExponent } from './currencies.ts'
import { AuronxError } from './errors.ts'
import { inRange } from './money.ts'
import { assertQuantity } from './quantity.ts'

/** Tax rates are parts per million: 21 % is 210000, so that tenths of a percent stay exact. */
export const taxRateUnit = 1_000_000n

/** Whether prices contain their tax or tax comes on top. */
export type TaxBehavior = 'inclusive' | 'exclusive'

/** Where tax is rounded: once per group of equal rate, or on each line. */
export type TaxRounding = 'rate-group' | 'line'

/** A reduction: basis points (1/100 of a percent, 0 to 10000) or a fixed amount in minor units. */
export type Discount =
  | { readonly kind: 'basis-points'; readonly basisPoints: number }
  | { readonly kind: 'fixed'; readonly amount: bigint }

/** How a line is taxed. */
export interface LineTax {
  /** Category code, for example `S`, `Z`, `E`, `AE`, `O` of EN 16931. */
  readonly category: string
  /** Parts per million, see {@link taxRateUnit}. */
  readonly rate: number
  readonly behavior: TaxBehavior
}

/** One line to price. */
export interface PriceLineInput {
  /** Price of one whole unit in minor units; negative for a credit. */
  readonly unitAmount: bigint
  /** Steps of the unit. */
  readonly quantity: number
  /** Decimal digits of the quantity: 0 for pieces, 3 for kilograms. */
  readonly scale: number
  readonly discount?: Discount
  readonly tax: LineTax
}

/** A cart, quote or order to price. */
export interface PriceDocumentInput {
  readonly currency: string
  readonly lines: readonly PriceLineInput[]
  /** Reduction of the whole document, spread over its lines. */
  readonly discount?: Discount
  readonly taxRounding: TaxRounding
  /** Smallest coin in minor units (5 for 0.05 CHF); rounds what is paid, never a line. Default none. */
  readonly cashStep?: bigint
}

/** A priced line. `net` is in the line's own tax behavior; `base + tax = total`. Minor units. */
export interface PricedLine {
  /** Unit amount times quantity, rounded once. */
  readonly gross: bigint
  /** Own discount. */
  readonly discount: bigint
  /** Share of the document's discount. */
  readonly documentDiscount: bigint
  /** `gross − discount − documentDiscount`. */
  readonly net: bigint
  readonly base: bigint
  readonly tax: bigint
  readonly total: bigint
}

/** The lines of one tax category, rate and behavior together. Minor units. */
export interface TaxGroup extends LineTax {
  readonly base: bigint
  readonly tax: bigint
  readonly total: bigint
}

/** What a document costs. Lines and groups both add up to the totals. Minor units. */
export interface DocumentTotals {
  readonly currency: string
  readonly lines: readonly PricedLine[]
  /** Sorted by behavior, category and rate. */
  readonly groups: readonly TaxGroup[]
  /** Sum of line amounts before discounts. */
  readonly subtotal: bigint
  readonly discountTotal: bigint
  readonly baseTotal: bigint
  readonly taxTotal: bigint
  readonly total: bigint
  /** Signed difference between what is paid in cash and `total`. */
  readonly cashRounding: bigint
  /** `total + cashRounding`. */
  readonly payable: bigint
}

interface Reduced {
  readonly line: PriceLineInput
  readonly gross: bigint
  readonly discount: bigint
  readonly documentDiscount: bigint
  readonly net: bigint
}

interface Taxed {
  readonly base: bigint
  readonly tax: bigint
}

/**
 * The one pricing rule, for every cart, quote and order: lines are rounded once, discounts never go below zero, tax is
 * computed per rate group (or per line) and given back to the lines by largest remainder. Halves round away from zero.
 *
 * With inclusive prices `tax` is taken out of the total and need not equal the rounded product of base and rate.
 *
 * Throws `unknown_currency`, `money_out_of_range`, `invalid_input` (a quantity, rate or discount out of its range).
 *
 * @see https://github.com/ConnectingEurope/eInvoicing-EN16931 (rule BR-CO-17)
 */
export function priceDocument(input: PriceDocumentInput): DocumentTotals {
  currencyExponent(input.currency)
  const reduced = reduce(input)
  const taxed = taxLines(reduced, input.taxRounding)
  const lines = reduced.map(({ gross, discount, documentDiscount, net }, position): PricedLine => {
    const { base, tax } = taxed[position] ?? { base: 0n, tax: 0n }
    return { gross, discount, documentDiscount, net, base, tax, total: base + tax }
  })
  const total = inRange(sum(lines.map((line) => line.total)))
  const step = input.cashStep ?? 1n
  if (step < 1n) throw new AuronxError('invalid_input', 'A cash step is at least one minor unit')
  const payable = divideRounded(total, step) * step
  return {
    currency: input.currency,
    lines,
    groups: groupLines(input.lines, lines),
    subtotal: inRange(sum(lines.map((line) => line.gross))),
    discountTotal: sum(lines.map((line) => line.discount + line.documentDiscount)),
    baseTotal: sum(lines.map((line) => line.base)),
    taxTotal: sum(lines.map((line) => line.tax)),
    total,
    cashRounding: payable - total,
    payable: inRange(payable),
  }
}

function reduce({ lines, discount }: PriceDocumentInput): readonly Reduced[] {
  const own = lines.map((line) => {
    const gross = inRange(
      divideRounded(
        line.unitAmount * BigInt(assertQuantity(line.quantity)),
        10n ** BigInt(line.scale),
      ),
    )
    return { line, gross, discount: discountOf(gross, line.discount) }
  })
  // A credit line takes no part in a reduction: there is nothing left of it to reduce.
  const left = own.map((item) => (item.gross > 0n ? item.gross - item.discount : 0n))
  const shares = allocate(discountOf(sum(left), discount), left)
  return own.map((item, position) => {
    const documentDiscount = shares[position] ?? 0n
    return { ...item, documentDiscount, net: item.gross - item.discount - documentDiscount }
  })
}

function discountOf(amount: bigint, discount: Discount | undefined): bigint {
  if (discount === undefined || amount <= 0n) return 0n
  if (discount.kind === 'fixed') {
    if (discount.amount < 0n) throw new AuronxError('invalid_input', 'A discount is not negative')
    return discount.amount > amount ? amount : discount.amount
  }
  const { basisPoints } = discount
  if (!Number.isInteger(basisPoints) || basisPoints < 0 || basisPoints > 10_000) {
    throw new AuronxError('invalid_input', 'A discount is between 0 and 10000 basis points')
  }
  return divideRounded(amount * BigInt(basisPoints), 10_000n)
}

function taxLines(lines: readonly Reduced[], rounding: TaxRounding): readonly Taxed[] {
  if (rounding === 'line') return lines.map(({ line, net }) => taxOf(net, line.tax))
  const result: Taxed[] = lines.map(() => ({ base: 0n, tax: 0n }))
  for (const positions of groupPositions(lines.map(({ line }) => line))) {
    const nets = positions.map((position) => lines[position]?.net ?? 0n)
    const [first = 0] = positions
    const line = lines[first]?.line
    if (line === undefined) continue
    const taxes = allocate(taxOf(sum(nets), line.tax).tax, nets)
    for (const [index, position] of positions.entries()) {
      const tax = taxes[index] ?? 0n
      const net = nets[index] ?? 0n
      result[position] =
        line.tax.behavior === 'inclusive' ? { base: net - tax, tax } : { base: net, tax }
    }
  }
  return result
}

function taxOf(net: bigint, { rate, behavior }: LineTax): Taxed {
  if (!Number.isSafeInteger(rate) || rate < 0) {
    throw new AuronxError('invalid_input', 'A tax rate is a whole number of parts per million')
  }
  if (behavior === 'exclusive')
    return { base: net, tax: divideRounded(net * BigInt(rate), taxRateUnit) }
  const tax = divideRounded(net * BigInt(rate), taxRateUnit + BigInt(rate))
  return { base: net - tax, tax }
}

function groupLines(
  inputs: readonly PriceLineInput[],
  lines: readonly PricedLine[],
): readonly TaxGroup[] {
  return groupPositions(inputs).flatMap((positions) => {
    const tax = inputs[positions[0] ?? 0]?.tax
    if (tax === undefined) return []
    const members = positions.flatMap((position) => lines[position] ?? [])
    return {
      category: tax.category,
      rate: tax.rate,
      behavior: tax.behavior,
      base: sum(members.map((line) => line.base)),
      tax: sum(members.map((line) => line.tax)),
      total: sum(members.map((line) => line.total)),
    }
  })
}

function groupPositions(lines: readonly PriceLineInput[]): readonly (readonly number[])[] {
  const groups = new Map<string, number[]>()
  for (const [position, line] of lines.entries()) {
    const key = groupKey(line.tax)
    groups.set(key, [...(groups.get(key) ?? []), position])
  }
  return [...groups].toSorted(([a], [b]) => Number(a > b) - Number(a < b)).map(([, all]) => all)
}

function groupKey({ behavior, category, rate }: LineTax): string {
  return `${behavior}/${category}/${String(rate).padStart(16, '0')}`
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((all, amount) => all + amount, 0n)
}
