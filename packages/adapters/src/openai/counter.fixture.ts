import { createAuronx, createIds } from '@auronx/sdk'
import type { Actor, Auronx, Model, OutboundMessage } from '@auronx/sdk'
import { createFakeClock, createFakeMessenger, createSeededRandom } from '@auronx/sdk/testing'
import { parseWebhook } from '@auronx/sdk/webhook'
import { createPostgresStorage } from '../postgres/storage.ts'
import type { TestEngine } from '../postgres/testing.ts'

/** A counter of a coffee bar on PostgreSQL, and one customer before it. */
export interface Counter {
  readonly auronx: Auronx
  readonly bar: Actor
  /** The customer writes, and everything that is due at once is done. */
  write(message: string | object): Promise<void>
  /** Taps what the newest message offers under a title. */
  tap(title: RegExp): Promise<void>
  /** Time goes by, and everything that is due then is done. */
  pass(ms: number): Promise<void>
  newest(): OutboundMessage
}

const appId = 'app-1'
let numbers = 0

/** Opens a bar of its own with five flat whites. */
export async function openCounter({ client }: TestEngine, model: Model): Promise<Counter> {
  numbers += 1
  const number = {
    appId,
    phoneNumberId: `90000000000000${numbers}`,
    businessAccountId: '800000000000001',
    displayPhoneNumber: '15550100000',
  }
  const clock = createFakeClock()
  const random = createSeededRandom(numbers)
  const ids = createIds(clock, random)
  const messenger = createFakeMessenger()
  const storage = createPostgresStorage(client)
  const auronx = createAuronx({ storage, messenger, clock, random, ids, assistant: { model } })
  const place = { company: 'Corner Coffee', timeZone: 'Europe/Madrid', currency: 'EUR' }
  const bar = await auronx.openBusiness({ ...number, ...place })
  await auronx.catalog.saveTaxCategory(bar, { code: 'food', category: 'S', rate: 100_000 })
  const price = { amount: 320, currency: 'EUR', taxBehavior: 'inclusive' } as const
  const stock = { onHand: 5, policy: 'deny' } as const
  await auronx.catalog.saveProduct(bar, {
    title: 'Flat white',
    variants: [{ sku: 'FLAT-WHITE', taxCode: 'food', price, stock }],
  })
  let serial = 0
  const counter: Counter = {
    auronx,
    bar,
    async write(message) {
      serial += 1
      const content =
        typeof message === 'string' ? { type: 'text', text: { body: message } } : message
      const timestamp = String(Math.floor(clock.now().getTime() / 1_000))
      const from = { from: '15550100150', id: `wamid.${numbers}-${serial}`, timestamp }
      const value = {
        metadata: {
          display_phone_number: number.displayPhoneNumber,
          phone_number_id: number.phoneNumberId,
        },
        contacts: [{ profile: { name: 'Ada' }, wa_id: '15550100150' }],
        messages: [{ ...from, ...content }],
      }
      const entry = [{ id: number.businessAccountId, changes: [{ field: 'messages', value }] }]
      const body = JSON.stringify({ object: 'whatsapp_business_account', entry })
      await auronx.inbox.accept(parseWebhook(new TextEncoder().encode(body)).events, { appId })
      await auronx.work({ maxMs: 10_000 })
    },
    async tap(title) {
      const message = counter.newest()
      const option = optionsOf(message).find((one) => title.test(one.title))
      if (option === undefined) throw new Error(`There is nothing to tap: ${String(title)}`)
      const type = message.kind === 'list' ? 'list_reply' : 'button_reply'
      const interactive = { type, [type]: { id: option.id, title: option.title } }
      await counter.write({ type: 'interactive', interactive })
    },
    async pass(ms) {
      clock.advance(ms)
      await auronx.work({ maxMs: 10_000 })
    },
    newest() {
      const request = messenger.sent.at(-1)
      if (request === undefined) throw new Error('Nothing was sent')
      return request.message
    },
  }
  return counter
}

function optionsOf(
  message: OutboundMessage,
): readonly { readonly id: string; readonly title: string }[] {
  if (message.kind === 'buttons') return message.buttons
  return message.kind === 'list' ? message.sections.flatMap(({ rows }) => rows) : []
}
