import { decimalDigit } from '../outbox/index.ts'

/**
 * A text of the same length in which every digit of every script is an ASCII digit. Digits that take two code units are
 * followed by U+FFFF, which stands for nothing.
 */
export function foldDigits(text: string): string {
  return text.replaceAll(/\p{Nd}/gu, (digit) =>
    String(decimalDigit(digit)).padEnd(digit.length, '\uFFFF'),
  )
}
