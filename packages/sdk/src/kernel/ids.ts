import type { Clock } from './time.ts'
import type { IdKinds } from './brand.ts'
import { asId } from './brand.ts'
import { AuronxError } from './errors.ts'

/** Source of random bytes. */
export interface Random {
  /** `length` random bytes, cryptographically strong in production. */
  bytes(length: number): Uint8Array
}

/** Source of ids. */
export interface Ids {
  /** A new UUIDv7 (RFC 9562 §5.7) of the named kind; later ids of one process sort after earlier ones. */
  next<Kind extends keyof IdKinds>(kind: Kind): IdKinds[Kind]
}

/** A `Random` over the platform's Web Crypto, asked for a block at a time: one call costs more than many bytes. */
export function createRandom(): Random {
  const block = new Uint8Array(1_024)
  let used = block.length
  return {
    bytes(length) {
      if (length > 64) return filled(new Uint8Array(length))
      if (used + length > block.length) {
        crypto.getRandomValues(block)
        used = 0
      }
      const bytes = block.slice(used, used + length)
      // What was given out is a secret of the caller's now.
      block.fill(0, used, used + length)
      used += length
      return bytes
    },
  }
}

// The most that one call of Web Crypto fills: https://www.w3.org/TR/webcrypto-2/#Crypto-method-getRandomValues
const maxFilled = 65_536

function filled(bytes: Uint8Array<ArrayBuffer>): Uint8Array {
  for (let at = 0; at < bytes.length; at += maxFilled) {
    crypto.getRandomValues(bytes.subarray(at, at + maxFilled))
  }
  return bytes
}

/**
 * UUIDv7 made from the clock's milliseconds, a 12-bit counter that keeps ids of one millisecond in order, and 62
 * random bits.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9562#section-5.7
 */
export function createIds(clock: Clock, random: Random): Ids {
  let lastMs = 0
  let counter = 0
  return {
    next(kind) {
      const now = clock.now().getTime()
      if (now > lastMs) {
        lastMs = now
        counter = 0
      } else {
        counter += 1
        if (counter > 0xfff) {
          lastMs += 1
          counter = 0
        }
      }
      return asId(kind, format(lastMs, counter, random.bytes(8)))
    },
  }
}

/**
 * Text from outside, such as a parameter of a route, as an id of the named kind. Throws `not_found` unless it is a UUID:
 * nothing has such an id.
 */
export function readId<Kind extends keyof IdKinds>(kind: Kind, text: unknown): IdKinds[Kind] {
  if (typeof text === 'string' && uuid.test(text)) return asId(kind, text.toLowerCase())
  throw new AuronxError('not_found', `There is no ${kind} of that form`)
}

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i

/** Random bytes as lower-case hex, twice `byteLength` characters long. */
export function randomHex(random: Random, byteLength: number): string {
  return toHex(random.bytes(byteLength))
}

/** Bytes as lower-case hex. */
export function toHex(bytes: Uint8Array): string {
  let hex = ''
  for (const byte of bytes) hex += hexOfBytes[byte] ?? ''
  return hex
}

const hexOfBytes = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

function format(ms: number, counter: number, tail: Uint8Array): string {
  const time = ms.toString(16).padStart(12, '0')
  const variant = tail.slice()
  variant[0] = ((variant[0] ?? 0) & 0x3f) | 0x80
  const rest = toHex(variant)
  const third = `7${counter.toString(16).padStart(3, '0')}`
  return `${time.slice(0, 8)}-${time.slice(8)}-${third}-${rest.slice(0, 4)}-${rest.slice(4)}`
}
