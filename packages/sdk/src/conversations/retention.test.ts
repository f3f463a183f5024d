import fc from 'fast-check'
import { expect, test } from 'vitest'
import { expiresAt, isExpired, latest } from './retention.ts'

const anyDate = fc.date({
  min: new Date('1970-01-01T00:00:00Z'),
  max: new Date('2090-01-01T00:00:00Z'),
  noInvalidDate: true,
})

test.each([
  ['2026-03-02T09:00:00.123Z', '2028-03-02T09:00:00.123Z'],
  ['2024-02-29T23:59:59.999Z', '2026-02-28T23:59:59.999Z'],
  ['2026-02-28T00:00:00.000Z', '2028-02-28T00:00:00.000Z'],
  ['2026-12-31T23:59:59.999Z', '2028-12-31T23:59:59.999Z'],
  ['1969-12-31T23:00:00.000Z', '1971-12-31T23:00:00.000Z'],
])('keeps %s until %s', (given, expected) => {
  expect(expiresAt(new Date(given)).toISOString()).toBe(expected)
})

test('keeps everything 24 calendar months at the same time of day, never longer', () => {
  fc.assert(
    fc.property(anyDate, (at) => {
      const end = expiresAt(at)
      const months = (date: Date): number => date.getUTCFullYear() * 12 + date.getUTCMonth()
      expect(months(end) - months(at)).toBe(24)
      expect(end.toISOString().slice(11)).toBe(at.toISOString().slice(11))
      expect(end.getUTCDate()).toBeLessThanOrEqual(at.getUTCDate())
      expect(isExpired(at, end)).toBe(true)
      expect(isExpired(at, new Date(end.getTime() - 1))).toBe(false)
    }),
  )
})

test('counts from the latest event, in whatever order events come', () => {
  fc.assert(
    fc.property(anyDate, fc.array(anyDate), (start, rest) => {
      const forward = rest.reduce(latest, start)
      expect(rest.toReversed().reduce(latest, start)).toEqual(forward)
      expect(forward.getTime()).toBe(Math.max(start.getTime(), ...rest.map(Number)))
      for (const at of rest) expect(expiresAt(forward) >= expiresAt(at)).toBe(true)
    }),
  )
})
