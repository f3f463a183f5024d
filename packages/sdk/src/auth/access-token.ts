import type { JWTHeaderParameters, JWTPayload } from 'jose'
import { AuronxError, asId } from '../kernel/index.ts'
import type { Clock, Ids, SessionId, TenantId, UserId } from '../kernel/index.ts'
import type { KeyRing } from './key-ring.ts'
import type { AuthMethod } from './principal.ts'

/** What an access token says. No role: what somebody may do is read fresh. */
export interface AccessClaims {
  readonly userId: UserId
  readonly tenantId: TenantId
  readonly sessionId: SessionId
  readonly sessionVersion: number
  readonly methods: readonly AuthMethod[]
  readonly authenticatedAt: Date
}

/** Claims of a token that was verified. */
export interface VerifiedClaims extends AccessClaims {
  /** Thumbprint of the key that signed it. */
  readonly keyId: string
  readonly tokenId: string
  readonly expiresAt: Date
}

/** For whom a token is. `iss` and `aud` are compared exactly. */
export interface TokenNames {
  readonly issuer: string
  /** Tokens of the dashboard, of machines and of operators have different audiences. */
  readonly audience: string
}

/** How long an access token lives: five minutes, in milliseconds. */
export const accessTokenMs = 5 * 60_000
/** How far clocks may disagree, in seconds. */
export const clockSkewSeconds = 5

const typ = 'at+jwt'
const requiredClaims = ['exp', 'iat', 'sub', 'tid', 'sid', 'jti', 'ver', 'amr', 'auth_time']
// Headers that would let a token bring its own key, or its own rules.
const refusedHeaders = ['jku', 'jwk', 'x5u', 'x5c', 'x5t', 'crit', 'zip', 'b64']

/**
 * Signs an access token (RFC 9068 type, EdDSA).
 *
 * @see https://www.rfc-editor.org/rfc/rfc9068
 */
export async function signAccessToken(
  deps: { readonly keys: KeyRing; readonly clock: Clock; readonly ids: Ids },
  names: TokenNames,
  claims: AccessClaims,
): Promise<{ readonly token: string; readonly expiresAt: Date }> {
  const { SignJWT } = await import('jose')
  const { kid, key } = await deps.keys.signer()
  const issuedAt = Math.floor(deps.clock.now().getTime() / 1_000)
  const expiresAt = issuedAt + accessTokenMs / 1_000
  const token = await new SignJWT({
    tid: claims.tenantId,
    sid: claims.sessionId,
    ver: claims.sessionVersion,
    amr: [...claims.methods],
    auth_time: Math.floor(claims.authenticatedAt.getTime() / 1_000),
  })
    .setProtectedHeader({ alg: 'EdDSA', typ, kid })
    .setIssuer(names.issuer)
    .setAudience(names.audience)
    .setSubject(claims.userId)
    .setIssuedAt(issuedAt)
    .setExpirationTime(expiresAt)
    .setJti(deps.ids.next('SessionId'))
    .sign(key)
  return { token, expiresAt: new Date(expiresAt * 1_000) }
}

/**
 * The one place where an access token is believed: our algorithm and type, issuer and audience, every claim, no older
 * than five minutes whatever it says itself, five seconds of skew, and a key of our own ring by its thumbprint.
 * Throws `unauthenticated` for everything else, always with the same message.
 */
export async function verifyAccessToken(
  deps: { readonly keys: KeyRing; readonly clock: Clock },
  names: TokenNames,
  token: string,
): Promise<VerifiedClaims> {
  const { errors, importJWK, jwtVerify } = await import('jose')
  try {
    const { payload, protectedHeader } = await jwtVerify(
      token,
      async (header) => {
        const jwk = await deps.keys.publicKey(kidOf(header))
        if (jwk === undefined) throw refused()
        return importJWK({ ...jwk }, 'EdDSA')
      },
      {
        algorithms: ['EdDSA'],
        typ,
        issuer: names.issuer,
        audience: names.audience,
        requiredClaims,
        maxTokenAge: accessTokenMs / 1_000,
        clockTolerance: clockSkewSeconds,
        currentDate: deps.clock.now(),
      },
    )
    return toClaims(payload, kidOf(protectedHeader))
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) throw refused(error)
    throw error
  }
}

function kidOf(header: JWTHeaderParameters | { readonly kid?: unknown }): string {
  const isOdd = refusedHeaders.some((name) => name in header)
  if (isOdd || typeof header.kid !== 'string') throw refused()
  return header.kid
}

function toClaims(payload: JWTPayload, keyId: string): VerifiedClaims {
  const { sub, tid, sid, ver, amr, auth_time: authTime, jti, exp = 0 } = payload
  const isWhole =
    isUuid(sub) && isUuid(tid) && isUuid(sid) && isUuid(jti) && isCount(ver) && isCount(authTime)
  if (!isWhole || !isMethods(amr) || !isPlausible(payload, authTime)) throw refused()
  return {
    userId: asId('UserId', sub),
    tenantId: asId('TenantId', tid),
    sessionId: asId('SessionId', sid),
    sessionVersion: ver,
    methods: amr,
    authenticatedAt: new Date(authTime * 1_000),
    keyId,
    tokenId: jti,
    expiresAt: new Date(exp * 1_000),
  }
}

/** Whether a token is for one audience, no longer good than ours are, and issued after its sign-in. */
function isPlausible({ exp = 0, iat = 0, aud }: JWTPayload, authTime: number): boolean {
  return typeof aud === 'string' && exp - iat <= accessTokenMs / 1_000 && authTime <= iat
}

function refused(cause?: unknown): AuronxError {
  const options = cause === undefined ? {} : { cause }
  return new AuronxError('unauthenticated', 'The access token does not hold', options)
}

/** Whether a value is a UUID in its usual form. */
export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0
}

function isMethods(value: unknown): value is readonly AuthMethod[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((method) => method === 'otp' || method === 'hwk' || method === 'host')
  )
}
