import { AuronxError } from './errors.ts'
import { numberFormat } from './number-formats.ts'

/**
 * Units of measure by UN/CEFACT code with their scale: how many decimal digits a quantity has. Quantities are integers
 * in the smallest step, so 1.250 kg is 1250 and 3 pieces are 3.
 *
 * @see https://unece.org/trade/uncefact/cl-recommendations
 */
export const unitScales = { C62: 0, KGM: 3, LTR: 3, MTR: 3, HUR: 2, DAY: 2 } as const

/** One of {@link unitScales}: piece, kilogram, litre, metre, hour, day. */
export type UnitCode = keyof typeof unitScales

/** Whether a text is a unit we know. */
export function isUnitCode(code: string): code is UnitCode {
  return Object.hasOwn(unitScales, code)
}

/** The quantity of `count` whole units in steps: 2 kg is 2000. Throws `invalid_input` for a broken or negative count. */
export function wholeUnits(count: number, unit: UnitCode): number {
  return assertQuantity(count * 10 ** unitScales[unit])
}

/** The quantity itself. Throws `invalid_input` unless it is a safe integer of at least zero. */
export function assertQuantity(quantity: number): number {
  if (!Number.isSafeInteger(quantity) || quantity < 0) {
    throw new AuronxError('invalid_input', 'A quantity is a whole number of steps and not negative')
  }
  return quantity
}

/** A quantity as people of `locale` (BCP 47) read it, without the unit: 1250 steps of `KGM` is `1.25` in `en`. */
export function formatQuantity(quantity: number, unit: UnitCode, locale: string): string {
  const scale = unitScales[unit]
  return numberFormat(locale, {
    numberingSystem: 'latn',
    useGrouping: false,
    minimumFractionDigits: 0,
    maximumFractionDigits: scale,
  }).format(assertQuantity(quantity) / 10 ** scale)
}

/** Reads `1.25` in the stated unit as steps. Throws `invalid_input` for signs, grouping or too many digits. */
export function parseQuantity(text: string, unit: UnitCode): number {
  const scale = unitScales[unit]
  const [, whole = '', fraction = ''] = /^(\d{1,9})(?:\.(\d{1,6}))?$/u.exec(text.trim()) ?? []
  if (whole === '' || fraction.length > scale) {
    throw new AuronxError(
      'invalid_input',
      'Write a quantity as a plain decimal with the digits of its unit',
      {
        details: { digits: scale },
      },
    )
  }
  return Number(`${whole}${fraction.padEnd(scale, '0')}`)
}
