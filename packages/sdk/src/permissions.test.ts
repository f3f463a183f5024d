import { assert, describe, expect, test } from 'vitest'
import type { Actor, Auronx, Permission } from './index.ts'
import {
  asId,
  createAuronx,
  createIds,
  isAuronxError,
  maskPhone,
  newTenantSettings,
  permissions,
  rolePermissions,
  systemActor,
} from './index.ts'
import {
  createFakeClock,
  createFakeMessenger,
  createMemoryStorage,
  createSeededRandom,
} from './testing/index.ts'

const id = '01890000-0000-7000-8000-000000000001'
const [contactId, conversationId, orderId] = [
  asId('ContactId', id),
  asId('ConversationId', id),
  asId('OrderId', id),
]
const [variantId, outboxId] = [asId('VariantId', id), asId('OutboxId', id)]
const price = { amount: 1, currency: 'EUR', taxBehavior: 'inclusive' } as const
const text = { kind: 'text', body: 'Hello' } as const
const party = { phone: '15550100042', userId: 'US.900000000000000042' }
const arrived = {
  contactId,
  channelId: asId('ChannelId', id),
  content: { type: 'text', body: 'Hello' },
  providerMessageId: 'wamid.1',
  eventId: asId('InboxEventId', id),
} as const
const moved = {
  kind: 'identity',
  key: 'k',
  businessAccountId: '2',
  field: 'messages',
  standby: false,
  change: 'number',
  previous: party,
  current: party,
} as const

type Call = (auronx: Auronx, actor: Actor) => Promise<unknown>

/** Every method that people and keys can reach, with the permission it takes. */
const calls: Readonly<Record<string, readonly [Permission, Call]>> = {
  'accounts.saveTenant': [
    'settings:write',
    async ({ accounts }, actor) => {
      const tenant = await accounts.tenant(systemActor(actor.tenantId))
      return accounts.saveTenant(actor, { ...tenant, version: tenant.version + 1 })
    },
  ],
  'accounts.tenant': ['settings:read', ({ accounts }, actor) => accounts.tenant(actor)],
  'accounts.saveChannel': [
    'channel:write',
    ({ accounts }, actor) =>
      accounts.saveChannel(actor, {
        id: asId('ChannelId', id),
        appId: 'app',
        phoneNumberId: '1',
        businessAccountId: '2',
        displayPhoneNumber: '3',
        status: 'active',
        version: 1,
      }),
  ],
  'accounts.channels': ['channel:read', ({ accounts }, actor) => accounts.channels(actor)],
  'accounts.resumeChannel': [
    'channel:write',
    ({ accounts }, actor) => accounts.resumeChannel(actor, asId('ChannelId', id)),
  ],
  'contacts.get': ['contact:read', ({ contacts }, actor) => contacts.get(actor, contactId)],
  'contacts.identify': ['contact:update', ({ contacts }, actor) => contacts.identify(actor, party)],
  'contacts.changeIdentity': [
    'contact:update',
    ({ contacts }, actor) => contacts.changeIdentity(actor, moved),
  ],
  'contacts.setLocale': [
    'contact:update',
    ({ contacts }, actor) => contacts.setLocale(actor, contactId, 'es'),
  ],
  'contacts.suppress': [
    'contact:update',
    ({ contacts }, actor) =>
      contacts.suppress(actor, contactId, {
        what: 'everything',
        since: new Date(0),
        reason: 'asked',
      }),
  ],
  'contacts.lift': [
    'contact:update',
    ({ contacts }, actor) =>
      contacts.lift(actor, contactId, { what: 'everything', at: new Date(0), by: 'person' }),
  ],
  'contacts.merge': [
    'contact:update',
    ({ contacts }, actor) => contacts.merge(actor, contactId, contactId),
  ],
  'conversations.takeOver': [
    'conversation:assign',
    ({ conversations }, actor) => conversations.takeOver(actor, conversationId),
  ],
  'conversations.giveBack': [
    'conversation:assign',
    ({ conversations }, actor) => conversations.giveBack(actor, conversationId),
  ],
  'conversations.handOff': [
    'conversation:assign',
    ({ conversations }, actor) => conversations.handOff(actor, conversationId, 'asked'),
  ],
  'conversations.resolve': [
    'conversation:close',
    ({ conversations }, actor) => conversations.resolve(actor, conversationId),
  ],
  'conversations.markRead': [
    'conversation:assign',
    ({ conversations }, actor) => conversations.markRead(actor, conversationId),
  ],
  'conversations.noteCall': [
    'conversation:reply',
    ({ conversations }, actor) =>
      conversations.noteCall(actor, {
        contactId,
        channelId: asId('ChannelId', id),
        eventId: asId('InboxEventId', id),
      }),
  ],
  'conversations.noteReplies': [
    'conversation:reply',
    ({ conversations }, actor) =>
      conversations.noteReplies(actor, { conversationId, author: 'staff', replies: [] }),
  ],
  'conversations.receive': [
    'conversation:reply',
    ({ conversations }, actor) => conversations.receive(actor, arrived),
  ],
  'conversations.noteEcho': [
    'conversation:reply',
    ({ conversations }, actor) => conversations.noteEcho(actor, arrived),
  ],
  'conversations.get': [
    'conversation:read',
    ({ conversations }, actor) => conversations.get(actor, conversationId),
  ],
  'conversations.list': [
    'conversation:read',
    ({ conversations }, actor) => conversations.list(actor, { limit: 1 }),
  ],
  'conversations.thread': [
    'conversation:read',
    ({ conversations }, actor) =>
      conversations.thread(actor, { contactId, channelId: asId('ChannelId', id), limit: 1 }),
  ],
  'catalog.saveProduct': [
    'catalog:write',
    ({ catalog }, actor) => catalog.saveProduct(actor, { title: 'T', variants: [] }),
  ],
  'catalog.saveTaxCategory': [
    'catalog:write',
    ({ catalog }, actor) => catalog.saveTaxCategory(actor, { code: 'c', category: 'S', rate: 0 }),
  ],
  'catalog.setPrice': [
    'catalog:write',
    ({ catalog }, actor) => catalog.setPrice(actor, variantId, price),
  ],
  'catalog.setStock': [
    'catalog:write',
    ({ catalog }, actor) => catalog.setStock(actor, variantId, { onHand: 1, policy: 'deny' }),
  ],
  'catalog.browse': ['catalog:read', ({ catalog }, actor) => catalog.browse(actor)],
  'catalog.offer': ['catalog:read', ({ catalog }, actor) => catalog.offer(actor, variantId)],
  'catalog.product': [
    'catalog:read',
    ({ catalog }, actor) => catalog.product(actor, asId('ProductId', id)),
  ],
  'catalog.resolvePrice': [
    'catalog:read',
    ({ catalog }, actor) => catalog.resolvePrice(actor, variantId, 1),
  ],
  'orders.addToDraft': [
    'order:write',
    ({ orders }, actor) => orders.addToDraft(actor, { contactId, variantId, quantity: 1 }),
  ],
  'orders.setQuantities': [
    'order:write',
    ({ orders }, actor) => orders.setQuantities(actor, { contactId, lines: [] }),
  ],
  'orders.setLines': ['order:write', ({ orders }, actor) => orders.setLines(actor, orderId, [])],
  'orders.fromCart': [
    'order:write',
    ({ orders }, actor) => orders.fromCart(actor, { contactId, items: [], cartMessageId: 'm' }),
  ],
  'orders.propose': ['order:write', ({ orders }, actor) => orders.propose(actor, orderId)],
  'orders.confirm': ['order:write', ({ orders }, actor) => orders.confirm(actor, orderId, 'h')],
  'orders.cancel': ['order:write', ({ orders }, actor) => orders.cancel(actor, orderId, 'asked')],
  'orders.edit': ['order:write', ({ orders }, actor) => orders.edit(actor, orderId)],
  'orders.expire': ['order:write', ({ orders }, actor) => orders.expire(actor, orderId)],
  'orders.act': ['order:write', ({ orders }, actor) => orders.act(actor, 'token')],
  'orders.view': ['order:write', ({ orders }, actor) => orders.view(actor, 'token')],
  'orders.get': ['order:read', ({ orders }, actor) => orders.get(actor, orderId)],
  'orders.list': ['order:read', ({ orders }, actor) => orders.list(actor)],
  'replies.send': [
    'conversation:reply',
    ({ replies }, actor) => replies.send(actor, conversationId, text),
  ],
  'sends.list': ['conversation:read', ({ sends }, actor) => sends.list(actor, 1)],
  'sends.resend': ['conversation:reply', ({ sends }, actor) => sends.resend(actor, outboxId)],
  'sends.discard': ['conversation:reply', ({ sends }, actor) => sends.discard(actor, outboxId)],
  'outbox.list': ['conversation:read', ({ outbox }, actor) => outbox.list(actor, { limit: 1 })],
  'turns.list': [
    'conversation:read',
    ({ turns }, actor) => turns.list(actor, { limit: 1, conversationId }),
  ],
  'traces.ofEvents': ['conversation:read', ({ traces }, actor) => traces.ofEvents(actor, [])],
  'traces.dead': ['conversation:read', ({ traces }, actor) => traces.dead(actor, 1)],
  'traces.deadJobs': ['conversation:read', ({ traces }, actor) => traces.deadJobs(actor, 1)],
  'traces.replayJob': [
    'conversation:reply',
    ({ traces }, actor) => traces.replayJob(actor, asId('JobId', id)),
  ],
  'traces.discardJob': [
    'conversation:reply',
    ({ traces }, actor) => traces.discardJob(actor, asId('JobId', id)),
  ],
  'traces.replay': [
    'conversation:reply',
    ({ traces }, actor) => traces.replay(actor, asId('InboxEventId', id)),
  ],
}

async function open() {
  const clock = createFakeClock()
  const random = createSeededRandom(3)
  const ids = createIds(clock, random)
  const auronx = createAuronx({
    storage: createMemoryStorage(),
    messenger: createFakeMessenger(),
    clock,
    random,
    ids,
  })
  const tenantId = ids.next('TenantId')
  const settings = newTenantSettings({
    company: 'Shop',
    locale: 'en',
    timeZone: 'Europe/Madrid',
    currency: 'EUR',
  })
  await auronx.accounts.saveTenant(systemActor(tenantId), { id: tenantId, settings, version: 1 })
  return { auronx, tenantId, clock }
}

/** Whether a call was let through; whatever comes after that is another matter. */
async function isLetIn(call: Call, auronx: Auronx, actor: Actor): Promise<boolean> {
  try {
    const outcome = await call(auronx, actor)
    const reason: unknown =
      typeof outcome === 'object' && outcome !== null ? Reflect.get(outcome, 'reason') : undefined
    return reason !== 'not_permitted'
  } catch (error) {
    if (!isAuronxError(error)) throw error
    return error.code !== 'not_permitted'
  }
}

describe('every service', () => {
  test('has a case here for each of its methods', async () => {
    const { auronx } = await open()
    const services = Object.entries(auronx).filter(
      ([name, value]) => typeof value === 'object' && !['inbox', 'changes', 'links'].includes(name),
    )
    const methods = services.flatMap(([name, service]) =>
      Object.keys(service).map((method) => `${name}.${method}`),
    )
    expect(methods.toSorted()).toEqual(Object.keys(calls).toSorted())
  })

  for (const kind of ['staff', 'integration'] as const) {
    test(`lets ${kind} with the permission in, and without it out, whatever else it has`, async () => {
      const { auronx, tenantId } = await open()
      const wrong: string[] = []
      for (const [name, [permission, call]] of Object.entries(calls)) {
        const actor = { tenantId, kind, id: 'x', via: 'api' } as const
        const others = permissions.filter((one) => one !== permission)
        const answers = [
          await isLetIn(call, auronx, { ...actor, permissions: [permission] }),
          await isLetIn(call, auronx, { ...actor, permissions: others }),
          await isLetIn(call, auronx, actor),
        ]
        if (answers.join() !== 'true,false,false') wrong.push(`${name} ${answers.join()}`)
      }
      console.log(`${kind}: ${Object.keys(calls).length} methods × 3, ${wrong.length} wrong`)
      expect(wrong).toEqual([])
    })
  }

  test('lets a viewer change nothing', async () => {
    const { auronx, tenantId } = await open()
    const viewer: Actor = {
      tenantId,
      kind: 'staff',
      id: 'v',
      via: 'dashboard',
      permissions: rolePermissions.viewer,
    }
    for (const [name, [permission, call]] of Object.entries(calls)) {
      assert.equal(await isLetIn(call, auronx, viewer), permission.endsWith(':read'), name)
    }
  })

  test('is closed to customers and the assistant where the business rules', async () => {
    const { auronx, tenantId } = await open()
    for (const kind of ['customer', 'ai'] as const) {
      const actor: Actor = { tenantId, kind, id, onBehalfOf: id, via: 'whatsapp', permissions }
      for (const name of [
        'catalog.setPrice',
        'accounts.saveTenant',
        'accounts.channels',
        'contacts.merge',
        'sends.resend',
      ]) {
        const call = calls[name]?.[1]
        if (call === undefined) throw new Error(name)
        assert.isFalse(await isLetIn(call, auronx, actor), `${kind} ${name}`)
      }
    }
  })
})

describe('a phone number', () => {
  test('is whole for those who may see it and masked for the others', async () => {
    const { auronx, tenantId } = await open()
    const system = systemActor(tenantId)
    const known = await auronx.contacts.identify(system, party)
    if (known.kind === 'refused') throw new Error(known.reason)
    const seenBy = async (held: readonly Permission[]) => {
      const actor: Actor = { tenantId, kind: 'staff', id: 'x', via: 'dashboard', permissions: held }
      const contact = await auronx.contacts.get(actor, known.contact.id)
      return contact?.identities.map(({ value }) => value).toSorted()
    }
    expect(await seenBy(rolePermissions.admin)).toContain(party.phone)
    const masked = await seenBy(rolePermissions.agent)
    expect(masked).not.toContain(party.phone)
    expect(masked).toContain('•••••••••42')
    expect(masked).toContain(party.userId)
  })

  test.each([
    ['15550100042', '•••••••••42'],
    ['+1 555 010 0042', '•••••••••42'],
    ['12345', '•••'],
    ['', '•••'],
  ])('%s is masked', (phone, shown) => expect(maskPhone(phone)).toBe(shown))
})
