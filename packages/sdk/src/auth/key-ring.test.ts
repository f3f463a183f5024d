import { describe, expect, test } from 'vitest'
import { openAuth, testNames } from './auth.fixture.ts'
import { signAccessToken, verifyAccessToken } from './access-token.ts'
import { createKeyRing, publishBeforeMs, retireMs, signingKeyMs } from './key-ring.ts'
import { createTestSealer } from './auth.fixture.ts'

const states = async (floor: ReturnType<typeof openAuth>): Promise<readonly string[]> =>
  (await floor.storage.identity.run(({ signingKeys }) => signingKeys.list()))
    .map(({ state }) => state)
    .toSorted()

describe('signing keys', () => {
  test('the first use makes one that signs and one that waits; asking again changes nothing', async () => {
    const floor = openAuth()
    await floor.auth.keys.signer()
    expect(await states(floor)).toEqual(['active', 'next'])
    const before = await floor.auth.keys.publicKeys()
    await floor.auth.keys.rotate()
    expect(await floor.auth.keys.publicKeys()).toEqual(before)
  })

  test('two processes that start at once end with one signing key', async () => {
    const floor = openAuth()
    const sealer = createTestSealer()
    const rings = Array.from({ length: 8 }, () =>
      createKeyRing({ identity: floor.storage.identity, sealer, clock: floor.clock }),
    )
    const signers = await Promise.all(rings.map((ring) => ring.signer()))
    expect(new Set(signers.map(({ kid }) => kid)).size).toBe(1)
  })

  test('rotate: next signs after ninety days, the old one verifies a little longer, then it is gone', async () => {
    const floor = openAuth()
    const { kid: first } = await floor.auth.keys.signer()
    floor.clock.advance(signingKeyMs)
    await floor.auth.keys.rotate()
    const { kid: second } = await floor.auth.keys.signer()
    expect(second).not.toBe(first)
    expect(await states(floor)).toEqual(['active', 'next', 'retiring'])
    expect(await floor.auth.keys.publicKey(first)).toBeDefined()
    floor.clock.advance(retireMs)
    await floor.auth.keys.rotate()
    expect(await floor.auth.keys.publicKey(first)).toBeUndefined()
    expect(await states(floor)).toEqual(['active', 'next'])
  })

  test('a key is public for a day before it signs', async () => {
    const floor = openAuth()
    const { kid } = await floor.auth.keys.signer()
    floor.clock.advance(signingKeyMs - publishBeforeMs / 2)
    const waiting = (await floor.auth.keys.publicKeys()).find((key) => key.kid !== kid)
    await floor.auth.keys.revoke(waiting?.kid ?? '')
    floor.clock.advance(publishBeforeMs / 2)
    await floor.auth.keys.rotate()
    expect((await floor.auth.keys.signer()).kid).toBe(kid)
    floor.clock.advance(publishBeforeMs / 2)
    await floor.auth.keys.rotate()
    expect((await floor.auth.keys.signer()).kid).not.toBe(kid)
  })

  test('rotation under 10,000 requests fails none', { timeout: 60_000 }, async () => {
    const floor = openAuth()
    const { auth, clock, ids, storage } = floor
    const business = await floor.signUp('ann@example.test')
    const sealer = createTestSealer()
    // A process of its own, that learns of the new key from the store only.
    const elsewhere = createKeyRing({ identity: storage.identity, sealer, clock })
    const { session, tenantId } = business.signedIn
    const claims = {
      userId: session.userId,
      tenantId,
      sessionId: session.id,
      sessionVersion: 1,
      methods: session.methods,
      authenticatedAt: session.authenticatedAt,
    }
    let failed = 0
    const kids = new Set<string>()
    for (let round = 0; round < 100; round += 1) {
      if (round === 30) clock.advance(signingKeyMs)
      if (round === 40) await auth.keys.rotate()
      const { token } = await signAccessToken({ keys: auth.keys, clock, ids }, testNames, claims)
      const all = Array.from({ length: 100 }, () =>
        verifyAccessToken({ keys: elsewhere, clock }, testNames, token).then(
          ({ keyId }) => kids.add(keyId),
          () => (failed += 1),
        ),
      )
      await Promise.all(all)
      clock.advance(2_000)
    }
    console.log(`key rotation: 10,000 requests, ${failed} failed, ${kids.size} keys`)
    expect([failed, kids.size]).toEqual([0, 2])
  })

  test('an emergency ends a key in one step: its tokens are refused in the next tenant transaction elsewhere too', async () => {
    const floor = openAuth()
    const { auth, clock, storage } = floor
    const { signedIn, tenantId } = await floor.signUp('ann@example.test')
    const request = { sessionToken: signedIn.accessToken }
    const principal = await auth.provider.authenticate(request)
    if (principal?.kind !== 'member' || principal.session === undefined)
      throw new Error('no session')
    const work = storage.workFor(principal.session, clock)
    await expect(work.run(tenantId, async () => 'in')).resolves.toBe('in')
    const { kid } = await auth.keys.signer()
    await auth.keys.revoke(kid)
    await expect(auth.provider.authenticate(request)).rejects.toMatchObject({
      code: 'unauthenticated',
    })
    await expect(work.run(tenantId, async () => 'in')).rejects.toMatchObject({
      code: 'unauthenticated',
    })
    const refreshed = await auth.sessions.refresh(signedIn.refreshToken)
    expect(refreshed.kind).toBe('signed_in')
    if (refreshed.kind === 'signed_in')
      await expect(
        auth.provider.authenticate({ sessionToken: refreshed.accessToken }),
      ).resolves.toMatchObject({ kind: 'member' })
  })

  test('after an emergency elsewhere nothing is signed with the ended key any more', async () => {
    const { storage, clock } = openAuth()
    const sealer = createTestSealer()
    const [here, elsewhere] = [0, 1].map(() =>
      createKeyRing({ identity: storage.identity, sealer, clock }),
    )
    if (here === undefined || elsewhere === undefined) throw new Error('no rings')
    const { kid } = await here.signer()
    await elsewhere.revoke(kid)
    expect((await here.signer()).kid).not.toBe(kid)
  })

  test('a private key is stored sealed and opens in no other place', async () => {
    const sealer = createTestSealer()
    const { storage, clock, auth } = openAuth({ sealer })
    const { identity } = storage
    await auth.keys.signer()
    const ring = () => createKeyRing({ identity, sealer, clock })
    await expect(ring().signer()).resolves.toBeDefined()
    const [key, other] = await identity.run(({ signingKeys }) => signingKeys.list())
    if (key === undefined || other === undefined) throw new Error('no keys')
    expect(new TextDecoder().decode(key.sealed)).not.toContain('kty')
    await identity.run(async ({ signingKeys }) => {
      await signingKeys.save({ ...key, sealed: other.sealed })
      await signingKeys.save({ ...other, sealed: key.sealed })
    })
    await expect(ring().signer()).rejects.toThrow()
  })
})
