import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startEmbeddedPostgres } from '@auronx/adapters/postgres/embedded'
import { afterAll, expect, test } from 'vitest'
import { bundleServer } from '../../../../scripts/bundle-server.ts'
import { startProcess } from './server-process.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'auronx-bundle-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the bundled server runs alone: it migrates a database, serves its pages and the phone, and stops', async () => {
  const bundle = path.join(folder, 'bundle')
  await bundleServer(bundle)
  const database = await startEmbeddedPostgres({
    dataDir: path.join(folder, 'postgres'),
    startTimeoutMs: 30_000,
  })
  const server = await startProcess(
    {
      PORT: '0',
      AURONX_DATA_DIR: path.join(folder, 'data'),
      DATABASE_URL: `postgres://postgres@localhost/postgres?host=${encodeURIComponent(database.connection.host)}`,
    },
    { file: path.join(bundle, 'server.js') },
  )
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
  const ready: unknown = await (await fetch(`${server.url}/readyz`)).json()
  expect(ready).toEqual({
    status: 'ok',
    checks: { clock: 'ok', database: 'ok', keys: 'ok', worker: 'ok' },
  })
  const opened = await fetch(server.link, { redirect: 'manual' })
  const cookie = (opened.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  for (const page of [
    '/sign-in',
    '/live.js',
    '/phone/',
    '/passkeys/index.js',
    '/v1/openapi.json',
    '/v1/docs',
  ]) {
    const response = await fetch(`${server.url}${page}`, { headers: { cookie } })
    expect([page, response.status]).toEqual([page, 200])
  }
  expect(await server.end('SIGTERM')).toBe(0)
  await database.stop()
})
