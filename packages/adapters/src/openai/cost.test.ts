import fc from 'fast-check'
import { expect, test } from 'vitest'
import { costOf } from './cost.ts'

const price = { input: 2_000_000, cachedInput: 200_000, output: 8_000_000 }
const none = { input: 0, cachedInput: 0, cacheWrite: 0, output: 0 }

test.each([
  ['nothing', none, 0],
  ['fresh input', { ...none, input: 1_000 }, 2_000],
  ['cached input', { ...none, input: 1_000, cachedInput: 1_000 }, 200],
  ['input written to the cache', { ...none, input: 1_000, cacheWrite: 400 }, 2_000],
  ['output', { ...none, output: 100 }, 800],
  ['a fraction, which is rounded up', { ...none, input: 1, cachedInput: 1 }, 1],
])('%s', (_name, tokens, expected) => {
  expect(costOf(tokens, price)).toBe(expected)
})

test('writing to the cache can have a price of its own', () => {
  const tokens = { ...none, input: 1_000, cacheWrite: 400 }
  expect(costOf(tokens, { ...price, cacheWrite: 2_500_000 })).toBe(1_200 + 1_000)
})

test('is a whole number, and grows with tokens', () => {
  const count = fc.nat({ max: 1_000_000 })
  fc.assert(
    fc.property(count, count, count, count, (fresh, cachedInput, cacheWrite, output) => {
      const tokens = { input: fresh + cachedInput + cacheWrite, cachedInput, cacheWrite, output }
      const cost = costOf(tokens, price)
      expect(Number.isSafeInteger(cost)).toBe(true)
      expect(costOf({ ...tokens, output: output + 1 }, price)).toBeGreaterThan(cost)
    }),
  )
})
