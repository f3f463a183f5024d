import type { Json } from '@auronx/sdk'
import { AuronxError } from '@auronx/sdk'
import type { Passkeys } from '@auronx/sdk/auth'
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'

/** The site that passkeys belong to. */
export interface PasskeysOptions {
  /** Domain of the site, for example `shop.example`; passkeys are bound to it. */
  readonly rpId: string
  /** Name of the site as the browser shows it. */
  readonly rpName: string
  /** Addresses the pages are served from, with scheme and port, for example `https://app.shop.example`. */
  readonly origins: readonly string[]
}

/** How long a browser may take, in milliseconds. */
const timeout = 5 * 60_000
/** Ed25519, ES256, RS256. */
const algorithms = [-8, -7, -257]

/**
 * Passkeys through `@simplewebauthn/server`, which is loaded when first used: discoverable, with user verification, no
 * attestation. Throws `invalid_config` for an origin that is neither `https:` nor on the local host.
 *
 * @see https://www.w3.org/TR/webauthn-3/
 */
export function createPasskeys(options: PasskeysOptions): Passkeys {
  const { rpId: rpID, rpName, origins } = options
  for (const origin of origins) assertOrigin(origin, rpID)
  const expected = {
    expectedOrigin: [...origins],
    expectedRPID: rpID,
    requireUserVerification: true,
  }
  return {
    async registrationOptions({ challenge, userHandle, userName, displayName, existing }) {
      const { generateRegistrationOptions } = await import('@simplewebauthn/server')
      const made = await generateRegistrationOptions({
        rpID,
        rpName,
        challenge: toBytes(challenge),
        userID: toBytes(userHandle),
        userName,
        userDisplayName: displayName,
        timeout,
        attestationType: 'none',
        excludeCredentials: existing.map(({ id, transports }) => ({
          id,
          transports: [...transports],
        })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        supportedAlgorithmIDs: algorithms,
      })
      return toJson(made)
    },
    async verifyRegistration({ challenge, response }) {
      if (!isRegistration(response)) return undefined
      const { verifyRegistrationResponse } = await import('@simplewebauthn/server')
      const { registrationInfo } = await verifyRegistrationResponse({
        ...expected,
        response,
        expectedChallenge: challenge,
        supportedAlgorithmIDs: algorithms,
      }).catch(notVerified)
      if (registrationInfo === undefined) return undefined
      const { id, publicKey, counter, transports = [] } = registrationInfo.credential
      if (id !== response.id) return undefined
      return { id, publicKey, counter, transports: [...transports] }
    },
    async signInOptions({ challenge }) {
      const { generateAuthenticationOptions } = await import('@simplewebauthn/server')
      const made = await generateAuthenticationOptions({
        rpID,
        challenge: toBytes(challenge),
        timeout,
        userVerification: 'required',
      })
      return toJson(made)
    },
    claimedId: (response) => (isAuthentication(response) ? response.id : undefined),
    async verifySignIn({ challenge, response, passkey }) {
      if (!isAuthentication(response) || response.id !== passkey.id) return undefined
      const { verifyAuthenticationResponse } = await import('@simplewebauthn/server')
      const { id, counter } = passkey
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        ...expected,
        response,
        expectedChallenge: challenge,
        credential: { id, counter, publicKey: Uint8Array.from(passkey.publicKey) },
      }).catch(notVerified)
      return verified && authenticationInfo !== undefined
        ? { counter: authenticationInfo.newCounter }
        : undefined
    },
  }
}

function assertOrigin(origin: string, rpId: string): void {
  const url = URL.parse(origin)
  const isLocal = url?.hostname === 'localhost' || url?.hostname === '127.0.0.1'
  const isOurs = url?.hostname === rpId || url?.hostname.endsWith(`.${rpId}`) === true
  if (url === null || url.origin !== origin || !isOurs || (url.protocol !== 'https:' && !isLocal)) {
    throw new AuronxError(
      'invalid_config',
      'An origin of passkeys is https://host[:port] within the domain rpId',
    )
  }
}

// The library throws for every answer that does not hold, with a message about its content.
function notVerified(): {
  readonly verified: false
  readonly registrationInfo?: undefined
  readonly authenticationInfo?: undefined
} {
  return { verified: false }
}

function toBytes(base64Url: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(base64Url, 'base64url'))
}

// Options are JSON already, by another type.
function toJson(value: object): Json {
  return JSON.parse(JSON.stringify(value))
}

function isRegistration(value: unknown): value is RegistrationResponseJSON {
  return isCredential(value, ['clientDataJSON', 'attestationObject'])
}

function isAuthentication(value: unknown): value is AuthenticationResponseJSON {
  return isCredential(value, ['clientDataJSON', 'authenticatorData', 'signature'])
}

function isCredential(value: unknown, members: readonly string[]): boolean {
  if (typeof value !== 'object' || value === null || JSON.stringify(value).length > 32_768)
    return false
  const response: unknown = Reflect.get(value, 'response')
  if (typeof response !== 'object' || response === null) return false
  const texts = [
    ...['id', 'rawId', 'type'].map((name): unknown => Reflect.get(value, name)),
    ...members.map((name): unknown => Reflect.get(response, name)),
  ]
  return texts.every((text) => typeof text === 'string' && text.length > 0)
}
