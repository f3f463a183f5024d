import { assert, test } from 'vitest'
import { createRandom } from './ids.ts'

test('random bytes are as many as asked for and never handed out twice', () => {
  const random = createRandom()
  const draws = Array.from({ length: 600 }, (_, index) => random.bytes(8 + (index % 57)))
  for (const [index, bytes] of draws.entries()) assert.strictEqual(bytes.length, 8 + (index % 57))
  const starts = draws.map((bytes) => bytes.slice(0, 8).join())
  assert.strictEqual(new Set(starts).size, draws.length)
  assert.strictEqual(random.bytes(100).length, 100)
  assert.strictEqual(random.bytes(0).length, 0)
})
