import { createAuronx, createIds, createRandom, createSystemClock, systemActor } from '@auronx/sdk'
import type { Auronx, TenantId } from '@auronx/sdk'
import { createFakeMessenger } from '@auronx/sdk/testing'
import type { FakeMessenger } from '@auronx/sdk/testing'
import { parseWebhook } from '@auronx/sdk/webhook'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createPgClient } from './pg.ts'
import { createPostgresStorage } from './storage.ts'
import { openPostgres } from './testing.ts'
import type { TestEngine } from './testing.ts'
import { openWire } from './wire.fixture.ts'
import type { Wire } from './wire.fixture.ts'

const appId = 'app-1'
const phoneNumberId = '900000000000001'

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
    return wire.take().filter((names) => !names.every((name) => askedByWorker.test(name)))
  }

  const upToIntent = (flights: readonly (readonly string[])[]): number =>
    flights.findIndex((names) => names.includes('outbox_insert')) + 1

  test('a newcomer’s greeting is answered after three: accepted, loaded, committed', async () => {
    const flights = await answer('hi', 100)
    expect(flights[0]).toEqual(['accept_events'])
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

async function seed(auronx: Auronx): Promise<void> {
  const clock = createSystemClock()
  const ids = createIds(clock, createRandom())
  const tenantId: TenantId = ids.next('TenantId')
  const actor = systemActor(tenantId)
  await auronx.accounts.saveTenant(actor, {
    id: tenantId,
    version: 1,
    settings: {
      businessName: 'Corner Coffee',
      locale: 'en',
      timeZone: 'Europe/Madrid',
      currency: 'EUR',
      taxRounding: 'rate-group',
      proposalTtlMs: 3_600_000,
      reopenWithinMs: 86_400_000,
      holdOnPropose: true,
    },
  })
  await auronx.accounts.saveChannel(actor, {
    id: ids.next('ChannelId'),
    appId,
    phoneNumberId,
    businessAccountId: '800000000000001',
    displayPhoneNumber: '+1 555 0100 000',
    status: 'active',
    version: 1,
  })
  await auronx.catalog.saveTaxCategory(actor, { code: 'food', category: 'S', rate: 100_000 })
  await auronx.catalog.saveProduct(actor, {
    title: 'Flat white',
    status: 'active',
    variants: [
      {
        sku: 'FLAT-WHITE',
        taxCode: 'food',
        price: { amount: 320, currency: 'EUR', taxBehavior: 'inclusive' },
      },
    ],
  })
}

let serial = 0

function inbound(body: string, customer: number): ReturnType<typeof parseWebhook>['events'] {
  serial += 1
  const phone = `1555010${String(customer).padStart(4, '0')}`
  const timestamp = String(Math.trunc(Date.now() / 1_000))
  const message = { from: phone, id: `wamid.${serial}`, timestamp, type: 'text', text: { body } }
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '15550100000', phone_number_id: phoneNumberId },
    contacts: [{ profile: { name: 'Ada' }, wa_id: phone }],
    messages: [message],
  }
  const entry = [{ id: '800000000000001', changes: [{ field: 'messages', value }] }]
  const bytes = new TextEncoder().encode(
    JSON.stringify({ object: 'whatsapp_business_account', entry }),
  )
  return parseWebhook(bytes).events
}
