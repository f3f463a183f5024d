import { expect, test } from 'vitest'
import { createFakeClock } from '@auronx/sdk/testing'
import { createRateLimiter } from '../../src/api/rate.ts'

test('a caller has a minute’s worth at once, then one at a time as it fills again', () => {
  const clock = createFakeClock()
  const limiter = createRateLimiter(clock)
  const take = () => limiter.take('key:1', 60)
  const first = Array.from({ length: 60 }, take)
  expect(first.every(({ isAllowed }) => isAllowed)).toBe(true)
  expect(first.at(-1)).toEqual({ isAllowed: true, left: 0, resetSeconds: 1 })
  expect(take().isAllowed).toBe(false)
  clock.advance(1_000)
  expect(take().isAllowed).toBe(true)
  expect(take().isAllowed).toBe(false)
  clock.advance(3_600_000)
  expect(take().left).toBe(59)
})

test('callers do not share, and those not seen for long are forgotten', () => {
  const limiter = createRateLimiter(createFakeClock())
  expect(limiter.take('a', 1).isAllowed).toBe(true)
  expect(limiter.take('b', 1).isAllowed).toBe(true)
  expect(limiter.take('a', 1).isAllowed).toBe(false)
  for (let caller = 0; caller < 20_000; caller += 1) limiter.take(`other:${caller}`, 1)
  expect(limiter.take('a', 1).isAllowed).toBe(true)
})
