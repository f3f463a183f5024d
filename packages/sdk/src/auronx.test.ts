import { assert, test } from 'vitest'
import type { Actor, OutboundMessage } from './index.ts'
import { createAuronx, createIds, rolePermissions, systemActor } from './index.ts'
import {
  createFakeClock,
  createFakeMessenger,
  createMemoryStorage,
  createSeededRandom,
} from './testing/index.ts'
import type { FakeMessenger } from './testing/index.ts'
import { parseWebhook } from './webhook/index.ts'

const appId = 'app-1'
const phoneNumberId = '900000000000001'
const customer = { phone: '15550100001', userId: 'US.900000000000000001' }

async function openShop() {
  const clock = createFakeClock()
  const random = createSeededRandom(5)
  const ids = createIds(clock, random)
  const messenger = createFakeMessenger()
  const auronx = createAuronx({ storage: createMemoryStorage(), messenger, clock, random, ids })
  const tenantId = ids.next('TenantId')
  const actor: Actor = systemActor(tenantId)
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
        stock: { onHand: 5, policy: 'deny' },
      },
    ],
  })
  return { auronx, actor, messenger, clock }
}

let serial = 0

function inbound(message: object, at: Date): ReturnType<typeof parseWebhook>['events'] {
  serial += 1
  const body = {
    object: 'whatsapp_business_account',
    entry: [
      {
        id: '800000000000001',
        changes: [
          {
            field: 'messages',
            value: {
              messaging_product: 'whatsapp',
              metadata: { display_phone_number: '15550100000', phone_number_id: phoneNumberId },
              contacts: [
                { profile: { name: 'Ada' }, wa_id: customer.phone, user_id: customer.userId },
              ],
              messages: [
                {
                  id: `wamid.test${serial}`,
                  from: customer.phone,
                  from_user_id: customer.userId,
                  timestamp: String(Math.floor(at.getTime() / 1_000)),
                  ...message,
                },
              ],
            },
          },
        ],
      },
    ],
  }
  return parseWebhook(new TextEncoder().encode(JSON.stringify(body))).events
}

function newest(messenger: FakeMessenger): OutboundMessage {
  const request = messenger.sent.at(-1)
  if (request === undefined) throw new Error('Nothing was sent')
  return request.message
}

function choices(
  message: OutboundMessage,
): readonly { readonly id: string; readonly title: string }[] {
  if (message.kind === 'buttons') return message.buttons
  return message.kind === 'list' ? message.sections.flatMap((section) => section.rows) : []
}

function pick(messenger: FakeMessenger, title: RegExp): object {
  const message = newest(messenger)
  const found = choices(message).find((choice) => title.test(choice.title))
  if (found === undefined) {
    throw new Error(
      `No ${title} among ${choices(message)
        .map((choice) => choice.title)
        .join(', ')}`,
    )
  }
  const type = message.kind === 'list' ? 'list_reply' : 'button_reply'
  return {
    type: 'interactive',
    interactive: { type, [type]: { id: found.id, title: found.title } },
  }
}

test('a customer greets, browses, orders and confirms by button; the order has a number and took its stock', async () => {
  const { auronx, actor, messenger, clock } = await openShop()
  const say = async (message: object): Promise<void> => {
    clock.advance(1_000)
    const report = await auronx.inbox.accept(inbound(message, clock.now()), { appId })
    assert.deepStrictEqual(report, { accepted: 1, duplicates: 0, refused: 0 })
    await auronx.work({ maxMs: 10_000 })
  }
  await say({ type: 'text', text: { body: 'Hi' } })
  await say(pick(messenger, /browse|order|menu/i))
  await say(pick(messenger, /flat white/i))
  await say(pick(messenger, /order|1/i))
  const proposal = newest(messenger)
  assert.include(JSON.stringify(proposal), '3.20')
  await say(pick(messenger, /confirm/i))
  const [order] = await auronx.orders.list(actor)
  assert.strictEqual(order?.status, 'confirmed')
  assert.match(order?.number ?? '', /^ORD-2026-\d{6}$/)
  assert.include(JSON.stringify(newest(messenger)), order?.number ?? 'a number')
  const [offer] = await auronx.catalog.browse(actor)
  assert.include(
    JSON.stringify(offer, (_key, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    ),
    '"reserved":1',
  )
  const dead = await auronx.traces.dead(actor, 10)
  assert.deepStrictEqual(dead, [])
})

test('the same webhook delivered again has no second effect', async () => {
  const { auronx, messenger, clock } = await openShop()
  const events = inbound({ type: 'text', text: { body: 'Hi' } }, clock.now())
  await auronx.inbox.accept(events, { appId })
  await auronx.work({ maxMs: 10_000 })
  const again = await auronx.inbox.accept(events, { appId })
  await auronx.work({ maxMs: 10_000 })
  assert.deepStrictEqual(again, { accepted: 0, duplicates: 1, refused: 0 })
  assert.strictEqual(messenger.sent.length, 1)
})

test('a person takes over: the menu is silent, the colleague answers, and gives back', async () => {
  const { auronx, actor, messenger, clock } = await openShop()
  const say = async (body: string): Promise<void> => {
    clock.advance(1_000)
    await auronx.inbox.accept(inbound({ type: 'text', text: { body } }, clock.now()), { appId })
    await auronx.work({ maxMs: 10_000 })
  }
  await say('Hi')
  const staff: Actor = {
    tenantId: actor.tenantId,
    kind: 'staff',
    id: 'member-1',
    via: 'dashboard',
    permissions: rolePermissions.owner,
  }
  const [conversation] = (await auronx.conversations.list(staff, { limit: 10 })).items
  if (conversation === undefined) throw new Error('No conversation')
  assert.strictEqual((await auronx.conversations.takeOver(staff, conversation.id)).kind, 'changed')
  await say('Is anybody there?')
  assert.strictEqual(messenger.sent.length, 1)
  const reply = await auronx.replies.send(staff, conversation.id, {
    kind: 'text',
    body: 'Yes, me.',
  })
  assert.strictEqual(reply.kind, 'stored')
  await auronx.work({ maxMs: 10_000 })
  assert.deepStrictEqual(newest(messenger), { kind: 'text', body: 'Yes, me.' })
  await auronx.conversations.giveBack(staff, conversation.id)
  await say('menu')
  assert.strictEqual(messenger.sent.length, 3)
})

test('events of another app or of an unknown number are refused and counted, without content', async () => {
  const { auronx, messenger, clock } = await openShop()
  const events = inbound({ type: 'text', text: { body: 'Hi' } }, clock.now())
  assert.deepStrictEqual(await auronx.inbox.accept(events, { appId: 'other' }), {
    accepted: 0,
    duplicates: 0,
    refused: 1,
  })
  const unknown = events.map((event) => ({ ...event, phoneNumberId: '1' }))
  assert.deepStrictEqual(await auronx.inbox.accept(unknown, { appId }), {
    accepted: 0,
    duplicates: 0,
    refused: 1,
  })
  clock.advance(9 * 86_400_000)
  assert.strictEqual((await auronx.inbox.accept(events, { appId })).refused, 1)
  await auronx.work({ maxMs: 10_000 })
  assert.strictEqual(messenger.sent.length, 0)
})
