import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { randomBytes } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { startProcess } from './server-process.ts'
import type { ServerProcess } from './server-process.ts'
import { eventually } from './shop.ts'
import { beginDatabase } from '../begun.ts'

const dataDir = mkdtempSync(path.join(tmpdir(), 'auronx-proxy-'))
let running: ServerProcess | undefined
afterAll(async () => {
  await running?.end('SIGTERM')
  rmSync(dataDir, { recursive: true, force: true })
})

async function start(env: Readonly<Record<string, string>>): Promise<ServerProcess> {
  await running?.end('SIGTERM')
  const environment = { PORT: '0', AURONX_DATA_DIR: dataDir, ...env }
  await beginDatabase(environment.AURONX_DATA_DIR)
  running = await startProcess(environment)
  return running
}

const warnings = (output: string): readonly string[] =>
  output.split('\n').filter((line) => line.includes('AURONX_TRUSTED_PROXIES'))

const asked = async (url: string, headers: Readonly<Record<string, string>>): Promise<void> => {
  for (const pathname of ['/sign-in', '/v1/orders', '/sign-in'])
    await (await fetch(`${url}${pathname}`, { headers })).arrayBuffer()
}

test('a proxy that nobody named is noticed once, and no address is written down', async () => {
  const server = await start({})
  expect(warnings(server.output())).toEqual([])
  await asked(server.url, {})
  expect(warnings(server.output())).toEqual([])
  await asked(server.url, { 'x-forwarded-for': '203.0.113.77' })
  await asked(server.url, { forwarded: 'for=203.0.113.78' })
  await eventually(() => warnings(server.output()).length > 0, 'the warning')
  await asked(server.url, { 'x-forwarded-for': '203.0.113.79' })
  const [line = '', ...more] = warnings(server.output())
  expect(more).toEqual([])
  expect(JSON.parse(line)).toMatchObject({ level: 40, header: 'x-forwarded-for' })
  expect(server.output()).not.toContain('203.0.113')
}, 60_000)

test('a proxy that is named is believed without a word', async () => {
  const server = await start({ AURONX_TRUSTED_PROXIES: '127.0.0.1,::1' })
  await asked(server.url, { 'x-forwarded-for': '203.0.113.77' })
  expect(warnings(server.output())).toEqual([])
}, 60_000)

test('pages over https that come through no proxy it knows are warned about when it starts', async () => {
  const https = {
    AURONX_PUBLIC_URL: 'https://shop.example',
    AURONX_MAIL: 'file',
    AURONX_ROOT_KEYS: `1:${randomBytes(32).toString('base64')}`,
    AURONX_DATA_DIR: path.join(dataDir, 'https'),
  }
  const server = await start(https)
  expect(warnings(server.output())).toHaveLength(1)
  await asked(server.url, { 'x-forwarded-for': '203.0.113.77' })
  const named = await start({ ...https, AURONX_TRUSTED_PROXIES: '127.0.0.1' })
  expect(warnings(named.output())).toEqual([])
}, 60_000)
