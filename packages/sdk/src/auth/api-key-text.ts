import type { Random } from '../kernel/index.ts'
import { crc32, toBase64Url } from './opaque.ts'

/** Where a key is meant to be used; a reader of logs sees it, we do not depend on it. */
export type KeyEnvironment = 'live' | 'test'

/** The parts of a key's text. */
export interface KeyText {
  readonly environment: KeyEnvironment
  /** Public, 12 characters. */
  readonly id: string
  /** 256 random bits, 43 characters. */
  readonly secret: string
}

const idAlphabet = 'abcdefghijklmnopqrstuvwxyz234567'
const pattern = /^axk_(live|test)_([a-z2-7]{12})_([A-Za-z0-9_-]{43})_([0-9a-f]{8})$/

/** A new public id of a key: 60 random bits. */
export function createKeyId(random: Random): string {
  return [...random.bytes(12)].map((byte) => idAlphabet.charAt(byte & 31)).join('')
}

/** A new secret of a key. */
export function createKeySecret(random: Random): string {
  return toBase64Url(random.bytes(32))
}

/** The text that a caller keeps: `axk_<environment>_<id>_<secret>_<crc>`. */
export function formatKey({ environment, id, secret }: KeyText): string {
  const body = `axk_${environment}_${id}_${secret}`
  return `${body}_${crc32(body)}`
}

/** The parts of a text, or nothing when it is no key or was mistyped. */
export function parseKey(text: string): KeyText | undefined {
  const match = pattern.exec(text)
  const [, environment, id, secret, crc] = match ?? []
  if (id === undefined || secret === undefined) return undefined
  if (crc !== crc32(text.slice(0, -9))) return undefined
  return { environment: environment === 'live' ? 'live' : 'test', id, secret }
}
