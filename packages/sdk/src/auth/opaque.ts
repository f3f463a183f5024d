import { randomHex, sha256Hex } from '../kernel/index.ts'
import type { Random } from '../kernel/index.ts'

/** A new secret of 256 bits behind a prefix that scanners can look for: `prefix` and 64 hex digits. */
export function createOpaque(random: Random, prefix: string): string {
  return `${prefix}${randomHex(random, 32)}`
}

/** Whether two texts are equal, in a time that depends on their lengths only. */
export function equalText(left: string, right: string): boolean {
  let difference = left.length ^ right.length
  for (let index = 0; index < left.length; index += 1) {
    difference |= left.charCodeAt(index) ^ right.charCodeAt(index % Math.max(right.length, 1))
  }
  return difference === 0
}

/** SHA-256 over several texts, none of which can be shifted into its neighbour. */
export function hashOf(...parts: readonly string[]): Promise<string> {
  return sha256Hex(parts.map((part) => `${part.length}:${part}`).join(''))
}

/** Bytes as base64url without padding. */
export function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

// Without 0, O, 1, I, L and U, which people mix up or dislike in a code they type.
const codeAlphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A new code that a person types: eight characters of an alphabet of 30, about 39 bits. */
export function createCode(random: Random): string {
  let code = ''
  while (code.length < 8) {
    for (const byte of random.bytes(16)) {
      // 240 = 8 · 30: bytes above would favour the first characters.
      if (byte < 240 && code.length < 8) code += codeAlphabet.charAt(byte % codeAlphabet.length)
    }
  }
  return code
}

/** A code as it is compared: upper case, without spaces and hyphens. */
export function normalizeCode(text: string): string {
  return text.toUpperCase().replaceAll(/[\s-]/g, '')
}

/** CRC-32 (IEEE 802.3) of a text in Latin letters, as eight hex digits; tells a mistyped key from a wrong one. */
export function crc32(text: string): string {
  let crc = 0xffffffff
  for (let index = 0; index < text.length; index += 1) {
    crc ^= text.charCodeAt(index)
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1))
  }
  return ((crc ^ 0xffffffff) >>> 0).toString(16).padStart(8, '0')
}
