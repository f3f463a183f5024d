import { createAccounts } from './accounts/index.ts'
import type { Storage, Stores } from './auronx.ts'
import { createChanges } from './changes.ts'
import { createContacts } from './contacts/index.ts'
import type { Contact, Contacts } from './contacts/index.ts'
import { createConversations } from './conversations/index.ts'
import type { Conversation, Conversations, Message } from './conversations/index.ts'
import { createEngine } from './engine.ts'
import type { EngineDeps } from './engine.ts'
import {
  createIds,
  createMemoryDatabase,
  silentLogger,
  staffActor,
  systemActor,
} from './kernel/index.ts'
import type { Actor, ChannelId, UnitOfWork } from './kernel/index.ts'
import type { OutboxEntry } from './outbox/index.ts'
import type { Turn, TurnReply } from './pipeline.ts'
import { createReplies } from './replies.ts'
import type { Replies } from './replies.ts'
import {
  createFakeClock,
  createFakeMessenger,
  createMemoryStorage,
  createSeededRandom,
} from './testing/index.ts'
import type { FakeClock, FakeMessenger } from './testing/index.ts'
import { parseWebhook } from './webhook/index.ts'
import { adviseOn } from './whatsapp/errors.ts'

/** The engine with everything in memory, one business and one customer. */
export interface Spine {
  readonly clock: FakeClock
  readonly messenger: HoldableMessenger
  readonly storage: Storage
  readonly work: UnitOfWork<Stores>
  readonly contacts: Contacts
  readonly conversations: Conversations
  readonly replies: Replies
  readonly staff: Actor
  /** Accepts what the customer sends, `secondsAgo` by Meta's clock, and works until nothing is due. */
  say(message: object | string, options?: { readonly secondsAgo?: number }): Promise<void>
  /** Accepts what a colleague writes on the business' phone. */
  echo(body: string): Promise<void>
  /** Accepts a change of another field. */
  notify(field: string, value: object): Promise<void>
  drain(): Promise<void>
  conversation(): Promise<Conversation>
  contact(): Promise<Contact>
  /** Newest first. */
  thread(): Promise<readonly Message[]>
  /** Newest first. */
  outbox(): Promise<readonly OutboxEntry[]>
}

/** The only customer. */
export const customer = { phone: '15550100001', userId: 'US.900000000000000001' } as const

const appId = 'app-1'
const phoneNumberId = '900000000000001'
const businessAccountId = '800000000000001'

/** Opens it. `respond` answers messages; default: one text. */
export async function openSpine(
  given: Partial<Pick<EngineDeps<Stores>, 'respond' | 'pacing'>> = {},
): Promise<Spine> {
  const clock = createFakeClock()
  const random = createSeededRandom(5)
  const ids = createIds(clock, random)
  const base = { clock, ids, random }
  const storage = createMemoryStorage(createMemoryDatabase())
  const { work } = storage
  const messenger = holdable(createFakeMessenger({ advice: (code) => adviseOn({ code }) }))
  const services = (unit: UnitOfWork<Stores>) => ({
    contacts: createContacts({ ...base, work: unit }),
    conversations: createConversations({ ...base, work: unit }),
  })
  const { inbox, worker, send } = createEngine<Stores>({
    ...base,
    storage,
    messenger,
    services,
    respond: answerWith('Hello'),
    pacing: { reserve: () => 0 },
    jobs: new Map(),
    changes: createChanges(),
    logger: silentLogger,
    parkAfterMs: 120_000,
    ...given,
  })
  const tenantId = ids.next('TenantId')
  const staff = staffActor(tenantId, { id: 'member-1', role: 'owner', via: 'dashboard' })
  const { contacts, conversations } = services(work)
  await openBusiness(work, systemActor(tenantId), ids.next('ChannelId'))

  const drain = async (): Promise<void> => void (await worker.drain({ maxMs: 10_000 }))
  const notify = async (field: string, value: object): Promise<void> => {
    const { accepted } = await inbox.accept(eventsOf(field, value), { appId })
    if (accepted === 0) throw new Error(`The ${field} were not accepted`)
    await drain()
  }
  const conversation = async (): Promise<Conversation> => {
    const [found] = (await conversations.list(staff, { limit: 10 })).items
    if (found === undefined) throw new Error('There is no conversation')
    return found
  }
  let serial = 0
  return {
    clock,
    messenger,
    storage,
    work,
    contacts,
    conversations,
    staff,
    replies: createReplies<Stores>({
      ...base,
      work,
      conversations: (unit) => services(unit).conversations,
      send,
    }),
    drain,
    notify,
    conversation,
    async say(message, { secondsAgo = 0 } = {}) {
      serial += 1
      clock.advance(1_000)
      const at = Math.floor(clock.now().getTime() / 1_000) - secondsAgo
      const content =
        typeof message === 'string' ? { type: 'text', text: { body: message } } : message
      await notify('messages', {
        messages: [{ ...sender, id: `wamid.test${serial}`, timestamp: String(at), ...content }],
      })
    },
    async echo(body) {
      serial += 1
      clock.advance(1_000)
      const timestamp = String(Math.floor(clock.now().getTime() / 1_000))
      const echo = { id: `wamid.echo${serial}`, timestamp, type: 'text', text: { body } }
      const to = { to: customer.phone, to_user_id: customer.userId }
      await notify('smb_message_echoes', { message_echoes: [{ ...to, ...echo }] })
    },
    async contact() {
      const { contactId } = await conversation()
      const found = await contacts.get(staff, contactId)
      if (found === undefined) throw new Error('There is no contact')
      return found
    },
    async thread() {
      const { contactId, channelId } = await conversation()
      return (await conversations.thread(staff, { contactId, channelId, limit: 200 })).items
    },
    outbox: () => work.run(tenantId, ({ outbox }) => outbox.list({ limit: 200 })),
  }
}

async function openBusiness(
  work: UnitOfWork<Stores>,
  actor: Actor,
  channelId: ChannelId,
): Promise<void> {
  const accounts = createAccounts(work, () => undefined)
  await accounts.saveTenant(actor, {
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
    },
  })
  await accounts.saveChannel(actor, {
    id: channelId,
    appId,
    phoneNumberId,
    businessAccountId,
    displayPhoneNumber: '+1 555 0100 000',
    status: 'active',
    version: 1,
  })
}

/** A messenger whose next send can be held on its way. */
export interface HoldableMessenger extends FakeMessenger {
  holdNext(): { readonly arrived: Promise<void>; release(): void }
}

function holdable(messenger: FakeMessenger): HoldableMessenger {
  let gate: { readonly arrive: () => void; readonly opened: Promise<void> } | undefined
  return {
    ...messenger,
    async send(request, options) {
      const held = gate
      gate = undefined
      held?.arrive()
      await held?.opened
      return messenger.send(request, options)
    },
    holdNext() {
      const arrived = Promise.withResolvers<void>()
      const opened = Promise.withResolvers<void>()
      gate = { arrive: arrived.resolve, opened: opened.promise }
      return { arrived: arrived.promise, release: opened.resolve }
    },
  }
}

/** An answer to each message: these texts. */
export function answerWith(
  ...bodies: readonly string[]
): (turn: Turn<Stores>) => Promise<TurnReply> {
  return async () => ({
    author: 'menu',
    trace: [],
    messages: bodies.map((body) => ({ message: { kind: 'text', body }, numbers: {} })),
  })
}

const sender = { from: customer.phone, from_user_id: customer.userId }

function eventsOf(field: string, value: object): ReturnType<typeof parseWebhook>['events'] {
  const metadata = { display_phone_number: '15550100000', phone_number_id: phoneNumberId }
  const contacts = [{ profile: { name: 'Ada' }, wa_id: customer.phone, user_id: customer.userId }]
  const whole = { messaging_product: 'whatsapp', metadata, contacts, ...value }
  const body = {
    object: 'whatsapp_business_account',
    entry: [{ id: businessAccountId, changes: [{ field, value: whole }] }],
  }
  return parseWebhook(new TextEncoder().encode(JSON.stringify(body))).events
}
