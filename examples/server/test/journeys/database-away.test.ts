import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startEmbeddedPostgres } from '@auronx/adapters/postgres/embedded'
import type { EmbeddedPostgres } from '@auronx/adapters/postgres/embedded'
import type { TestShop } from './shop.ts'
import { openShop } from './shop.ts'

const dataDir = mkdtempSync(path.join(tmpdir(), 'auronx-away-'))
const startDatabase = () =>
  startEmbeddedPostgres({ dataDir: path.join(dataDir, 'postgres'), startTimeoutMs: 30_000 })
let database: EmbeddedPostgres
let shop: TestShop

beforeAll(async () => {
  database = await startDatabase()
  const { host, user } = database.connection
  shop = await openShop({
    DATABASE_URL: `postgres://${user}@localhost/postgres?host=${encodeURIComponent(host)}`,
  })
})
afterAll(async () => {
  await shop.close()
  await database.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

test('while the database is away a webhook gets 503, and what Meta delivers again is handled once', async () => {
  const ana = shop.customer({ name: 'Ana Database' })
  await database.stop()
  const refused = await shop.post(
    JSON.stringify({
      object: 'whatsapp_business_account',
      entry: [
        {
          id: '800000000000001',
          changes: [
            {
              field: 'messages',
              value: {
                metadata: { phone_number_id: '900000000000001' },
                messages: [
                  {
                    from: '15550100197',
                    id: 'wamid.AWAY',
                    timestamp: '1',
                    type: 'text',
                    text: { body: 'x' },
                  },
                ],
              },
            },
          ],
        },
      ],
    }),
  )
  expect(refused.status).toBe(503)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await fetch(`${shop.url}/healthz`)).status).toBe(200)
  const ready = await fetch(`${shop.url}/readyz`)
  expect(ready.status).toBe(503)
  expect(await ready.json()).toMatchObject({ checks: { database: 'unavailable' } })
  ana.say('hello')
  database = await startDatabase()
  await ana.hears(/Welcome/)
  await shop.simulator.idle()
  expect(ana.heard()).toHaveLength(1)
  const [row] = await shop.sql(
    `select count(*)::int as count from auronx.messages where direction = 'in'`,
  )
  expect(row?.['count']).toBe(1)
  expect((await fetch(`${shop.url}/readyz`)).status).toBe(200)
})
