import { AuronxError } from '../kernel/index.ts'
import type { Actor, ActorVia } from '../kernel/index.ts'
import { actorOf } from './principal.ts'
import type { Principal } from './principal.ts'

/** What a request offers as proof. Credentials in addresses are never read. */
export interface AuthRequest {
  /** The `Authorization` header as it came. */
  readonly authorization?: string
  /** The access token of the session cookie. */
  readonly sessionToken?: string
}

/**
 * Proves who is at the door. Ours verifies access tokens and API keys ({@link createAuthProvider}); a host implements
 * this one method over its own identities: verify its token, find the tenant and the person, state their permissions
 * (for example `rolePermissions.agent`).
 */
export interface AuthProvider {
  /** The principal, or nothing when no proof was offered. Throws `unauthenticated` for a proof that does not hold. */
  authenticate(request: AuthRequest): Promise<Principal | undefined>
}

/**
 * The actor of a request. Throws `unauthenticated` without a proof that holds, `not_permitted` for an operator of the
 * platform, who acts in no tenant.
 */
export async function resolveActor(
  provider: AuthProvider,
  request: AuthRequest,
  options: { readonly via?: ActorVia; readonly requestId?: string } = {},
): Promise<Actor> {
  const principal = await provider.authenticate(request)
  if (principal === undefined) throw new AuronxError('unauthenticated', 'No credential was offered')
  if (principal.kind === 'operator') {
    throw new AuronxError('not_permitted', 'An operator of the platform acts in no tenant')
  }
  const { via, requestId } = options
  return actorOf(principal, {
    ...(via === undefined ? {} : { via }),
    ...(requestId === undefined ? {} : { evidence: { kind: 'request', id: requestId } }),
  })
}
