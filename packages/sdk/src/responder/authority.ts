import type {
  AuthorityAction,
  AuthorityLevel,
  AuthorityRule,
  TenantSettings,
} from '../accounts/index.ts'
import { currencyExponent, money } from '../kernel/index.ts'
import type { Money } from '../kernel/index.ts'

/** Who decides on each action. */
export type AuthorityTable = Readonly<Record<AuthorityAction, AuthorityRule>>

/** What a decision depends on. `amountMinor` in minor units of the tenant's currency. */
export interface AuthorityFacts {
  readonly amountMinor?: bigint
}

/** Whether an action may happen, or who must be asked. */
export type AuthorityDecision =
  | { readonly kind: 'run' }
  | { readonly kind: 'needs_button' }
  | { readonly kind: 'needs_staff'; readonly reason: 'rule' | 'above_limit' | 'amount_unknown' }
  | { readonly kind: 'refused' }

/**
 * A limit of so many units of a currency of ordinary size, as minor units: 500 is 500.00 EUR, and 50,000 JPY. Where one
 * unit buys little, a hundred or a thousand of them count as one.
 */
export function defaultLimitMinor(units: number, currency: string): number {
  return units * sizeOf(currency) * 10 ** currencyExponent(currency)
}

/** Largest order that a typed yes confirms. Default: 200 units, as {@link defaultLimitMinor} counts them. */
export function typedConfirmLimitOf({ currency, typedConfirmLimitMinor }: TenantSettings): Money {
  return money(typedConfirmLimitMinor ?? defaultLimitMinor(200, currency), currency)
}

/** What the assistant may do in this business: the defaults with the business' own rules, none looser than the floor. */
export function authorityOf(settings: TenantSettings): AuthorityTable {
  const own = settings.assistant?.authority ?? {}
  const defaults = defaultAuthority(settings.currency)
  const rule = (action: AuthorityAction): AuthorityRule =>
    strictest(own[action] ?? defaults[action], floors[action])
  return {
    inform: rule('inform'),
    change_draft: rule('change_draft'),
    propose_order: rule('propose_order'),
    propose_backorder: rule('propose_backorder'),
    cancel_order: rule('cancel_order'),
    change_order: rule('change_order'),
    set_preference: rule('set_preference'),
    hand_off: rule('hand_off'),
  }
}

/** Decides on one action. Total and pure. */
export function decideAuthority(
  table: AuthorityTable,
  action: AuthorityAction,
  { amountMinor }: AuthorityFacts,
): AuthorityDecision {
  const { level, limitMinor, above = 'staff' } = table[action]
  if (limitMinor === undefined) return toDecision(level, 'rule')
  if (amountMinor === undefined) return { kind: 'needs_staff', reason: 'amount_unknown' }
  const isAbove = amountMinor > limitMinor
  return isAbove ? toDecision(stricter(level, above), 'above_limit') : toDecision(level, 'rule')
}

const order: readonly AuthorityLevel[] = ['alone', 'button', 'staff', 'refused']

// A tool proposes and a person commits: no setting changes that.
const floors: Readonly<Record<AuthorityAction, AuthorityLevel>> = {
  inform: 'alone',
  change_draft: 'alone',
  propose_order: 'button',
  propose_backorder: 'button',
  cancel_order: 'button',
  change_order: 'button',
  set_preference: 'alone',
  hand_off: 'alone',
}

function defaultAuthority(currency: string): AuthorityTable {
  return {
    inform: { level: 'alone' },
    change_draft: { level: 'alone' },
    propose_order: { level: 'button', limitMinor: defaultLimitMinor(500, currency) },
    propose_backorder: { level: 'staff' },
    cancel_order: { level: 'button' },
    change_order: { level: 'button' },
    set_preference: { level: 'alone' },
    hand_off: { level: 'alone' },
  }
}

function strictest(rule: AuthorityRule, floor: AuthorityLevel): AuthorityRule {
  return { ...rule, level: stricter(rule.level, floor) }
}

function stricter(one: AuthorityLevel, other: AuthorityLevel): AuthorityLevel {
  return order.indexOf(one) >= order.indexOf(other) ? one : other
}

function toDecision(level: AuthorityLevel, reason: 'rule' | 'above_limit'): AuthorityDecision {
  switch (level) {
    case 'alone':
      return { kind: 'run' }
    case 'button':
      return { kind: 'needs_button' }
    case 'staff':
      return { kind: 'needs_staff', reason }
    case 'refused':
      return { kind: 'refused' }
  }
}

const hundreds = [
  'JPY',
  'HUF',
  'INR',
  'RUB',
  'PHP',
  'NGN',
  'KES',
  'DOP',
  'CRC',
  'ISK',
  'RSD',
  'DZD',
]
const thousands = [
  'ARS',
  'CLP',
  'COP',
  'IDR',
  'IQD',
  'IRR',
  'KRW',
  'LBP',
  'PYG',
  'TZS',
  'UGX',
  'VND',
]

function sizeOf(currency: string): number {
  if (thousands.includes(currency)) return 1000
  return hundreds.includes(currency) ? 100 : 1
}
