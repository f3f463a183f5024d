import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { currencyCodes, currencyExponent, currencyTableDate, isCurrency } from './currencies.ts'
import {
  addMoney,
  compareMoney,
  decimalAmount,
  formatMoney,
  money,
  parseMoney,
  subtractMoney,
  sumMoney,
  toWireMoney,
} from './money.ts'
import { formatQuantity, parseQuantity, unitScales, wholeUnits } from './quantity.ts'
import type { UnitCode } from './quantity.ts'

const anyCurrency = fc.constantFrom(...currencyCodes)
const anyAmount = fc.bigInt({
  min: -BigInt(Number.MAX_SAFE_INTEGER),
  max: BigInt(Number.MAX_SAFE_INTEGER),
})

describe('currencies', () => {
  test('the table is dated, has each code once and refuses funds, metals and test codes', () => {
    expect(currencyTableDate).toMatch(/^\d{4}-\d\d-\d\d$/u)
    expect(new Set(currencyCodes).size).toBe(currencyCodes.length)
    for (const code of ['XAU', 'XDR', 'XXX', 'XTS', 'CLF', 'UYI', 'eur', '']) {
      expect(isCurrency(code)).toBe(false)
      expect(() => currencyExponent(code)).toThrow(
        expect.objectContaining({ code: 'unknown_currency' }),
      )
    }
  })

  test('exponents differ from the runtime only where the runtime is known to leave ISO 4217', () => {
    const differing = currencyCodes.filter((code) => {
      const format = new Intl.NumberFormat('en', { style: 'currency', currency: code })
      return format.resolvedOptions().maximumFractionDigits !== currencyExponent(code)
    })
    const known = 'AFN ALL COP HUF IDR IQD IRR KPW LAK LBP MGA MMK PKR SOS SYP YER'.split(' ')
    for (const code of differing)
      expect([...known, 'RSD', 'SLE', 'UZS', 'TZS', 'CRC', 'XCG', 'ZWG']).toContain(code)
    expect(currencyExponent('COP')).toBe(2)
    expect(currencyExponent('IQD')).toBe(3)
    expect(currencyExponent('JPY')).toBe(0)
  })
})

describe('money', () => {
  test('a plain decimal reads back as the amount it was written from', () => {
    fc.assert(
      fc.property(anyAmount, anyCurrency, (amount, currency) => {
        const value = money(amount, currency)
        expect(parseMoney(decimalAmount(value), currency)).toEqual(value)
      }),
    )
  })

  test('a formatted amount shows exactly the digits of the amount, in every language of the interface', () => {
    fc.assert(
      fc.property(
        anyAmount,
        anyCurrency,
        fc.constantFrom('en', 'es', 'pt', 'ar'),
        (amount, currency, locale) => {
          const shown = formatMoney(money(amount, currency), locale)
          const digits = shown.replaceAll(/[^0-9]/gu, '').replace(/^0+(?=\d)/u, '')
          const expected = (amount < 0n ? -amount : amount).toString()
          expect(digits).toBe(expected)
        },
      ),
    )
  })

  test('fifty thousand pesos are shown with their two decimals', () => {
    expect(formatMoney(money(5_000_000n, 'COP'), 'en')).toBe('COP\u00a050,000.00')
    expect(formatMoney(money(1250n, 'EUR'), 'en')).toBe('€12.50')
    expect(formatMoney(money(1250n, 'JPY'), 'en')).toBe('¥1,250')
  })

  test('arithmetic over two currencies and beyond the safe range is refused', () => {
    const euro = money(1n, 'EUR')
    const dollar = money(1n, 'USD')
    for (const broken of [
      () => addMoney(euro, dollar),
      () => subtractMoney(euro, dollar),
      () => compareMoney(euro, dollar),
    ]) {
      expect(broken).toThrow(expect.objectContaining({ code: 'currency_mismatch' }))
    }
    const most = money(Number.MAX_SAFE_INTEGER, 'EUR')
    expect(() => addMoney(most, euro)).toThrow(
      expect.objectContaining({ code: 'money_out_of_range' }),
    )
    expect(() => money(0.5, 'EUR')).toThrow(expect.objectContaining({ code: 'invalid_input' }))
    expect(toWireMoney(most)).toEqual({ amount: Number.MAX_SAFE_INTEGER, currency: 'EUR' })
    expect(subtractMoney(addMoney(euro, euro), euro)).toEqual(euro)
    expect(sumMoney('EUR', [])).toEqual(money(0n, 'EUR'))
    expect(compareMoney(euro, most)).toBe(-1)
  })

  test.each(['', '1,50', '1.505', '€1', '1e3', '٣', '1.', '.5', '--1', '9'.repeat(19)])(
    'staff input %j is refused',
    (text) => {
      expect(() => parseMoney(text, 'EUR')).toThrow(
        expect.objectContaining({ code: 'invalid_input' }),
      )
    },
  )
})

describe('quantities', () => {
  test('a quantity reads back as it is written', () => {
    const units = fc.constantFrom<UnitCode>('C62', 'KGM', 'LTR', 'MTR', 'HUR', 'DAY')
    fc.assert(
      fc.property(fc.nat({ max: 99_999_999 }), units, (steps, unit) => {
        expect(parseQuantity(formatQuantity(steps, unit, 'en'), unit)).toBe(steps)
      }),
    )
    expect(Object.keys(unitScales)).toHaveLength(6)
  })

  test('whole units become steps, and broken ones are refused', () => {
    expect(wholeUnits(2, 'KGM')).toBe(2000)
    expect(() => wholeUnits(0.5, 'C62')).toThrow(expect.objectContaining({ code: 'invalid_input' }))
    expect(() => wholeUnits(-1, 'C62')).toThrow(expect.objectContaining({ code: 'invalid_input' }))
    expect(() => parseQuantity('1.5', 'C62')).toThrow(
      expect.objectContaining({ code: 'invalid_input' }),
    )
  })
})
