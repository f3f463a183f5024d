import { assert, test } from 'vitest'
import { createAuronx, isAuronxError } from './index.ts'
import {
  createFakeClock,
  createFakeMessenger,
  createMemoryStorage,
  createSeededRandom,
} from './testing/index.ts'

const open = () =>
  createAuronx({
    storage: createMemoryStorage(),
    messenger: createFakeMessenger(),
    clock: createFakeClock(),
    random: createSeededRandom(3),
  })

test('work for a while ends by itself when nothing is due, and knows no next time', async () => {
  assert.deepStrictEqual(await open().work({ maxMs: 5_000 }), {})
})

test('work for a while takes a signal that ends it at once', async () => {
  assert.deepStrictEqual(await open().work({ maxMs: 5_000, signal: AbortSignal.abort() }), {})
})

test('resident work ends with its signal', async () => {
  assert.isUndefined(await open().work({ signal: AbortSignal.abort() }))
})

test('work refuses a duration that is none', async () => {
  for (const maxMs of [Number.NaN, -1, 0.5, Infinity]) {
    const outcome = await open()
      .work({ maxMs })
      .catch((error: unknown) => error)
    assert.isTrue(isAuronxError(outcome, 'invalid_input'), String(maxMs))
  }
})
