import { isCnpj, isCpf, isDni, isIban, isLuhn } from './checksums.ts'
import { foldDigits } from './digits.ts'

/** Something in a text that names a person or opens a door. */
export interface Personal {
  readonly kind: 'phone' | 'email' | 'card' | 'iban' | 'tax_id' | 'code' | 'user_id' | 'id'
  readonly start: number
  readonly value: string
}

/**
 * What of a plain text must not leave for a model, in order and without overlaps. Finds what has a form: phone numbers
 * in any formatting and script, mails, payment cards, IBAN, tax numbers, codes and keys, ids of WhatsApp and of ours.
 * Names and addresses have none: this minimises, it does not make anonymous. Pure.
 */
export function findPersonal(text: string): readonly Personal[] {
  let rest = foldDigits(text)
  const found: Personal[] = []
  for (const { kind, pattern, fit } of finders) {
    for (const match of rest.matchAll(pattern)) {
      const length = fit === undefined ? match[0].length : fit(match[0], rest, match.index)
      if (length === 0) continue
      const end = match.index + length
      found.push({ kind, start: match.index, value: text.slice(match.index, end) })
      rest = rest.slice(0, match.index) + '\0'.repeat(length) + rest.slice(end)
    }
  }
  return found.toSorted((one, other) => one.start - other.start)
}

/** A plain text in which what {@link findPersonal} finds is replaced. */
export function replacePersonal(text: string, name: (one: Personal) => string): string {
  let shown = ''
  let end = 0
  for (const one of findPersonal(text)) {
    shown += text.slice(end, one.start) + name(one)
    end = one.start + one.value.length
  }
  return shown + text.slice(end)
}

interface Finder {
  readonly kind: Personal['kind']
  /** Over a text whose digits are ASCII. */
  readonly pattern: RegExp
  /** How many characters of the match count; 0 for none. Default: all. */
  readonly fit?: (match: string, text: string, at: number) => number
}

// What people put between digits; U+FFFF is the second half of a wide digit, the two before it make keycaps.
const gap = String.raw`[ \u00A0\u2000-\u200A\u202F\t().\-\u2010-\u2015\u2212\/·•_*~\uFE0F\u20E3\uFFFF]{0,4}`
const digits = (least: number, most: number): string =>
  String.raw`\d(?:${gap}\d){${least - 1},${most - 1}}`

const codeWords =
  'code|c[oó]digo|otp|pin|token|password|passcode|contrase[nñ]a|clave|senha|secret|cvv|cvc|رمز|الرمز|كود|كلمة المرور'

// The order matters: what is found first is not looked at again.
const finders: readonly Finder[] = [
  { kind: 'code', pattern: /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g },
  { kind: 'code', pattern: /\b(?:(?:sk|pk|rk|re|ghp|xox[a-z])[-_]|EAA|AKIA)[A-Za-z0-9_-]{16,}/g },
  { kind: 'code', pattern: /\bBearer\s+[\w.~+/=-]{8,}/gi },
  { kind: 'code', pattern: /\bhttps?:\/\/\S+\/a\/[\w-]{16,}/g },
  { kind: 'user_id', pattern: /\b[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{8,128}\b/g },
  { kind: 'id', pattern: /\bwamid\.[A-Za-z0-9+/=_-]{8,}/g },
  { kind: 'id', pattern: /\b(?:act|nav):[\w:-]{3,}/g },
  { kind: 'id', pattern: /[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}/gi },
  { kind: 'id', pattern: /\b[A-Z]{2,5}-\d{4}-\d{4,10}\b/g },
  { kind: 'code', pattern: /(?<![\w-])[\w-]{16,}(?![\w-])/g, fit: keyLength },
  {
    kind: 'email',
    pattern:
      /[\p{L}\p{N}._%+'-]{1,64}\s?[@\uFF20\uFE6B]\s?(?:[\p{L}\p{N}-]{1,63}\s?\.\s?){1,4}\p{L}{2,24}/gu,
  },
  {
    kind: 'email',
    pattern:
      /[\p{L}\p{N}._%+-]{1,64}\s*(?:[([{]\s*(?:at|arroba)\s*[)\]}]|\s(?:at|arroba)\s)\s*[\p{L}\p{N}-]{1,63}(?:\s*(?:\.|[([{]\s*(?:dot|punto|ponto)\s*[)\]}]|\s(?:dot|punto|ponto)\s)\s*\p{L}{2,24}){1,3}/giu,
  },
  { kind: 'user_id', pattern: /(?<![\p{L}\p{N}])[@\uFF20][A-Za-z0-9_.]{3,35}/gu },
  { kind: 'iban', pattern: /\b[A-Z]{2}\d{2}(?:[ -]?[A-Z\d]){11,30}/gi, fit: ibanLength },
  {
    kind: 'tax_id',
    pattern: /\b[\dA-Z]{2}\.?[\dA-Z]{3}\.?[\dA-Z]{3}\s?\/?\s?[\dA-Z]{4}\s?-?\s?\d{2}\b/gi,
    fit: whole((compact) => isCnpj(compact)),
  },
  { kind: 'tax_id', pattern: /\b[XYZ\d]-?\d{7}-?[A-Z]\b/gi, fit: whole(isDni) },
  { kind: 'tax_id', pattern: /\b[A-Z&Ñ]{3,4}\d{6}(?:[HMX][A-Z]{5}[A-Z\d]\d|[A-Z\d]{3})\b/gi },
  {
    kind: 'card',
    pattern: new RegExp(String.raw`(?<!\d)${digits(13, 19)}(?!\d)`, 'g'),
    fit: whole(isLuhn),
  },
  {
    kind: 'tax_id',
    pattern: /(?<!\d)\d{3}[. ]?\d{3}[. ]?\d{3}[- .]?\d{2}(?!\d)/g,
    fit: whole(isCpf),
  },
  { kind: 'phone', pattern: new RegExp(String.raw`(?:\+|\uFF0B|\b00)${gap}${digits(7, 15)}`, 'g') },
  {
    kind: 'code',
    pattern: new RegExp(
      String.raw`(?<=(?<!\p{L})(?:${codeWords})[^\n]{0,30}?)(?<![\p{L}\p{N}])(?:[A-Z]-)?(?:\d{3}[ -]\d{3}|\d{3,10})(?![\p{L}\p{N}])`,
      'giu',
    ),
  },
  {
    kind: 'code',
    pattern: new RegExp(
      String.raw`(?<![\p{L}\p{N}])\d{4,8}(?=[^\n\p{N}]{0,25}(?<!\p{L})(?:${codeWords}))`,
      'giu',
    ),
  },
  {
    kind: 'code',
    pattern: new RegExp(
      String.raw`(?<=(?:password|passcode|contrase[nñ]a|clave|senha|كلمة المرور)\s?(?:[:=]|is|es|é|هي)\s?)\S{4,64}`,
      'giu',
    ),
  },
  {
    kind: 'phone',
    pattern: new RegExp(String.raw`(?<![\d])\(?${digits(7, 60)}`, 'g'),
    fit: phoneLength,
  },
]

function whole(test: (compact: string) => boolean): NonNullable<Finder['fit']> {
  return (match) => (test(compactOf(match)) ? match.length : 0)
}

/** Letters of both cases, mixed with digits or with each other, are a key and no word. */
function keyLength(match: string): number {
  const isMixed = /[a-z]/.test(match) && /[A-Z]/.test(match)
  const changes = match.match(/[a-z\d_-][A-Z]|[A-Za-z]\d/g)?.length ?? 0
  return isMixed && changes >= (match.length < 20 ? 3 : 2) ? match.length : 0
}

function compactOf(match: string): string {
  return match.replaceAll(/[^\dA-Za-z]/g, '').toUpperCase()
}

/** The longest beginning of a match that is an IBAN; words may follow it without a mark between. */
function ibanLength(match: string): number {
  for (let length = match.length; length >= 15; length -= 1) {
    const end = match[length - 1] ?? ''
    if (/[A-Za-z\d]/.test(end) && isIban(compactOf(match.slice(0, length)))) return length
  }
  return 0
}

const date =
  /^\(?(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2}))(?![-/.]?\d)/
const grouped = /^\d{1,3}([.,\u00A0\u202F ]\d{3})(?:[.,\u00A0\u202F ]\d{3})*(?:[.,]\d{1,2})?$/
const currencyBefore = /(?:[\p{Sc}]|\b(?:[A-Z]{3}|R\$|S\/|kr|Rs\.?))\s?$/u
const currencyAfter =
  /^\s?(?:\p{Sc}|(?:EUR|USD|BRL|MXN|COP|ARS|CLP|PEN|GBP|AED|SAR|EGP|MAD|JPY|euros?|dollars?|d[oó]lares|pesos?|reais|real|soles|درهم|ريال|دينار|جنيه)(?!\p{L}))/iu

/** Seven digits and more are a number to call, unless they are plainly a date or an amount. */
function phoneLength(match: string, text: string, at: number): number {
  const count = match.replaceAll(/\D/g, '').length
  const isoDate = date.exec(match)
  if (isoDate !== null && count - isoDate[0].replaceAll(/\D/g, '').length < 7) return 0
  const isPriced =
    currencyBefore.test(text.slice(Math.max(0, at - 5), at)) ||
    currencyAfter.test(text.slice(at + match.length, at + match.length + 12))
  if (isPriced && count < 10) return 0
  // 1.500.000 is an amount, 612.345.678 is how Spaniards write a phone number.
  if (grouped.test(match) && count < 9) return 0
  return match.length
}
