import { afterAll, beforeAll, expect, test } from 'vitest'
import { asId } from '@auronx/sdk'
import { api, problemKinds } from '@auronx/sdk/api'
import { createCheckedClient } from './checked.ts'
import type { Answer, CheckedClient } from './checked.ts'
import { openApiFloor, seedBusiness } from './floor.ts'
import type { ApiBusiness, ApiFloor, SeededBusiness } from './floor.ts'

let floor: ApiFloor
let client: CheckedClient
let shop: ApiBusiness
let own: SeededBusiness

beforeAll(async () => {
  floor = await openApiFloor({ streams: 1, perPrincipal: 400 })
  client = createCheckedClient(floor.url)
  shop = await floor.signUp('owner@shop.test')
  own = await seedBusiness(floor, shop.tenantId)
})

afterAll(() => floor.close())

function raw(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = {
    authorization: `Bearer ${shop.token}`,
    ...Object.fromEntries(new Headers(init.headers)),
  }
  return fetch(`${floor.url}${path}`, { ...init, headers })
}

function draft(key: string, quantity = 1): Promise<Answer> {
  const lines = [{ variantId: own.variantId, quantity }]
  return client.send(api.createOrder, {
    token: shop.token,
    body: { contactId: own.otherContactId, lines },
    headers: { 'idempotency-key': key },
  })
}

test('a repeated key gives the first answer again, and none for another request', async () => {
  const first = await draft('once')
  const second = await draft('once')
  expect(first.status).toBe(201)
  expect(second.body).toEqual(first.body)
  expect(second.headers.get('idempotency-replayed')).toBe('true')
  expect(first.headers.get('idempotency-replayed')).toBeNull()
  expect((await draft('once', 2)).code).toBe('idempotency_mismatch')
})

test('a hundred requests over five keys act five times', async () => {
  const answers = await Promise.all(Array.from({ length: 100 }, (_, at) => draft(`many-${at % 5}`)))
  const busy = answers.filter(({ code }) => code === 'idempotency_in_progress').length
  const replayed = answers.filter(({ headers }) => headers.has('idempotency-replayed')).length
  const acted = answers.filter(
    ({ status, headers }) => status === 201 && !headers.has('idempotency-replayed'),
  )
  console.info(`100 requests: ${acted.length} acted, ${replayed} replayed, ${busy} told to wait`)
  expect(acted).toHaveLength(5)
  expect(replayed + busy).toBe(95)
})

test('a refusal of the rules is kept with its key, a malformed request is not', async () => {
  const headers = { 'idempotency-key': 'far-too-many', 'if-match': '"v1"' }
  const sending = { token: shop.token, id: own.orderId, headers }
  const bad = await client.send(api.confirmOrder, { ...sending, body: {} })
  expect(bad.code).toBe('invalid_input')
  const refused = await client.send(api.confirmOrder, sending)
  expect(refused.code).toBe('illegal_transition')
  expect(
    (await client.send(api.confirmOrder, sending)).headers.get('idempotency-replayed'),
  ).toBeNull()
})

test('a version is needed, compared, and saves an answer when nothing changed', async () => {
  const sending = { token: shop.token, id: own.productId }
  const missing = await raw(`/v1/products/${own.productId}/archive`, {
    method: 'POST',
    headers: { 'idempotency-key': 'a' },
  })
  expect(missing.status).toBe(428)
  const stale = await client.send(api.archiveProduct, {
    ...sending,
    headers: { 'if-match': '"v9"' },
  })
  expect(stale.body).toMatchObject({ code: 'version_conflict', currentVersion: 1 })
  const weak = await client.send(api.archiveProduct, { ...sending, headers: { 'if-match': '*' } })
  expect(weak.code).toBe('malformed_request')
  const read = await client.send(api.getProduct, sending)
  expect(read.headers.get('etag')).toBe('"v1"')
  const same = await client.send(api.getProduct, {
    ...sending,
    headers: { 'if-none-match': '"v1"' },
  })
  expect(same.status).toBe(304)
  const racers = await Promise.all(
    Array.from({ length: 10 }, () =>
      client.send(api.archiveProduct, { ...sending, headers: { 'if-match': '"v1"' } }),
    ),
  )
  expect(racers.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(racers.filter(({ status }) => status === 412 || status === 409)).toHaveLength(9)
})

test('a cursor belongs to its list, its filters and its business', async () => {
  const { token } = shop
  const seen = new Set<unknown>()
  let cursor: string | null = ''
  while (cursor !== null) {
    const query: string = `?limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`
    const { body } = await client.send(api.listEvents, { token, query })
    const page = eventsPage(body)
    for (const id of page.ids) seen.add(id)
    if (cursor === '') await refusesElsewhere(page.nextCursor ?? '')
    cursor = page.nextCursor
  }
  const all = await client.send(api.listEvents, { token, query: '?limit=200' })
  expect([...seen]).toEqual(eventsPage(all.body).ids)
})

async function refusesElsewhere(cursor: string): Promise<void> {
  const foreign = await floor.signUp('owner@other.test')
  const token = shop.token
  const flipped = `${cursor.slice(0, 5)}${cursor[5] === 'A' ? 'B' : 'A'}${cursor.slice(6)}`
  const codes = await Promise.all([
    client.send(api.listOrders, { token, query: `?cursor=${cursor}` }),
    client.send(api.listEvents, { token: foreign.token, query: `?cursor=${cursor}` }),
    client.send(api.listEvents, { token, query: `?cursor=${flipped}` }),
    client.send(api.listEvents, { token, query: '?cursor=AAAA' }),
  ])
  expect(codes.map(({ code }) => code)).toEqual(Array.from({ length: 4 }, () => 'cursor_invalid'))
}

function eventsPage(body: unknown): {
  readonly ids: readonly string[]
  readonly nextCursor: string | null
} {
  const { data, page } = api.listEvents.response.parse(body)
  return { ids: data.map(({ id }) => id), nextCursor: page.nextCursor }
}

test('what is no JSON request is refused with its own status', async () => {
  const post = (body: BodyInit, headers: Record<string, string> = {}) =>
    raw('/v1/products', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', 'idempotency-key': 'x', ...headers },
    })
  const answers = await Promise.all([
    post('{'),
    post('"text"'),
    post('{"title":"a"}', { 'content-type': 'text/plain' }),
    post('{"title":"a"}', { 'content-encoding': 'gzip' }),
    post(JSON.stringify({ title: 'x'.repeat(1_048_577) })),
    post('{"title":"a\\u0000","variants":[]}'),
    post(new Uint8Array([0x7b, 0xff, 0x7d])),
    post('{"title":"a","__proto__":{"variants":[]}}'),
  ])
  expect(answers.map(({ status }) => status)).toEqual([400, 422, 415, 415, 413, 422, 400, 422])
  for (const answer of answers) {
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(await answer.json()).toMatchObject({
      type: expect.stringMatching(/^\/v1\/docs\/errors#[a-z_]+$/),
      requestId: answer.headers.get('x-request-id'),
    })
  }
})

test('methods, heads and unknown addresses', async () => {
  const other = await raw('/v1/orders', { method: 'DELETE' })
  expect(other.status).toBe(405)
  expect(other.headers.get('allow')).toBe('GET, HEAD, POST')
  const head = await raw(`/v1/products/${own.productId}`, { method: 'HEAD' })
  expect(head.status).toBe(200)
  expect(await head.text()).toBe('')
  const statuses = await Promise.all(
    [
      '/v1',
      '/v1/',
      '/v1/nothing',
      '/v1/orders/',
      '/v1/orders/%ff',
      '/v1/orders/1',
      '/v1/Orders',
    ].map(async (path) => (await raw(path)).status),
  )
  expect(statuses).toEqual(statuses.map(() => 404))
})

test('answers carry rate limits, security headers and no permission for other origins', async () => {
  const { headers } = await raw('/v1/me', { headers: { origin: 'https://evil.test' } })
  expect(headers.get('ratelimit-policy')).toBe('"default";q=400;w=60')
  expect(headers.get('ratelimit')).toMatch(/^"default";r=\d+;t=\d+$/)
  expect(headers.get('cache-control')).toBe('no-store')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('access-control-allow-origin')).toBeNull()
  const token = await floor.key(shop, ['order:read'])
  let asked = 0
  let limited: readonly Answer[] = []
  while (limited.length === 0 && asked < 3_000) {
    const batch = Array.from({ length: 100 }, () => client.send(api.getMe, { token }))
    limited = (await Promise.all(batch)).filter(({ status }) => status === 429)
    asked += batch.length
  }
  console.info(`${asked} requests of one key: ${limited.length} over the limit of 400 a minute`)
  expect(limited[0]?.headers.get('retry-after')).toMatch(/^\d+$/)
})

test('the document and the reference page are served from here, with every problem in them', async () => {
  const document = await fetch(`${floor.url}/v1/openapi.json`)
  const text = await document.text()
  const etag = document.headers.get('etag') ?? ''
  const missing = Object.keys(problemKinds).filter(
    (code) => !text.includes(`/v1/docs/errors#${code}`),
  )
  expect(missing).toEqual([])
  const again = await fetch(`${floor.url}/v1/openapi.json`, { headers: { 'if-none-match': etag } })
  expect(again.status).toBe(304)
  const page = await fetch(`${floor.url}/v1/docs`)
  const html = await page.text()
  const nonce = /nonce="([^"]+)"/.exec(html)?.[1] ?? ''
  expect(page.headers.get('content-security-policy')).toContain(`script-src 'nonce-${nonce}'`)
  expect(html).not.toMatch(/https?:\/\//)
  const script = await fetch(`${floor.url}/v1/docs/swagger-ui-bundle.js`)
  expect(script.status).toBe(200)
  expect((await script.arrayBuffer()).byteLength).toBeGreaterThan(500_000)
  expect((await fetch(`${floor.url}/v1/docs/..%2fpackage.json`)).status).toBe(404)
})

test('a role acts on the next read, up and down, and removal ends them', async () => {
  const { token, actor } = await floor.join(shop, 'late@shop.test', 'agent')
  const read = async (): Promise<readonly number[]> => [
    (await client.send(api.listConversations, { token })).status,
    (await client.send(api.listAudit, { token })).status,
  ]
  const memberId = asId('MemberId', actor.id)
  expect([await read(), await read()]).toEqual([
    [200, 403],
    [200, 403],
  ])
  await floor.auth.team.changeRole(shop.owner, memberId, 'admin')
  expect(await read()).toEqual([200, 200])
  await floor.auth.team.changeRole(shop.owner, memberId, 'viewer')
  expect(await read()).toEqual([200, 403])
  await floor.auth.team.act(shop.owner, memberId, 'remove')
  expect(await read()).toEqual([401, 401])
})

test('a read is answered anew whatever key it carries', async () => {
  const headers = { 'idempotency-key': 'every-request' }
  const named = async (name: string): Promise<number> => {
    const found = await raw(`/v1/contacts?q=${encodeURIComponent(name)}`, { headers })
    expect(found.headers.get('idempotency-replayed')).toBeNull()
    return api.listContacts.response.parse(await found.json()).data.length
  }
  const all = await raw('/v1/contacts', { headers })
  expect(api.listContacts.response.parse(await all.json()).data.length).toBeGreaterThan(0)
  expect(await named('nobody of this name')).toBe(0)
})

test('a key ends with the next read: revoked, rotated without overlap, its creator gone', async () => {
  const { actor } = await floor.join(shop, 'keys@shop.test', 'admin')
  const read = async (token: string): Promise<number> =>
    (await client.send(api.listConversations, { token })).status
  const scopes = ['conversation:read'] as const
  const make = async (): Promise<{ readonly id: string; readonly text: string }> => {
    const made = await floor.auth.apiKeys.create(actor, { name: 'Shop', scopes })
    if (made.kind === 'refused') throw new Error(made.reason)
    return { id: made.key.id, text: made.text }
  }
  const [revoked, rotated, orphan] = [await make(), await make(), await make()]
  for (const { text } of [revoked, rotated, orphan])
    expect([await read(text), await read(text)]).toEqual([200, 200])
  await floor.auth.apiKeys.revoke(actor, revoked.id)
  expect(await read(revoked.text)).toBe(401)
  const again = await floor.auth.apiKeys.rotate(actor, rotated.id)
  expect([await read(rotated.text), await read(rotated.text)]).toEqual([200, 200])
  if (again.kind === 'made') expect(await read(again.text)).toBe(200)
  await floor.auth.apiKeys.rotate(actor, rotated.id, 0)
  await floor.auth.team.act(shop.owner, asId('MemberId', actor.id), 'remove')
  expect([await read(rotated.text), await read(orphan.text)]).toEqual([401, 401])
})

test('the type of a problem leads to a page that explains it, without a credential', async () => {
  const problem: unknown = await (await raw('/v1/nothing')).json()
  const type = String(Reflect.get(Object(problem), 'type'))
  const where = new URL(type, `${floor.url}/v1/nothing`)
  const page = await fetch(where)
  expect(page.status).toBe(200)
  expect(page.headers.get('content-type')).toContain('text/html')
  expect(page.headers.get('content-security-policy')).not.toContain('script-src')
  const html = await page.text()
  expect(html).toContain(`id="${where.hash.slice(1)}"`)
  const rows = html.split('<tr id=').slice(1)
  expect(rows).toHaveLength(Object.keys(problemKinds).length)
  expect(rows.filter((row) => row.includes('<td></td>'))).toEqual([])
})

test('a principal has one stream at a time where one is allowed', async () => {
  const stop = new AbortController()
  const open = () => raw('/v1/events/stream', { signal: stop.signal })
  const first = await open()
  expect(first.headers.get('content-type')).toContain('text/event-stream')
  expect((await open()).status).toBe(429)
  stop.abort()
  await expect
    .poll(async () => {
      const next = new AbortController()
      const { status } = await raw('/v1/events/stream', { signal: next.signal })
      next.abort()
      return status
    })
    .toBe(200)
})

test('commands and reads of personal data stand in the audit log, and its export says so too', async () => {
  await client.send(api.getContact, { token: shop.token, id: own.contactId })
  const { body } = await client.send(api.listAudit, { token: shop.token, query: '?limit=200' })
  const actions = api.listAudit.response.parse(body).data.map(({ action }) => action)
  expect(actions).toContain('api.create-order')
  expect(actions).toContain('api.get-contact')
  const lines = (await (await raw('/v1/audit/export')).text()).trim().split('\n')
  expect(lines.length).toBeGreaterThan(actions.length)
})
