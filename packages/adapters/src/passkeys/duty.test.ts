import { createIds } from '@auronx/sdk'
import type { Json, TenantId } from '@auronx/sdk'
import { createAuth, passkeyWithinMs } from '@auronx/sdk/auth'
import type { SignedIn } from '@auronx/sdk/auth'
import {
  createFakeClock,
  createFakeMailer,
  createMemoryStorage,
  createSeededRandom,
} from '@auronx/sdk/testing'
import { describe, expect, test } from 'vitest'
import { createAuthenticator } from './authenticator.fixture.ts'
import { createPasskeys } from './passkeys.ts'

const site = { rpId: 'shop.test', origin: 'https://app.shop.test' }
const email = 'olga@shop.test'

function openFloor() {
  const clock = createFakeClock()
  const random = createSeededRandom(8)
  const storage = createMemoryStorage()
  const mailer = createFakeMailer()
  const auth = createAuth({
    storage,
    clock,
    random,
    ids: createIds(clock, random),
    names: { issuer: site.origin, audience: 'auronx' },
    passkeys: createPasskeys({ rpId: site.rpId, rpName: 'Shop', origins: [site.origin] }),
    // Stands for the seal, which is not the question here.
    sealer: { seal: async (_place, bytes) => bytes, open: async (_place, bytes) => bytes },
    mailer,
  })
  const prove = async (): Promise<string> => {
    const asked = await auth.codes.start({ email, locale: 'en' })
    if (asked.kind === 'refused') throw new Error(asked.reason)
    const code = /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(mailer.sent.at(-1)?.text ?? '')?.[0] ?? ''
    await auth.codes.verify({ browser: asked.browser, code })
    return asked.browser
  }
  const signIn = async (tenantId?: TenantId): Promise<SignedIn> => {
    const browser = await prove()
    const names = { name: 'Olga', company: 'Shop', locale: 'en' } as const
    const entered =
      tenantId === undefined
        ? await auth.entry.signUp({ ...names, browser, timeZone: 'Europe/Madrid', currency: 'EUR' })
        : await auth.entry.enter({ browser, tenantId })
    if (entered.kind === 'refused') throw new Error(entered.reason)
    return entered
  }
  const who = async ({ accessToken }: SignedIn) => {
    const principal = await auth.provider.authenticate({ sessionToken: accessToken })
    if (principal?.kind !== 'member') throw new Error('no member')
    return principal
  }
  const addPasskey = async ({ session }: SignedIn) => {
    const person = { userId: session.userId, authenticatedAt: clock.now() }
    const begun = await auth.passkeys?.beginAdding(person)
    if (begun === undefined) throw new Error('not begun')
    const response = createAuthenticator(site).register(challengeOf(begun.options))
    return auth.passkeys?.add({ ...person, browser: begun.browser, response, name: 'Laptop' })
  }
  return { auth, clock, storage, signIn, who, addPasskey }
}

function challengeOf(options: Json): string {
  const challenge: unknown =
    typeof options === 'object' && options !== null ? Reflect.get(options, 'challenge') : undefined
  return typeof challenge === 'string' ? challenge : ''
}

describe('an owner without a passkey', () => {
  test('may do everything for seven days, and afterwards nothing until there is one', async () => {
    const { auth, clock, storage, signIn, who, addPasskey } = openFloor()
    const { tenantId, session } = await signIn()
    const member = await storage.work.run(tenantId, ({ team }) => team.memberOf(session.userId))
    if (member === undefined) throw new Error('no member')
    const dueAt = new Date(clock.now().getTime() + passkeyWithinMs)
    expect(await auth.passkeyDuty?.dueAt(member)).toEqual(dueAt)
    clock.advance(passkeyWithinMs - 1)
    const before = await signIn(tenantId)
    const principal = await who(before)
    expect(principal.permissions).toContain('tenant:close')
    expect(await auth.owesPasskey(principal)).toBe(false)
    expect(auth.provider.recall({ sessionToken: before.accessToken })).toBeDefined()
    clock.advance(1)
    // What was read before the deadline is not recalled behind it.
    expect(auth.provider.recall({ sessionToken: before.accessToken })).toBe(undefined)
    expect(await auth.owesPasskey(principal)).toBe(true)
    expect(await who(before)).toMatchObject({ permissions: [], owesPasskey: true })
    expect(await addPasskey(before)).toMatchObject({ kind: 'added' })
    expect((await who(before)).permissions).toContain('tenant:close')
    expect((await who(before)).owesPasskey).toBe(undefined)
    expect(await auth.passkeyDuty?.dueAt(member)).toBe(undefined)
  })

  test('owes it again when the last one is removed, a minute later at most', async () => {
    const { auth, clock, signIn, who, addPasskey } = openFloor()
    const { tenantId } = await signIn()
    clock.advance(passkeyWithinMs)
    const session = await signIn(tenantId)
    const added = await addPasskey(session)
    if (added?.kind !== 'added') throw new Error('not added')
    expect((await who(session)).owesPasskey).toBe(undefined)
    const { userId } = session.session
    await auth.passkeys?.remove({ userId, authenticatedAt: clock.now() }, added.passkey.id)
    clock.advance(60_000)
    expect(await who(session)).toMatchObject({ permissions: [], owesPasskey: true })
  })
})

test.each(['agent', 'viewer'] as const)('a member who is %s owes none', async (role) => {
  const { auth, clock, storage, signIn, who } = openFloor()
  const { tenantId, session } = await signIn()
  await storage.work.run(tenantId, async ({ team }) => {
    const member = await team.memberOf(session.userId)
    if (member !== undefined) await team.saveMember({ ...member, role, version: 2 })
  })
  clock.advance(passkeyWithinMs * 2)
  expect((await who(await signIn(tenantId))).permissions).toContain('conversation:read')
  expect(auth.passkeyDuty).toBeDefined()
})
