import { AuronxError } from '../kernel/index.ts'
import type { Random } from '../kernel/index.ts'
import type { AesKey } from './aes-gcm.ts'
import { importAesKey } from './aes-gcm.ts'
import type { Place } from './envelope.ts'
import { closeEnvelope, keyVersionOf, openEnvelope, sealBroken } from './envelope.ts'
import type { RootKey } from './root-key-text.ts'

/** A key as it may be stored: encrypted under a version of the root key. */
export interface WrappedKey {
  readonly rootVersion: number
  readonly bytes: Uint8Array
}

/**
 * The root key, which stays outside of the database: in the environment, in a file, or in a key management service.
 * Calls may use the network, so none is made inside of a transaction.
 */
export interface Secrets {
  /** Versions at hand, ascending; keys are wrapped under the last. */
  versions(): Promise<readonly number[]>
  /** Encrypts a key for one place under the newest version. */
  wrap(key: Uint8Array, place: Place): Promise<WrappedKey>
  /** The key again. Throws `seal_broken` when bytes or place differ, or the version is not at hand. */
  unwrap(wrapped: WrappedKey, place: Place): Promise<Uint8Array>
}

/** Root keys in memory, read beforehand by {@link readRootKeys}. Throws `invalid_config` without any. */
export function createRootKeys(keys: readonly RootKey[], random: Random): Secrets {
  if (keys.length === 0) throw new AuronxError('invalid_config', 'At least one root key is needed')
  const versions = keys.map((key) => key.version).toSorted((a, b) => a - b)
  const newest = versions.at(-1) ?? 0
  const imported = new Map<number, Promise<AesKey>>(
    keys.map((key) => [key.version, importAesKey(key.bytes.reveal())]),
  )
  const aesOf = (version: number): Promise<AesKey> => {
    const aes = imported.get(version)
    return aes ?? Promise.reject(sealBroken())
  }
  return {
    versions: async () => versions,
    async wrap(key, place) {
      const aes = await aesOf(newest)
      const bytes = await closeEnvelope({ version: newest, aes }, place, key, random)
      return { rootVersion: newest, bytes }
    },
    async unwrap({ rootVersion, bytes }, place) {
      if (keyVersionOf(bytes) !== rootVersion) throw sealBroken()
      return openEnvelope(await aesOf(rootVersion), place, bytes)
    },
  }
}
