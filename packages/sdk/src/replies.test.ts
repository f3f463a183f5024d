import { expect, test } from 'vitest'
import { createAuronx } from './index.ts'
import { customer, openSpine } from './spine.fixture.ts'
import { createFakeClock, createFakeMessenger, createMemoryStorage } from './testing/index.ts'
import { parseWebhook } from './webhook/index.ts'

const number = {
  appId: 'app-1',
  phoneNumberId: '900000000000001',
  businessAccountId: '800000000000001',
  displayPhoneNumber: '15550100000',
}

function greeting(at: Date): ReturnType<typeof parseWebhook>['events'] {
  const message = {
    from: '15550100001',
    id: 'wamid.1',
    timestamp: String(Math.floor(at.getTime() / 1_000)),
    type: 'text',
    text: { body: 'hi' },
  }
  const metadata = { phone_number_id: number.phoneNumberId }
  const changes = [{ field: 'messages', value: { metadata, messages: [message] } }]
  const body = { object: 'whatsapp_business_account', entry: [{ id: 'waba', changes }] }
  return parseWebhook(JSON.stringify(body)).events
}

test('an answer that a process without a worker stores is sent by one that works', async () => {
  const clock = createFakeClock()
  const messenger = createFakeMessenger()
  const ports = { storage: createMemoryStorage(), messenger, clock }
  const [web, worker] = [createAuronx(ports), createAuronx(ports)]
  const host = await web.openBusiness({
    ...number,
    company: 'Chai',
    timeZone: 'Europe/Madrid',
    currency: 'EUR',
  })
  await web.inbox.accept(greeting(clock.now()), { appId: number.appId })
  await worker.work({ maxMs: 1_000 })
  const [conversation] = (await web.conversations.list(host, { limit: 1 })).items
  if (conversation === undefined) throw new Error('There is no conversation')

  clock.advance(1_000)
  const stored = await web.replies.send(host, conversation.id, { kind: 'text', body: 'From Sam' })
  expect(stored).toMatchObject({ kind: 'stored', entry: { state: 'queued' } })
  await worker.work({ maxMs: 1_000 })
  const [newest] = await web.outbox.list(host, { limit: 1 })
  expect(newest).toMatchObject({ state: 'accepted', message: { body: 'From Sam' } })
})

test('an answer beyond Meta’s limits is not stored', async () => {
  const spine = await openSpine()
  await spine.say('hi')
  const { id } = await spine.conversation()
  const long = { kind: 'text', body: 'x'.repeat(4_097) } as const
  await expect(spine.replies.send(spine.staff, id, long)).rejects.toMatchObject({
    code: 'message_invalid',
    details: { problems: 'body max_length 4096' },
  })
  expect(await spine.outbox()).toHaveLength(1)
  expect(await spine.conversation()).toMatchObject({ owner: 'ai' })
})

test('an answer goes to the number that wrote last, whichever the customer has had', async () => {
  const spine = await openSpine()
  await spine.say('hi')
  const first = await spine.contact()
  const other = { from: '15550100007', from_user_id: undefined }
  await spine.say({ ...other, type: 'text', text: { body: 'my other phone' } })
  const second = await spine.contact()
  await spine.contacts.merge(spine.staff, second.id, first.id)
  await spine.say('from the first one again')
  const answerTo = async () => {
    const { id } = await spine.conversation()
    const body = { kind: 'text', body: 'Sam here' } as const
    expect(await spine.replies.send(spine.staff, id, body)).toMatchObject({ kind: 'stored' })
    await spine.drain()
    return spine.messenger.sent.at(-1)?.to.phone
  }
  expect(await answerTo()).toBe(customer.phone)
  await spine.say({ ...other, type: 'text', text: { body: 'and the other again' } })
  expect(await answerTo()).toBe(other.from)
})
