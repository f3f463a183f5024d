import { assert, test } from 'vitest'
import { sha256Hex, sha256HexOfEach } from './digest.ts'
import { toHex } from './ids.ts'

test('a digest is the same with and without node:crypto, for text of any script', async () => {
  for (const text of ['', 'abc', 'olá', 'مرحبا', '\u0000', 'x'.repeat(1_000)]) {
    const web = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
    assert.strictEqual(await sha256Hex(text), toHex(new Uint8Array(web)), text)
  }
})

test('digests of several texts come in the order of the texts', async () => {
  const texts = ['b', 'a', 'b']
  const alone = await Promise.all(texts.map((text) => sha256Hex(text)))
  assert.deepStrictEqual(await sha256HexOfEach(texts), alone)
})
