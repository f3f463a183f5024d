import { AuronxError } from '../kernel/index.ts'
import type { Random } from '../kernel/index.ts'
import type { AesKey } from './aes-gcm.ts'
import { decryptAes, encryptAes, nonceLength, tagLength } from './aes-gcm.ts'

/** Where an envelope belongs: the texts that are authenticated with it, in their order. */
export type Place = readonly string[]

const formatOne = 1
const aes256Gcm = 1
const headerLength = 6
const largestVersion = 0x7fff_ffff

/**
 * Encrypts bytes for one place: format (1 byte), algorithm (1), version of the key (4, big-endian), nonce (12),
 * ciphertext, tag (16). Header and place are authenticated.
 */
export async function closeEnvelope(
  key: { readonly version: number; readonly aes: AesKey },
  place: Place,
  bytes: Uint8Array,
  random: Random,
): Promise<Uint8Array> {
  const header = headerOf(key.version)
  const nonce = random.bytes(nonceLength)
  const sealed = await encryptAes(key.aes, nonce, associatedData(header, place), bytes)
  return joined([header, nonce, sealed])
}

/** The version of the key an envelope names. Throws `seal_broken` for what is no envelope of a known format. */
export function keyVersionOf(envelope: Uint8Array): number {
  const version = new DataView(envelope.buffer, envelope.byteOffset, envelope.byteLength)
  if (
    envelope.length < headerLength + nonceLength + tagLength ||
    envelope[0] !== formatOne ||
    envelope[1] !== aes256Gcm
  )
    throw sealBroken()
  return version.getUint32(2)
}

/** The bytes of an envelope. Throws `seal_broken` when anything about it or its place is not as it was. */
export async function openEnvelope(
  aes: AesKey,
  place: Place,
  envelope: Uint8Array,
): Promise<Uint8Array> {
  keyVersionOf(envelope)
  const header = envelope.subarray(0, headerLength)
  const nonce = envelope.subarray(headerLength, headerLength + nonceLength)
  const sealed = envelope.subarray(headerLength + nonceLength)
  const bytes = await decryptAes(aes, nonce, associatedData(header, place), sealed)
  if (bytes === undefined) throw sealBroken()
  return bytes
}

/** The one answer to every envelope that does not open; the reason would help whoever made it. */
export function sealBroken(): AuronxError {
  return new AuronxError('seal_broken', 'A sealed value does not open with this place and key')
}

function headerOf(version: number): Uint8Array {
  if (!Number.isSafeInteger(version) || version < 1 || version > largestVersion) {
    throw new AuronxError('invalid_input', 'A key version is a whole number from 1', {
      details: { version },
    })
  }
  const header = new Uint8Array(headerLength)
  header[0] = formatOne
  header[1] = aes256Gcm
  new DataView(header.buffer).setUint32(2, version)
  return header
}

// Each part goes with its length, so that no two places read the same.
function associatedData(header: Uint8Array, place: Place): Uint8Array {
  const parts = [header]
  for (const text of place) {
    const bytes = new TextEncoder().encode(text)
    const length = new Uint8Array(4)
    new DataView(length.buffer).setUint32(0, bytes.length)
    parts.push(length, bytes)
  }
  return joined(parts)
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let offset = 0
  for (const part of parts) {
    all.set(part, offset)
    offset += part.length
  }
  return all
}
