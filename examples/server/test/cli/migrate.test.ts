import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createPgClient, defaultNames, migrations } from '@auronx/adapters/postgres'
import { startEmbeddedPostgres } from '@auronx/adapters/postgres/embedded'
import { silentLogger } from '@auronx/sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type } from './terminal.ts'

let dataDir: string
let environment: Readonly<Record<string, string>>

beforeAll(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'auronx-migrate-'))
  environment = { AURONX_DATA_DIR: dataDir, PORT: '0' }
})
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

/** Rows of a statement by the owner of the database, beside the commands. */
async function sql(text: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const server = await startEmbeddedPostgres({
    dataDir: path.join(dataDir, 'postgres'),
    logger: silentLogger,
  })
  const client = createPgClient(server.connection)
  try {
    return await client.query({ name: '', text, values: [] })
  } finally {
    await client.end()
    await server.stop()
  }
}

const known = 15

const commands = [
  ['keys', 'status'],
  ['keys', 'rotate'],
  ['account', 'disable', 'a@shop.example'],
  ['account', 'enable', 'a@shop.example'],
  ['operator', 'create', 'op@shop.example', '--name', 'Op'],
  ['audit', 'export', '00000000-0000-7000-8000-000000000000', '/nowhere'],
]

test('where there is no database, a command says so and makes none', async () => {
  for (const words of commands) {
    const said = await type(words, environment)
    expect(said, words.join(' ')).toMatchObject({ code: 1, out: [] })
    expect(said.error.join('\n')).toMatch(/no database [^]*auronx migrate/)
  }
  expect(readdirSync(dataDir)).toEqual([])
})

test('behind its version, the schema is left as it is by every command but migrate', async () => {
  const all = await migrations(defaultNames)
  for (const migration of all.slice(0, known)) await sql(`begin; ${migration.sql}; commit`)
  for (const words of commands) {
    const said = await type(words, environment)
    expect(said, words.join(' ')).toMatchObject({ code: 1, out: [] })
    expect(said.error.join('\n')).toMatch(/migration 0016_\w+ did not run[^]*auronx migrate/)
  }
  expect(await sql('select name from auronx.migrations')).toHaveLength(known)
  const said = await type(['migrate'], environment)
  expect(said).toEqual({
    code: 0,
    error: [],
    out: all.slice(known).map(({ name }) => `ran ${name}`),
  })
  expect(await sql('select name from auronx.migrations')).toHaveLength(all.length)
  expect(await type(['migrate'], environment)).toMatchObject({ code: 0, out: ['up to date'] })
  expect(await type(['keys', 'status'], environment)).toMatchObject({ code: 0, error: [] })
}, 120_000)

test('a schema of a newer version is refused as well', async () => {
  await sql(`insert into auronx.migrations (name, run_on) values ('0999_later', now())`)
  const said = await type(['keys', 'status'], environment)
  expect(said).toMatchObject({ code: 1, out: [] })
  expect(said.error.join('\n')).toContain('0999_later is of a newer version')
}, 60_000)
