import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allocate, divideRounded } from './allocate.ts'
import { priceDocument } from './pricing.ts'
import type { Discount, PriceDocumentInput, PriceLineInput } from './pricing.ts'

const discounts: fc.Arbitrary<Discount> = fc.oneof(
  fc.record({
    kind: fc.constant('basis-points' as const),
    basisPoints: fc.integer({ min: 0, max: 10_000 }),
  }),
  fc.record({ kind: fc.constant('fixed' as const), amount: fc.bigInt({ min: 0n, max: 100_000n }) }),
)
const taxes = fc.record({
  category: fc.constantFrom('S', 'Z', 'E'),
  rate: fc.constantFrom(0, 5000, 14_000, 52_000, 100_000, 190_000, 210_000, 255_000),
  behavior: fc.constantFrom('inclusive' as const, 'exclusive' as const),
})
const lines: fc.Arbitrary<PriceLineInput> = fc.record(
  {
    unitAmount: fc.bigInt({ min: 0n, max: 500_000n }),
    quantity: fc.integer({ min: 1, max: 9999 }),
    scale: fc.constantFrom(0, 3),
    discount: discounts,
    tax: taxes,
  },
  { requiredKeys: ['unitAmount', 'quantity', 'scale', 'tax'] },
)
const documents: fc.Arbitrary<PriceDocumentInput> = fc.record(
  {
    currency: fc.constant('EUR'),
    lines: fc.array(lines, { maxLength: 12 }),
    discount: discounts,
    taxRounding: fc.constantFrom('rate-group' as const, 'line' as const),
    cashStep: fc.constantFrom(1n, 5n, 10n),
  },
  { requiredKeys: ['currency', 'lines', 'taxRounding'] },
)
const sum = (amounts: readonly bigint[]): bigint =>
  amounts.reduce((all, amount) => all + amount, 0n)
const abs = (n: bigint): bigint => (n < 0n ? -n : n)
const piece = (
  unitAmount: bigint,
  rate: number,
  behavior: 'inclusive' | 'exclusive',
  quantity = 1,
): PriceLineInput => ({
  unitAmount,
  quantity,
  scale: 0,
  tax: { category: 'S', rate, behavior },
})

describe('allocate', () => {
  test('parts add up and stay within one of their exact share, also for credits', () => {
    const weights = fc.array(fc.bigInt({ min: 0n, max: 1_000_000n }), {
      minLength: 1,
      maxLength: 30,
    })
    fc.assert(
      fc.property(fc.bigInt({ min: -1_000_000n, max: 1_000_000n }), weights, (total, parts) => {
        const whole = sum(parts)
        fc.pre(whole > 0n)
        const shares = allocate(total, parts)
        expect(sum(shares)).toBe(total)
        for (const [position, weight] of parts.entries()) {
          expect(abs((shares[position] ?? 0n) * whole - total * weight)).toBeLessThan(whole)
        }
        expect(allocate(-total, parts)).toEqual(shares.map((share) => -share))
      }),
    )
  })

  test('the largest remainder gets the odd cent, the first of equals before the second', () => {
    expect(allocate(100n, [1n, 1n, 1n])).toEqual([34n, 33n, 33n])
    expect(allocate(5n, [3n, 7n])).toEqual([2n, 3n])
    expect(allocate(0n, [0n, 0n])).toEqual([0n, 0n])
    expect(() => allocate(1n, [0n])).toThrow(expect.objectContaining({ code: 'invalid_input' }))
  })

  test('halves round away from zero on both sides', () => {
    expect([5n, -5n, 4n, -4n].map((n) => divideRounded(n, 10n))).toEqual([1n, -1n, 0n, 0n])
    expect(divideRounded(5n, -10n)).toBe(-1n)
  })
})

describe('priceDocument', () => {
  test('lines and groups both add up to the totals, and no discount goes below zero', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const priced = priceDocument(document)
        expect(sum(priced.lines.map((line) => line.total))).toBe(priced.total)
        expect(sum(priced.lines.map((line) => line.tax))).toBe(priced.taxTotal)
        expect(sum(priced.groups.map((group) => group.tax))).toBe(priced.taxTotal)
        expect(sum(priced.groups.map((group) => group.total))).toBe(priced.total)
        expect(priced.baseTotal + priced.taxTotal).toBe(priced.total)
        expect(priced.payable - priced.cashRounding).toBe(priced.total)
        expect(abs(priced.cashRounding) * 2n).toBeLessThanOrEqual(document.cashStep ?? 1n)
        expect(priced.subtotal - priced.discountTotal).toBe(
          sum(priced.lines.map((line) => line.net)),
        )
        for (const line of priced.lines) {
          expect(line.net).toBeGreaterThanOrEqual(0n)
          expect(line.gross - line.discount - line.documentDiscount).toBe(line.net)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('each group tax is the exact tax of the group within half a cent, and each line within one cent', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const priced = priceDocument({ ...document, taxRounding: 'rate-group' })
        for (const group of priced.groups) {
          const net = group.behavior === 'inclusive' ? group.total : group.base
          const divisor =
            group.behavior === 'inclusive' ? 1_000_000n + BigInt(group.rate) : 1_000_000n
          expect(2n * abs(group.tax * divisor - net * BigInt(group.rate))).toBeLessThanOrEqual(
            divisor,
          )
        }
      }),
      { numRuns: 300 },
    )
  })

  test('the order of the lines changes no total', () => {
    const withoutSpread = documents.map(({ discount: _spread, ...document }) => document)
    fc.assert(
      fc.property(withoutSpread, fc.infiniteStream(fc.nat()), (document, order) => {
        const shuffled = document.lines
          .map((line) => ({ line, key: order.next().value ?? 0 }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ line }) => line)
        const { lines: _a, ...totals } = priceDocument(document)
        const { lines: _b, ...again } = priceDocument({ ...document, lines: shuffled })
        expect(again).toEqual(totals)
      }),
      { numRuns: 300 },
    )
  })

  test('a discount never raises a total, and all of it makes the document free', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const { discount: _spread, ...plain } = document
        expect(priceDocument(document).baseTotal).toBeLessThanOrEqual(
          priceDocument(plain).baseTotal + BigInt(document.lines.length),
        )
        expect(
          priceDocument({ ...document, discount: { kind: 'basis-points', basisPoints: 10_000 } })
            .total,
        ).toBe(0n)
      }),
    )
  })

  test('exclusive prices: tax is rounded once for the group', () => {
    const priced = priceDocument({
      currency: 'EUR',
      taxRounding: 'rate-group',
      lines: [
        piece(333n, 210_000, 'exclusive'),
        piece(333n, 210_000, 'exclusive'),
        piece(333n, 210_000, 'exclusive'),
      ],
    })
    expect(priced.groups).toEqual([
      { category: 'S', rate: 210_000, behavior: 'exclusive', base: 999n, tax: 210n, total: 1209n },
    ])
    expect(priced.lines.map((line) => line.tax)).toEqual([70n, 70n, 70n])
  })

  test('rounding by line can differ from rounding by group, and both add up', () => {
    const document = {
      currency: 'EUR',
      lines: [piece(3n, 190_000, 'exclusive'), piece(3n, 190_000, 'exclusive')],
    }
    expect(priceDocument({ ...document, taxRounding: 'line' }).taxTotal).toBe(2n)
    expect(priceDocument({ ...document, taxRounding: 'rate-group' }).taxTotal).toBe(1n)
  })

  test('inclusive prices: the tax is inside, even where base times rate rounds elsewhere', () => {
    const priced = priceDocument({
      currency: 'EUR',
      taxRounding: 'rate-group',
      lines: [piece(41_250n, 220_000, 'inclusive')],
    })
    expect([priced.total, priced.taxTotal, priced.baseTotal]).toEqual([41_250n, 7439n, 33_811n])
  })

  test('a document discount is spread by what is left of each line', () => {
    const priced = priceDocument({
      currency: 'EUR',
      taxRounding: 'rate-group',
      discount: { kind: 'fixed', amount: 100n },
      lines: [
        { ...piece(1000n, 0, 'exclusive'), discount: { kind: 'basis-points', basisPoints: 5000 } },
        piece(1000n, 0, 'exclusive'),
      ],
    })
    expect(priced.lines.map((line) => line.documentDiscount)).toEqual([33n, 67n])
    expect(priced.total).toBe(1400n)
  })

  test('weighed goods round once per line, cash rounds once per document, credits mirror', () => {
    const cheese = {
      unitAmount: 1999n,
      quantity: 1250,
      scale: 3,
      tax: { category: 'S', rate: 26_000, behavior: 'inclusive' as const },
    }
    const priced = priceDocument({
      currency: 'CHF',
      taxRounding: 'rate-group',
      cashStep: 5n,
      lines: [cheese],
    })
    expect([priced.total, priced.cashRounding, priced.payable]).toEqual([2499n, 1n, 2500n])
    const credit = priceDocument({
      currency: 'CHF',
      taxRounding: 'rate-group',
      lines: [{ ...cheese, unitAmount: -1999n }],
    })
    expect(credit.total).toBe(-2499n)
    expect(credit.taxTotal).toBe(-priced.taxTotal)
  })

  test('broken input is refused', () => {
    const price =
      (line: Partial<PriceLineInput>): (() => unknown) =>
      () =>
        priceDocument({
          currency: 'EUR',
          taxRounding: 'line',
          lines: [{ ...piece(1n, 0, 'exclusive'), ...line }],
        })
    expect(price({ quantity: 0.5 })).toThrow(expect.objectContaining({ code: 'invalid_input' }))
    expect(price({ tax: { category: 'S', rate: -1, behavior: 'inclusive' } })).toThrow(
      expect.objectContaining({ code: 'invalid_input' }),
    )
    expect(price({ discount: { kind: 'basis-points', basisPoints: 10_001 } })).toThrow(
      expect.objectContaining({ code: 'invalid_input' }),
    )
    expect(price({ unitAmount: BigInt(Number.MAX_SAFE_INTEGER), quantity: 2 })).toThrow(
      expect.objectContaining({ code: 'money_out_of_range' }),
    )
    expect(() => priceDocument({ currency: 'XAU', taxRounding: 'line', lines: [] })).toThrow(
      expect.objectContaining({ code: 'unknown_currency' }),
    )
  })
})
