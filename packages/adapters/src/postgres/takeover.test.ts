import { createAuronx, createIds, staffActor, systemActor } from '@auronx/sdk'
import { createFakeClock, createFakeMessenger, createSeededRandom } from '@auronx/sdk/testing'
import { parseWebhook } from '@auronx/sdk/webhook'
import { expect, test } from 'vitest'
import { createPostgresAccountStore } from './accounts.ts'
import { createPostgresStorage } from './storage.ts'
import { openPostgres, openSubject } from './testing.ts'

const conversations = 40

function hello(from: string, at: Date): ReturnType<typeof parseWebhook>['events'] {
  const timestamp = String(Math.floor(at.getTime() / 1_000))
  const value = {
    messaging_product: 'whatsapp',
    metadata: { phone_number_id: '900000000000000' },
    contacts: [{ profile: { name: from }, wa_id: from }],
    messages: [{ id: `wamid.${from}`, from, timestamp, type: 'text', text: { body: 'hello' } }],
  }
  const entry = [{ id: '800000000000000', changes: [{ field: 'messages', value }] }]
  const text = JSON.stringify({ object: 'whatsapp_business_account', entry })
  return parseWebhook(new TextEncoder().encode(text)).events
}

test('a message that waits either leaves once or is given up, while people take over and workers send', async () => {
  const engine = await openPostgres()
  const subject = await openSubject(engine, (sql, tenantId) => ({
    accounts: createPostgresAccountStore(sql, tenantId),
  }))
  const clock = createFakeClock()
  const random = createSeededRandom(77)
  const messenger = createFakeMessenger()
  let waitMs = 5_000
  const sending = Promise.withResolvers<void>()
  const reserve = (): number => {
    if (waitMs === 0) sending.resolve()
    return waitMs
  }
  const [tenantId] = subject.tenants
  const processes = [1, 2, 3].map(() =>
    createAuronx({
      storage: createPostgresStorage(engine.client),
      messenger,
      pacing: { reserve },
      slots: 4,
      clock,
      random,
      ids: createIds(clock, random),
    }),
  )
  const [one] = processes
  if (one === undefined) throw new Error('No process')
  for (let n = 0; n < conversations; n += 1)
    await one.inbox.accept(hello(`1555010${2_000 + n}`, clock.now()), { appId: 'app' })
  await one.work({ maxMs: 10_000 })
  await one.work({ maxMs: 10_000 })
  const actor = systemActor(tenantId)
  const staff = staffActor(tenantId, { id: 'sam', role: 'owner', via: 'dashboard' })
  const queued = await one.outbox.list(actor, { states: ['queued'], limit: 200 })
  expect(queued).toHaveLength(conversations)
  waitMs = 0
  clock.advance(10_000)
  const drained = processes.map((process) => process.work({ maxMs: 10_000 }))
  // In the middle of it: some are sent, some on their way, the others wait.
  await sending.promise
  const taken = queued.map(({ conversationId }, n) =>
    (processes[n % 3] ?? one).conversations.takeOver(staff, conversationId),
  )
  await Promise.all(drained)
  expect(new Set((await Promise.all(taken)).map(({ kind }) => kind))).toEqual(new Set(['changed']))
  await Promise.all(processes.map((process) => process.work({ maxMs: 10_000 })))
  const entries = await one.outbox.list(actor, { limit: 200 })
  const left = entries.filter(({ state }) => state === 'accepted')
  const dropped = entries.filter(
    ({ state, errorCode }) => state === 'discarded' && errorCode === 'stale_owner',
  )
  expect(left.length).toBeGreaterThan(0)
  expect(left.length + dropped.length).toBe(conversations)
  expect(messenger.sent.map(({ opaque }) => opaque).toSorted()).toEqual(
    left.map(({ opaque }) => opaque).toSorted(),
  )
  console.info(`${conversations} messages: ${left.length} left, ${dropped.length} given up`)
  await engine.close()
})
