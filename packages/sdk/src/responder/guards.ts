import type { TenantSettings } from '../accounts/index.ts'
import { messageLimits } from '../outbox/index.ts'
import { statesAmount } from './guard-amounts.ts'
import { claimsCommit, statesDate } from './guard-claims.ts'
import { hasForeignLink } from './guard-links.ts'
import type { Handles } from './handles.ts'
import { findPersonal } from './minimise.ts'
import type { Personal } from './minimise.ts'
import { hasAny, sentencesOf } from './phrases.ts'
import { plainText } from './plain.ts'
import type { GuardOutcome } from './toolbox.ts'

/**
 * Why a text may not go to the customer. `recipient`: somebody's number, mail or user id. `identifier`: another id.
 * `sensitive`: it asks for what customers must not send in a chat. `syntax`: the machinery shows. `scope`: it is not about
 * the business.
 */
export type GuardReason =
  | 'empty'
  | 'too_long'
  | 'amount'
  | 'date'
  | 'reference'
  | 'claim'
  | 'link'
  | 'recipient'
  | 'identifier'
  | 'secret'
  | 'sensitive'
  | 'markup'
  | 'syntax'
  | 'scope'
  | 'unknown_slot'
  | 'ended'

/** What a text is checked against. */
export interface GuardFacts {
  readonly handles: Handles
  readonly settings: TenantSettings
}

/** Checks a model's text and puts the values of slots in. Pure. */
export function guardText(text: string, facts: GuardFacts): GuardOutcome {
  if (text.length > 4 * messageLimits.textBody) return refused(['too_long'])
  const plain = plainText(text).trim()
  if (plain === '') return refused(['empty'])
  if (plain.length > messageLimits.textBody) return refused(['too_long'])
  const free = plain
    .replaceAll(slotLike, slotMark)
    .replaceAll(placeholderLike, slotMark)
    .normalize('NFKC')
  const filled = plain.replaceAll(slotLike, (slot) => facts.handles.value(slot) ?? slot)
  const reasons = checks.filter(({ fails }) => fails({ plain, free, filled, ...facts }))
  if (reasons.length > 0) return refused(reasons.map(({ reason }) => reason))
  return { kind: 'passed', text: filled }
}

/** A slot of {@link Handles}. */
export const slotLike = /\{a\d{1,4}\}/g
/** A placeholder of a transcript. */
export const placeholderLike = /\[(?:phone|email|card|iban|tax_id|code|user_id|id)_[a-z\d]{2,8}\]/g

// Stands for what our renderer writes: a character that is neither letter, digit nor mark.
const slotMark = '\u25A2'

interface Checked extends GuardFacts {
  /** As the model wrote it, without what cannot be seen. */
  readonly plain: string
  /** Only the model's own words. */
  readonly free: string
  /** As the customer would read it. */
  readonly filled: string
}

interface Check {
  readonly reason: GuardReason
  readonly fails: (checked: Checked) => boolean
}

const checks: readonly Check[] = [
  { reason: 'too_long', fails: ({ filled }) => filled.length > messageLimits.textBody },
  {
    reason: 'unknown_slot',
    fails: ({ plain, handles }) =>
      (plain.match(slotLike) ?? []).some((slot) => handles.value(slot) === undefined),
  },
  { reason: 'amount', fails: ({ free }) => touchesSlot.test(free) || statesAmount(free) },
  { reason: 'date', fails: ({ free }) => statesDate(free) },
  { reason: 'claim', fails: ({ free }) => claimsCommit(free) },
  {
    reason: 'link',
    fails: ({ free, settings }) => hasForeignLink(free, settings.assistant?.linkHosts ?? []),
  },
  { reason: 'reference', fails: namesReference },
  { reason: 'recipient', fails: hasKind('phone', 'email', 'user_id') },
  { reason: 'identifier', fails: hasKind('card', 'iban', 'tax_id', 'id') },
  { reason: 'secret', fails: hasKind('code') },
  { reason: 'sensitive', fails: ({ free }) => sentencesOf(free).some(asksSecrets) },
  { reason: 'markup', fails: ({ free }) => markup.test(free) },
  { reason: 'syntax', fails: ({ free }) => syntax.some((pattern) => pattern.test(free)) },
  { reason: 'scope', fails: ({ free }) => code.test(free) },
]

// Next to a slot a digit, sign or letter would make another value of it.
const touchesSlot = new RegExp(
  String.raw`[\p{L}\p{N}\p{Sc}\p{Sm}%.,'’-]${slotMark}|${slotMark}[\p{N}\p{Sc}\p{Sm}%]|${slotMark}[.,'’-]\p{N}|${slotMark}\s*[×x*]|[×x*/]\s*${slotMark}|${slotMark}${slotMark}`,
  'u',
)

const reference =
  /(?<![\p{L}\p{N}])(?:#\s?\d+|(?=[A-Z\d]*\d)(?=[A-Z\d]*[A-Z])[2-9A-HJ-NP-Z]{8})(?![\p{L}\p{N}])/u

function namesReference({ free, handles }: Checked): boolean {
  const words = new Set(free.toLowerCase().split(/[^\p{L}\p{N}]+/u))
  return reference.test(free) || handles.names().some((name) => words.has(name))
}

function hasKind(...kinds: readonly Personal['kind'][]): Check['fails'] {
  return ({ free }) => findPersonal(free).some(({ kind }) => kinds.includes(kind))
}

const asksSecrets = hasAny(`
  card number, card numbers, card details, credit card data, cvv, cvc, pin code, your pin, password, passcode,
  verification code, security code, one time code, bank account number, account number, passport number, id number,
  numero de tarjeta, numero de la tarjeta, numero de tu tarjeta, numero de su tarjeta, datos de tu tarjeta,
  datos de la tarjeta, contrasena, clave, codigo de verificacion, codigo de seguridad, numero de cuenta, tu dni, su dni,
  numero do cartao, numero do seu cartao, dados do cartao, senha, codigo de verificacao, codigo de seguranca,
  numero da conta, seu cpf, رقم البطاقه, رقم بطاقتك, بيانات البطاقه, كلمه المرور, الرقم السري, رمز التحقق, رقم الحساب, رقم الهويه`)

const markup = /!?\[[^\]\n]*\]\s?\(|<\/?[a-z!][^>\n]*>|```|^#{1,6}\s|^\s*\|.*\|\s*$|&#?\w{2,8};/imu

const syntax: readonly RegExp[] = [
  /<\||\|>|<<|>>|\[\/?(?:inst|sys|system|assistant|user|tool)\b/iu,
  /[{}]/u,
  /(?<![\p{L}\p{N}])[a-z]+(?:_[a-z]+)+(?![\p{L}\p{N}])/u,
  /^\s*(?:\|\s*)?(?:system|assistant|user|developer|tool|function|human|sistema|asistente|assistente|usuario|usuário)\s*:/imu,
  /"(?:name|arguments|role|content|tool_calls?)"\s*:/iu,
  // A word of letters from two alphabets looks like another word.
  /\p{Script=Latin}[\p{M}]*[\p{Script=Cyrillic}\p{Script=Greek}]|[\p{Script=Cyrillic}\p{Script=Greek}][\p{M}]*\p{Script=Latin}/u,
  /(?<!\p{L})(?:\p{L}[ .\-_*]){5,}\p{L}(?!\p{L})/u,
]

const code =
  /\b(?:def|function|class|import|const|var|let|select|insert|update|delete|drop)\b[^\n]{0,60}(?:\(|=>|;|\bfrom\b|\binto\b|\btable\b)[^\n]*(?:[);=]|\bwhere\b)/iu

const advice: Readonly<Record<GuardReason, string>> = {
  empty: 'Write a short answer.',
  too_long: 'Write less.',
  amount:
    'Write no amounts, discounts or stock numbers; use the slot that a tool gave, standing alone.',
  date: 'Write no dates and promise no times.',
  reference: 'Write no order numbers or handles; use slots.',
  claim:
    'Do not say that anything was ordered, paid, booked, cancelled or sent. Only the customer can confirm.',
  link: 'Write no links.',
  recipient: 'Write no phone numbers, mails or user names.',
  identifier: 'Write no ids.',
  secret: 'Write no codes or keys.',
  sensitive: 'Do not ask for card, bank, identity or secret data.',
  markup: 'Write plain text.',
  syntax: 'Write to the customer only, in plain words.',
  scope: 'Keep to this business.',
  unknown_slot: 'Use only slots that a tool gave in this turn.',
  ended: 'A person answers now. Write nothing.',
}

function refused(reasons: readonly GuardReason[]): GuardOutcome {
  return { kind: 'refused', reasons, advice: reasons.map((reason) => advice[reason]).join(' ') }
}
