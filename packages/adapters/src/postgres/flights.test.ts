import { createAuronx } from '@auronx/sdk'
import type { Auronx } from '@auronx/sdk'
import { createFakeMessenger } from '@auronx/sdk/testing'
import type { FakeMessenger } from '@auronx/sdk/testing'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createPgClient } from './pg.ts'
import { appId, inbound, seed } from './shop.fixture.ts'
import { createPostgresStorage } from './storage.ts'
import { openPostgres } from './testing.ts'
import type { TestEngine } from './testing.ts'
import { openWire } from './wire.fixture.ts'
import type { Wire } from './wire.fixture.ts'

// How often a reply waits for the database decides how fast it is where the database is far away.
describe.skipIf(process.env['DATABASE_URL'] !== undefined)('database flights', () => {
  let engine: TestEngine
  let wire: Wire
  let auronx: Auronx
  let messenger: FakeMessenger
  let working: Promise<void>
  const stop = new AbortController()

  beforeAll(async () => {
    engine = await openPostgres()
    wire = await openWire(engine.connection?.host ?? '')
    messenger = createFakeMessenger()
    auronx = createAuronx({
      storage: createPostgresStorage(createPgClient({ ...engine.connection, host: wire.host })),
      messenger,
    })
    await seed(auronx)
    working = auronx.work({ signal: stop.signal })
    // The first ones open connections and prepare statements.
    for (const customer of [1, 2, 3]) await answer('hi', customer)
  })
  afterAll(async () => {
    stop.abort()
    await working
    await wire.stop()
    await engine.close()
  })

  const answer = async (
    body: string,
    customer: number,
  ): Promise<readonly (readonly string[])[]> => {
    const sent = messenger.sent.length
    wire.take()
    await auronx.inbox.accept(inbound(body, customer), { appId })
    await vi.waitFor(() => expect(messenger.sent.length).toBeGreaterThan(sent))
    const flights = [...wire.take()]
    // The mark that it was sent comes afterwards; it must not be taken for a flight of the next answer.
    await vi.waitFor(() => {
      flights.push(...wire.take())
      expect(flights.flat()).toContain('outbox_update')
    })
    return flights.filter((names) => !names.every((name) => askedByWorker.test(name)))
  }

  const upToIntent = (flights: readonly (readonly string[])[]): number =>
    flights.findIndex((names) => names.includes('outbox_insert')) + 1

  test('a newcomer’s greeting is answered after three: accepted, loaded, committed', async () => {
    const flights = await answer('hi', 100)
    expect(flights[0]).toEqual(['accept_event'])
    expect(upToIntent(flights), JSON.stringify(flights)).toBe(3)
  })

  test('so is the greeting of somebody known', async () => {
    const flights = await answer('hi', 100)
    expect(upToIntent(flights), JSON.stringify(flights)).toBe(3)
  })

  test('looking at what is for sale asks the catalog once more', async () => {
    const flights = await answer('browse', 100)
    expect(upToIntent(flights), JSON.stringify(flights)).toBe(4)
  })
})

const askedByWorker = /^(?:claim_|next_|prune_|recover)/
