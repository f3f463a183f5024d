import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { migrateOver, migrations } from '@auronx/adapters/postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GET as cron } from '../src/app/cron/route.ts'
import { names, openDemo } from '../src/demo.ts'
import type { Demo } from '../src/demo.ts'
import { createHost } from '../src/host.ts'
import { runMigrations } from '../src/migrate.ts'
import { setPlatform } from '../src/platform.ts'
import { routes } from '../src/routes.ts'

const dataDir = mkdtempSync(path.join(tmpdir(), 'auronx-routes-test-'))
const afterResponse: (() => Promise<unknown>)[] = []
let demo: Demo
let server: Server
let customerId: string

beforeAll(async () => {
  demo = await openDemo(dataDir)
  // A platform that freezes each function as soon as it has answered.
  const waitUntil = (work: () => Promise<unknown>): void => void afterResponse.push(work)
  setPlatform({ ...demo, cronSecret: 'cron-secret', waitUntil })
  server = createHost(routes).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  demo.meta.simulator.setWebhook(`http://127.0.0.1:${port}/webhooks/whatsapp`)
  customerId = demo.meta.simulator.customers.create({ name: 'Zoe', phone: '15550100150' }).id
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await demo.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const callCron = (secret: string): Promise<Response> =>
  cron(new Request('http://host/cron', { headers: { authorization: `Bearer ${secret}` } }))
const sent = () => demo.meta.simulator.accepted().map(({ type }) => type)
const write = async (text: string): Promise<void> => {
  demo.meta.simulator.customers.sendText(customerId, text)
  await demo.meta.simulator.idle()
}

describe('a function that is frozen once it has answered', () => {
  test('has acknowledged, and answered nobody yet', async () => {
    await write('hello')
    expect(demo.meta.simulator.deliveries().map(({ status }) => status)).toEqual([200])
    expect(afterResponse).toHaveLength(1)
    expect(sent()).toEqual([])
  })

  test('loses nothing: the scheduler answers', async () => {
    const response = await callCron('cron-secret')
    expect([response.status, await response.json()]).toEqual([200, { nextDue: null }])
    expect(sent()).toEqual(['interactive'])
  })

  test('answers nobody twice when it thaws', async () => {
    for (const work of afterResponse.splice(0)) await work()
    expect(sent()).toEqual(['interactive'])
  })
})

test('the scheduler learns when something is due that could not be sent now', async () => {
  demo.meta.simulator.faults.next({ on: 'messages', kind: 'error', code: 130429 })
  await write('menu')
  const { nextDue }: { readonly nextDue: string } = await (await callCron('cron-secret')).json()
  expect(Date.parse(nextDue)).toBeGreaterThan(Date.now())
  expect(sent()).toEqual(['interactive'])
})

test('only the scheduler may call', async () => {
  expect((await callCron('guess')).status).toBe(401)
})

describe("the host's own migration runner", () => {
  test('has run what AuronX needs, as far as AuronX can tell', async () => {
    const client = await demo.pool.connect()
    expect(await migrateOver(client, names)).toEqual([])
    client.release()
    const { rows } = await demo.pool.query('select name from ran_migrations')
    expect(rows).toHaveLength((await migrations(names)).length + 1)
  })

  test('runs nothing twice, also when two processes start together', async () => {
    const again = [runMigrations(demo.pool, names), runMigrations(demo.pool, names)]
    expect(await Promise.all(again)).toEqual([[], []])
  })
})
