import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestBrowser, codeOf, memberOf, prove } from './people.ts'
import type { TestBrowser } from './people.ts'
import type { TestShop } from './shop.ts'
import { eventually, openShop } from './shop.ts'

let shop: TestShop
let owner: TestBrowser
let counter = 0
const hi = { text: { body: 'hi' } }

beforeAll(async () => {
  shop = await openShop()
  owner = createTestBrowser(shop.url, shop.cookie)
})
afterAll(() => shop.close())

const device = (): string => shop.cookie.split('; ').find((pair) => /^auronx_\d+=/.test(pair)) ?? ''

interface Colleague {
  readonly browser: TestBrowser
  readonly id: string
}

/** Invites somebody with a role, who accepts in a browser of the own. */
async function invite(role: string): Promise<Colleague> {
  counter += 1
  const email = `colleague${counter}@demo.example`
  expect((await owner.post('/v1/invitations', { email, role })).status).toBe(201)
  const shown = await owner.get(`/account/shown-invitation?email=${email}`)
  const link = String(await memberOf(shown, 'link'))
  const browser = createTestBrowser(shop.url, device())
  await prove(browser, email)
  const token = new URL(link).hash.slice(1)
  const joined = await browser.post('/auth/invitation', { token, name: email, locale: 'en' })
  expect(joined.status).toBe(200)
  return { browser, id: String(await memberOf(await browser.get('/account/me'), 'memberId')) }
}

async function openConversation(name: string): Promise<string> {
  const customer = shop.customer({ name })
  customer.say('hello')
  await customer.hears(/Welcome/)
  const found = await eventually(
    async () => (await shop.desk.conversations()).find((one) => one.name === name),
    'the conversation',
  )
  return found.id
}

const handleOf = async ({ browser }: { readonly browser: TestBrowser }, id: string) => {
  const conversation = await memberOf(
    await browser.get(`/live/conversations/${id}`),
    'conversation',
  )
  return conversation
}

test('a viewer reads and changes nothing, and only who may sees a whole phone number', async () => {
  const id = await openConversation('Ana Privada')
  const [viewer, agent] = [await invite('viewer'), await invite('agent')]
  const whole = { handle: expect.stringMatching(/^\+15550100\d{3}$/) }
  const masked = { handle: expect.stringMatching(/^\+•+\d\d$/) }
  expect(await handleOf({ browser: owner }, id)).toMatchObject(whole)
  expect(await handleOf(viewer, id)).toMatchObject(masked)
  expect(await handleOf(agent, id)).toMatchObject(masked)
  for (const [command, body] of [
    ['take-over', {}],
    ['return-to-ai', {}],
    ['resolve', {}],
    ['messages', hi],
  ] as const) {
    const response = await viewer.browser.post(`/v1/conversations/${id}/${command}`, body)
    expect([response.status, await codeOf(response)], command).toEqual([403, 'not_permitted'])
  }
  for (const [pathname, body] of [
    ['/v1/invitations', { email: 'x@demo.example', role: 'viewer' }],
    [`/v1/members/${agent.id}/suspend`, {}],
    ['/v1/api-keys', { name: 'k', scopes: ['order:read'] }],
    ['/v1/channels', { phoneNumberId: '1', businessAccountId: '1', appId: '1' }],
  ] as const) {
    const response = await viewer.browser.post(pathname, body)
    expect(response.status, pathname).toBe(403)
  }
  expect((await agent.browser.post(`/v1/conversations/${id}/take-over`)).status).toBe(200)
  const summary = await memberOf(await viewer.browser.get('/live/summary'), 'may')
  expect(summary).toEqual({ reply: false, assign: false, close: false })
})

test('who read a conversation and who changed something is written down', async () => {
  const id = await openConversation('Berta Buch')
  const agent = await invite('agent')
  await agent.browser.get(`/live/conversations/${id}`)
  await agent.browser.post(`/v1/conversations/${id}/take-over`)
  const rows = await shop.sql(
    `select action, actor ->> 'id' as who from auronx.audit_log where target_id = '${id}' order by sequence`,
  )
  expect(rows).toEqual([
    { action: 'conversation.read', who: agent.id },
    { action: 'api.take-over', who: agent.id },
  ])
  const invited = await shop.sql(
    `select count(*)::integer as entries from auronx.audit_log where action = 'api.invite'`,
  )
  expect(Number(invited[0]?.['entries'])).toBeGreaterThan(0)
})

async function listen({ browser }: Colleague): Promise<{ readonly ended: Promise<string> }> {
  const response = await browser.get('/live/changes')
  expect(response.status).toBe(200)
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  await reader?.read()
  const drain = async (): Promise<string> => {
    let text = ''
    for (;;) {
      const part = await reader?.read()
      if (part === undefined || part.done) return text
      text += part.value
    }
  }
  return { ended: drain() }
}

test.each([
  ['removed', 'DELETE', '', {}, 401],
  ['suspended', 'POST', '/suspend', {}, 401],
  ['given another role', 'PATCH', '', { role: 'viewer' }, 200],
] as const)(
  'a colleague who is %s loses an open stream at once, and the next request knows',
  async (_what, method, pathname, body, next) => {
    const agent = await invite('agent')
    const { ended } = await listen(agent)
    const changed = await owner.change(method, `/v1/members/${agent.id}${pathname}`, 1, body)
    expect(changed.status).toBe(200)
    const text = await ended
    expect(text).not.toContain('event: change')
    const me = await agent.browser.get('/account/me')
    expect(me.status).toBe(next)
    if (next === 200) expect(await memberOf(me, 'role')).toBe('viewer')
    else expect((await agent.browser.post('/auth/refresh')).status).toBe(401)
  },
)

test('a stream of a session that was ended behind this process sends nothing more', async () => {
  const agent = await invite('agent')
  const { ended } = await listen(agent)
  await shop.sql(
    `update auronx.sessions set revoked_at = now(), version = version + 1 where member_id = '${agent.id}'`,
  )
  await openConversation('Carla Change')
  expect(await ended).not.toContain('event: change')
})

test('ending one session in the list ends that browser and no other', async () => {
  const agent = await invite('agent')
  const again = createTestBrowser(shop.url, device())
  const places = await memberOf(await prove(again, `colleague${counter}@demo.example`), 'places')
  const tenantId: unknown = Array.isArray(places) ? places[0]?.tenantId : ''
  await again.post('/auth/enter', { tenantId })
  const items = await memberOf(await again.get('/account/sessions'), 'items')
  const other: unknown = Array.isArray(items) ? items.find((one) => one.isThis === false) : {}
  expect((await again.post('/account/sessions/end', { id: Object(other).id })).status).toBe(200)
  expect((await agent.browser.get('/account/me')).status).toBe(401)
  expect((await again.get('/account/me')).status).toBe(200)
})

test('sensitive commands ask for a fresh proof, which a code gives to this session', async () => {
  const admin = await invite('admin')
  await shop.sql(
    `update auronx.sessions set authenticated_at = authenticated_at - interval '10 minutes' where member_id = '${admin.id}'`,
  )
  await admin.browser.post('/auth/refresh')
  const wanted = { name: 'Till', scopes: ['order:read'] }
  const late = await admin.browser.post('/v1/api-keys', wanted)
  expect(await codeOf(late)).toBe('reauthentication_required')
  await prove(admin.browser, `colleague${counter}@demo.example`)
  expect((await admin.browser.post('/auth/step-up')).status).toBe(200)
  const made = await admin.browser.post('/v1/api-keys', wanted)
  expect(made.status).toBe(201)
  const text = String(await memberOf(made, 'text'))
  const list = await (await admin.browser.get('/v1/api-keys')).text()
  expect(list).not.toContain(text.split('_')[3])
})

test('a person who objects is not counted, and what was counted is gone', async () => {
  const agent = await invite('agent')
  await agent.browser.get('/live/summary')
  const count = async (): Promise<number> => {
    const rows = await shop.sql('select count(*)::integer as events from auronx.usage_events')
    return Number(rows[0]?.['events'])
  }
  const before = await count()
  expect(before).toBeGreaterThan(0)
  const { status } = await agent.browser.post('/account/usage/objection', { isObjected: true })
  expect(status).toBe(200)
  expect(await count()).toBe(before - 1)
  await agent.browser.get('/live/summary')
  expect(await count()).toBe(before - 1)
})

test('the first number is sent for with the token that is sealed in the database', async () => {
  const rows = await shop.sql('select kind from auronx.credentials order by kind')
  expect(rows.map((row) => row['kind'])).toEqual(['access_token', 'app_secret', 'verify_token'])
  const { data } = Object(await (await owner.get('/v1/channels')).json())
  const health = await owner.get(`/v1/channels/${data[0].id}/health`)
  const text = await health.text()
  expect(JSON.parse(text)).toMatchObject({ status: 'CONNECTED' })
  for (const secret of shop.secrets) expect(text).not.toContain(secret)
  await shop.sql(`delete from auronx.credentials where kind = 'access_token'`)
  const later = await shop.restart()
  try {
    const customer = later.customer({ name: 'Dora Danach' })
    customer.say('hello')
    expect(await customer.hears(/Welcome/)).toContain('Welcome')
  } finally {
    shop = later
    owner = createTestBrowser(shop.url, shop.cookie)
  }
})

test('a number that a person disconnected sends nothing, stays so after a restart, and connects again', async () => {
  const other = await openShop()
  const at = (one: TestShop): TestBrowser => createTestBrowser(one.url, one.cookie)
  const numberOf = async (browser: TestBrowser) => {
    const { data } = Object(await (await browser.get('/v1/channels')).json())
    return data[0]
  }
  const { id } = await numberOf(at(other))
  expect((await at(other).post(`/v1/channels/${id}/disconnect`)).status).toBe(200)
  const later = await other.restart()
  try {
    const browser = at(later)
    expect(await numberOf(browser)).toMatchObject({ status: 'stopped' })
    const [accessToken, appSecret, verifyToken] = later.secrets
    const ids = {
      phoneNumberId: '900000000000001',
      businessAccountId: '800000000000001',
      appId: '700000000000001',
    }
    const wanted = { ...ids, accessToken, appSecret, verifyToken, pin: '123456' }
    const wrong = await browser.post('/v1/channels', { ...wanted, accessToken: 'no' })
    expect(wrong.status).toBe(409)
    expect(await memberOf(wrong, 'errors')).toMatchObject([{ code: 'token-invalid' }])
    expect((await browser.post('/v1/channels', wanted)).status).toBe(200)
    expect(await numberOf(browser)).toMatchObject({ status: 'active' })
  } finally {
    await later.close()
  }
})

test('a conversation that stays open is one read in the log, not one for every look', async () => {
  const id = await openConversation('Eva Einmal')
  for (let look = 0; look < 5; look += 1) await owner.get(`/live/conversations/${id}`)
  const rows = await shop.sql(
    `select count(*)::integer as reads from auronx.audit_log where target_id = '${id}'`,
  )
  expect(rows[0]?.['reads']).toBe(1)
})

test('readiness tells of database, roles, keys and clock', async () => {
  const response = await fetch(`${shop.url}/readyz`)
  expect(response.status).toBe(200)
  expect(await memberOf(response, 'checks')).toEqual({
    database: 'ok',
    keys: 'ok',
    clock: 'ok',
    worker: 'ok',
  })
})

test('an agent who is limited to what is assigned finds nothing else, on no page and by no route', async () => {
  const [mine, theirs] = [await openConversation('Mia Mine'), await openConversation('Theo Theirs')]
  const { browser } = await invite('agent')
  expect((await browser.post(`/v1/conversations/${mine}/take-over`)).status).toBe(200)
  const stop = new AbortController()
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const stream = await fetch(`${shop.url}/v1/events/stream`, {
    headers: { cookie },
    signal: stop.signal,
  })
  const heard = listenTo(stream)
  await reach('assigned')
  const listed = async (pathname: string, name: string): Promise<readonly string[]> => {
    const items = await memberOf(await browser.get(pathname), name)
    return JSON.stringify(items).match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? []
  }
  for (const [pathname, name] of [
    ['/live/conversations', 'items'],
    ['/v1/conversations', 'data'],
    ['/v1/sends', 'data'],
    ['/v1/events?limit=100', 'data'],
  ] as const) {
    expect(await listed(pathname, name), pathname).not.toContain(theirs)
  }
  expect(await listed('/live/conversations', 'items')).toContain(mine)
  for (const [id, status] of [
    [mine, 200],
    [theirs, 404],
  ] as const) {
    for (const pathname of [
      `/live/conversations/${id}`,
      `/v1/conversations/${id}`,
      `/v1/conversations/${id}/messages`,
    ])
      expect((await browser.get(pathname)).status, pathname).toBe(status)
  }
  const reply = await browser.post(`/v1/conversations/${theirs}/messages`, hi)
  expect(await codeOf(reply)).toBe('not_found')
  // A stream that is older than the setting hears of the own conversation and of no other.
  expect((await owner.post(`/v1/conversations/${theirs}/take-over`)).status).toBe(200)
  const version = await memberOf(await browser.get(`/v1/conversations/${mine}`), 'version')
  const resolved = await browser.change(
    'POST',
    `/v1/conversations/${mine}/resolve`,
    Number(version),
  )
  expect(resolved.status).toBe(200)
  await eventually(
    async () => (heard().includes('conversation.resolved') ? true : undefined),
    'the event of the own conversation',
  )
  stop.abort()
  await reach('all')
  expect(heard()).not.toContain(theirs)
  expect(await listed('/v1/conversations', 'data')).toContain(theirs)
})

async function reach(agentsReach: 'all' | 'assigned'): Promise<void> {
  const settings = await owner.get('/v1/settings')
  const etag = settings.headers.get('etag') ?? ''
  const cookie = [...owner.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const changed = await fetch(`${shop.url}/v1/settings`, {
    method: 'PATCH',
    headers: {
      cookie,
      origin: shop.url,
      'x-auronx-page': '1',
      'x-auronx-client': '1',
      'content-type': 'application/json',
      'if-match': etag,
    },
    body: JSON.stringify({ agentsReach }),
  })
  expect(changed.status).toBe(200)
}

function listenTo(stream: Response): () => string {
  let text = ''
  const read = async (): Promise<void> => {
    for await (const chunk of stream.body ?? []) text += Buffer.from(chunk).toString()
  }
  read().catch(() => undefined)
  return () => text
}
