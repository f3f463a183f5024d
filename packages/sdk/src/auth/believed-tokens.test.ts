import { expect, test } from 'vitest'
import { isAuronxError } from '../kernel/index.ts'
import { openAuth, testNames } from './auth.fixture.ts'
import { createBelievedTokens } from './believed-tokens.ts'

test('a token that held is remembered until its end, and while its key is in the ring', async () => {
  const floor = openAuth()
  const { signedIn } = await floor.signUp('ann@shop.test')
  let hasKey = true
  let asked = 0
  const keys = {
    ...floor.auth.keys,
    publicKey: async (kid: string) => {
      asked += 1
      return hasKey ? floor.auth.keys.publicKey(kid) : undefined
    },
  }
  const believe = createBelievedTokens({ keys, clock: floor.clock }, testNames)
  const codeOf = (token: string): Promise<unknown> =>
    believe(token).then(
      () => 'held',
      (error: unknown) => isAuronxError(error) && error.code,
    )
  const first = await believe(signedIn.accessToken)
  expect(await believe(signedIn.accessToken)).toBe(first)
  expect(asked).toBe(2)
  expect(await codeOf(`${signedIn.accessToken.slice(0, -4)}AAAA`)).toBe('unauthenticated')
  hasKey = false
  expect(await codeOf(signedIn.accessToken)).toBe('unauthenticated')
  hasKey = true
  expect(await codeOf(signedIn.accessToken)).toBe('held')
  floor.clock.advance(304_000)
  expect(await codeOf(signedIn.accessToken)).toBe('held')
  floor.clock.advance(2_000)
  expect(await codeOf(signedIn.accessToken)).toBe('unauthenticated')
})
