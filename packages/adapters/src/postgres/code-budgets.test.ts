import { createAuth } from '@auronx/sdk/auth'
import type { Stores } from '@auronx/sdk'
import { createFakeMailer } from '@auronx/sdk/testing'
import { afterAll, assert, beforeAll, test } from 'vitest'
import { createPostgresStorage, openPostgresStores } from './storage.ts'
import { openPostgres, openSubject } from './testing.ts'
import type { TestEngine } from './testing.ts'

let engine: TestEngine
beforeAll(async () => {
  engine = await openPostgres()
})
afterAll(() => engine.close())

test('several processes that are asked at once mail no more codes together than one would', async () => {
  await openSubject(engine, openPostgresStores)
  const mailer = createFakeMailer()
  const unused = async (): Promise<Uint8Array> => new Uint8Array()
  const processes = Array.from({ length: 3 }, () =>
    createAuth<Stores>({
      storage: createPostgresStorage(engine.client),
      mailer,
      sealer: { seal: unused, open: unused },
      names: { issuer: 'https://shop.test', audience: 'auronx' },
    }),
  )
  const ask = (email: string, network: string) =>
    processes.map(({ codes }) => codes.start({ email, locale: 'en', network }))
  const outcomes = await Promise.all(
    Array.from({ length: 6 }, () => ask('ann@example.test', 'one')).flat(),
  )
  assert.equal(outcomes.filter(({ kind }) => kind === 'sent').length, 5)
  const elsewhere = await Promise.all(
    ['two', 'three', 'four', 'five'].flatMap((network) =>
      [1, 2].flatMap(() => ask('ann@example.test', network)),
    ),
  )
  assert.equal(elsewhere.filter(({ kind }) => kind === 'sent').length, 10)
  assert.equal(mailer.sent.length, 15)
})
