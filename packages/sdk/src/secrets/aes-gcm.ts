import type { WebKey } from '../kernel/index.ts'

/** A 256-bit key inside of the runtime; its bytes do not come out again. */
export type AesKey = WebKey

/** Length of a key in bytes. */
export const keyLength = 32
/** Length of a nonce in bytes. https://doi.org/10.6028/NIST.SP.800-38D §8.2 */
export const nonceLength = 12
/** Length of the tag in bytes; the whole of it is always used. */
export const tagLength = 16

/** Hands 32 bytes to the runtime as a key of AES-256-GCM. */
export function importAesKey(bytes: Uint8Array): Promise<AesKey> {
  return crypto.subtle.importKey('raw', new Uint8Array(bytes), 'AES-GCM', false, [
    'encrypt',
    'decrypt',
  ])
}

/** Ciphertext followed by the tag. A nonce is used once per key. */
export async function encryptAes(
  key: AesKey,
  nonce: Uint8Array,
  associated: Uint8Array,
  bytes: Uint8Array,
): Promise<Uint8Array> {
  const made = await crypto.subtle.encrypt(
    parameters(nonce, associated),
    key,
    new Uint8Array(bytes),
  )
  return new Uint8Array(made)
}

/** The plaintext, or nothing when key, nonce, associated data, ciphertext or tag is not the one it was made with. */
export async function decryptAes(
  key: AesKey,
  nonce: Uint8Array,
  associated: Uint8Array,
  sealed: Uint8Array,
): Promise<Uint8Array | undefined> {
  try {
    const opened = await crypto.subtle.decrypt(
      parameters(nonce, associated),
      key,
      new Uint8Array(sealed),
    )
    return new Uint8Array(opened)
  } catch {
    return undefined
  }
}

function parameters(nonce: Uint8Array, associated: Uint8Array): AesGcmParams {
  return {
    name: 'AES-GCM',
    iv: new Uint8Array(nonce),
    additionalData: new Uint8Array(associated),
    tagLength: tagLength * 8,
  }
}
