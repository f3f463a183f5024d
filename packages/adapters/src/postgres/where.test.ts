import { expect, test } from 'vitest'
import { where } from './where.ts'

test('conditions that nobody asked for are left out, the others numbered in their order', () => {
  const { text, values } = where([
    ['tenant_id = ?', 'a'],
    false,
    ['(at, id) < (?, ?)', 1, 2],
    ['state = ?', 'open'],
  ])
  expect(text).toBe('where tenant_id = $1 and (at, id) < ($2, $3) and state = $4')
  expect(values).toEqual(['a', 1, 2, 'open'])
})
