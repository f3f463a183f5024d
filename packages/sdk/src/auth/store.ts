import type { Locale, MemberId, Permission, SessionId, UserId } from '../kernel/index.ts'
import type { UserStore } from '../accounts/index.ts'
import type { CodeCounts } from './decide-attempt.ts'
import type { AuthMethod } from './principal.ts'

/** One signed-in browser or device in one tenant; also the family of its refresh tokens. */
export interface Session {
  readonly id: SessionId
  readonly userId: UserId
  readonly memberId: MemberId
  readonly methods: readonly AuthMethod[]
  /** When the person last proved who it is. */
  readonly authenticatedAt: Date
  readonly createdAt: Date
  /** Ends without use; every refresh moves it. */
  readonly idleExpiresAt: Date
  /** Ends in any case. */
  readonly expiresAt: Date
  /** Access tokens name it; a higher one makes those before void. */
  readonly version: number
  readonly revokedAt?: Date
  /** Why it was revoked, as a code. */
  readonly revokedReason?: string
  /** Browser and system in a few words, never the full header. */
  readonly device?: string
}

/** One refresh token: single use, of one session. */
export interface RefreshToken {
  /** SHA-256 of the token, hex. */
  readonly hash: string
  readonly sessionId: SessionId
  readonly createdAt: Date
  readonly usedAt?: Date
  /** Random, 32 bytes as hex: with the token itself it gives the successor, so that a repeated use gets the same one. */
  readonly successorSalt: string
}

/** Sessions of a tenant, inside a transaction. */
export interface SessionStore {
  get(id: SessionId, options?: { readonly lock?: boolean }): Promise<Session | undefined>
  /** Creates or replaces. */
  save(session: Session): Promise<void>
  /** Sessions of a user that are neither revoked nor past their end at `at`, newest first. */
  live(userId: UserId, at: Date): Promise<readonly Session[]>
  /** Revokes every live session of a member; returns how many. */
  revokeOf(memberId: MemberId, at: Date, reason: string): Promise<number>
  /** A token and its session, both locked. */
  lockRefresh(
    hash: string,
  ): Promise<{ readonly token: RefreshToken; readonly session: Session } | undefined>
  /** Creates or replaces. */
  saveRefresh(token: RefreshToken): Promise<void>
}

/** One API key. The secret exists in the caller's hands only. */
export interface ApiKey {
  /** Public part, 12 characters. */
  readonly id: string
  readonly name: string
  readonly scopes: readonly Permission[]
  /** SHA-256 of the secret, hex. */
  readonly secretHash: string
  /** The secret before the last rotation, until the overlap ends. */
  readonly previous?: { readonly secretHash: string; readonly until: Date }
  readonly createdBy: MemberId
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly lastUsedAt?: Date
  readonly revokedAt?: Date
}

/** API keys of a tenant, inside a transaction. */
export interface ApiKeyStore {
  get(id: string, options?: { readonly lock?: boolean }): Promise<ApiKey | undefined>
  /** Newest first, revoked ones included. */
  list(): Promise<readonly ApiKey[]>
  /** Creates or replaces. */
  save(key: ApiKey): Promise<void>
  /** Notes a use. */
  touch(id: string, at: Date): Promise<void>
  /** Revokes every key of a member; returns how many. */
  revokeOf(memberId: MemberId, at: Date): Promise<number>
}

/** One attempt to sign in, or to add a passkey, bound to the browser that began it. */
export interface SignInAttempt {
  readonly id: string
  /** SHA-256 of the browser's cookie value, hex; unique. */
  readonly browserHash: string
  readonly purpose: 'code' | 'passkey' | 'passkey_registration'
  /** Which door: people of tenants, or operators of the platform. */
  readonly audience: 'tenant' | 'operator'
  /** Where the code went, lower-cased; or whose passkey it turned out to be. */
  readonly email?: string
  readonly userId?: UserId
  readonly locale: Locale
  /** From which network it was begun, as the caller names networks. */
  readonly network?: string
  /** The known browser it was begun in. */
  readonly device?: string
  /** SHA-256 over browser secret and code, or over the passkey challenge, hex. */
  readonly secretHash: string
  readonly tries: number
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly verifiedAt?: Date
  readonly usedAt?: Date
}

/** Attempts to sign in, inside a transaction that sees no tenant. */
export interface AttemptStore {
  insert(attempt: SignInAttempt): Promise<void>
  /** The attempt of a browser, locked. */
  lock(browserHash: string): Promise<SignInAttempt | undefined>
  update(attempt: SignInAttempt): Promise<void>
  /**
   * Codes made since then, counted as it concerns the next one. Others who count wait until the transaction ends.
   */
  countCodes(
    since: Date,
    next: Pick<SignInAttempt, 'email' | 'network' | 'device'>,
  ): Promise<CodeCounts>
  /** Deletes what expired before, at most `limit`. Returns how many. */
  prune(before: Date, limit: number): Promise<number>
}

/** One passkey of a user. */
export interface Passkey {
  /** Credential id, base64url. */
  readonly id: string
  readonly userId: UserId
  readonly publicKey: Uint8Array
  readonly counter: number
  readonly transports: readonly string[]
  readonly name: string
  readonly createdAt: Date
  readonly lastUsedAt?: Date
}

/** Passkeys across tenants, inside a transaction that sees no tenant. */
export interface PasskeyStore {
  /** Locked. */
  get(id: string): Promise<Passkey | undefined>
  list(userId: UserId): Promise<readonly Passkey[]>
  /** Creates or replaces. Throws `conflict` when the id belongs to another user. */
  save(passkey: Passkey): Promise<void>
  /** Deletes one passkey of a user, or all of them; returns how many. */
  delete(userId: UserId, id?: string): Promise<number>
}

/** One key that signs access tokens. `gone` keys are deleted. */
export interface SigningKey {
  /** RFC 7638 thumbprint. */
  readonly kid: string
  readonly state: 'next' | 'active' | 'retiring'
  /** Ed25519 public key, `x` of the JWK. */
  readonly publicKey: string
  /** Private JWK, sealed. */
  readonly sealed: Uint8Array
  readonly createdAt: Date
  /** When it entered its state. */
  readonly since: Date
}

/** Signing keys, inside a transaction that sees no tenant. */
export interface SigningKeyStore {
  /** All keys; with `lock`, rotation by others waits. */
  list(options?: { readonly lock?: boolean }): Promise<readonly SigningKey[]>
  save(key: SigningKey): Promise<void>
  delete(kid: string): Promise<void>
}

/** One signed-in operator of the platform. */
export interface OperatorSession {
  /** SHA-256 of the token, hex. */
  readonly tokenHash: string
  readonly userId: UserId
  readonly createdAt: Date
  readonly expiresAt: Date
}

/** Sessions of operators, inside a transaction that sees no tenant. */
export interface OperatorSessionStore {
  insert(session: OperatorSession): Promise<void>
  get(tokenHash: string): Promise<OperatorSession | undefined>
  /** Deletes one session of an operator, or all of them; returns how many. */
  delete(userId: UserId, tokenHash?: string): Promise<number>
  /** Deletes what expired before, at most `limit`. Returns how many. */
  prune(before: Date, limit: number): Promise<number>
}

/** Stores that belong to no tenant. */
export interface IdentityStores {
  readonly users: UserStore
  readonly attempts: AttemptStore
  readonly passkeys: PasskeyStore
  readonly operatorSessions: OperatorSessionStore
  readonly signingKeys: SigningKeyStore
}

/** One transaction over people and their proofs, in which no tenant's row is visible. */
export interface IdentityWork {
  /** As a `UnitOfWork`, without a tenant. */
  run<Result>(body: (stores: IdentityStores) => Promise<Result>): Promise<Result>
}
