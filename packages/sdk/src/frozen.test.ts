import { expect, onTestFinished, test } from 'vitest'
import { createAuronx } from './index.ts'
import type { Messenger, Storage } from './index.ts'
import {
  createFakeClock,
  createFakeMessenger,
  createMemoryStorage,
  createSeededRandom,
} from './testing/index.ts'
import { parseWebhook } from './webhook/index.ts'

const number = {
  appId: 'app-1',
  phoneNumberId: '900000000000001',
  businessAccountId: '800000000000001',
  displayPhoneNumber: '15550100001',
}
const frozen = (): Promise<never> => new Promise(() => undefined)

/** Ends with the test what would go on looking for work. */
function untilTestEnds(): AbortSignal {
  const stopping = new AbortController()
  onTestFinished(() => stopping.abort())
  return stopping.signal
}

/** A business on serverless functions: each opens the same storage, and any of them may be frozen for good. */
async function openFunctions() {
  const clock = createFakeClock()
  const storage = createMemoryStorage()
  const messenger = createFakeMessenger()
  const random = createSeededRandom(7)
  const wake = (changes: { storage?: Storage; messenger?: Messenger } = {}) =>
    createAuronx({ storage, messenger, clock, random, ...changes })
  const place = { company: 'Chai', timeZone: 'Europe/Madrid', currency: 'EUR' }
  const host = await wake().openBusiness({ ...number, ...place })
  const timestamp = String(Math.floor(clock.now().getTime() / 1_000))
  const text = { from: '15550100150', id: 'wamid.1', timestamp, type: 'text' }
  const value = {
    metadata: { display_phone_number: '15550100001', phone_number_id: number.phoneNumberId },
    contacts: [{ profile: { name: 'Zoe' }, wa_id: '15550100150' }],
    messages: [{ ...text, text: { body: 'hello' } }],
  }
  const entry = [{ id: number.businessAccountId, changes: [{ field: 'messages', value }] }]
  const body = JSON.stringify({ object: 'whatsapp_business_account', entry })
  const { events } = parseWebhook(new TextEncoder().encode(body))
  await wake().inbox.accept(events, { appId: number.appId })
  return { clock, storage, messenger, host, wake }
}

test('a function frozen before it answered keeps its lane for a lease; then the scheduler answers, once', async () => {
  const { clock, storage, messenger, wake } = await openFunctions()
  const { promise: claimed, resolve } = Promise.withResolvers<void>()
  const work: Storage['work'] = {
    async run() {
      resolve()
      return frozen()
    },
  }
  const signal = untilTestEnds()
  void wake({ storage: { ...storage, work } }).work({ maxMs: 10_000, signal })
  await claimed

  const { nextDue } = await wake().work({ maxMs: 10_000 })
  expect(messenger.sent).toEqual([])
  expect(nextDue?.getTime()).toBe(clock.now().getTime() + 15_000)
  clock.advance(15_001)
  await wake().work({ maxMs: 10_000 })
  expect(messenger.sent).toHaveLength(1)
  clock.advance(3_600_000)
  await wake().work({ maxMs: 10_000 })
  expect(messenger.sent).toHaveLength(1)
})

test('a function frozen while it sends is not repeated: the message waits for a person', async () => {
  const { clock, messenger, host, wake } = await openFunctions()
  const { promise: sending, resolve } = Promise.withResolvers<void>()
  const send = async (): Promise<never> => {
    resolve()
    return frozen()
  }
  const signal = untilTestEnds()
  void wake({ messenger: { ...messenger, send } }).work({ maxMs: 10_000, signal })
  await sending

  let { nextDue } = await wake().work({ maxMs: 10_000 })
  for (let looks = 0; nextDue !== undefined && looks < 10; looks += 1) {
    clock.advance(Math.max(1, nextDue.getTime() - clock.now().getTime()))
    nextDue = (await wake().work({ maxMs: 10_000 })).nextDue
  }
  expect(messenger.sent).toEqual([])
  const parked = await wake().outbox.list(host, { states: ['parked'], limit: 10 })
  expect(parked.map(({ message }) => message.kind)).toEqual(['buttons'])
})
