import { describe, expect, test } from 'vitest'
import { asId } from '../kernel/index.ts'
import { openAuth } from './auth.fixture.ts'
import { attemptMs, attemptTries, budgetWindowMs, codeBudget } from './decide-attempt.ts'
import { createCode } from './opaque.ts'
import { createSeededRandom } from '../testing/index.ts'

const email = 'ann@example.test'

async function asked(floor: ReturnType<typeof openAuth>, to = email) {
  const outcome = await floor.auth.codes.start({ email: to, locale: 'en' })
  if (outcome.kind === 'refused') throw new Error(outcome.reason)
  return { browser: outcome.browser, code: floor.code(to) }
}

describe('a mailed code', () => {
  test('proves an address to the browser that asked, in any way of writing it', async () => {
    const floor = openAuth()
    const started = await floor.auth.codes.start({ email: ' Ann@Example.test ', locale: 'en' })
    if (started.kind === 'refused') throw new Error(started.reason)
    const { browser } = started
    const code = floor.code(email)
    const verified = await floor.auth.codes.verify({
      browser,
      code: ` ${code.toLowerCase().replace('-', ' ')} `,
    })
    expect(verified).toEqual({ kind: 'verified', email, isKnown: false, memberships: [] })
  })

  test('works in no other browser, also not in one that asked for the same address', async () => {
    const floor = openAuth()
    const mine = await asked(floor)
    const theirs = await asked(floor)
    expect(
      await floor.auth.codes.verify({ browser: theirs.browser, code: mine.code }),
    ).toMatchObject({
      reason: 'wrong_code',
    })
    expect(await floor.auth.codes.verify({ browser: 'axb_invented', code: mine.code })).toEqual({
      kind: 'refused',
      reason: 'over',
    })
  })

  test('of one person is worth nothing for another', async () => {
    const floor = openAuth()
    const ann = await asked(floor)
    const ben = await asked(floor, 'ben@example.test')
    expect(await floor.auth.codes.verify({ browser: ben.browser, code: ann.code })).toMatchObject({
      kind: 'refused',
    })
  })

  test('is used once', async () => {
    const floor = openAuth()
    const { browser, code } = await asked(floor)
    await floor.auth.codes.verify({ browser, code })
    expect(await floor.auth.codes.verify({ browser, code })).toEqual({
      kind: 'refused',
      reason: 'over',
    })
  })

  test('used by twenty requests at once proves once', async () => {
    const floor = openAuth()
    const { browser, code } = await asked(floor)
    const all = await Promise.all(
      Array.from({ length: 20 }, () => floor.auth.codes.verify({ browser, code })),
    )
    expect(all.filter(({ kind }) => kind === 'verified')).toHaveLength(1)
  })

  test('is over after ten minutes', async () => {
    const floor = openAuth()
    const { browser, code } = await asked(floor)
    floor.clock.advance(attemptMs)
    expect(await floor.auth.codes.verify({ browser, code })).toMatchObject({ reason: 'over' })
  })

  test('is over after five wrong ones, the right one too', async () => {
    const floor = openAuth()
    const { browser, code } = await asked(floor)
    const left: unknown[] = []
    for (let guess = 0; guess < attemptTries; guess += 1) {
      const outcome = await floor.auth.codes.verify({ browser, code: 'AAAA-AAAA' })
      left.push(
        outcome.kind === 'refused' && outcome.reason === 'wrong_code' ? outcome.triesLeft : '',
      )
    }
    expect(left).toEqual([4, 3, 2, 1, 0])
    expect(await floor.auth.codes.verify({ browser, code })).toMatchObject({ reason: 'over' })
  })

  test('is guessed within a year of constant asking with a chance below five in a million', () => {
    const codes = 30 ** 8
    const windows = (365 * 24 * 3_600_000) / budgetWindowMs
    const guessesPerYear = windows * codeBudget.perAddressInAll * attemptTries
    expect(guessesPerYear / codes).toBeLessThan(5e-6)
  })

  test('is drawn evenly from thirty characters that cannot be mixed up', () => {
    const random = createSeededRandom(11)
    const counts = new Map<string, number>()
    for (let drawn = 0; drawn < 3_000; drawn += 1)
      for (const character of createCode(random))
        counts.set(character, (counts.get(character) ?? 0) + 1)
    expect(counts.size).toBe(30)
    expect([...counts.keys()].join('')).not.toMatch(/[01IOLU]/)
    for (const count of counts.values()) expect(Math.abs(count - 800)).toBeLessThan(200)
  })
})

describe('asking for a code', () => {
  test('answers the same for an address that has an account and one that has none', async () => {
    const floor = openAuth()
    await floor.signUp(email)
    const known = await floor.auth.codes.start({ email, locale: 'en' })
    const unknown = await floor.auth.codes.start({ email: 'eve@example.test', locale: 'en' })
    const shape = (outcome: object) => Object.keys(outcome).toSorted()
    expect(shape(known)).toEqual(shape(unknown))
    const [first, second] = floor.mailer.sent.slice(-2)
    const plain = (text = '') => text.replaceAll(/[2-9A-Z]{4}-?[2-9A-Z]{4}/g, 'CODE')
    expect(plain(first?.text)).toBe(plain(second?.text))
  })

  test('is limited per address and in all, also for many at once', async () => {
    const floor = openAuth({ budget: { ...codeBudget, perAddress: 3, inAll: 5 } })
    const start = (to: string) => floor.auth.codes.start({ email: to, locale: 'en' })
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => start(email)))
    expect(outcomes.filter(({ kind }) => kind === 'sent')).toHaveLength(3)
    expect(await start('b@example.test')).toMatchObject({ kind: 'sent' })
    expect(await start('c@example.test')).toMatchObject({ kind: 'sent' })
    expect(await start('d@example.test')).toEqual({ kind: 'refused', reason: 'too_many' })
    expect(floor.mailer.sent).toHaveLength(5)
    floor.clock.advance(budgetWindowMs + 1)
    expect(await start(email)).toMatchObject({ kind: 'sent' })
  })

  test('of whom others flood has a share in known browsers, also when the server has mailed all it may', async () => {
    const floor = openAuth({ budget: { ...codeBudget, inAll: 7 } })
    const start = (more: object) => floor.auth.codes.start({ email, locale: 'en', ...more })
    for (let network = 0; network < 7; network += 1)
      expect(await start({ network: `${network}` })).toMatchObject({ kind: 'sent' })
    expect(await start({ network: 'new' })).toEqual({ kind: 'refused', reason: 'too_many' })
    const known = { network: '1', device: 'hers' }
    for (let asked = 0; asked < codeBudget.perDevice; asked += 1)
      expect(await start(known)).toMatchObject({ kind: 'sent' })
    expect(await start(known)).toEqual({ kind: 'refused', reason: 'too_many' })
  })

  test.each([
    'ann',
    'ann@',
    '@test',
    'a b@example.test',
    'ann@example.test\nBcc: e@example.test',
    `${'a'.repeat(260)}@x.test`,
  ])('refuses what is no address', async (text) => {
    const floor = openAuth()
    await expect(floor.auth.codes.start({ email: text, locale: 'en' })).rejects.toMatchObject({
      code: 'invalid_input',
    })
  })

  test('says so when no mail left', async () => {
    const floor = openAuth()
    floor.mailer.answer({ kind: 'failed', reason: 'offline' })
    expect(await floor.auth.codes.start({ email, locale: 'en' })).toEqual({
      kind: 'refused',
      reason: 'not_sent',
    })
  })
})

describe('a proof', () => {
  test('is spent once, within ten minutes', async () => {
    const floor = openAuth()
    const { tenantId } = await floor.signUp(email)
    const browser = await floor.prove(email)
    expect(await floor.auth.entry.enter({ browser, tenantId })).toMatchObject({ kind: 'signed_in' })
    expect(await floor.auth.entry.enter({ browser, tenantId })).toMatchObject({
      reason: 'no_proof',
    })
    const late = await floor.prove(email)
    floor.clock.advance(attemptMs)
    expect(await floor.auth.entry.enter({ browser: late, tenantId })).toMatchObject({
      reason: 'no_proof',
    })
  })

  test('that was not given is none', async () => {
    const floor = openAuth()
    const { tenantId } = await floor.signUp(email)
    const { browser } = await asked(floor)
    expect(await floor.auth.entry.enter({ browser, tenantId })).toMatchObject({
      reason: 'no_proof',
    })
  })

  test('opens no tenant that the person is not a member of', async () => {
    const floor = openAuth()
    const other = await floor.signUp('ben@example.test')
    await floor.signUp(email)
    for (const tenantId of [other.tenantId, asId('TenantId', floor.ids.next('TenantId'))]) {
      const browser = await floor.prove(email)
      expect(await floor.auth.entry.enter({ browser, tenantId })).toMatchObject({
        reason: 'not_a_member',
      })
    }
  })

  test('that is an address for the first time voids what was left on the account before', async () => {
    const floor = openAuth()
    const { tenantId, owner, signedIn } = await floor.signUp(email)
    await floor.storage.identity.run(async ({ users, passkeys }) => {
      const user = await users.get(owner.userId)
      if (user === undefined) throw new Error('no user')
      const { emailVerifiedAt: _at, ...unproven } = user
      await users.save({ ...unproven, version: user.version + 1 })
      await passkeys.save({
        id: 'left-behind',
        userId: user.id,
        publicKey: Uint8Array.of(1),
        counter: 0,
        transports: [],
        name: 'Not hers',
        createdAt: floor.clock.now(),
      })
    })
    await floor.prove(email)
    await floor.storage.identity.run(async ({ users, passkeys }) => {
      expect(await passkeys.list(owner.userId)).toEqual([])
      expect((await users.get(owner.userId))?.emailVerifiedAt).toBeDefined()
    })
    await expect(
      floor.auth.provider.authenticate({ sessionToken: signedIn.accessToken }),
    ).rejects.toMatchObject({ code: 'unauthenticated' })
    const browser = await floor.prove(email)
    expect(await floor.auth.entry.enter({ browser, tenantId })).toMatchObject({ kind: 'signed_in' })
  })

  test('of a disabled person is refused', async () => {
    const floor = openAuth()
    const { owner } = await floor.signUp(email)
    await floor.storage.identity.run(async ({ users }) => {
      const user = await users.get(owner.userId)
      if (user !== undefined)
        await users.save({ ...user, status: 'disabled', version: user.version + 1 })
    })
    const { browser, code } = await asked(floor)
    expect(await floor.auth.codes.verify({ browser, code })).toEqual({
      kind: 'refused',
      reason: 'disabled',
    })
  })

  test('makes a sensitive command possible again for five minutes', async () => {
    const floor = openAuth()
    const { tenantId, signedIn, owner } = await floor.signUp(email)
    const actorNow = async (sessionToken: string) => {
      const principal = await floor.auth.provider.authenticate({ sessionToken })
      if (principal?.kind !== 'member') throw new Error('nobody')
      const { permissions, authenticatedAt } = principal
      const known = { permissions, ...(authenticatedAt === undefined ? {} : { authenticatedAt }) }
      return { tenantId, kind: 'staff', id: owner.id, via: 'dashboard', ...known } as const
    }
    const wanted = { name: 'Till', scopes: ['order:read'] } as const
    floor.clock.advance(5 * 60_000 + 1)
    const refreshed = await floor.auth.sessions.refresh(signedIn.refreshToken)
    if (refreshed.kind === 'refused') throw new Error(refreshed.reason)
    const stale = await actorNow(refreshed.accessToken)
    expect(await floor.auth.apiKeys.create(stale, wanted)).toEqual({
      kind: 'refused',
      reason: 'reauthentication_required',
    })
    const stepped = await floor.auth.entry.stepUp({
      browser: await floor.prove(email),
      tenantId,
      sessionId: signedIn.session.id,
    })
    if (stepped.kind === 'refused') throw new Error(stepped.reason)
    const fresh = await actorNow(stepped.accessToken)
    expect(await floor.auth.apiKeys.create(fresh, wanted)).toMatchObject({ kind: 'made' })
    const other = await floor.signUp('ben@example.test')
    expect(
      await floor.auth.entry.stepUp({
        browser: await floor.prove('ben@example.test'),
        tenantId,
        sessionId: signedIn.session.id,
      }),
    ).toMatchObject({ kind: 'refused', reason: 'over' })
    expect(other.tenantId).not.toBe(tenantId)
  })
})
