import { constants, cpSync, existsSync } from 'node:fs'
import path from 'node:path'
import { defaultNames, migrate, migrations } from '@auronx/adapters/postgres'
import { startEmbeddedPostgres } from '@auronx/adapters/postgres/embedded'
import { oncePerRun } from '../../../packages/adapters/src/postgres/once-per-run.ts'

/**
 * Puts a database that is made and migrated, and holds nothing, into the data folder of a server: what its first start
 * would do, done once for a whole run of tests. What a first start does is the matter of the tests of the start.
 */
export async function beginDatabase(dataDir: string): Promise<void> {
  const version = (await migrations(defaultNames)).map(({ sql }) => sql).join('')
  const begun = await oncePerRun('begun', version, begin)
  const folder = path.join(dataDir, 'postgres')
  if (existsSync(folder)) return
  cpSync(begun, folder, {
    recursive: true,
    mode: constants.COPYFILE_FICLONE,
  })
}

async function begin(folder: string): Promise<string> {
  const dataDir = path.join(folder, 'postgres')
  const server = await startEmbeddedPostgres({ dataDir, startTimeoutMs: 30_000 })
  await migrate(server.connection, defaultNames)
  await server.stop()
  return dataDir
}
