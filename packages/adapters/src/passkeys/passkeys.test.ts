import { createIds } from '@auronx/sdk'
import type { Json } from '@auronx/sdk'
import { createPasskeySignIn } from '@auronx/sdk/auth'
import {
  createFakeClock,
  createMemoryStorage,
  createSeededRandom,
  userOf,
} from '@auronx/sdk/testing'
import { describe, expect, test } from 'vitest'
import { createAuthenticator } from './authenticator.fixture.ts'
import type { Bend } from './authenticator.fixture.ts'
import { createPasskeys } from './passkeys.ts'

const site = { rpId: 'shop.test', origin: 'https://app.shop.test' }

async function openFloor() {
  const clock = createFakeClock()
  const random = createSeededRandom(5)
  const ids = createIds(clock, random)
  const storage = createMemoryStorage()
  const passkeys = createPasskeys({
    rpId: site.rpId,
    rpName: 'Shop',
    origins: [site.origin],
  })
  const service = createPasskeySignIn({ ...storage, passkeys, clock, ids, random })
  const user = userOf({ ids, clock })
  await storage.identity.run(({ users }) => users.save(user))
  const authenticator = createAuthenticator(site)
  const add = async (bend?: Bend) => {
    const begun = await service.beginAdding(user.id)
    if (begun === undefined) throw new Error('not begun')
    const response = authenticator.register(challengeOf(begun.options), bend)
    return service.add({ userId: user.id, browser: begun.browser, response, name: 'Laptop' })
  }
  const signIn = async (bend?: Bend) => {
    const { browser, options } = await service.begin('en')
    const response = authenticator.signIn(challengeOf(options), bend)
    return { browser, response, outcome: await service.verify({ browser, response }) }
  }
  return { clock, storage, service, user, authenticator, add, signIn }
}

function challengeOf(options: Json): string {
  const challenge: unknown =
    typeof options === 'object' && options !== null ? Reflect.get(options, 'challenge') : undefined
  return typeof challenge === 'string' ? challenge : ''
}

describe('a passkey', () => {
  test('is added by a signed-in person, and then signs in without a name', async () => {
    const floor = await openFloor()
    expect(await floor.add()).toMatchObject({
      kind: 'added',
      passkey: { id: floor.authenticator.id, name: 'Laptop' },
    })
    expect((await floor.signIn()).outcome).toEqual({ kind: 'verified', memberships: [] })
    const [listed] = await floor.service.list(floor.user.id)
    expect(listed).toMatchObject({ lastUsedAt: floor.clock.now() })
    expect(await floor.service.remove(floor.user.id, floor.authenticator.id)).toBe(true)
    expect((await floor.signIn()).outcome).toEqual({ kind: 'refused', reason: 'not_verified' })
  })

  test('is asked for as discoverable, with user verification, without attestation', async () => {
    const { service, user, add } = await openFloor()
    await add()
    expect((await service.beginAdding(user.id))?.options).toMatchObject({
      rp: { id: 'shop.test', name: 'Shop' },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      excludeCredentials: [{ type: 'public-key' }],
    })
    const { options } = await service.begin('en')
    expect(options).toMatchObject({ rpId: 'shop.test', userVerification: 'required' })
    expect(JSON.stringify(options)).not.toContain('allowCredentials":[{')
  })

  const bends: Readonly<Record<string, Bend>> = {
    'another origin': { origin: 'https://evil.test' },
    'the same host without TLS': { origin: 'http://app.shop.test' },
    'another site': { rpId: 'evil.test' },
    'another challenge': { challenge: Buffer.alloc(32).toString('base64url') },
    'the other ceremony': { type: 'webauthn.other' },
    'no user verification': { userVerified: false },
    'another id': { id: Buffer.alloc(16).toString('base64url') },
  }

  test.each(Object.entries(bends))('with %s is neither added nor signs in', async (_name, bend) => {
    const floor = await openFloor()
    expect(await floor.add(bend)).toEqual({ kind: 'refused', reason: 'not_verified' })
    await floor.add()
    expect((await floor.signIn(bend)).outcome).toEqual({ kind: 'refused', reason: 'not_verified' })
    expect((await floor.signIn()).outcome).toMatchObject({ kind: 'verified' })
  })

  test('answers a challenge once, in the browser that got it, within ten minutes', async () => {
    const floor = await openFloor()
    await floor.add()
    const refused = { kind: 'refused', reason: 'not_verified' }
    const { browser, response } = await floor.signIn()
    expect(await floor.service.verify({ browser, response })).toEqual(refused)
    const other = await floor.service.begin('en')
    expect(await floor.service.verify({ browser: other.browser, response })).toEqual(refused)
    const late = await floor.service.begin('en')
    floor.clock.advance(10 * 60_000)
    const answer = floor.authenticator.signIn(challengeOf(late.options))
    expect(await floor.service.verify({ browser: late.browser, response: answer })).toEqual(refused)
  })

  test('whose counter runs backwards or stands still is a copy', async () => {
    const floor = await openFloor()
    await floor.add()
    expect((await floor.signIn({ counter: 5 })).outcome.kind).toBe('verified')
    expect((await floor.signIn({ counter: 5 })).outcome.kind).toBe('refused')
    expect((await floor.signIn({ counter: 4 })).outcome.kind).toBe('refused')
    expect((await floor.signIn({ counter: 6 })).outcome.kind).toBe('verified')
  })

  test('begun for one person is not added to another', async () => {
    const floor = await openFloor()
    const clock = createFakeClock()
    const other = userOf({ clock, ids: createIds(clock, createSeededRandom(99)) })
    const begun = await floor.service.beginAdding(floor.user.id)
    if (begun === undefined) throw new Error('not begun')
    const response = floor.authenticator.register(challengeOf(begun.options))
    const wrong = { userId: other.id, browser: begun.browser, response, name: 'x' }
    expect(await floor.service.add(wrong)).toMatchObject({ kind: 'refused' })
  })

  test.each([undefined, null, 'text', {}, { id: 'x', response: {} }, { id: 1, rawId: 2 }])(
    'that is %j is none',
    async (response) => {
      const floor = await openFloor()
      const { browser } = await floor.service.begin('en')
      expect(await floor.service.verify({ browser, response })).toMatchObject({ kind: 'refused' })
    },
  )

  test.each(['http://app.shop.test', 'https://evil.test', 'https://app.shop.test/', 'shop.test'])(
    'is never configured for the origin %s',
    (origin) => {
      expect(() => createPasskeys({ rpId: site.rpId, rpName: 'Shop', origins: [origin] })).toThrow(
        /origin/,
      )
    },
  )
})
