import path from 'node:path'
import { openRootKeyFile, readRootKeyFile } from '@auronx/adapters/files'
import { createRootKeys } from '@auronx/sdk'
import type { Random, Secrets } from '@auronx/sdk'
import type { Config } from './config.ts'

/**
 * The root keys that the configuration names; without any, those of the data folder, made on first start. Throws
 * `invalid_config` when a file holds no fit keys.
 */
export async function openRootKeys(
  config: Pick<Config, 'dataDir' | 'rootKeys' | 'rootKeysFile'>,
  random: Random,
): Promise<Secrets> {
  const { rootKeys, rootKeysFile } = config
  if (rootKeys !== undefined) return createRootKeys(rootKeys, random)
  const keys =
    rootKeysFile === undefined
      ? await openRootKeyFile({ file: path.join(config.dataDir, 'root-keys'), random })
      : await readRootKeyFile({ file: rootKeysFile })
  return createRootKeys(keys, random)
}
