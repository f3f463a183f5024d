import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { startServer } from '../../src/server.ts'
import { type } from './terminal.ts'

let dataDir: string
let tenantId = ''
let environment: Readonly<Record<string, string>>
beforeAll(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'auronx-cli-'))
  environment = { AURONX_DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'debug' }
  // A server makes the business, its credentials and the first signing keys.
  await startAndStop()
})
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

async function startAndStop(): Promise<void> {
  const read = readConfig(environment)
  if (read.kind === 'refused') throw new Error(read.problems.join('\n'))
  const server = await startServer(read.config, { showLink: () => undefined })
  const [row] = await server.database.client.query({
    name: '',
    text: 'select tenant_id::text as id from auronx.tenants',
    values: [],
  })
  tenantId = String(row?.['id'])
  await server.stop()
}

test('a new root key takes over by the command, the old one can go, and everything opens', async () => {
  const file = path.join(dataDir, 'root-keys')
  const old = readFileSync(file, 'utf8')
  expect((await type(['keys', 'status'], environment)).out[0]).toMatch(
    /^root key 1 \(newest\): needed by [1-9]\d* keys$/,
  )
  const fresh = `2:${randomBytes(32).toString('base64')}\n`
  writeFileSync(file, old + fresh)
  const rotated = await type(['keys', 'rotate', '--renew'], environment)
  expect(rotated).toMatchObject({ code: 0, error: [] })
  expect(rotated.out.join('\n')).toMatch(/root key 1: needed by nothing; take it away/)
  writeFileSync(file, fresh)
  const status = await type(['keys', 'status'], environment)
  expect(status.out.join('\n')).not.toContain('root key 1')
  expect(status.out.filter((line) => line.startsWith('signing key '))).toHaveLength(2)
  // The start proves that the root keys open what is stored, and seals anew with them.
  await startAndStop()
  writeFileSync(file, old)
  expect(await type(['keys', 'status'], environment)).toMatchObject({ code: 1, out: [] })
  writeFileSync(file, fresh)
})

test('a signing key that somebody may have ends by the command', async () => {
  const active = async (): Promise<string | undefined> => {
    const { out } = await type(['keys', 'status'], environment)
    return out.map((line) => /^signing key (\S+): active/.exec(line)?.[1]).find(Boolean)
  }
  const before = await active()
  expect(await type(['keys', 'revoke', String(before)], environment)).toMatchObject({ code: 0 })
  const after = await active()
  expect(after).toBeDefined()
  expect(after).not.toBe(before)
  expect(await type(['keys', 'revoke', 'invented'], environment)).toMatchObject({ code: 1 })
})

test('an exported log verifies, says that it was read out, and is nobody else’s to read', async () => {
  const file = path.join(dataDir, 'log.jsonl')
  expect(await type(['audit', 'export', tenantId, file], environment)).toMatchObject({ code: 0 })
  expect(readFileSync(file, 'utf8')).toContain('"action":"audit.exported"')
  expect(statSync(file).mode & 0o077).toBe(0)
  expect(await type(['audit', 'verify', file])).toMatchObject({ code: 0 })
  expect(await type(['audit', 'export', tenantId, file], environment)).toMatchObject({ code: 1 })
})

test('the log of a business that is not there is not made', async () => {
  const file = path.join(dataDir, 'none.jsonl')
  const words = ['audit', 'export', '01900000-0000-7000-8000-000000000000', file]
  expect(await type(words, environment)).toMatchObject({ code: 1, out: [] })
  expect(existsSync(file)).toBe(false)
})
