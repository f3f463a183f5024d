import { keyLength } from './aes-gcm.ts'
import type { Secret } from './secret.ts'
import { createSecret } from './secret.ts'

/** One version of the root key. */
export interface RootKey {
  readonly version: number
  /** 32 bytes. */
  readonly bytes: Secret<Uint8Array>
}

/** Root keys read from text, or one line per problem; a line never repeats what was given. */
export type RootKeysOutcome =
  | { readonly kind: 'ready'; readonly keys: readonly RootKey[] }
  | { readonly kind: 'refused'; readonly problems: readonly string[] }

const remedy = 'make one with: openssl rand -base64 32'
const fewestDistinct = 16

/**
 * Reads root keys as they stand in an environment variable or a file: `version:key`, separated by commas or line ends,
 * the key as base64 of 32 random bytes. A single key may leave out `1:`. Refuses a wrong length, another encoding, a
 * version that is doubled or no whole number from 1, and bytes that cannot be random.
 */
export function readRootKeys(text: string): RootKeysOutcome {
  const entries = text.split(/[\s,]+/).filter((entry) => entry !== '')
  if (entries.length === 0) return { kind: 'refused', problems: [`holds no key; ${remedy}`] }
  const read = entries.map((entry) => readEntry(entry, entries.length === 1))
  const problems = read.flatMap((one) => (typeof one === 'string' ? [one] : []))
  const keys = read.flatMap((one) => (typeof one === 'string' ? [] : [one]))
  const versions = new Set(keys.map((key) => key.version))
  if (versions.size < keys.length) problems.push('names a version twice')
  return problems.length > 0 ? { kind: 'refused', problems } : { kind: 'ready', keys }
}

function readEntry(entry: string, isOnly: boolean): RootKey | string {
  const [, digits, encoded] = /^(?:(\d{1,9}):)?(.*)$/.exec(entry) ?? []
  if (digits === undefined && !isOnly) return 'needs version:key for each of several keys'
  const version = Number(digits ?? '1')
  if (version < 1) return 'counts versions from 1'
  const bytes = decode(encoded ?? '')
  if (bytes === undefined) return `version ${version} is not base64 of 32 bytes; ${remedy}`
  if (!looksRandom(bytes)) return `version ${version} is not random; ${remedy}`
  return { version, bytes: createSecret(bytes) }
}

// 32 bytes are 43 characters and one "=" in base64, of which the last carries four bits only.
function decode(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=?$/.test(text)) return undefined
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  return bytes.length === keyLength ? bytes : undefined
}

// Of 32 random bytes about 30 differ; fewer than 16, a constant step or nothing but printable text is somebody's choice.
function looksRandom(bytes: Uint8Array): boolean {
  const steps = new Set<number>()
  for (const [index, byte] of bytes.entries())
    if (index > 0) steps.add((byte - (bytes[index - 1] ?? 0)) & 0xff)
  const isText = bytes.every((byte) => byte >= 0x20 && byte < 0x7f)
  return new Set(bytes).size >= fewestDistinct && steps.size > 4 && !isText
}
