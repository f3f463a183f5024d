import { describe, expect, test } from 'vitest'
import { accessTokenMs } from './access-token.ts'
import { openAuth } from './auth.fixture.ts'
import type { AuthFloor } from './auth.fixture.ts'
import { idleMs, refreshGraceMs, sessionMs } from './decide-session.ts'
import type { SignedIn } from './sessions.ts'

const ask = ({ auth }: AuthFloor, { accessToken }: Pick<SignedIn, 'accessToken'>) =>
  auth.provider.authenticate({ sessionToken: accessToken })

const unauthenticated = { code: 'unauthenticated' }

async function refreshed(floor: AuthFloor, token: string): Promise<SignedIn> {
  const outcome = await floor.auth.sessions.refresh(token)
  if (outcome.kind === 'refused') throw new Error(outcome.reason)
  return outcome
}

describe('a session', () => {
  test('opens with tokens that lead to a member with fresh permissions', async () => {
    const floor = openAuth()
    const { signedIn, tenantId, owner } = await floor.signUp('ann@example.test')
    expect(await ask(floor, signedIn)).toMatchObject({
      kind: 'member',
      tenantId,
      memberId: owner.id,
      authenticatedAt: floor.clock.now(),
      session: { sessionId: signedIn.session.id, sessionVersion: 1, memberVersion: 1 },
    })
  })

  test('stores neither of its tokens', async () => {
    const floor = openAuth()
    const { signedIn, tenantId } = await floor.signUp('ann@example.test')
    await floor.storage.work.run(tenantId, async ({ sessions }) => {
      const all = JSON.stringify(await sessions.live(signedIn.session.userId, floor.clock.now()))
      expect(all).not.toContain(signedIn.refreshToken.slice(4, 20))
    })
    expect(await floor.storage.access.tenantOfRefreshToken(signedIn.refreshToken)).toBeUndefined()
  })

  test('ends at once when it is signed out, and so do all of them', async () => {
    const floor = openAuth()
    const { signedIn, actor } = await floor.signUp('ann@example.test')
    const second = await refreshed(floor, signedIn.refreshToken)
    expect(await floor.auth.sessions.revoke(actor, signedIn.session.id)).toBe(true)
    await expect(ask(floor, signedIn)).rejects.toMatchObject(unauthenticated)
    await expect(ask(floor, second)).rejects.toMatchObject(unauthenticated)
    expect(await floor.auth.sessions.refresh(second.refreshToken)).toEqual({
      kind: 'refused',
      reason: 'over',
    })
    expect(await floor.auth.sessions.revoke(actor, signedIn.session.id)).toBe(false)
  })

  test('of somebody else cannot be ended or listed', async () => {
    const floor = openAuth()
    const business = await floor.signUp('ann@example.test')
    const { tenantId } = business
    const ben = await floor.join(business, 'ben@example.test', 'admin')
    const actor = floor.actorOf(await floor.member(tenantId, 'ben@example.test'), tenantId)
    expect(await floor.auth.sessions.revoke(actor, business.signedIn.session.id)).toBe(false)
    expect((await floor.auth.sessions.list(actor)).map(({ id }) => id)).toEqual([ben.session.id])
    expect(await floor.auth.sessions.revokeAll(actor)).toBe(1)
    await expect(ask(floor, business.signedIn)).resolves.toBeDefined()
    await expect(ask(floor, ben)).rejects.toMatchObject(unauthenticated)
  })

  test('ends after twelve idle hours, lives on with use, and ends after thirty days in any case', async () => {
    const floor = openAuth()
    const { signedIn } = await floor.signUp('ann@example.test')
    let current = signedIn
    const uses = sessionMs / (idleMs / 2) - 1
    for (let use = 0; use < uses; use += 1) {
      floor.clock.advance(idleMs / 2)
      current = await refreshed(floor, current.refreshToken)
    }
    expect(current.session.idleExpiresAt).toEqual(current.session.expiresAt)
    floor.clock.advance(idleMs / 2)
    expect(await floor.auth.sessions.refresh(current.refreshToken)).toMatchObject({
      reason: 'over',
    })
    const idle = openAuth()
    const other = await idle.signUp('ann@example.test')
    idle.clock.advance(idleMs)
    expect(await idle.auth.sessions.refresh(other.signedIn.refreshToken)).toMatchObject({
      reason: 'over',
    })
  })

  test('is asserted by each transaction of its request', async () => {
    const floor = openAuth()
    const { signedIn, actor, tenantId } = await floor.signUp('ann@example.test')
    const principal = await ask(floor, signedIn)
    if (principal === undefined) throw new Error('nobody')
    const work = floor.auth.workOf(principal)
    await expect(work.run(tenantId, async () => 'in')).resolves.toBe('in')
    await floor.auth.sessions.revoke(actor, signedIn.session.id)
    await expect(work.run(tenantId, async () => 'in')).rejects.toMatchObject(unauthenticated)
  })

  test('of one tenant opens nothing in another of the same person', async () => {
    const floor = openAuth()
    const mine = await floor.signUp('ann@example.test')
    const other = await floor.signUp('ben@example.test')
    const there = await floor.join(other, 'ann@example.test', 'viewer')
    const principal = await ask(floor, mine.signedIn)
    if (principal?.kind !== 'member') throw new Error('nobody')
    const work = floor.auth.workOf(principal)
    await expect(work.run(other.tenantId, async () => 'in')).rejects.toMatchObject(unauthenticated)
    expect(await ask(floor, there)).toMatchObject({ tenantId: other.tenantId })
    expect(await floor.places(there)).toHaveLength(2)
  })
})

describe('a member that is recalled', () => {
  async function setUp() {
    const floor = openAuth()
    const business = await floor.signUp('ann@example.test')
    const token = await floor.join(business, 'ben@example.test', 'agent')
    const ben = await floor.member(business.tenantId, 'ben@example.test')
    const recall = () => floor.auth.provider.recall({ sessionToken: token.accessToken })
    return { floor, business, token, ben, recall }
  }
  const opens = async ({ floor, business, recall }: Awaited<ReturnType<typeof setUp>>) => {
    const principal = recall()
    if (principal === undefined) throw new Error('nobody')
    return floor.auth.workOf(principal).run(business.tenantId, async () => principal.permissions)
  }

  test('is the one of the last time, until the token is over', async () => {
    const { floor, token, recall } = await setUp()
    expect(recall()).toBeUndefined()
    const asked = await ask(floor, token)
    expect(recall()).toMatchObject({ ...asked, session: { tenantVersion: 1 } })
    floor.clock.advance(accessTokenMs)
    expect(recall()).toBeUndefined()
  })

  const changes: Readonly<Record<string, (parts: Awaited<ReturnType<typeof setUp>>) => unknown>> = {
    'the session ended': ({ floor, business, ben, token }) =>
      floor.auth.sessions.revoke(floor.actorOf(ben, business.tenantId), token.session.id),
    'the role changed': ({ floor, business, ben }) =>
      floor.auth.team.changeRole(business.actor, ben.id, 'viewer'),
    'the member was removed': ({ floor, business, ben }) =>
      floor.auth.team.act(business.actor, ben.id, 'remove'),
    'a setting of the tenant changed': ({ floor, business }) =>
      floor.storage.work.run(business.tenantId, async ({ accounts }) => {
        const tenant = await accounts.tenant()
        await accounts.saveTenant({ ...tenant, version: tenant.version + 1 })
      }),
  }
  test.each(Object.entries(changes))('opens nothing any more once %s', async (_name, change) => {
    const parts = await setUp()
    await ask(parts.floor, parts.token)
    await expect(opens(parts)).resolves.toContain('conversation:read')
    await change(parts)
    await expect(opens(parts)).rejects.toMatchObject(unauthenticated)
  })

  test('is forgotten when the token is refused', async () => {
    const parts = await setUp()
    await ask(parts.floor, parts.token)
    await changes['the session ended']?.(parts)
    await expect(ask(parts.floor, parts.token)).rejects.toMatchObject(unauthenticated)
    expect(parts.recall()).toBeUndefined()
  })
})

describe('what ends with the next request', () => {
  const endings: Readonly<
    Record<string, (floor: AuthFloor, parts: Awaited<ReturnType<typeof setUp>>) => Promise<unknown>>
  > = {
    removal: ({ auth }, { actor, ben }) => auth.team.act(actor, ben.id, 'remove'),
    suspension: ({ auth }, { actor, ben }) => auth.team.act(actor, ben.id, 'suspend'),
    leaving: (floor, { ben, tenantId }) =>
      floor.auth.team.act(floor.actorOf(ben, tenantId), ben.id, 'leave'),
    'suspension of the tenant': ({ storage }, { tenantId }) =>
      storage.work.run(tenantId, async ({ accounts }) => {
        const tenant = await accounts.tenant()
        await accounts.saveTenant({ ...tenant, status: 'suspended', version: tenant.version + 1 })
      }),
  }
  async function setUp(floor: AuthFloor) {
    const business = await floor.signUp('ann@example.test')
    const signedIn = await floor.join(business, 'ben@example.test', 'agent')
    const ben = await floor.member(business.tenantId, 'ben@example.test')
    return { ...business, signedIn, ben }
  }

  test.each(Object.entries(endings))('%s', async (_name, end) => {
    const floor = openAuth()
    const parts = await setUp(floor)
    const principal = await ask(floor, parts.signedIn)
    if (principal === undefined) throw new Error('nobody')
    await end(floor, parts)
    await expect(ask(floor, parts.signedIn)).rejects.toMatchObject(unauthenticated)
    const work = floor.auth.workOf(principal)
    await expect(work.run(parts.tenantId, async () => 'in')).rejects.toMatchObject(unauthenticated)
  })

  test('a role change: the old permissions are not used in a transaction any more, the new ones are read', async () => {
    const floor = openAuth()
    const { actor, ben, signedIn, tenantId } = await setUp(floor)
    const before = await ask(floor, signedIn)
    if (before === undefined) throw new Error('nobody')
    await floor.auth.team.changeRole(actor, ben.id, 'viewer')
    const stale = floor.auth.workOf(before)
    await expect(stale.run(tenantId, async () => 'in')).rejects.toMatchObject(unauthenticated)
    const after = await ask(floor, signedIn)
    expect(after?.permissions).not.toContain('order:write')
  })

  test('a disabled user gets no new token', async () => {
    const floor = openAuth()
    const { signedIn } = await setUp(floor)
    await floor.storage.identity.run(async ({ users }) => {
      const user = await users.get(signedIn.session.userId)
      if (user !== undefined)
        await users.save({ ...user, status: 'disabled', version: user.version + 1 })
    })
    expect(await floor.auth.sessions.refresh(signedIn.refreshToken)).toMatchObject({
      reason: 'over',
    })
  })
})

describe('an account that is closed', () => {
  test('has no session any more with the next request, in no business, and opens none', async () => {
    const floor = openAuth()
    const { auth, storage, clock } = floor
    const first = await floor.signUp('ann@example.test')
    const second = await floor.signUp('ann@example.test')
    const principal = await auth.provider.authenticate({
      sessionToken: first.signedIn.accessToken,
    })
    if (principal?.kind !== 'member' || principal.session === undefined) throw new Error('nobody')
    const work = storage.workFor(principal.session, clock)
    expect(await auth.people.disable('Ann@Example.test')).toBe(2)
    const over = { code: 'unauthenticated' }
    for (const { accessToken, refreshToken } of [first.signedIn, second.signedIn]) {
      const request = { sessionToken: accessToken }
      await expect(auth.provider.authenticate(request)).rejects.toMatchObject(over)
      expect(await auth.sessions.refresh(refreshToken)).toMatchObject({ kind: 'refused' })
    }
    await expect(work.run(first.tenantId, async () => 'in')).rejects.toMatchObject(over)
    await expect(floor.prove('ann@example.test')).rejects.toThrow('disabled')
    expect(await auth.people.disable('nobody@example.test')).toBe(undefined)
    expect(await auth.people.enable('ann@example.test')).toBe(true)
    for (const { tenantId, owner } of [first, second]) {
      const written = await storage.work.run(tenantId, ({ audit }) =>
        audit.page({ after: 0, limit: 10 }),
      )
      const target = { type: 'member', id: owner.id }
      expect(written.map(({ entry }) => entry)).toMatchObject([
        { action: 'account.closed', target, facts: { sessions: 1, keys: 0 } },
        { action: 'account.opened', target },
      ])
    }
    await expect(floor.prove('ann@example.test')).resolves.toBeDefined()
  })
})

describe('an account that somebody else got into', () => {
  test('keeps no key and no passkey that was made in it', async () => {
    const floor = openAuth()
    const { auth, storage } = floor
    const { actor, owner, signedIn } = await floor.signUp('ann@example.test')
    const made = await auth.apiKeys.create(actor, { name: 'Quiet', scopes: ['order:read'] })
    if (made.kind === 'refused') throw new Error(made.reason)
    const { userId } = signedIn.session
    await storage.identity.run(({ passkeys }) =>
      passkeys.save({
        id: 'intruder',
        userId,
        publicKey: new Uint8Array([1]),
        counter: 0,
        transports: [],
        name: 'Theirs',
        createdAt: floor.clock.now(),
      }),
    )
    expect(owner.userId).toBe(userId)
    await auth.people.disable('ann@example.test')
    await auth.people.enable('ann@example.test')
    await expect(
      auth.provider.authenticate({ authorization: `Bearer ${made.text}` }),
    ).rejects.toMatchObject({ code: 'unauthenticated' })
    expect(await storage.identity.run(({ passkeys }) => passkeys.list(userId))).toEqual([])
  })
})

describe('a refresh token', () => {
  test('used by fifty tabs at once gives all of them the same successor, and nobody is signed out', async () => {
    const floor = openAuth()
    const { signedIn } = await floor.signUp('ann@example.test')
    const all = await Promise.all(
      Array.from({ length: 50 }, () => refreshed(floor, signedIn.refreshToken)),
    )
    expect(new Set(all.map(({ refreshToken }) => refreshToken)).size).toBe(1)
    floor.clock.advance(refreshGraceMs)
    const last = await refreshed(floor, signedIn.refreshToken)
    expect(last.refreshToken).toBe(all[0]?.refreshToken)
    await expect(ask(floor, last)).resolves.toBeDefined()
  })

  test('that comes back after eleven seconds ends its session, and its owner is told', async () => {
    const floor = openAuth()
    const { signedIn } = await floor.signUp('ann@example.test')
    const next = await refreshed(floor, signedIn.refreshToken)
    floor.clock.advance(refreshGraceMs + 1_000)
    expect(await floor.auth.sessions.refresh(signedIn.refreshToken)).toEqual({
      kind: 'refused',
      reason: 'reused',
    })
    expect(await floor.auth.sessions.refresh(next.refreshToken)).toMatchObject({ reason: 'over' })
    await expect(ask(floor, next)).rejects.toMatchObject(unauthenticated)
    expect(floor.mailer.sent.at(-1)).toMatchObject({
      kind: 'session_ended',
      to: 'ann@example.test',
    })
  })

  test.each(['', 'axr_', 'axr_0000', 'x'.repeat(10_000)])(
    'that is invented opens nothing',
    async (token) => {
      const floor = openAuth()
      expect(await floor.auth.sessions.refresh(token)).toEqual({ kind: 'refused', reason: 'over' })
    },
  )

  test('is no access token, and the other way round', async () => {
    const floor = openAuth()
    const { signedIn } = await floor.signUp('ann@example.test')
    await expect(ask(floor, { accessToken: signedIn.refreshToken })).rejects.toMatchObject(
      unauthenticated,
    )
    expect(await floor.auth.sessions.refresh(signedIn.accessToken)).toMatchObject({
      reason: 'over',
    })
  })
})

describe('the request', () => {
  test('offers its proof in one place only, and in no odd form', async () => {
    const floor = openAuth()
    const { accessToken } = (await floor.signUp('ann@example.test')).signedIn
    const { provider } = floor.auth
    expect(await provider.authenticate({})).toBeUndefined()
    await expect(
      provider.authenticate({ authorization: `Bearer ${accessToken}` }),
    ).resolves.toBeDefined()
    const odd = [
      { authorization: accessToken },
      { authorization: `Basic ${accessToken}` },
      { authorization: `Bearer ${accessToken}, Bearer ${accessToken}` },
      { authorization: `Bearer  ${accessToken}` },
      { authorization: 'Bearer ' },
      { authorization: `Bearer ${'a'.repeat(5_000)}` },
      { authorization: `Bearer ${accessToken}`, sessionToken: accessToken },
      { sessionToken: '' },
    ]
    for (const request of odd)
      await expect(provider.authenticate(request)).rejects.toMatchObject(unauthenticated)
  })

  test.each([-5, 5])(
    'a verifier whose clock is %i minutes off refuses a fresh token',
    async (minutes) => {
      const floor = openAuth()
      const { signedIn } = await floor.signUp('ann@example.test')
      floor.clock.advance(minutes * 60_000 + Math.sign(minutes) * 6_000)
      await expect(ask(floor, signedIn)).rejects.toMatchObject(unauthenticated)
    },
  )

  test('an access token dies after five minutes by itself', async () => {
    const floor = openAuth()
    const { signedIn } = await floor.signUp('ann@example.test')
    floor.clock.advance(accessTokenMs + 6_000)
    await expect(ask(floor, signedIn)).rejects.toMatchObject(unauthenticated)
  })
})
