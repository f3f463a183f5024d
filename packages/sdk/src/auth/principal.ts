import type {
  Actor,
  ActorVia,
  Evidence,
  OperatorPermission,
  OperatorRole,
  Permission,
  Reach,
  SessionId,
  TenantId,
  UserId,
} from '../kernel/index.ts'

/** How somebody proved who it is: mailed code, passkey, or what a host says. RFC 8176 names where there are any. */
export type AuthMethod = 'otp' | 'hwk' | 'host'

/** What a tenant transaction asserts of a request with a session, so that a revoked one ends at once. */
export interface SessionClaim {
  readonly sessionId: SessionId
  /** Version of the session that the token names. */
  readonly sessionVersion: number
  /** Version of the membership that `permissions` were read from. */
  readonly memberVersion: number
  /**
   * Version of the tenant whose settings `permissions` depend on; asserted of a principal that was recalled. Absent for one that
   * was just read: its request changes settings itself, and its streams outlive a change of them.
   */
  readonly tenantVersion?: number
  /** Thumbprint of the key that signed the token; one that was revoked is refused. */
  readonly keyId: string
}

/** What a tenant transaction asserts of a request with an API key, so that a revoked one ends at once. */
export interface KeyClaim {
  readonly apiKeyId: string
  /** Hash of the secret that was shown; the current one, or the one before during the overlap of a rotation. */
  readonly secretHash: string
  /** Version of the creator's membership that `permissions` were read from. */
  readonly creatorVersion: number
  /**
   * Version of the tenant whose settings `permissions` depend on; asserted of a principal that was recalled. Absent for one that
   * was just read: its request changes settings itself, and its streams outlive a change of them.
   */
  readonly tenantVersion?: number
}

/** What the transactions of a request assert. */
export type AccessClaim = SessionClaim | KeyClaim

/** A member of a tenant. */
export interface MemberPrincipal {
  readonly kind: 'member'
  readonly tenantId: TenantId
  /** Our member's id, or the host's own id of the person. */
  readonly memberId: string
  readonly userId?: UserId
  /** Read fresh, never from a token. */
  readonly permissions: readonly Permission[]
  readonly authenticatedAt?: Date
  /** Which conversations the member is limited to. Default: all. */
  readonly reach?: Reach
  /** Whether there are no permissions until the person adds a passkey. Default `false`. */
  readonly owesPasskey?: boolean
  /** Absent when a host vouches for the person. */
  readonly session?: SessionClaim
}

/** An API key of a tenant. */
export interface KeyPrincipal {
  readonly kind: 'api_key'
  readonly tenantId: TenantId
  readonly keyId: string
  /** The key's scopes, less what its creator may no longer do. */
  readonly permissions: readonly Permission[]
  /** A key reaches no conversation that its creator does not; nothing is assigned to a key. Default: all. */
  readonly reach?: Reach
  /** Absent when a host vouches for the key. */
  readonly claim?: KeyClaim
}

/** One of the platform's own people; never an {@link Actor}, because it belongs to no tenant. */
export interface OperatorPrincipal {
  readonly kind: 'operator'
  readonly userId: UserId
  readonly role: OperatorRole
  readonly permissions: readonly OperatorPermission[]
  readonly authenticatedAt: Date
}

/** Who is at the door, as a credential proved it. */
export type Principal = MemberPrincipal | KeyPrincipal | OperatorPrincipal

/** The actor that a member or a key becomes in the services. `via` defaults to `dashboard` for members, `api` for keys. */
export function actorOf(
  principal: MemberPrincipal | KeyPrincipal,
  { via, evidence }: { readonly via?: ActorVia; readonly evidence?: Evidence } = {},
): Actor {
  const { tenantId, permissions, reach } = principal
  const known = {
    tenantId,
    permissions,
    ...(evidence === undefined ? {} : { evidence }),
    ...(reach === undefined ? {} : { reach }),
  }
  if (principal.kind === 'api_key') {
    return { ...known, kind: 'integration', id: principal.keyId, via: via ?? 'api' }
  }
  const { memberId, authenticatedAt } = principal
  const signedIn = authenticatedAt === undefined ? {} : { authenticatedAt }
  return { ...known, ...signedIn, kind: 'staff', id: memberId, via: via ?? 'dashboard' }
}
