import { equalText } from './opaque.ts'
import { mayGrant, neverForKeys } from '../kernel/index.ts'
import type { Permission } from '../kernel/index.ts'
import type { ApiKey } from './store.ts'

/** The longest life of a key: 365 days, in milliseconds. */
export const maxKeyMs = 365 * 24 * 3_600_000
/** How long both secrets of a rotated key hold at most: seven days, in milliseconds. */
export const maxOverlapMs = 7 * 24 * 3_600_000
/** How many keys of a tenant can be alive. */
export const maxKeys = 50

/** Why a key cannot have these scopes; nothing when it can. Nobody grants what they lack, and some things no key has. */
export function whyNotScopes(
  held: readonly Permission[],
  scopes: readonly Permission[],
): 'no_scopes' | 'never_for_keys' | 'stronger' | undefined {
  if (scopes.length === 0) return 'no_scopes'
  if (scopes.some((scope) => neverForKeys.includes(scope))) return 'never_for_keys'
  return mayGrant(held, scopes) ? undefined : 'stronger'
}

/** Whether a key is neither revoked nor expired. */
export function isKeyLive(key: ApiKey, at: Date): boolean {
  return key.revokedAt === undefined && at < key.expiresAt
}

/** Whether a secret opens a key now: its current one, or the previous one during the overlap. */
export function opensKey(key: ApiKey, secretHash: string, at: Date): boolean {
  const isCurrent = equalText(key.secretHash, secretHash)
  const { previous } = key
  const isPrevious =
    previous !== undefined && equalText(previous.secretHash, secretHash) && at < previous.until
  return isKeyLive(key, at) && (isCurrent || isPrevious)
}

/** What a key may do at this moment: its scopes, as far as its creator still has them. */
export function keyPermissions(
  scopes: readonly Permission[],
  creatorHolds: readonly Permission[],
): readonly Permission[] {
  return scopes.filter((scope) => creatorHolds.includes(scope) && !neverForKeys.includes(scope))
}
