import { createIds } from '@auronx/sdk'
import type { Json } from '@auronx/sdk'
import {
  attemptMs,
  createOperatorEnrolment,
  createOperators,
  createPasskeySignIn,
} from '@auronx/sdk/auth'
import {
  createFakeClock,
  createMemoryStorage,
  createSeededRandom,
  userOf,
} from '@auronx/sdk/testing'
import { describe, expect, test } from 'vitest'
import { createAuthenticator } from './authenticator.fixture.ts'
import { createPasskeys } from './passkeys.ts'

const site = { rpId: 'shop.test', origin: 'https://app.shop.test' }
const operator = { email: 'Op@Platform.test', name: 'Op', role: 'support', locale: 'en' } as const
const notVerified = { kind: 'refused', reason: 'not_verified' }

function openFloor() {
  const clock = createFakeClock()
  const random = createSeededRandom(6)
  const ids = createIds(clock, random)
  const storage = createMemoryStorage()
  const passkeys = createPasskeys({ rpId: site.rpId, rpName: 'Shop', origins: [site.origin] })
  const base = { ...storage, passkeys, clock, ids, random }
  const authenticator = createAuthenticator(site)
  const enrolment = createOperatorEnrolment(base)
  const operators = createOperators(base)
  const service = createPasskeySignIn(base)
  const invite = async (): Promise<string> => {
    const invited = await enrolment.invite(operator)
    if (invited.kind === 'refused') throw new Error(invited.reason)
    return invited.token
  }
  const answer = async (token: string) =>
    authenticator.register(challengeOf((await enrolment.begin(token)) ?? null))
  const enter = async () => {
    const { browser, options } = await service.begin('en', 'operator')
    await service.verify({ browser, response: authenticator.signIn(challengeOf(options)) })
    return operators.enter(browser)
  }
  return { ...base, authenticator, enrolment, operators, service, invite, answer, enter }
}

function challengeOf(options: Json): string {
  const challenge: unknown =
    typeof options === 'object' && options !== null ? Reflect.get(options, 'challenge') : undefined
  return typeof challenge === 'string' ? challenge : ''
}

describe('the first operator', () => {
  test('makes a passkey with the token, and enters with it and nothing else', async () => {
    const { invite, answer, enrolment, enter, operators } = openFloor()
    const token = await invite()
    const response = await answer(token)
    expect(await enrolment.finish({ token, response, name: 'Key' })).toMatchObject({
      kind: 'added',
    })
    const entered = await enter()
    if (entered.kind === 'refused') throw new Error(entered.reason)
    expect(await operators.authenticate(entered.token)).toMatchObject({ role: 'support' })
  })

  test('has a token for one passkey, however often somebody looks at the page before', async () => {
    const { invite, answer, enrolment } = openFloor()
    const token = await invite()
    await enrolment.begin(token)
    const response = await answer(token)
    await enrolment.finish({ token, response, name: 'Key' })
    expect(await enrolment.begin(token)).toBe(undefined)
    expect(await enrolment.finish({ token, response, name: 'Again' })).toEqual(notVerified)
  })

  test('has ten minutes', async () => {
    const { invite, answer, enrolment, clock } = openFloor()
    const token = await invite()
    const response = await answer(token)
    clock.advance(attemptMs)
    expect(await enrolment.begin(token)).toBe(undefined)
    expect(await enrolment.finish({ token, response, name: 'Key' })).toEqual(notVerified)
  })

  test('loses the token with a wrong answer', async () => {
    const { invite, answer, enrolment } = openFloor()
    const token = await invite()
    const response = await answer(token)
    expect(await enrolment.finish({ token, response: {}, name: 'Key' })).toEqual(notVerified)
    expect(await enrolment.finish({ token, response, name: 'Key' })).toEqual(notVerified)
  })

  test('gets another passkey by being invited again', async () => {
    const floor = openFloor()
    for (const name of ['One', 'Two']) {
      const token = await floor.invite()
      const authenticator = createAuthenticator(site)
      const options = await floor.enrolment.begin(token)
      const response = authenticator.register(challengeOf(options ?? null))
      expect(await floor.enrolment.finish({ token, response, name })).toMatchObject({
        kind: 'added',
      })
    }
  })
})

describe('an operator and the people of businesses', () => {
  test('have no account in common', async () => {
    const floor = openFloor()
    const user = { ...userOf(floor), email: 'op@platform.test' }
    await floor.identity.run(({ users }) => users.save(user))
    const invited = await floor.enrolment.invite(operator)
    expect(invited).toEqual({ kind: 'refused', reason: 'has_account' })
  })

  test('have no door in common: the passkey of one is none at the other', async () => {
    const floor = openFloor()
    const token = await floor.invite()
    await floor.enrolment.finish({ token, response: await floor.answer(token), name: 'Key' })
    const begun = await floor.service.begin('en')
    const response = floor.authenticator.signIn(challengeOf(begun.options))
    expect(await floor.service.verify({ browser: begun.browser, response })).toEqual(notVerified)
    const user = await floor.identity.run(({ users }) => users.byEmail('op@platform.test'))
    if (user === undefined) throw new Error('no operator')
    const person = { userId: user.id, authenticatedAt: floor.clock.now() }
    expect(await floor.service.beginAdding(person)).toBe(undefined)
  })

  test('have no token in common: one that was begun in a business makes no operator’s passkey', async () => {
    const floor = openFloor()
    const user = userOf(floor)
    await floor.identity.run(({ users }) => users.save(user))
    const person = { userId: user.id, authenticatedAt: floor.clock.now() }
    const begun = await floor.service.beginAdding(person)
    if (begun === undefined) throw new Error('not begun')
    expect(await floor.enrolment.begin(begun.browser)).toBe(undefined)
    const response = floor.authenticator.register(challengeOf(begun.options))
    const answer = { token: begun.browser, response, name: 'Key' }
    expect(await floor.enrolment.finish(answer)).toEqual(notVerified)
    const token = await floor.invite()
    const own = await floor.answer(token)
    const op = await floor.identity.run(({ users }) => users.byEmail('op@platform.test'))
    if (op === undefined) throw new Error('no operator')
    expect(
      await floor.service.add({ userId: op.id, browser: token, response: own, name: 'Key' }),
    ).toEqual(notVerified)
  })
})
