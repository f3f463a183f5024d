import { createAuronx } from '@auronx/sdk'
import { createFakeMessenger } from '@auronx/sdk/testing'
import { expect, test, vi } from 'vitest'
import { createPgClient } from './pg.ts'
import { appId, inbound, seed } from './shop.fixture.ts'
import { createPostgresStorage } from './storage.ts'
import { openPostgres } from './testing.ts'

// What is kept of every conversation and message, and grows.
const growing = `('contacts', 'contact_identities', 'conversations', 'messages', 'lanes', 'inbox', 'outbox', 'domain_events')`

// Statistics made of small tables while nobody waits are what makes reading them whole look cheap, and plans are kept.
test('no table that grows is read as a whole, also with statistics of a small one', async () => {
  const engine = await openPostgres()
  const answer = async (customers: readonly number[]): Promise<void> => {
    const client = createPgClient({ ...engine.connection, maxConnections: 4 })
    const messenger = createFakeMessenger()
    const auronx = createAuronx({ storage: createPostgresStorage(client), messenger })
    if (customers[0] === 1) await seed(auronx)
    const stop = new AbortController()
    const working = auronx.work({ signal: stop.signal })
    for (const customer of customers) {
      const event = inbound('hi', customer)
      await auronx.inbox.accept(event, { appId })
      await auronx.inbox.accept(event, { appId })
    }
    await vi.waitFor(() => expect(messenger.sent.length).toBe(customers.length))
    stop.abort()
    await working
    await client.end()
    // A connection hands its counts in at the latest when it ends.
    await vi.waitFor(async () => {
      const others = `select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
        and backend_type = 'client backend' and application_name <> 'admin'`
      expect(await engine.admin(others)).toEqual([])
    })
  }
  const readWhole = () =>
    engine.admin(`select relname, seq_tup_read::integer as rows from pg_stat_user_tables
      where schemaname = 'auronx' and relname in ${growing} order by relname`)

  await answer(Array.from({ length: 60 }, (_, index) => index + 1))
  await engine.admin('analyze')
  const before = await readWhole()
  await answer(Array.from({ length: 40 }, (_, index) => index + 100))
  expect(await readWhole()).toEqual(before)
  await engine.close()
})
