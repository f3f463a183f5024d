import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { asId, systemActor } from '@auronx/sdk'
import { api, routes } from '@auronx/sdk/api'
import type { Route } from '@auronx/sdk/api'
import { bodyOf } from './bodies.ts'
import { createCheckedClient } from './checked.ts'
import type { CheckedClient } from './checked.ts'
import { openApiFloor, seedBusiness } from './floor.ts'
import type { ApiBusiness, ApiFloor, SeededBusiness } from './floor.ts'

/** A customer with a conversation, a send that waits for a person, and a draft. */
interface Customer {
  readonly contactId: string
  readonly conversationId: string
  readonly sendId: string
  readonly orderId: string
}

const pageShape = z.object({
  data: z.array(z.object({ id: z.string(), aggregateId: z.string().optional() })),
  page: z.object({ nextCursor: z.string().nullable() }).optional(),
})

const name = 'Hidden Customer'
let floor: ApiFloor
let client: CheckedClient
let shop: ApiBusiness
let seeded: SeededBusiness
let agent: string
let agentId: string
let key: string
let own: readonly Customer[]
let others: readonly Customer[]

beforeAll(async () => {
  floor = await openApiFloor({ streams: 1_000 })
  client = createCheckedClient(floor.url)
  shop = await floor.signUp('owner@shop.test')
  seeded = await seedBusiness(floor, shop.tenantId)
  const joined = await floor.join(shop, 'agent@shop.test', 'agent')
  agent = joined.token
  agentId = joined.actor.id
  // Older and newer ones of others around the agent's own, so that a page cut before the filter comes out short.
  const made: Customer[] = []
  for (let index = 0; index < 12; index += 1) made.push(await customer(index))
  own = made.slice(4, 8)
  others = [...made.slice(0, 4), ...made.slice(8)]
  for (const { conversationId } of own) await act(api.takeOver, agent, conversationId)
  for (const { conversationId } of others) await act(api.takeOver, shop.token, conversationId)
  await limit('assigned')
  key = await floor.key({ ...shop, owner: shop.owner }, [
    'conversation:read',
    'contact:read',
    'order:read',
  ])
}, 60_000)

afterAll(() => floor.close())

async function act(route: Route, token: string, id: string): Promise<void> {
  const { status, code } = await client.send(route, { token, id })
  if (status >= 300) throw new Error(`${route.operation}: ${status} ${code}`)
}

async function limit(agentsReach: 'all' | 'queue' | 'assigned'): Promise<void> {
  const tenant = await floor.auronx.accounts.tenant(systemActor(shop.tenantId, 'host'))
  const { status } = await client.send(api.changeSettings, {
    token: shop.token,
    body: { agentsReach },
    headers: { 'if-match': `"v${tenant.version}"` },
  })
  expect(status).toBe(200)
}

async function customer(index: number): Promise<Customer> {
  const { auronx, ids } = floor
  const actor = systemActor(shop.tenantId, 'host')
  const found = await auronx.contacts.identify(actor, {
    phone: `1555019${String(index).padStart(4, '0')}`,
    displayName: `${name} ${index}`,
  })
  if (found.kind === 'refused') throw new Error(found.reason)
  const contactId = found.contact.id
  const received = await auronx.conversations.receive(actor, {
    contactId,
    channelId: asId('ChannelId', seeded.channelId),
    content: { type: 'text', body: 'Good morning' },
    providerMessageId: `wamid.reach.${index}`,
    timestampMs: Date.now(),
    eventId: ids.next('InboxEventId'),
  })
  if (received.kind !== 'received') throw new Error(received.kind)
  const { id } = received.conversation
  const sent = await auronx.replies.send(shop.owner, id, { kind: 'text', body: 'Hello' })
  if (sent.kind === 'refused') throw new Error(sent.reason)
  await floor.client.query({
    name: '',
    text: `update auronx.outbox set state = 'parked' where id = $1`,
    values: [sent.entry.id],
  })
  const draft = await auronx.orders.addToDraft(actor, {
    contactId,
    conversationId: id,
    variantId: asId('VariantId', seeded.variantId),
    quantity: 1,
  })
  if (draft.kind === 'refused') throw new Error(draft.reason)
  return { contactId, conversationId: id, sendId: sent.entry.id, orderId: draft.order.id }
}

const idsOf = (one: Customer): readonly string[] => Object.values(one)

/** What a route with an id can be asked about a customer; nothing for routes that are not about customers. */
function idFor({ path }: Route, one: Customer): string | undefined {
  const [, resource = ''] = path.split('/')
  const known: Readonly<Record<string, string>> = {
    orders: one.orderId,
    conversations: one.conversationId,
    contacts: one.contactId,
    sends: one.sendId,
  }
  return known[resource]
}

describe('an agent who is limited to what is assigned', () => {
  const named = routes.filter(({ path }) => path.includes('{id}'))

  test('finds nothing about another customer by any route with an id: it answers as for what does not exist', async () => {
    const wrong: string[] = []
    let count = 0
    const [hidden] = others
    if (hidden === undefined) throw new Error('nobody')
    for (const route of named) {
      const id = idFor(route, hidden)
      if (id === undefined) continue
      count += 1
      const [answer, absent] = [
        await client.send(route, { token: agent, id }),
        await client.send(route, { token: agent, id: randomUUID() }),
      ]
      if (answer.status !== 404 || answer.code !== absent.code)
        wrong.push(`${route.operation}: ${answer.status} ${answer.code}, not ${absent.code}`)
    }
    console.info(`${count} routes about a customer out of reach`)
    expect(count).toBeGreaterThan(20)
    expect(wrong).toEqual([])
  })

  test('reads everything of its own customers by the same routes', async () => {
    const wrong: string[] = []
    const [mine] = own
    for (const route of named.filter(({ method }) => method === 'GET')) {
      const id = mine && idFor(route, mine)
      if (id === undefined) continue
      const { status, code } = await client.send(route, { token: agent, id })
      if (status !== 200) wrong.push(`${route.operation}: ${status} ${code}`)
    }
    expect(wrong).toEqual([])
  })

  test('is shown nothing of other customers by any list, page or export', async () => {
    const wrong: string[] = []
    let count = 0
    for (const route of routes) {
      if (route.method !== 'GET' || route.path.includes('{id}') || route.kind === 'events') continue
      const { status, body } = await client.send(route, { token: agent })
      if (status === 403) continue
      count += 1
      const text = JSON.stringify(body)
      if (status !== 200) wrong.push(`${route.operation}: ${status}`)
      for (const id of others.flatMap(idsOf))
        if (text.includes(id)) wrong.push(`${route.operation} shows ${id}`)
    }
    console.info(`${count} lists and reads without an id`)
    expect(count).toBeGreaterThan(10)
    expect(wrong).toEqual([])
  })

  test.each([
    [api.listConversations, (one: Customer) => one.conversationId],
    [api.listContacts, (one: Customer) => one.contactId],
    [api.listOrders, (one: Customer) => one.orderId],
    [api.listSends, (one: Customer) => one.sendId],
  ] as const)('gets full pages of its own from $operation', async (route, idOf) => {
    const seen: string[] = []
    let cursor: string | undefined
    const size = route.kind === 'page' ? 3 : 4
    do {
      const place: string = cursor === undefined ? '' : `&cursor=${cursor}`
      const { body } = await client.send(route, { token: agent, query: `?limit=${size}${place}` })
      const page = pageShape.parse(body)
      if (cursor === undefined) expect(page.data).toHaveLength(size)
      seen.push(...page.data.map(({ id }) => id))
      cursor = page.page?.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(seen).toEqual(own.map(idOf).toReversed())
  })

  test('gets full pages of events, of its own customers only, also as a stream', async () => {
    const hidden = new Set(others.flatMap(idsOf))
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const place: string = cursor === undefined ? '' : `&cursor=${cursor}`
      const { body } = await client.send(api.listEvents, {
        token: agent,
        query: `?limit=5${place}`,
      })
      const page = pageShape.parse(body)
      cursor = page.page?.nextCursor ?? undefined
      if (cursor !== undefined) expect(page.data).toHaveLength(5)
      seen.push(...page.data.map(({ aggregateId = '' }) => aggregateId))
    } while (cursor !== undefined)
    expect(seen.filter((id) => hidden.has(id))).toEqual([])
    for (const { contactId, conversationId, orderId } of own)
      for (const id of [contactId, conversationId, orderId]) expect(seen).toContain(id)
    const stop = new AbortController()
    const response = await fetch(`${floor.url}/v1/events/stream`, {
      signal: stop.signal,
      headers: { authorization: `Bearer ${agent}`, 'last-event-id': 'start' },
    })
    let text = ''
    const decoder = new TextDecoder()
    const reading = (async () => {
      for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true })
    })().catch(() => undefined)
    await expect.poll(() => own.every(({ orderId }) => text.includes(orderId))).toBe(true)
    stop.abort()
    await reading
    for (const id of hidden) expect(text).not.toContain(id)
  })

  test('begins no order for another customer and none in another customer’s conversation', async () => {
    const lines = [{ variantId: seeded.variantId, quantity: 1 }]
    const create = async (body: object) =>
      (await client.send(api.createOrder, { token: agent, body: { lines, ...body } })).status
    const [mine] = own
    const [hidden] = others
    if (mine === undefined || hidden === undefined) throw new Error('nobody')
    const { contactId } = mine
    expect(await create({ contactId: hidden.contactId })).toBe(404)
    expect(await create({ contactId, conversationId: hidden.conversationId })).toBe(404)
    expect(await create({ contactId, conversationId: own[1]?.conversationId })).toBe(404)
    expect(await create({ contactId, conversationId: mine.conversationId })).toBe(201)
  })

  test('makes no other customer a part of its own', async () => {
    const [mine] = own
    const [hidden] = others
    const { status } = await client.send(api.mergeContact, {
      token: agent,
      id: mine?.contactId ?? '',
      body: { ...bodyOf(api.mergeContact), fromId: hidden?.contactId },
    })
    expect(status).toBe(404)
  })

  test('finds no other customer by a name or a number', async () => {
    const found = async (q: string) => {
      const query = `?q=${encodeURIComponent(q)}`
      const { body } = await client.send(api.listContacts, { token: agent, query })
      return JSON.stringify(body)
    }
    expect(await found(`${name} 0`)).toContain('"data":[]')
    expect(await found('15550190000')).toContain('"data":[]')
    expect(await found(`${name} 4`)).toContain(own[0]?.contactId)
  })
})

test('what waits in the queue brings its customer into the reach of an agent who takes from the queue', async () => {
  const [waiting, hidden] = others
  if (waiting === undefined || hidden === undefined) throw new Error('nobody')
  await limit('queue')
  const read = async (route: Route, id: string) =>
    (await client.send(route, { token: agent, id })).status
  expect(await read(api.getContact, waiting.contactId)).toBe(404)
  await act(api.returnToAi, shop.token, waiting.conversationId)
  await act(api.handOff, shop.token, waiting.conversationId)
  expect(await read(api.getContact, waiting.contactId)).toBe(200)
  expect(await read(api.getOrder, waiting.orderId)).toBe(200)
  expect(await read(api.getContact, hidden.contactId)).toBe(404)
  await limit('assigned')
  expect(await read(api.getOrder, waiting.orderId)).toBe(404)
})

test('an owner, a viewer and a key of an owner see every customer', async () => {
  const viewer = (await floor.join(shop, 'viewer@shop.test', 'viewer')).token
  const all = [...own, ...others]
  for (const token of [shop.token, viewer, key]) {
    const { body } = await client.send(api.listContacts, { token, query: '?limit=100' })
    const text = JSON.stringify(body)
    for (const { contactId } of all) expect(text).toContain(contactId)
  }
  expect(agentId).not.toBe('')
})
