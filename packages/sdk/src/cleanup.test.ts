import { expect, test } from 'vitest'
import { openAuth } from './auth/auth.fixture.ts'
import { attemptKeepMs, attemptMs, idleMs } from './auth/index.ts'
import { createAuronx } from './auronx.ts'
import { cleanUp, sessionKeepMs } from './cleanup.ts'
import { createFakeMessenger } from './testing/index.ts'

const hourMs = 3_600_000

test('attempts to sign in go an hour after they expired, with the addresses that they name; those that still count stay', async () => {
  const floor = openAuth()
  const clean = async () => (await cleanUp({ ...floor.storage, clock: floor.clock })).attempts
  await floor.prove('ann@example.test')
  await floor.auth.codes.start({ email: 'ben@example.test', locale: 'en' })
  floor.clock.advance(attemptMs + attemptKeepMs)
  expect(await clean()).toBe(0)
  floor.clock.advance(1)
  await floor.auth.codes.start({ email: 'eve@example.test', locale: 'en' })
  expect(await clean()).toBe(2)
  expect(await clean()).toBe(0)
})

test('a session goes thirty days after it ended, one that lives stays, and a refresh token as long as its session', async () => {
  const floor = openAuth()
  const { signedIn, actor } = await floor.signUp('ann@example.test')
  const clean = async () => (await cleanUp({ ...floor.storage, clock: floor.clock })).sessions
  const turned = await floor.auth.sessions.refresh(signedIn.refreshToken)
  if (turned.kind === 'refused') throw new Error(turned.reason)
  floor.clock.advance(idleMs - 1)
  expect(await clean()).toBe(0)
  // The used token comes back hours later: whoever has it is noticed, because it is still known.
  expect(await floor.auth.sessions.refresh(signedIn.refreshToken)).toMatchObject({
    reason: 'reused',
  })
  floor.clock.advance(sessionKeepMs)
  expect(await clean()).toBe(0)
  floor.clock.advance(1)
  expect(await clean()).toBe(1)
  expect(await floor.storage.access.tenantOfRefreshToken(turned.refreshToken)).toBe(undefined)
  expect(await floor.auth.sessions.refresh(turned.refreshToken)).toMatchObject({ reason: 'over' })
  expect(await floor.auth.sessions.list(actor)).toEqual([])
})

test('the worker cleans up by itself, again and again', async () => {
  const floor = openAuth()
  const { storage, clock } = floor
  const auronx = createAuronx({ ...floor, messenger: createFakeMessenger() })
  await floor.prove('ann@example.test')
  clock.advance(attemptMs + hourMs + 1)
  await auronx.work({ maxMs: 1_000 })
  const left = await storage.identity.run(({ attempts }) =>
    attempts.prune(new Date(clock.now().getTime() * 2), 10),
  )
  expect(left).toBe(0)
})
