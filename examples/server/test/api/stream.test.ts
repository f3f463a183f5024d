import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asId } from '@auronx/sdk'
import { api } from '@auronx/sdk/api'
import { parseKey } from '@auronx/sdk/auth'
import { createCheckedClient } from './checked.ts'
import type { CheckedClient } from './checked.ts'
import { openApiFloor, seedBusiness } from './floor.ts'
import type { ApiBusiness, ApiFloor, SeededBusiness } from './floor.ts'

const slowReaderMs = 400
let floor: ApiFloor
let client: CheckedClient
let shop: ApiBusiness
let own: SeededBusiness
let version = 1

beforeAll(async () => {
  floor = await openApiFloor({ streams: 1, slowReaderMs })
  client = createCheckedClient(floor.url)
  shop = await floor.signUp('owner@shop.test')
  own = await seedBusiness(floor, shop.tenantId)
})

afterAll(() => floor.close())

interface Stream {
  readonly status: number
  /** Types and ids of the events so far. */
  readonly events: readonly { readonly id: string; readonly type: string }[]
  /** The place that was named last. */
  place(): string
  readonly ended: Promise<void>
  close(): void
}

async function open(token: string, after?: string): Promise<Stream> {
  const stop = new AbortController()
  const response = await fetch(`${floor.url}/v1/events/stream`, {
    signal: stop.signal,
    headers: {
      authorization: `Bearer ${token}`,
      ...(after === undefined ? {} : { 'last-event-id': after }),
    },
  })
  const events: { id: string; type: string }[] = []
  let place = ''
  const read = async (): Promise<void> => {
    let rest = ''
    const decoder = new TextDecoder()
    for await (const chunk of response.body ?? []) {
      const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) {
        const id = /^id: (.*)$/m.exec(block)?.[1]
        const type = /^event: (.*)$/m.exec(block)?.[1]
        place = id ?? place
        if (id !== undefined && type !== undefined) events.push({ id, type })
      }
    }
  }
  const ended = read().catch(() => undefined)
  if (response.status === 200) await expect.poll(() => place).not.toBe('')
  return {
    status: response.status,
    events,
    place: () => place,
    ended,
    close: () => stop.abort(),
  }
}

/** Something happens: the product comes on sale or goes. */
async function happen(): Promise<void> {
  const route = version % 2 === 1 ? api.archiveProduct : api.publishProduct
  const headers = { 'if-match': `"v${version}"` }
  const { status } = await client.send(route, { token: shop.token, id: own.productId, headers })
  expect(status).toBe(200)
  version += 1
}

function insertOf(count: number, padding = 0) {
  return {
    name: '',
    text: `insert into auronx.domain_events (tenant_id, id, type, schema, aggregate_type, aggregate_id, aggregate_version,
        occurred_at, actor, correlation_id, data)
      select $1, gen_random_uuid(), 'order.changed', 1, 'order', gen_random_uuid()::text, 1, now(),
        '{"kind":"system","id":"host","via":"host"}', 'c', jsonb_build_object('padding', repeat('x', ${padding}))
      from generate_series(1, ${count})`,
    values: [shop.tenantId],
  }
}

test('an event whose transaction stayed open for long comes, in its place and once', async () => {
  const stream = await open(shop.token)
  const [written, told] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const slow = floor.client.transaction([], async (sql) => {
    await sql.query(insertOf(1))
    written.resolve()
    await told.promise
  })
  await written.promise
  await happen()
  const listed = await client.send(api.listEvents, { token: shop.token, query: '?limit=200' })
  const before = api.listEvents.response.parse(listed.body).data.length
  expect(stream.events).toEqual([])
  told.resolve()
  await slow
  await expect.poll(() => stream.events.length, { timeout: 5_000 }).toBe(2)
  expect(stream.events.map(({ type }) => type)).toEqual(['order.changed', 'product.saved'])
  const again = await client.send(api.listEvents, { token: shop.token, query: '?limit=200' })
  const all = api.listEvents.response.parse(again.body).data.map(({ id }) => id)
  expect(all.slice(before)).toEqual(stream.events.map(({ id }) => id))
  stream.close()
  await stream.ended
})

test('a stream that breaks before anything happened goes on where it began', async () => {
  const first = await open(shop.token)
  const place = first.place()
  first.close()
  await first.ended
  await happen()
  await expect.poll(async () => (await reopen(place)).events.length).toBe(1)
  const whole = await reopen('start')
  await expect.poll(() => whole.events.length).toBeGreaterThan(3)
})

async function reopen(after: string): Promise<Stream> {
  let stream = await open(shop.token, after)
  // One stream at a time: the one before may not have been noticed to be gone.
  while (stream.status === 429) stream = await open(shop.token, after)
  await expect.poll(() => stream.events.length).toBeGreaterThan(0)
  stream.close()
  await stream.ended
  return stream
}

test('a place that is none of this log is refused', async () => {
  const foreign = await floor.signUp('owner@other.test')
  await seedBusiness(floor, foreign.tenantId)
  const { body } = await client.send(api.listEvents, { token: foreign.token })
  const [theirs] = api.listEvents.response.parse(body).data
  for (const after of [theirs?.id ?? '', randomUUID()]) {
    const headers = { 'last-event-id': after }
    const answer = await client.send(api.streamEvents, { token: shop.token, headers })
    expect(answer.code).toBe('cursor_invalid')
  }
  const odd = await client.send(api.streamEvents, {
    token: shop.token,
    headers: { 'last-event-id': 'x' },
  })
  expect(odd.code).toBe('malformed_request')
})

test('another role, a locked and a removed membership and a signed-out session end a stream', async () => {
  for (const end of ['role', 'suspend', 'remove', 'sign-out'] as const) {
    const { token, actor } = await floor.join(shop, `${end}@shop.test`, 'agent')
    const stream = await open(token)
    expect(stream.status).toBe(200)
    const id = actor.id
    const headers = { 'if-match': '"v1"' }
    const sending = { token: shop.token, id, headers }
    if (end === 'role') await client.send(api.changeRole, sending)
    if (end === 'suspend') await client.send(api.suspendMember, sending)
    if (end === 'remove') await client.send(api.removeMember, sending)
    if (end === 'sign-out') await floor.auth.sessions.revokeAll(actor)
    const seen = stream.events.length
    await happen()
    await stream.ended
    expect(stream.events.slice(seen).filter(({ type }) => type === 'product.saved')).toEqual([])
  }
})

test('a key that is revoked, or whose creator may do less, gets no further event', async () => {
  for (const end of ['revoked', 'creator'] as const) {
    const maker = await floor.join(shop, `maker-${end}@shop.test`, 'admin')
    const text = await floor.key({ ...shop, owner: maker.actor }, ['catalog:read', 'order:read'])
    const stream = await open(text)
    await happen()
    await expect.poll(() => stream.events.length, { timeout: 5_000 }).toBe(1)
    const token = shop.token
    if (end === 'revoked')
      await client.send(api.revokeApiKey, { token, id: parseKey(text)?.id ?? '' })
    else
      await client.send(api.suspendMember, {
        token,
        id: maker.actor.id,
        headers: { 'if-match': '"v1"' },
      })
    await happen()
    await stream.ended
    expect(stream.events).toHaveLength(1)
  }
})

test('a key whose creator reaches less from now on gets no further event', async () => {
  const maker = await floor.join(shop, 'maker-reach@shop.test', 'admin')
  const text = await floor.key({ ...shop, owner: maker.actor }, ['catalog:read', 'order:read'])
  await floor.auth.team.changeRole(shop.owner, asId('MemberId', maker.actor.id), 'agent')
  const stream = await open(text)
  await happen()
  await expect.poll(() => stream.events.length, { timeout: 5_000 }).toBe(1)
  const { token } = shop
  const settings = await client.send(api.getSettings, { token })
  const headers = { 'if-match': settings.headers.get('etag') ?? '' }
  const body = { agentsReach: 'assigned' }
  expect((await client.send(api.changeSettings, { token, headers, body })).status).toBe(200)
  await happen()
  await stream.ended
  expect(stream.events).toHaveLength(1)
})

test('a reader that takes nothing is cut off, and misses nothing when it comes back', async () => {
  const { body } = await client.send(api.listEvents, { token: shop.token, query: '?limit=200' })
  const place = api.listEvents.response.parse(body).data.at(-1)?.id ?? ''
  const socket = await openRaw(place)
  const wanted = 6_000
  await floor.client.transaction([], (sql) => sql.query(insertOf(wanted, 4_000)))
  // Its place is free again once it was cut off.
  let next = await open(shop.token, place)
  const started = performance.now()
  while (next.status === 429) next = await open(shop.token, place)
  next.close()
  await next.ended
  const received = await drain(socket)
  console.info(
    `${received.length} of ${wanted} events stood in the socket of a reader cut off after ${Math.round(performance.now() - started)} ms`,
  )
  expect(received.length).toBeLessThan(wanted)
  let rest = await open(shop.token, received.at(-1))
  while (rest.status === 429) rest = await open(shop.token, received.at(-1))
  await expect.poll(() => rest.events.length, { timeout: 20_000 }).toBe(wanted - received.length)
  const all = [...received, ...rest.events.map(({ id }) => id)]
  expect(new Set(all).size).toBe(wanted)
  rest.close()
  await rest.ended
}, 60_000)

/** A stream whose reader takes its beginning and then nothing more. */
async function openRaw(after: string): Promise<Socket> {
  const { hostname, port } = new URL(floor.url)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => undefined)
  socket.write(
    `GET /v1/events/stream HTTP/1.1\r\nhost: ${hostname}\r\nauthorization: Bearer ${shop.token}\r\nlast-event-id: ${after}\r\n\r\n`,
  )
  const [beginning] = await once(socket, 'data')
  socket.pause()
  expect(String(beginning)).toContain('200 OK')
  return socket
}

/** Ids of the whole events that a reader still finds in its socket. */
async function drain(socket: Socket): Promise<readonly string[]> {
  let text = ''
  socket.setEncoding('utf8')
  socket.on('data', (chunk) => {
    text += String(chunk)
  })
  const closed = new Promise((resolve) => socket.once('close', resolve))
  socket.resume()
  await closed
  const blocks = text.split('\n\n').slice(0, -1)
  return blocks.flatMap((block) =>
    block.includes('event: order.changed') ? (/id: ([0-9a-f-]{36})$/m.exec(block)?.[1] ?? []) : [],
  )
}
