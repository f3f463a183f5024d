import fc from 'fast-check'
import { expect, test } from 'vitest'
import { graphemes, truncateText } from './truncate.ts'

const text = fc.string({ unit: 'grapheme', maxLength: 60 })
const limit = fc.integer({ min: 1, max: 70 })

test('leaves a text alone that fits', () => {
  expect(truncateText('Café', 4)).toBe('Café')
})

test('ends a shortened text in an ellipsis', () => {
  expect(truncateText('A long title', 8)).toBe('A long…')
})

test('never exceeds the limit', () => {
  fc.assert(
    fc.property(text, limit, (value, max) => {
      expect(truncateText(value, max).length).toBeLessThanOrEqual(max)
    }),
  )
})

test('keeps whole graphemes from the start', () => {
  fc.assert(
    fc.property(text, limit, (value, max) => {
      fc.pre(value.length > max)
      const kept = truncateText(value, max).replace(/…[\u202c\u2069]*$/u, '')
      const whole = graphemes(value)
      const candidates = whole.map((_, index) => whole.slice(0, index).join('').trimEnd())
      expect(candidates).toContain(kept)
    }),
  )
})

test.each([
  ['a family', '👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 14, '👨‍👩‍👧‍👦…'],
  ['a flag', '🇧🇷🇧🇷', 6, '🇧🇷…'],
  ['a combining accent', 'e\u0301e\u0301', 3, 'e\u0301…'],
  ['a family that does not fit at all', '👨‍👩‍👧‍👦', 4, '…'],
  ['Arabic with vowel marks', 'مُحَمَّد', 5, 'مُحَ…'],
])('does not cut %s', (_name, value, max, expected) => {
  expect(truncateText(value, max)).toBe(expected)
})

test('closes the direction marks it leaves open, innermost first', () => {
  const value = '\u2067شاي \u202aTea with milk\u202c\u2069 today'
  const short = truncateText(value, 14)
  expect(short).toBe('\u2067شاي \u202aTea w…\u202c\u2069')
  expect(short.length).toBe(14)
})

test('a cluster without an end does not blow the limit', () => {
  const value = `a${'\u0301'.repeat(5_000)}`
  expect(truncateText(value, 20)).toBe('…')
})

test('no room at all is an empty text', () => {
  expect(truncateText('abc', 0)).toBe('')
})
