import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sha256Sync } from './sha256.ts'

test('it agrees with another implementation on every text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      expect(sha256Sync(text)).toBe(createHash('sha256').update(text).digest('hex'))
    }),
  )
})

test('it agrees around the borders of a block', () => {
  for (let length = 0; length <= 200; length += 1) {
    const text = 'a'.repeat(length)
    expect(sha256Sync(text)).toBe(createHash('sha256').update(text).digest('hex'))
  }
})
