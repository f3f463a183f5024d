import { isAllowed } from '../kernel/index.ts'
import type { AccessContext, Asker } from '../kernel/index.ts'
import type { Identity } from './store.ts'

/** A phone number of which only the last two digits can be read: `•••••••42`. Anything else is hidden as a whole. */
export function maskPhone(phone: string): string {
  const digits = phone.replaceAll(/\D/g, '')
  return digits.length < 6 ? '•••' : `${'•'.repeat(digits.length - 2)}${digits.slice(-2)}`
}

/** Identities as somebody may see them: phone numbers are masked without `contact:reveal_identifier`. */
export function maskIdentities(
  asker: Asker,
  identities: readonly Identity[],
  context: AccessContext = {},
): readonly Identity[] {
  if (isAllowed(asker, 'contact:reveal_identifier', context)) return identities
  return identities.map((identity) =>
    identity.kind === 'wa_phone' ? { ...identity, value: maskPhone(identity.value) } : identity,
  )
}
