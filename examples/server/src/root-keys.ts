import { hkdfSync } from 'node:crypto'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { openRootKeyFile, readRootKeyFile } from '@auronx/adapters/files'
import { createRootKeys } from '@auronx/sdk'
import type { Random, RootKey, Secrets } from '@auronx/sdk'
import type { Config } from './config.ts'

/** What the root keys are used for. */
export interface RootKeyUses {
  readonly secrets: Secrets
  /** 32 bytes for one purpose, from the newest root key: the same in every process that has it. */
  derive(purpose: string): Uint8Array
}

/**
 * The root keys that the configuration names; without any, those of the data folder, made on first start; `onMade`
 * then hears where they are. Throws `invalid_config` when a file holds no fit keys.
 */
export async function openRootKeys(
  config: Pick<Config, 'dataDir' | 'rootKeys' | 'rootKeysFile'>,
  random: Random,
  onMade: (file: string) => void = () => undefined,
): Promise<RootKeyUses> {
  const { rootKeys, rootKeysFile } = config
  if (rootKeys !== undefined) return usesOf(rootKeys, random)
  const own = path.join(config.dataDir, 'root-keys')
  const isNew = rootKeysFile === undefined && !existsSync(own)
  const keys =
    rootKeysFile === undefined
      ? await openRootKeyFile({ file: own, random })
      : await readRootKeyFile({ file: rootKeysFile })
  if (isNew) onMade(own)
  return usesOf(keys, random)
}

function usesOf(keys: readonly RootKey[], random: Random): RootKeyUses {
  const newest = keys.toSorted((a, b) => b.version - a.version)[0]
  return {
    secrets: createRootKeys(keys, random),
    derive(purpose) {
      const root = newest?.bytes.reveal() ?? new Uint8Array()
      return new Uint8Array(hkdfSync('sha256', root, '', `auronx ${purpose}`, 32))
    },
  }
}
