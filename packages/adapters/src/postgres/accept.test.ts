import { createAuronx, createIds, isAuronxError, systemActor } from '@auronx/sdk'
import type { AcceptItem, Auronx, TenantId } from '@auronx/sdk'
import { createFakeClock, createFakeMessenger, createSeededRandom } from '@auronx/sdk/testing'
import { parseWebhook } from '@auronx/sdk/webhook'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createPostgresAccountStore } from './accounts.ts'
import { createPostgresInboxStore } from './inbox.ts'
import { createPostgresStorage } from './storage.ts'
import { defaultNames } from './tenant.ts'
import { openPostgres, openSubject } from './testing.ts'
import type { TestEngine } from './testing.ts'

const appId = 'app'

let engine: TestEngine
beforeAll(async () => {
  engine = await openPostgres()
})
afterAll(() => engine.close())

const clock = createFakeClock()
const random = createSeededRandom(41)
const ids = createIds(clock, random)

let tenants: readonly [TenantId, TenantId]
let auronx: Auronx
beforeEach(async () => {
  const subject = await openSubject(engine, (sql, tenantId) => ({
    accounts: createPostgresAccountStore(sql, tenantId),
  }))
  tenants = subject.tenants
  const storage = createPostgresStorage(engine.client)
  // One statement at a time, so that requests that arrive together share one.
  auronx = createAuronx({
    storage,
    messenger: createFakeMessenger(),
    clock,
    random,
    ids,
    acceptFlights: 1,
  })
})

let serial = 0

function textTo(
  number: 0 | 1,
  body: string,
  name = 'Ada',
): ReturnType<typeof parseWebhook>['events'] {
  serial += 1
  const from = `1555010${String(1_000 + serial)}`
  const timestamp = String(Math.floor(clock.now().getTime() / 1_000))
  const value = {
    messaging_product: 'whatsapp',
    metadata: { phone_number_id: `90000000000000${number}` },
    contacts: [{ profile: { name }, wa_id: from }],
    messages: [{ id: `wamid.${serial}`, from, timestamp, type: 'text', text: { body } }],
  }
  const change = { field: 'messages', value }
  const entry = [{ id: `80000000000000${number}`, changes: [change] }]
  const text = JSON.stringify({ object: 'whatsapp_business_account', entry })
  return parseWebhook(new TextEncoder().encode(text)).events
}

async function bodies(): Promise<readonly unknown[]> {
  const rows = await engine.admin(
    `select content->'content'->>'body' as body from auronx.messages where direction = 'in' order by body`,
  )
  return rows.map(({ body }) => body)
}

describe('a batch of requests that arrive together', () => {
  test('loses only the item that the database refuses; its siblings are stored and handled', async () => {
    const [healthy, gone] = tenants
    // The number is routed still, while its business is deleted already.
    await auronx.inbox.accept(textTo(1, 'first'), { appId })
    await engine.admin(`do $do$ begin
      perform set_config('session_replication_role', 'replica', true);
      delete from auronx.inbox where tenant_id = '${gone}';
      delete from auronx.lanes where tenant_id = '${gone}';
      delete from auronx.tenants where tenant_id = '${gone}';
    end $do$`)
    const requests = [0, 0, 1, 0, 0, 0, 1, 0].map((number, index) =>
      auronx.inbox.accept(textTo(number === 0 ? 0 : 1, `text ${index}`), { appId }),
    )
    const reports = await Promise.all(requests)
    expect(reports.map(({ accepted }) => accepted)).toEqual([1, 1, 0, 1, 1, 1, 0, 1])
    expect(await engine.admin(`select distinct tenant_id::text from auronx.inbox`)).toEqual([
      { tenant_id: healthy },
    ])
    expect(
      await engine.admin(
        `select reason, count::int from auronx.inbox_refused where reason = 'unstorable'`,
      ),
    ).toEqual([{ reason: 'unstorable', count: 2 }])
    await auronx.work({ maxMs: 10_000 })
    expect(await bodies()).toEqual(['text 0', 'text 1', 'text 3', 'text 4', 'text 5', 'text 7'])
    expect(await auronx.traces.dead(systemActor(healthy), 10)).toEqual([])
  })

  test('stores and handles NUL bytes, halves of characters and huge texts like any other', async () => {
    const huge = 'x'.repeat(2_000_000)
    const texts = ['nul \u0000 byte', 'half \ud83d', '\udc00 other half', huge, 'plain']
    const requests = texts.map((body) =>
      auronx.inbox.accept(textTo(0, body, `\u0000\ud800 ${body.slice(0, 300)}`), { appId }),
    )
    const reports = await Promise.all(requests)
    expect(reports.map(({ accepted }) => accepted)).toEqual([1, 1, 1, 1, 1])
    await auronx.work({ maxMs: 30_000 })
    const [tenantId] = tenants
    const actor = systemActor(tenantId)
    expect(await auronx.traces.dead(actor, 10)).toEqual([])
    expect(await engine.admin(`select 1 from auronx.inbox where state = 'waiting'`)).toEqual([])
    const conversations = await auronx.conversations.list(actor, { limit: 50 })
    const stored = await Promise.all(
      conversations.items.map(async ({ contactId, channelId }) => {
        const thread = await auronx.conversations.thread(actor, { contactId, channelId, limit: 5 })
        const [message] = thread.items.filter(({ direction }) => direction === 'in')
        const content = message?.content
        return content?.kind === 'inbound' && content.content.type === 'text'
          ? content.content.body
          : undefined
      }),
    )
    expect(new Set(stored)).toEqual(new Set(texts))
    expect(stored).toHaveLength(texts.length)
  })
})

test('a value that cannot be stored is a refused value, not an unreachable database', async () => {
  const [tenantId] = tenants
  const [channel] = await auronx.accounts.channels(systemActor(tenantId))
  const item: AcceptItem = {
    tenantId,
    channelId: channel?.id ?? ids.next('ChannelId'),
    id: ids.next('InboxEventId'),
    dedupHash: 'ab'.repeat(32),
    laneKey: 'lane',
    kind: 'mess\u0000age',
    payload: new Uint8Array([0, 1, 2]),
    receivedAt: clock.now(),
  }
  const store = createPostgresInboxStore(engine.client, defaultNames.schema)
  const refused = store.accept([item], { now: clock.now() })
  await expect(refused).rejects.toSatisfy(
    (error) => isAuronxError(error, 'storage_constraint') && !error.retryable,
  )
})
