import { AuronxError, createTimeZones, isCurrency } from '../kernel/index.ts'
import type { Locale } from '../kernel/index.ts'
import type { TenantSettings } from './store.ts'

/** What a business says about itself when it signs up. */
export interface NewTenant {
  /** Name as customers see it, 1 to 120 characters. */
  readonly company: string
  readonly locale: Locale
  /** IANA zone id. */
  readonly timeZone: string
  /** ISO 4217 code. */
  readonly currency: string
}

/** Settings that a business starts with. Throws `invalid_input`, `unknown_time_zone`, `unknown_currency`. */
export function newTenantSettings(input: NewTenant): TenantSettings {
  const { locale, timeZone, currency } = input
  if (!createTimeZones().isZone(timeZone))
    throw new AuronxError('unknown_time_zone', 'timeZone is no IANA zone id')
  if (!isCurrency(currency))
    throw new AuronxError('unknown_currency', 'currency is no ISO 4217 code that we know')
  return {
    businessName: cleanName(input.company, 'company'),
    locale,
    timeZone,
    currency,
    taxRounding: 'rate-group',
    proposalTtlMs: 3_600_000,
    reopenWithinMs: 86_400_000,
    holdOnPropose: true,
  }
}

/** A name without control characters and outer spaces. Throws `invalid_input` unless it has 1 to 120 characters. */
export function cleanName(text: string, argument: string): string {
  const name = text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()
  if (name.length >= 1 && name.length <= 120) return name
  throw new AuronxError('invalid_input', `${argument} has 1 to 120 characters`)
}

/** A phone number as digits with a plus. Throws `invalid_input` unless it has 6 to 15 digits. */
export function cleanPhone(text: string): string {
  const digits = text.replaceAll(/[\s().-]/g, '')
  if (/^\+?\d{6,15}$/.test(digits)) return digits.startsWith('+') ? digits : `+${digits}`
  throw new AuronxError('invalid_input', 'phone has 6 to 15 digits')
}
