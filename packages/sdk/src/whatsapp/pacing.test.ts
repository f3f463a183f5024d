import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PaceRule, PaceState, SendPace } from './pacing.ts'
import { createSendPacing, isRested, numberPace, pairPace, reserve, reserveSend } from './pacing.ts'

test('45 messages to one recipient go at once, the 46th after 6 seconds', () => {
  const times = sendTimes(pairPace, Array(47).fill(0))
  expect(times.slice(0, 45)).toEqual(Array(45).fill(0))
  expect(times.slice(45)).toEqual([6_000, 12_000])
})

test('a burst is paid back: after 60 quiet seconds ten more go at once', () => {
  const times = sendTimes(pairPace, [...Array(45).fill(0), ...Array(11).fill(60_000)])
  expect(times.slice(45)).toEqual([...Array(10).fill(60_000), 66_000])
})

test.each([1, 20, 80, 1_000])('a number of %i a second never exceeds it in any second', (limit) => {
  fc.assert(
    fc.property(fc.array(fc.nat(400), { minLength: 1, maxLength: 300 }), (gaps) => {
      const times = sendTimes(numberPace(limit), cumulative(gaps))
      for (const [index, time] of times.entries()) {
        const later = times[index + limit]
        if (later !== undefined) expect(later - time).toBeGreaterThanOrEqual(1_000 - 1e-6)
      }
    }),
    { numRuns: 40 },
  )
})

test('reserved times never go back, and nobody sends before asking', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20_000), { maxLength: 120 }), (gaps) => {
      const asked = cumulative(gaps)
      const times = sendTimes(pairPace, asked)
      for (const [index, time] of times.entries()) {
        expect(time).toBeGreaterThanOrEqual(asked[index] ?? 0)
        expect(time).toBeGreaterThanOrEqual(times[index - 1] ?? 0)
      }
    }),
  )
})

test('a message waits for the slower of its two paces and is counted in both', () => {
  const rules = { number: numberPace(80), pair: { intervalMs: 6_000, burst: 1 } }
  const first = reserveSend({}, 0, rules)
  const second = reserveSend(first.state, 0, rules)
  expect([first.waitMs, second.waitMs]).toEqual([0, 6_000])
  const other: SendPace = { number: second.state.number }
  expect(reserveSend(other, 6_000, rules).waitMs).toBe(0)
})

test('a state is rested once everything is paid back', () => {
  const { state } = reserve(pairPace, undefined, 1_000)
  expect([isRested(state, 6_999), isRested(state, 7_000)]).toEqual([false, true])
})

test('the paces of a process take a place only for a message that may go', () => {
  const pacing = createSendPacing()
  const at = (ms: number) => new Date(ms)
  const rested = Array.from({ length: 45 }, (_, index) =>
    pacing.reserve('1', 'ana', at(index * 20)),
  )
  expect(rested).toEqual(Array(45).fill(0))
  const wait = pacing.reserve('1', 'ana', at(1_000))
  expect(wait).toBe(5_000)
  expect(pacing.reserve('1', 'ana', at(1_000))).toBe(wait)
  expect(pacing.reserve('1', 'ben', at(1_000))).toBe(0)
  expect(pacing.reserve('2', 'ana', at(1_000))).toBe(0)
  expect(pacing.reserve('1', 'ana', at(1_000 + wait))).toBe(0)
})

test('a number with a throughput of its own is paced by it', () => {
  const pacing = createSendPacing((phoneNumberId) => (phoneNumberId === 'small' ? 1 : 80))
  const now = new Date(0)
  expect(pacing.reserve('small', 'a', now)).toBe(0)
  expect(pacing.reserve('small', 'b', now)).toBe(1_000)
  expect(pacing.reserve('large', 'b', now)).toBe(0)
})

test('forgetting what is paid back changes no wait', () => {
  const pacing = createSendPacing(() => 1_000_000)
  for (let index = 0; index < 45; index += 1) pacing.reserve('1', 'ana', new Date(1_000))
  for (let index = 0; index < 25_000; index += 1) pacing.reserve('1', `c${index}`, new Date(1_000))
  expect(pacing.reserve('1', 'ana', new Date(1_000))).toBe(6_000)
})

function sendTimes(rule: PaceRule, asked: readonly number[]): number[] {
  let state: PaceState | undefined
  return asked.map((now) => {
    const reservation = reserve(rule, state, now)
    state = reservation.state
    return now + reservation.waitMs
  })
}

function cumulative(gaps: readonly number[]): number[] {
  let total = 0
  return gaps.map((gap) => (total += gap))
}
