import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { silentLogger } from '@auronx/sdk'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'
import type { Config } from '../src/config.ts'
import { openDatabase } from '../src/database.ts'

let dataDir: string

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'auronx-database-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

function configOf(): Config {
  const configuration = readConfig({ AURONX_DATA_DIR: dataDir })
  if (configuration.kind === 'refused') throw new Error(configuration.problems.join('\n'))
  return configuration.config
}

test('a data folder whose PostgreSQL does not come up is refused, and no other database is begun', async () => {
  const cluster = path.join(dataDir, 'postgres', '18')
  mkdirSync(cluster, { recursive: true })
  writeFileSync(path.join(cluster, 'PG_VERSION'), '18\n')
  await expect(openDatabase(configOf(), silentLogger)).rejects.toMatchObject({
    code: 'storage_unavailable',
    message: expect.stringContaining('is kept'),
  })
  expect(existsSync(path.join(dataDir, 'pglite'))).toBe(false)
})

test('a data folder that was begun with PGlite stays with it', async () => {
  mkdirSync(path.join(dataDir, 'pglite'))
  const database = await openDatabase(configOf(), silentLogger)
  await database.stop()
  expect(database.flights).toBe(1)
  expect(existsSync(path.join(dataDir, 'postgres'))).toBe(false)
})
