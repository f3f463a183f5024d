import { describe, expect, test } from 'vitest'
import { isAuronxError } from '../kernel/index.ts'
import { verifyChallenge } from './challenge.ts'

const query = (extra: string[][] = []): URLSearchParams =>
  new URLSearchParams([
    ['hub.mode', 'subscribe'],
    ['hub.challenge', '0012345678901234567890'],
    ['hub.verify_token', 'token-one'],
    ...extra,
  ])

describe('a challenge', () => {
  test('is answered unchanged, as opaque text', () => {
    expect(verifyChallenge(query(), ['token-one'])).toEqual({
      kind: 'verified',
      challenge: '0012345678901234567890',
    })
  })

  test('may name any of several tokens', () => {
    expect(verifyChallenge(query(), ['token-two', 'token-one'])).toMatchObject({ kind: 'verified' })
  })

  test.each(['token-on', 'token-onee', 'Token-one', 'token-two', 't'])(
    'is refused when only %s is ours',
    (token) => {
      expect(verifyChallenge(query(), [token])).toEqual({ kind: 'refused', reason: 'wrong_token' })
    },
  )

  test.each(['hub.mode', 'hub.challenge', 'hub.verify_token'])(
    'is refused without %s, with it empty and with it repeated',
    (name) => {
      const without = query()
      without.delete(name)
      const empty = query()
      empty.set(name, '')
      const repeated = query([[name, query().get(name) ?? '']])
      for (const wrong of [without, empty, repeated]) {
        expect(verifyChallenge(wrong, ['token-one'])).toEqual({
          kind: 'refused',
          reason: 'malformed',
        })
      }
    },
  )

  test('is refused for another mode', () => {
    const other = query()
    other.set('hub.mode', 'unsubscribe')
    expect(verifyChallenge(other, ['token-one'])).toMatchObject({ kind: 'refused' })
  })

  test('may come as the object a framework made of the query; arrays in it are refused', () => {
    const object = Object.fromEntries(query())
    expect(verifyChallenge(object, ['token-one'])).toMatchObject({ kind: 'verified' })
    const array = { ...object, 'hub.verify_token': ['token-one', 'token-one'] }
    expect(verifyChallenge(array, ['token-one'])).toMatchObject({ kind: 'refused' })
    expect(verifyChallenge({ hub: undefined }, ['token-one'])).toMatchObject({ kind: 'refused' })
  })

  test.each([[[]], [['']], [['token-one', ' ']]])(
    'tokens %j are a wrong configuration',
    (tokens) => {
      let thrown: unknown
      try {
        verifyChallenge(query(), tokens)
      } catch (error) {
        thrown = error
      }
      expect(isAuronxError(thrown, 'invalid_config')).toBe(true)
    },
  )
})
