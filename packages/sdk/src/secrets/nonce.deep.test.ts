import { Buffer } from 'node:buffer'
import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { createRandom } from '../kernel/index.ts'
import { importAesKey } from './aes-gcm.ts'
import { closeEnvelope } from './envelope.ts'

const envelopes = 1_000_000
const batch = 1_000

test('a million envelopes under one key have a million nonces', async () => {
  const aes = await importAesKey(randomBytes(32))
  const random = createRandom()
  const nonces = new Set<string>()
  const seal = (): Promise<Uint8Array> =>
    closeEnvelope({ version: 1, aes }, [], new Uint8Array(1), random)
  for (let count = 0; count < envelopes; count += batch)
    for (const envelope of await Promise.all(Array.from({ length: batch }, seal)))
      nonces.add(Buffer.from(envelope.subarray(6, 18)).toString('latin1'))
  console.log(`T-CRY: ${nonces.size} nonces of ${envelopes} envelopes`)
  expect(nonces.size).toBe(envelopes)
})
