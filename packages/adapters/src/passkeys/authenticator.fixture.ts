import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

/** What the tests can bend about an answer. */
export interface Bend {
  readonly origin?: string
  readonly rpId?: string
  readonly challenge?: string
  readonly type?: string
  readonly userVerified?: boolean
  readonly counter?: number
  readonly id?: string
}

/** An authenticator in software: one ES256 passkey. */
export interface Authenticator {
  readonly id: string
  register(challenge: string, bend?: Bend): unknown
  signIn(challenge: string, bend?: Bend): unknown
}

/** Makes an authenticator with a fresh passkey for a site. */
export function createAuthenticator(site: {
  readonly rpId: string
  readonly origin: string
}): Authenticator {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const credentialId = randomBytes(16)
  const id = credentialId.toString('base64url')
  const clientData = (type: string, challenge: string, bend: Bend): Buffer =>
    Buffer.from(
      JSON.stringify({
        type: bend.type ?? type,
        challenge: bend.challenge ?? challenge,
        origin: bend.origin ?? site.origin,
        crossOrigin: false,
      }),
    )
  const head = (bend: Bend, attested: boolean): Buffer => {
    const flags = 0x01 | (bend.userVerified === false ? 0 : 0x04) | (attested ? 0x40 : 0)
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(bend.counter ?? 0)
    return Buffer.concat([sha256(bend.rpId ?? site.rpId), Buffer.of(flags), counter])
  }
  const answer = (response: object, bend: Bend): unknown => ({
    id: bend.id ?? id,
    rawId: bend.id ?? id,
    type: 'public-key',
    clientExtensionResults: {},
    response,
  })
  return {
    id,
    register(challenge, bend = {}) {
      const length = Buffer.alloc(2)
      length.writeUInt16BE(credentialId.length)
      const authData = Buffer.concat([
        head(bend, true),
        Buffer.alloc(16),
        length,
        credentialId,
        coseKey(publicKey),
      ])
      const attestation = Buffer.concat([
        Buffer.of(0xa3),
        text('fmt'),
        text('none'),
        text('attStmt'),
        Buffer.of(0xa0),
        text('authData'),
        bytes(authData),
      ])
      const response = {
        clientDataJSON: clientData('webauthn.create', challenge, bend).toString('base64url'),
        attestationObject: attestation.toString('base64url'),
        transports: ['internal'],
      }
      return answer(response, bend)
    },
    signIn(challenge, bend = {}) {
      const data = clientData('webauthn.get', challenge, bend)
      const authData = head(bend, false)
      const signature = sign('sha256', Buffer.concat([authData, sha256(data)]), privateKey)
      const response = {
        clientDataJSON: data.toString('base64url'),
        authenticatorData: authData.toString('base64url'),
        signature: signature.toString('base64url'),
      }
      return answer(response, bend)
    },
  }
}

function coseKey(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' })
  return Buffer.concat([
    Buffer.of(0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21),
    bytes(Buffer.from(x, 'base64url')),
    Buffer.of(0x22),
    bytes(Buffer.from(y, 'base64url')),
  ])
}

function text(value: string): Buffer {
  return Buffer.concat([Buffer.of(0x60 + value.length), Buffer.from(value)])
}

// CBOR wants the shortest form of a length.
function bytes(value: Buffer): Buffer {
  const length =
    value.length < 256
      ? Buffer.of(0x58, value.length)
      : Buffer.of(0x59, value.length >> 8, value.length & 0xff)
  return Buffer.concat([length, value])
}

function sha256(value: string | Buffer): Buffer {
  return createHash('sha256').update(value).digest()
}
