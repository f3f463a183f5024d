import { exportJWK, generateKeyPair, importJWK, SignJWT, UnsecuredJWT } from 'jose'
import type { JWTHeaderParameters, JWTPayload } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { isAuronxError } from '../kernel/index.ts'
import { verifyAccessToken } from './access-token.ts'
import { openAuth, testNames } from './auth.fixture.ts'
import type { AuthFloor, Business } from './auth.fixture.ts'

let floor: AuthFloor
let business: Business
let signer: { readonly kid: string; readonly key: CryptoKey }

beforeAll(async () => {
  floor = openAuth()
  business = await floor.signUp('ann@example.test')
  signer = await floor.auth.keys.signer()
})

const now = (): number => Math.floor(floor.clock.now().getTime() / 1_000)

function claims(): JWTPayload {
  const { session, tenantId } = business.signedIn
  return {
    iss: testNames.issuer,
    aud: testNames.audience,
    sub: session.userId,
    tid: tenantId,
    sid: session.id,
    ver: 1,
    amr: ['otp'],
    auth_time: now(),
    iat: now(),
    exp: now() + 300,
    jti: floor.ids.next('SessionId'),
  }
}

interface Forgery {
  readonly without?: string
  readonly payload?: JWTPayload
  readonly header?: Partial<JWTHeaderParameters>
  readonly key?: CryptoKey | Uint8Array
}

function forge({ without, payload, header, key }: Forgery): Promise<string> {
  const all = { ...claims(), ...payload }
  const kept = Object.fromEntries(Object.entries(all).filter(([name]) => name !== without))
  return new SignJWT(kept)
    .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: signer.kid, ...header })
    .sign(key ?? signer.key)
}

async function stranger(): Promise<{ readonly key: CryptoKey; readonly jwk: object }> {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true })
  return { key: privateKey, jwk: await exportJWK(publicKey) }
}

const attacks: Readonly<Record<string, () => Promise<string>>> = {
  'alg none': async () => new UnsecuredJWT(claims()).encode(),
  'alg none with our header': async () => {
    const encode = (value: object): string =>
      Buffer.from(JSON.stringify(value)).toString('base64url')
    return `${encode({ alg: 'none', typ: 'at+jwt', kid: signer.kid })}.${encode(claims())}.`
  },
  'HS256 with the public key as secret': async () => {
    const jwk = await floor.auth.keys.publicKey(signer.kid)
    const secret = Buffer.from(jwk?.x ?? '', 'base64url')
    return forge({ header: { alg: 'HS256' }, key: secret })
  },
  'ES256 with a key of its own': async () => {
    const { privateKey } = await generateKeyPair('ES256')
    return forge({ header: { alg: 'ES256' }, key: privateKey })
  },
  'signed by a stranger under our kid': async () => forge({ key: (await stranger()).key }),
  'jwk in the header': async () => {
    const { key, jwk } = await stranger()
    return forge({ key, header: { jwk } })
  },
  'jku in the header, signed by us': () => forge({ header: { jku: 'https://evil.test/jwks' } }),
  'x5u in the header, signed by us': () => forge({ header: { x5u: 'https://evil.test/x5u' } }),
  'kid that is a path': () => forge({ header: { kid: '../../dev/null' } }),
  'kid that is SQL': () => forge({ header: { kid: "' or 1=1 --" } }),
  'no kid': async () => {
    const { kid: _kid, ...header } = { alg: 'EdDSA', typ: 'at+jwt', kid: signer.kid }
    return new SignJWT(claims()).setProtectedHeader(header).sign(signer.key)
  },
  'typ JWT': () => forge({ header: { typ: 'JWT' } }),
  'wrong iss': () => forge({ payload: { iss: 'https://evil.test' } }),
  'wrong aud': () => forge({ payload: { aud: 'auronx-operator' } }),
  'several audiences': () => forge({ payload: { aud: [testNames.audience, 'other'] } }),
  'no exp': () => forge({ without: 'exp' }),
  'no iat': () => forge({ without: 'iat' }),
  'no sub': () => forge({ without: 'sub' }),
  'no tid': () => forge({ without: 'tid' }),
  'no sid': () => forge({ without: 'sid' }),
  'no jti': () => forge({ without: 'jti' }),
  'no ver': () => forge({ without: 'ver' }),
  expired: () => forge({ payload: { iat: now() - 400, exp: now() - 100 } }),
  'iat older than five minutes, exp far away': () =>
    forge({ payload: { iat: now() - 306, exp: now() + 3_600 } }),
  'iat in the future': () => forge({ payload: { iat: now() + 60, exp: now() + 360 } }),
  'nbf in the future': () => forge({ payload: { nbf: now() + 60 } }),
  'good for a year': () => forge({ payload: { exp: now() + 31_536_000 } }),
  'tid that is no id': () => forge({ payload: { tid: '%' } }),
  'ver as text': () => forge({ payload: { ver: '1' } }),
  'signed in after it was issued': () => forge({ payload: { auth_time: now() + 3 } }),
  'a payload changed after signing': async () => {
    const [header, , signature] = (await forge({})).split('.')
    const other = Buffer.from(JSON.stringify({ ...claims(), ver: 2 })).toString('base64url')
    return `${header}.${other}.${signature}`
  },
  'no signature': async () => `${(await forge({})).split('.').slice(0, 2).join('.')}.`,
  empty: async () => '',
  'five parts, as encrypted ones have': async () => `${await forge({})}.a.b`,
}

describe('an access token', () => {
  test('says who, where and since when, and no role', async () => {
    const { accessToken, session, tenantId } = business.signedIn
    const verified = await verifyAccessToken(
      { keys: floor.auth.keys, clock: floor.clock },
      testNames,
      accessToken,
    )
    expect(verified).toMatchObject({
      userId: session.userId,
      tenantId,
      sessionId: session.id,
      sessionVersion: 1,
      methods: ['otp'],
      keyId: signer.kid,
    })
    const payload = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString())
    expect(Object.keys(payload).toSorted()).toEqual([
      'amr',
      'aud',
      'auth_time',
      'exp',
      'iat',
      'iss',
      'jti',
      'sid',
      'sub',
      'tid',
      'ver',
    ])
  })

  test('is what the forger below makes when nothing is wrong', async () => {
    await expect(
      verifyAccessToken({ keys: floor.auth.keys, clock: floor.clock }, testNames, await forge({})),
    ).resolves.toMatchObject({ sessionVersion: 1 })
  })

  test('is refused in every forged or odd form, always with the same words', async () => {
    const passed: string[] = []
    const words = new Set<string>()
    for (const [name, make] of Object.entries(attacks)) {
      const token = await make()
      await verifyAccessToken({ keys: floor.auth.keys, clock: floor.clock }, testNames, token).then(
        () => passed.push(name),
        (error: unknown) => {
          if (!isAuronxError(error, 'unauthenticated')) throw error
          words.add(error.message)
        },
      )
    }
    const count = Object.keys(attacks).length
    console.log(`tokens: ${count - passed.length} of ${count} refused`)
    expect(passed).toEqual([])
    expect([...words]).toEqual(['The access token does not hold'])
    expect(count).toBeGreaterThanOrEqual(20)
  })

  test.each([
    [4, 'passes'],
    [7, 'is refused'],
  ] as const)('that is %i seconds older than its life %s', async (beyond, what) => {
    const token = await forge({
      payload: { iat: now() - 300 - beyond, exp: now() - beyond, auth_time: now() - 400 },
    })
    const verified = verifyAccessToken(
      { keys: floor.auth.keys, clock: floor.clock },
      testNames,
      token,
    )
    if (what === 'passes') await expect(verified).resolves.toBeDefined()
    else await expect(verified).rejects.toMatchObject({ code: 'unauthenticated' })
  })

  test('verifies with the published set and any JOSE library', async () => {
    const [first] = (await floor.auth.keys.publicKeys()).filter(({ kid }) => kid === signer.kid)
    expect(Object.keys(first ?? {}).toSorted()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x'])
    await expect(importJWK({ ...first }, 'EdDSA')).resolves.toBeDefined()
  })
})
