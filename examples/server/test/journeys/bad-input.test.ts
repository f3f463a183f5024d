import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestShop } from './shop.ts'
import { eventually, openShop } from './shop.ts'

let shop: TestShop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

const hex = (digit: string) => digit.repeat(64)

const messageFor = (phoneNumberId: string, message: object): string =>
  JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: '800000000000001',
        changes: [
          {
            field: 'messages',
            value: {
              messaging_product: 'whatsapp',
              metadata: { display_phone_number: '15550100001', phone_number_id: phoneNumberId },
              contacts: [{ profile: { name: 'Someone' }, wa_id: '15550100199' }],
              messages: [
                {
                  from: '15550100199',
                  timestamp: String(Math.floor(Date.now() / 1000)),
                  ...message,
                },
              ],
            },
          },
        ],
      },
    ],
  })

const storedEvents = async (): Promise<number> => {
  const [row] = await shop.sql('select count(*)::int as count from auronx.inbox')
  return Number(row?.['count'])
}

test.each([
  ['missing', {}],
  ['forged', { 'x-hub-signature-256': `sha256=${hex('0')}` }],
  ['without its prefix', { 'x-hub-signature-256': hex('0') }],
  ['too short', { 'x-hub-signature-256': 'sha256=00' }],
  ['no hex', { 'x-hub-signature-256': `sha256=${hex('z')}` }],
  ['doubled in one line', { 'x-hub-signature-256': `sha256=${hex('0')}, sha256=${hex('1')}` }],
  ['of the older kind only', { 'x-hub-signature': `sha1=${'0'.repeat(40)}` }],
])('a signature that is %s gets 401 and nothing is stored', async (_name, signature) => {
  const before = await storedEvents()
  const body = messageFor('900000000000001', {
    id: 'wamid.FORGED',
    type: 'text',
    text: { body: 'x' },
  })
  expect((await shop.post(body, signature)).status).toBe(401)
  expect(await storedEvents()).toBe(before)
})

test('a body announced as larger than 3 MB gets 413 without being read', async () => {
  const port = Number(new URL(shop.url).port)
  const answer = await new Promise<string>((resolve, reject) => {
    let text = ''
    const socket = connect(port, '127.0.0.1', () => {
      socket.write('POST /webhooks/whatsapp HTTP/1.1\r\nHost: x\r\nContent-Length: 4000000\r\n\r\n')
    })
    socket.on('data', (part) => (text += part.toString()))
    socket.on('close', () => resolve(text))
    socket.on('error', reject)
  })
  expect(answer).toMatch(/^HTTP\/1.1 413/)
})

test.each([
  ['no JSON', '{"object":'],
  ['not an object', '[1]'],
  ['not UTF-8', new Uint8Array([0xff, 0xfe, 0x00])],
])('a correctly signed body that is %s gets 200 and is kept for a person', async (_name, body) => {
  const count = async () =>
    Number(
      (await shop.sql('select count(*)::int as count from auronx.inbox_unreadable'))[0]?.['count'],
    )
  const before = await count()
  expect((await shop.post(body)).status).toBe(200)
  expect(await count()).toBe(before + 1)
})

test('a message for a number nobody knows gets 200 and its content is not kept', async () => {
  const before = await storedEvents()
  const body = messageFor('999999999999999', {
    id: 'wamid.LOST',
    type: 'text',
    text: { body: 'lost secret' },
  })
  expect((await shop.post(body)).status).toBe(200)
  expect(await storedEvents()).toBe(before)
  const [row] = await shop.sql('select sum(count)::int as events from auronx.inbox_refused')
  expect(Number(row?.['events'])).toBeGreaterThan(0)
})

test('an unknown type of message is kept, visible to staff and answered politely', async () => {
  const ana = shop.customer({ name: 'Unknown Type' })
  shop.simulator.customers.sendRaw(ana.customer.id, 'hologram', { depth: 3, note: '‮x' })
  const conversation = await eventually(
    async () => (await shop.desk.conversations()).find(({ name }) => name === 'Unknown Type'),
    'the conversation of the unknown message',
  )
  const thread = await shop.desk.thread(conversation.id)
  expect(thread.messages[0]?.bubble.label).toContain('hologram')
})

test('an unknown field is kept and does no harm to what is beside it', async () => {
  const ana = shop.customer({ name: 'Field Sibling' })
  shop.simulator.publish({
    field: 'holograms',
    value: {
      messaging_product: 'whatsapp',
      metadata: { phone_number_id: '900000000000001', display_phone_number: '15550100001' },
      depth: 3,
    },
  })
  ana.say('hello')
  expect(await ana.hears()).not.toBe('')
  expect(await shop.desk.dead()).toEqual([])
})

test('one broken message does not take its sibling along', async () => {
  const good = {
    from: '15550100198',
    id: `wamid.GOOD${Date.now()}`,
    timestamp: String(Math.floor(Date.now() / 1000)),
    type: 'text',
    text: { body: 'hello' },
  }
  const body = JSON.parse(
    messageFor('900000000000001', { id: 7, type: 'text', text: { body: 'x' } }),
  )
  body.entry[0].changes[0].value.messages.push(good)
  body.entry[0].changes[0].value.contacts.push({
    profile: { name: 'Good Sibling' },
    wa_id: '15550100198',
  })
  expect((await shop.post(JSON.stringify(body))).status).toBe(200)
  await eventually(
    async () => (await shop.desk.conversations()).find(({ handle }) => handle === '+15550100198'),
    'the conversation of the good sibling',
  )
})

test('a challenge with a wrong token gets 403', async () => {
  const response = await fetch(
    `${shop.url}/webhooks/whatsapp?hub.mode=subscribe&hub.verify_token=wrong&hub.challenge=1`,
  )
  expect(response.status).toBe(403)
})
