import { existsSync } from 'node:fs'
import path from 'node:path'
import { openRootKeyFile, readRootKeyFile } from '@auronx/adapters/files'
import { createRootKeys } from '@auronx/sdk'
import type { Random, Secrets } from '@auronx/sdk'
import type { Config } from './config.ts'

/**
 * The root keys that the configuration names; without any, those of the data folder, made on first start; `onMade`
 * then hears where they are. Throws `invalid_config` when a file holds no fit keys.
 */
export async function openRootKeys(
  config: Pick<Config, 'dataDir' | 'rootKeys' | 'rootKeysFile'>,
  random: Random,
  onMade: (file: string) => void = () => undefined,
): Promise<Secrets> {
  const { rootKeys, rootKeysFile } = config
  if (rootKeys !== undefined) return createRootKeys(rootKeys, random)
  const own = path.join(config.dataDir, 'root-keys')
  const isNew = rootKeysFile === undefined && !existsSync(own)
  const keys =
    rootKeysFile === undefined
      ? await openRootKeyFile({ file: own, random })
      : await readRootKeyFile({ file: rootKeysFile })
  if (isNew) onMade(own)
  return createRootKeys(keys, random)
}
