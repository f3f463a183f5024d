import type { Clock } from '../kernel/index.ts'
import { clockSkewSeconds, verifyAccessToken } from './access-token.ts'
import type { TokenNames, VerifiedClaims } from './access-token.ts'
import type { KeyRing } from './key-ring.ts'

const mostBelieved = 2_000

/**
 * Verifies access tokens and remembers those that held, because a signature costs more than the request around it. What is
 * remembered holds until the token's own end and while its key is in the ring; whether session and membership still do is
 * asked of the database every time. Throws `unauthenticated` as `verifyAccessToken` does.
 */
export function createBelievedTokens(
  deps: { readonly keys: KeyRing; readonly clock: Clock },
  names: TokenNames,
): (token: string) => Promise<VerifiedClaims> {
  const believed = new Map<string, VerifiedClaims>()
  return async (token) => {
    const known = believed.get(token)
    if (known !== undefined && (await stillHolds(deps, known))) return known
    believed.delete(token)
    const claims = await verifyAccessToken(deps, names, token)
    believed.set(token, claims)
    const [oldest = ''] = believed.keys()
    if (believed.size > mostBelieved) believed.delete(oldest)
    return claims
  }
}

async function stillHolds(
  { keys, clock }: { readonly keys: KeyRing; readonly clock: Clock },
  { expiresAt, keyId }: VerifiedClaims,
): Promise<boolean> {
  const isYoung = clock.now().getTime() < expiresAt.getTime() + clockSkewSeconds * 1_000
  return isYoung && (await keys.publicKey(keyId)) !== undefined
}
