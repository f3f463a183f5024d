import { currencyExponent } from './currencies.ts'
import { AuronxError } from './errors.ts'
import { numberFormat } from './number-formats.ts'

/** An amount in minor units of an ISO 4217 currency: 12.50 EUR is `{ amount: 1250n, currency: 'EUR' }`. */
export interface Money {
  readonly amount: bigint
  readonly currency: string
}

/** Money as JSON carries it: minor units as a safe integer. */
export interface WireMoney {
  readonly amount: number
  readonly currency: string
}

const largest = BigInt(Number.MAX_SAFE_INTEGER)

/**
 * Money of an amount in minor units. Throws `unknown_currency`, `money_out_of_range` beyond ±(2^53 − 1), and
 * `invalid_input` for a number that is not an integer.
 */
export function money(amount: bigint | number, currency: string): Money {
  currencyExponent(currency)
  if (typeof amount === 'number' && !Number.isInteger(amount)) {
    throw new AuronxError('invalid_input', 'Money is a whole number of minor units')
  }
  return { amount: inRange(BigInt(amount)), currency }
}

/** The amount itself. Throws `money_out_of_range` when it would not survive JSON, beyond ±(2^53 − 1). */
export function inRange(amount: bigint): bigint {
  if (amount > largest || amount < -largest) {
    throw new AuronxError('money_out_of_range', 'An amount of money is beyond 2^53 - 1 minor units')
  }
  return amount
}

/** The sum of amounts of one currency; zero for none. Throws `currency_mismatch`, `money_out_of_range`. */
export function sumMoney(currency: string, items: readonly Money[]): Money {
  let amount = 0n
  for (const item of items) {
    assertSameCurrency(currency, item.currency)
    amount += item.amount
  }
  return money(amount, currency)
}

/** `a + b`. Throws `currency_mismatch`, `money_out_of_range`. */
export function addMoney(a: Money, b: Money): Money {
  return sumMoney(a.currency, [a, b])
}

/** `a − b`. Throws `currency_mismatch`, `money_out_of_range`. */
export function subtractMoney(a: Money, b: Money): Money {
  return sumMoney(a.currency, [a, { amount: -b.amount, currency: b.currency }])
}

/** Negative when `a` is less than `b`, positive when it is more, zero when equal. Throws `currency_mismatch`. */
export function compareMoney(a: Money, b: Money): number {
  assertSameCurrency(a.currency, b.currency)
  return Number(a.amount > b.amount) - Number(a.amount < b.amount)
}

/** Money for JSON. Throws `money_out_of_range`. */
export function toWireMoney({ amount, currency }: Money): WireMoney {
  return { amount: Number(inRange(amount)), currency }
}

/** The amount in major units with exactly the currency's digits, `.` between: `1250n` EUR is `12.50`. */
export function decimalAmount({ amount, currency }: Money): string {
  const exponent = currencyExponent(currency)
  const digits = (amount < 0n ? -amount : amount).toString().padStart(exponent + 1, '0')
  const whole = digits.slice(0, digits.length - exponent)
  const fraction = exponent === 0 ? '' : `.${digits.slice(-exponent)}`
  return `${amount < 0n ? '-' : ''}${whole}${fraction}`
}

/**
 * The amount as people of `locale` (BCP 47) read it, with the digits of our currency table and western numerals, so
 * that what is shown can be typed back. Throws `unknown_currency`.
 */
export function formatMoney(value: Money, locale: string): string {
  const digits = currencyExponent(value.currency)
  const decimal = decimalAmount(value)
  if (!isNumeric(decimal))
    throw new AuronxError('internal', 'A decimal amount has an unexpected form')
  return numberFormat(locale, {
    style: 'currency',
    currency: value.currency,
    numberingSystem: 'latn',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(decimal)
}

/**
 * Reads a plain decimal in major units as staff type it, `12.5` or `-3`, in the stated currency. No grouping, no
 * symbol, `.` before the fraction. Throws `invalid_input` for anything else and for more digits than the currency has;
 * `unknown_currency`; `money_out_of_range`.
 */
export function parseMoney(text: string, currency: string): Money {
  const exponent = currencyExponent(currency)
  const [, sign = '', whole = '', fraction = ''] =
    /^(-?)(\d{1,18})(?:\.(\d{1,6}))?$/u.exec(text.trim()) ?? []
  if (whole === '' || fraction.length > exponent) {
    throw new AuronxError(
      'invalid_input',
      'Write an amount as a plain decimal with the digits of its currency',
      {
        details: { digits: exponent },
      },
    )
  }
  return money(BigInt(`${sign}${whole}${fraction.padEnd(exponent, '0')}`), currency)
}

function assertSameCurrency(a: string, b: string): void {
  if (a !== b) throw new AuronxError('currency_mismatch', 'Amounts of two currencies do not mix')
}

function isNumeric(text: string): text is `${number}` {
  return /^-?\d+(\.\d+)?$/u.test(text)
}
