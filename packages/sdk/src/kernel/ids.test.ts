import { assert, test } from 'vitest'
import { isAuronxError } from './errors.ts'
import { createRandom, readId } from './ids.ts'

test('random bytes are as many as asked for and never handed out twice', () => {
  const random = createRandom()
  const draws = Array.from({ length: 600 }, (_, index) => random.bytes(8 + (index % 57)))
  for (const [index, bytes] of draws.entries()) assert.strictEqual(bytes.length, 8 + (index % 57))
  const starts = draws.map((bytes) => bytes.slice(0, 8).join())
  assert.strictEqual(new Set(starts).size, draws.length)
  assert.strictEqual(random.bytes(100).length, 100)
  assert.strictEqual(random.bytes(0).length, 0)
  const many = random.bytes(200_001)
  assert.strictEqual(many.length, 200_001)
  for (const at of [0, 65_536, 131_072, 199_900]) {
    assert.isTrue(
      many.subarray(at, at + 100).some((byte) => byte !== 0),
      String(at),
    )
  }
})

test('text from outside is an id only when it is a UUID', () => {
  const id = '019aae60-0000-7000-8000-00000000000a'
  assert.strictEqual(readId('OrderId', id.toUpperCase()), id)
  for (const text of ['', '1', `${id} `, `${id}\n`, "'; drop table orders", undefined, 7, [id]]) {
    let thrown: unknown
    try {
      readId('OrderId', text)
    } catch (error) {
      thrown = error
    }
    assert.isTrue(isAuronxError(thrown, 'not_found'), String(text))
  }
})
