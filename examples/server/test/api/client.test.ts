import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAuronxError } from '@auronx/sdk'
import { createClient } from '@auronx/sdk/client'
import type { Client } from '@auronx/sdk/client'
import { openApiFloor, seedBusiness } from './floor.ts'
import type { ApiBusiness, ApiFloor, SeededBusiness } from './floor.ts'

let floor: ApiFloor
let shop: ApiBusiness
let own: SeededBusiness
let client: Client
const seen: Request[] = []

beforeAll(async () => {
  floor = await openApiFloor()
  shop = await floor.signUp('owner@shop.test')
  own = await seedBusiness(floor, shop.tenantId)
  client = clientOf(shop.token)
})

afterAll(() => floor.close())

function clientOf(token: string): Client {
  return createClient({
    baseUrl: floor.url,
    token: () => token,
    retries: 0,
    fetch: (input, init) => {
      const request = new Request(input, init)
      seen.push(request.clone())
      return fetch(request)
    },
  })
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const all: Item[] = []
  for await (const item of items) all.push(item)
  return all
}

async function codeOf(promise: Promise<unknown>): Promise<unknown> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  return isAuronxError(error) ? (error.details['problem'] ?? error.code) : error
}

test('catalog, order and confirmation go through the typed client', async () => {
  const product = await client.products.create({
    body: {
      title: 'Mint tea',
      variants: [
        {
          sku: 'MINT',
          taxCode: 'standard',
          price: { amount: 260, currency: 'EUR', taxBehavior: 'inclusive' },
          stock: { onHand: 5, policy: 'deny' },
        },
      ],
    },
  })
  const [variant] = product.variants
  const variantId = variant?.id ?? ''
  await client.variants.setPrice({
    params: { id: variantId },
    body: { price: { amount: 300, currency: 'EUR', taxBehavior: 'inclusive' } },
  })
  const offers = await collect(client.variants.all({ query: { limit: 1 } }))
  expect(offers.map(({ variant: { sku } }) => sku)).toContain('MINT')
  const draft = await client.orders.create({
    body: { contactId: own.otherContactId, lines: [{ variantId, quantity: 2 }] },
  })
  expect(draft.totals.payable).toEqual({ amount: 600, currency: 'EUR' })
  expect(draft.allowedActions).toContain('propose')
  const { id, version } = draft
  const proposed = await client.orders.propose({ params: { id }, version })
  const stale = client.orders.cancel({ params: { id }, version, body: { reason: 'asked' } })
  expect(await codeOf(stale)).toBe('version_conflict')
  const contentHash = proposed.contentHash ?? ''
  const confirmed = await client.orders.confirm({
    params: { id },
    version: proposed.version,
    body: { contentHash },
  })
  expect(confirmed.status).toBe('confirmed')
  expect(confirmed.number).toMatch(/^ORD-\d{4}-\d{6}$/)
  const { data: events } = await client.orders.events({ params: { id } })
  expect(events.map(({ type }) => type)).toEqual([
    'order.created',
    'order.proposed',
    'order.confirmed',
  ])
  const left = await client.variants.get({ params: { id: variantId } })
  expect(left.stock).toMatchObject({ onHand: 5, reserved: 2 })
  const tooMany = client.orders.create({
    body: { contactId: own.otherContactId, lines: [{ variantId, quantity: 4 }] },
  })
  expect(await codeOf(tooMany)).toBe('insufficient_stock')
})

test('a conversation is read, taken over, answered and resolved', async () => {
  const id = own.conversationId
  const [first] = (await client.conversations.list({})).data
  expect(first?.id).toBe(id)
  const taken = await client.conversations.takeOver({ params: { id } })
  expect(taken.owner).toBe('human')
  const sent = await client.conversations.reply({
    params: { id },
    body: { text: { body: 'Right away' } },
  })
  const drained = await floor.auronx.work({ maxMs: 2_000 })
  expect(drained.nextDue === undefined || drained.nextDue > new Date()).toBe(true)
  expect(floor.messenger.sent.filter(({ message }) => message.kind === 'text')).toHaveLength(1)
  const messages = await collect(
    client.conversations.allMessages({ params: { id }, query: { limit: 1 } }),
  )
  expect(messages.map(({ author }) => author)).toEqual(['staff', 'customer'])
  expect(messages[0]?.outboxId).toBe(sent.id)
  expect(await codeOf(client.conversations.resolve({ params: { id } }))).toBe(
    'precondition_required',
  )
  const now = await client.conversations.get({ params: { id } })
  const resolved = await client.conversations.resolve({ params: { id }, version: now.version })
  expect(resolved.status).toBe('resolved')
})

test('people are invited, join, get another role and go', async () => {
  const invited = await client.invitations.create({
    body: { email: 'ben@shop.test', role: 'viewer' },
  })
  expect((await client.invitations.list({})).data.map(({ id }) => id)).toEqual([invited.id])
  expect(floor.mailer.sent.filter(({ to }) => to === 'ben@shop.test')).toHaveLength(1)
  await client.invitations.revoke({ params: { id: invited.id } })
  const { token } = await floor.join(shop, 'cam@shop.test', 'viewer')
  const cam = clientOf(token)
  expect((await cam.me({})).permissions).not.toContain('order:write')
  const contact = await cam.contacts.get({ params: { id: own.contactId } })
  expect(contact.identities[0]?.value).toMatch(/^•+\d\d$/)
  const member = (await client.members.list({})).data.find(({ email }) => email === 'cam@shop.test')
  const { id = '', version = 0 } = member ?? {}
  const changed = await client.members.changeRole({
    params: { id },
    version,
    body: { role: 'agent' },
  })
  expect((await cam.me({})).permissions).toContain('order:write')
  await client.members.remove({ params: { id }, version: changed.version })
  expect(await codeOf(cam.me({}))).toBe('unauthenticated')
})

test('a key is shown once, scoped, and ends at once', async () => {
  const made = await client.apiKeys.create({
    body: { name: 'Till', scopes: ['order:read'] },
    idempotencyKey: 'key-1',
  })
  const again = await client.apiKeys.create({
    body: { name: 'Till', scopes: ['order:read'] },
    idempotencyKey: 'key-1',
  })
  expect(again).toEqual({ ...made, text: null })
  const till = clientOf(made.text ?? '')
  expect((await till.orders.list({})).data.length).toBeGreaterThan(0)
  expect(await codeOf(till.settings.get({}))).toBe('not_permitted')
  await client.apiKeys.revoke({ params: { id: made.key.id } })
  expect(await codeOf(till.orders.list({}))).toBe('unauthenticated')
})

test('an expired token is renewed once for all calls that fail together', async () => {
  let token = 'expired'
  let renewed = 0
  const late = createClient({
    baseUrl: floor.url,
    token: () => token,
    refresh: async () => {
      renewed += 1
      token = shop.token
      return true
    },
  })
  const all = await Promise.all([late.me({}), late.settings.get({}), late.members.list({})])
  expect(all).toHaveLength(3)
  expect(renewed).toBe(1)
})

test('events arrive as they happen, go on behind the last one, and stop with the session', async () => {
  const member = await floor.join(shop, 'dee@shop.test', 'agent')
  const dee = clientOf(member.token)
  const stop = new AbortController()
  const types: string[] = []
  let last = ''
  const following = (async () => {
    for await (const event of dee.events({ signal: stop.signal })) {
      types.push(event.type)
      last = event.id
      if (event.type === 'product.saved') stop.abort()
    }
  })()
  await expect.poll(() => seen.some(({ url }) => url.endsWith('/events/stream'))).toBe(true)
  const { version } = await client.products.get({ params: { id: own.productId } })
  await client.products.archive({ params: { id: own.productId }, version })
  await following
  expect(types).toContain('product.saved')
  await client.products.publish({ params: { id: own.productId }, version: version + 1 })
  const reader = dee
    .events({ after: last, signal: AbortSignal.timeout(10_000) })
    [Symbol.asyncIterator]()
  const next = await reader.next()
  expect(next.value?.aggregateId).toBe(own.productId)
  const ended = codeOf(reader.next())
  await floor.auth.sessions.revokeAll(member.actor)
  expect(await ended).toBe('unauthenticated')
})

test('every request went to an operation of the table', () => {
  console.info(`${seen.length} requests through the typed client`)
  expect(seen.length).toBeGreaterThan(30)
})
