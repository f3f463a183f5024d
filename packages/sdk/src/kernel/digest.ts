import { toHex } from './ids.ts'
import { findNodeCrypto } from './node-crypto.ts'
import type { NodeCrypto } from './node-crypto.ts'

const nodeCrypto = findNodeCrypto()

/** SHA-256 of a text's UTF-8 bytes, as lower-case hex. */
export async function sha256Hex(text: string): Promise<string> {
  if (nodeCrypto !== undefined) return digestAtOnce(nodeCrypto, text)
  return toHex(
    new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))),
  )
}

/** {@link sha256Hex} of several texts, in their order: one wait for all of them. */
export async function sha256HexOfEach(texts: readonly string[]): Promise<readonly string[]> {
  if (nodeCrypto === undefined) return Promise.all(texts.map((text) => sha256Hex(text)))
  const found = nodeCrypto
  return texts.map((text) => digestAtOnce(found, text))
}

function digestAtOnce(found: NodeCrypto, text: string): string {
  return found.hash?.('sha256', text) ?? found.createHash('sha256').update(text).digest('hex')
}
