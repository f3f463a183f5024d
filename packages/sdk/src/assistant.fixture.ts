import type { AnsweringSettings } from './accounts/index.ts'
import type {
  Actor,
  AssistantOptions,
  Auronx,
  ConversationId,
  OutboundMessage,
  Storage,
} from './index.ts'
import { createAuronx, createIds, staffActor, systemActor } from './index.ts'
import { optionsOf } from './responder/chat.fixture.ts'
import type { ModelItem, ModelRequest } from './responder/index.ts'
import {
  createFakeClock,
  createFakeMessenger,
  createMemoryStorage,
  createSeededRandom,
} from './testing/index.ts'
import type { FakeClock, FakeMessenger } from './testing/index.ts'
import { parseWebhook } from './webhook/index.ts'

/** A shop with an assistant, and one customer who writes to it. */
export interface Desk {
  readonly auronx: Auronx
  readonly system: Actor
  readonly staff: Actor
  readonly clock: FakeClock
  readonly messenger: FakeMessenger
  readonly storage: Storage
  /** A second process on the same storage; the customer's messages are accepted by the first. */
  readonly second: Auronx
  /** A process on the same storage that has no assistant. */
  readonly without: Auronx
  /** The customer writes; the message is stored and handled, a turn of the assistant is not waited for. */
  write(
    message: string | object,
    as?: { readonly phone?: string; readonly userId?: string },
  ): Promise<void>
  /** Taps what the newest message offers under a title. */
  tap(title: RegExp): Promise<void>
  /** A colleague writes on the business' phone. */
  echo(body: string): Promise<void>
  /** Time goes by, and everything that is due then is done. */
  pass(ms: number): Promise<void>
  conversation(): Promise<ConversationId>
  /** Texts that left, in order. */
  said(): readonly string[]
  newest(): OutboundMessage
}

/** The customer of a desk. */
export const ada = { phone: '15550100001', userId: 'US.900000000000000001' }

const appId = 'app-1'
const phoneNumberId = '900000000000001'
const businessAccountId = '800000000000001'

/**
 * Opens a desk whose assistant is made of these options. `onSend` is called before each send; `wrap` may stand between the
 * system and its storage.
 */
export async function openDesk(
  assistant: AssistantOptions,
  answering: AnsweringSettings = {},
  onSend: () => Promise<void> = async () => undefined,
  wrap: (storage: Storage) => Storage = (storage) => storage,
): Promise<Desk> {
  const clock = createFakeClock()
  const random = createSeededRandom(5)
  const ids = createIds(clock, random)
  const messenger = createFakeMessenger()
  const storage = wrap(createMemoryStorage())
  const watched: FakeMessenger = {
    ...messenger,
    async send(request, options) {
      await onSend()
      return messenger.send(request, options)
    },
  }
  const base = { storage, messenger: watched, clock, random, ids, assistant, graceMs: 100 }
  const auronx = createAuronx(base)
  const second = createAuronx(base)
  const { assistant: _none, ...menusOnly } = base
  const without = createAuronx(menusOnly)
  const tenantId = ids.next('TenantId')
  const system = systemActor(tenantId)
  await fill(auronx, system, answering, () => ids.next('ChannelId'))
  let serial = 0
  const accept = async (field: string, value: object): Promise<void> => {
    const body = {
      object: 'whatsapp_business_account',
      entry: [
        {
          id: businessAccountId,
          changes: [
            {
              field,
              value: {
                messaging_product: 'whatsapp',
                metadata: { display_phone_number: '15550100000', phone_number_id: phoneNumberId },
                ...value,
              },
            },
          ],
        },
      ],
    }
    const { events } = parseWebhook(new TextEncoder().encode(JSON.stringify(body)))
    const report = await auronx.inbox.accept(events, { appId })
    if (report.accepted !== 1) throw new Error('The event was not accepted')
  }
  let draining = 0
  const drain = async (): Promise<void> => {
    draining += 1
    await auronx.work({ maxMs: 10_000 })
    draining -= 1
  }
  // A worker that is at work takes the event at once, while the model thinks.
  const handle = async (field: string, value: object): Promise<void> => {
    const handled = once(auronx)
    await accept(field, value)
    await (draining > 0 ? handled : drain())
  }
  const next = (): object => {
    serial += 1
    const timestamp = String(Math.floor(clock.now().getTime() / 1_000))
    return { id: `wamid.desk${serial}`, timestamp }
  }
  const desk: Desk = {
    auronx,
    second,
    without,
    storage,
    system,
    staff: staffActor(tenantId, { id: 'member-1', role: 'agent', via: 'dashboard' }),
    clock,
    messenger,
    async write(message, as = ada) {
      const { phone, userId } = as
      const who = {
        ...(phone === undefined ? {} : { from: phone }),
        ...(userId === undefined ? {} : { from_user_id: userId }),
      }
      const known = {
        ...(phone === undefined ? {} : { wa_id: phone }),
        ...(userId === undefined ? {} : { user_id: userId }),
      }
      const content =
        typeof message === 'string' ? { type: 'text', text: { body: message } } : message
      await handle('messages', {
        contacts: [{ profile: { name: 'Ada' }, ...known }],
        messages: [{ ...next(), ...who, ...content }],
      })
    },
    async tap(title) {
      const message = desk.newest()
      const option = optionsOf(message).find((one) => title.test(one.title))
      if (option === undefined) throw new Error(`There is nothing to tap: ${String(title)}`)
      const type = message.kind === 'list' ? 'list_reply' : 'button_reply'
      const interactive = { type, [type]: { id: option.id, title: option.title } }
      await desk.write({ type: 'interactive', interactive })
    },
    async echo(body) {
      await handle('smb_message_echoes', {
        message_echoes: [
          {
            ...next(),
            from: '15550100000',
            to: ada.phone,
            to_user_id: ada.userId,
            type: 'text',
            text: { body },
          },
        ],
      })
    },
    async pass(ms) {
      clock.advance(ms)
      await drain()
    },
    async conversation() {
      const [first] = (await auronx.conversations.list(system, { limit: 1 })).items
      if (first === undefined) throw new Error('There is no conversation')
      return first.id
    },
    said: () =>
      messenger.sent.map(({ message }) =>
        'body' in message && message.body !== undefined ? message.body : `[${message.kind}]`,
      ),
    newest() {
      const request = messenger.sent.at(-1)
      if (request === undefined) throw new Error('Nothing was sent')
      return request.message
    },
  }
  return desk
}

/** Resolves when the next event was handled. */
function once({ changes }: Auronx): Promise<void> {
  return new Promise((resolve) => {
    const stop = changes.subscribe(({ kind }) => {
      if (kind !== 'conversation') return
      stop()
      resolve()
    })
  })
}

async function fill(
  auronx: Auronx,
  actor: Actor,
  answering: AnsweringSettings,
  channelId: () => Parameters<Auronx['accounts']['saveChannel']>[1]['id'],
): Promise<void> {
  await auronx.accounts.saveTenant(actor, {
    id: actor.tenantId,
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
      answering,
    },
  })
  await auronx.accounts.saveChannel(actor, {
    id: channelId(),
    appId,
    phoneNumberId,
    businessAccountId,
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
}

/** What the customer wrote since the business last said something, as the model reads it. */
export function unanswered({ input }: Pick<ModelRequest, 'input'>): readonly string[] {
  const last = input.findLastIndex(({ kind }) => kind === 'business')
  return input.slice(last + 1).flatMap((item) => textOf(item))
}

function textOf(item: ModelItem): readonly string[] {
  return item.kind === 'customer' ? [item.text] : []
}
