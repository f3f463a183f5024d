/**
 * A text of the same length in which every digit of every script is an ASCII digit. Digits that take two code units are
 * followed by U+FFFF, which stands for nothing.
 */
export function foldDigits(text: string): string {
  return text.replaceAll(/\p{Nd}/gu, (digit) =>
    String(valueOf(digit.codePointAt(0) ?? 0)).padEnd(digit.length, '\uFFFF'),
  )
}

const mathematical = 0x1d7ce

// Digits stand in runs of ten from zero to nine; only the mathematical ones have several runs in a row.
function valueOf(codePoint: number): number {
  if (codePoint <= 0x39) return codePoint - 0x30
  if (codePoint >= mathematical && codePoint <= 0x1d7ff) return (codePoint - mathematical) % 10
  let zero = codePoint
  while (codePoint - zero < 9 && isDigit(zero - 1)) zero -= 1
  return codePoint - zero
}

function isDigit(codePoint: number): boolean {
  return /^\p{Nd}$/u.test(String.fromCodePoint(codePoint))
}
