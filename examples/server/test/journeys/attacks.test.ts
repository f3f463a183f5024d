import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeOf, createTestBrowser, memberOf, prove, readMails, signUp } from './people.ts'
import type { TestBrowser } from './people.ts'
import type { TestShop } from './shop.ts'
import { openShop } from './shop.ts'

let shop: TestShop
let device: string
let counter = 0

beforeAll(async () => {
  shop = await openShop()
  // The cookie of the one-time link, without the session that comes with it.
  device = shop.cookie.split('; ').find((pair) => /^auronx_\d+=/.test(pair)) ?? ''
})
afterAll(() => shop.close())

const open = (): TestBrowser => createTestBrowser(shop.url, device)
const address = (): string => {
  counter += 1
  return `person${counter}@attack.example`
}

async function owner(): Promise<TestBrowser> {
  const browser = open()
  await signUp(browser, address(), `Shop ${counter}`)
  return browser
}

const sessionOf = ({ cookies }: TestBrowser): string =>
  [...cookies].find(([name]) => name.startsWith('auronx_session'))?.[1] ?? ''
const isIn = async (browser: TestBrowser): Promise<boolean> =>
  (await browser.get('/account/me')).status === 200

describe('commands that another site causes', () => {
  const attacks: readonly [string, Readonly<Record<string, string | undefined>>][] = [
    ['no origin and no fetch metadata', { origin: undefined }],
    ['a foreign origin', { origin: 'https://evil.example' }],
    ['the null origin of a sandboxed frame', { origin: 'null' }],
    ['our host with another scheme and port', { origin: 'https://localhost' }],
    ['our name as a subdomain of theirs', { origin: 'http://localhost.evil.example' }],
    ['cross-site fetch metadata', { 'sec-fetch-site': 'cross-site' }],
    ['same-site fetch metadata of a neighbour', { 'sec-fetch-site': 'same-site' }],
    ['a navigation by hand', { 'sec-fetch-site': 'none' }],
    ['no header of our pages', { 'x-auronx-page': undefined }],
    ['another value of that header', { 'x-auronx-page': '0' }],
    ['a form that posts text', { 'x-auronx-page': undefined, 'content-type': 'text/plain' }],
    [
      'an ordinary form',
      { 'x-auronx-page': undefined, 'content-type': 'application/x-www-form-urlencoded' },
    ],
    ['a multipart form', { 'x-auronx-page': undefined, 'content-type': 'multipart/form-data' }],
    ['a method override', { 'x-auronx-page': undefined, 'x-http-method-override': 'GET' }],
    ['a forwarded host', { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' }],
    ['an origin that is no address', { origin: 'nonsense' }],
  ]
  const commands = ['/auth/sign-out', '/account/team/invitations', '/account/keys/', '/auth/code']

  test(`${attacks.length} tricks against ${commands.length} commands change nothing`, async () => {
    const browser = await owner()
    let refused = 0
    for (const [name, headers] of attacks) {
      for (const command of commands) {
        const response = await browser.post(command, {}, headers)
        expect([403, 415], `${name} at ${command}`).toContain(response.status)
        refused += 1
      }
    }
    expect(await isIn(browser)).toBe(true)
    console.log(`CSRF: ${refused} of ${attacks.length * commands.length} refused`)
  })

  test('a body that only looks like JSON is not read', async () => {
    const browser = await owner()
    const body = '{"email":"x@attack.example","role":"admin"}'
    for (const type of ['text/plain', 'text/plain; charset=application/json', 'application/xml']) {
      const response = await browser.post('/account/team/invitations', body, {
        'content-type': type,
      })
      expect(response.status).toBe(415)
    }
  })

  test('nothing changes by GET, whatever the path', async () => {
    const browser = await owner()
    for (const command of ['/auth/sign-out', '/auth/refresh', '/auth/code/verify', '/auth/enter']) {
      expect([404, 405]).toContain((await browser.get(command)).status)
    }
    expect(await isIn(browser)).toBe(true)
  })
})

describe('sessions', () => {
  test('a session that was planted before is not the one after signing in', async () => {
    const attacker = await owner()
    const victim = open()
    for (const [name, value] of attacker.cookies) victim.cookies.set(name, value)
    await signUp(victim, address(), 'Victim')
    expect(sessionOf(victim)).not.toBe(sessionOf(attacker))
    const [mine, theirs] = await Promise.all([
      victim.get('/account/me'),
      attacker.get('/account/me'),
    ])
    expect(await memberOf(mine, 'business')).toBe('Victim')
    expect(await memberOf(theirs, 'business')).not.toBe('Victim')
  })

  test('a second cookie of the same name from a neighbour is no session', async () => {
    const [browser, other] = [await owner(), await owner()]
    const pair = [...browser.cookies].find(([name]) => name.startsWith('auronx_session'))
    const [name = '', value = ''] = pair ?? []
    for (const header of [
      `${name}=${sessionOf(other)}; ${name}=${value}`,
      `${name}=${value}; ${name}=${sessionOf(other)}`,
      `${name}=; ${name}=${value}; ${name}=x`,
    ]) {
      const response = await fetch(`${shop.url}/account/me`, {
        headers: { cookie: `${device}; ${header}` },
      })
      expect(response.status).toBe(401)
    }
  })

  test('signing out ends the session for a copy of the cookie as well', async () => {
    const browser = await owner()
    const copy = createTestBrowser(shop.url, device)
    for (const [name, value] of browser.cookies) copy.cookies.set(name, value)
    expect(await isIn(copy)).toBe(true)
    expect((await browser.post('/auth/sign-out')).status).toBe(200)
    expect(await isIn(copy)).toBe(false)
    expect((await copy.post('/auth/refresh')).status).toBe(401)
  })

  test('fifty tabs that renew at once stay signed in, on one successor', async () => {
    const browser = await owner()
    const tabs = Array.from({ length: 50 }, () => {
      const tab = open()
      for (const [name, value] of browser.cookies) tab.cookies.set(name, value)
      return tab
    })
    const statuses = await Promise.all(
      tabs.map(async (tab) => (await tab.post('/auth/refresh')).status),
    )
    expect(statuses.filter((status) => status === 200)).toHaveLength(50)
    const successors = new Set(
      tabs.map(({ cookies }) => [...cookies].find(([name]) => name.includes('refresh'))?.[1]),
    )
    expect(successors.size).toBe(1)
    const still = await Promise.all(tabs.map(isIn))
    expect(still.every(Boolean)).toBe(true)
    console.log('Refresh race: 50 tabs, 50 signed in, 1 successor')
  })

  test('no answer of signing in holds a token, and no cookie can be read by a script', async () => {
    const browser = open()
    const asked = await browser.post('/auth/code', { email: address(), locale: 'en' })
    for (const line of asked.headers.getSetCookie()) expect(line).toContain('HttpOnly')
    const text = JSON.stringify(await asked.json())
    expect(text).not.toMatch(/axb_|axr_|eyJ/)
    const refreshed = await (await owner()).post('/auth/refresh')
    expect(refreshed.headers.getSetCookie()).toHaveLength(3)
    for (const line of refreshed.headers.getSetCookie()) expect(line).toContain('HttpOnly')
    expect(await refreshed.text()).toBe('{"kind":"signed_in"}')
  })
})

describe('mailed codes', () => {
  const ask = async (browser: TestBrowser, email: string): Promise<string> =>
    String(await memberOf(await browser.post('/auth/code', { email, locale: 'en' }), 'demoCode'))

  test('five wrong tries end a code, and the right one comes too late', async () => {
    const browser = open()
    const code = await ask(browser, address())
    const answers: string[] = []
    for (let guess = 0; guess < 8; guess += 1) {
      const wrong = `2222-222${guess + 2}`
      answers.push(await codeOf(await browser.post('/auth/code/verify', { code: wrong })))
    }
    expect(answers.filter((answer) => answer === 'wrong_code')).toHaveLength(5)
    expect(await codeOf(await browser.post('/auth/code/verify', { code }))).toBe('over')
    console.log(`Code guessing: ${answers.length} guesses, 0 in; 30^8 codes, 5 tries each`)
  })

  test('an address is mailed five codes in a quarter of an hour at most', async () => {
    const email = address()
    const statuses: number[] = []
    for (let time = 0; time < 7; time += 1) {
      statuses.push((await open().post('/auth/code', { email, locale: 'en' })).status)
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429])
  })

  test('a code works once, in the browser that asked, for the address that it went to', async () => {
    const [mine, other] = [open(), open()]
    const email = address()
    const code = await ask(mine, email)
    const foreign = await ask(other, address())
    expect(await codeOf(await other.post('/auth/code/verify', { code }))).toBe('wrong_code')
    expect(await codeOf(await mine.post('/auth/code/verify', { code: foreign }))).toBe('wrong_code')
    expect(await codeOf(await open().post('/auth/code/verify', { code }))).toBe('other_browser')
    expect((await mine.post('/auth/code/verify', { code })).status).toBe(200)
    expect(await codeOf(await mine.post('/auth/code/verify', { code }))).toBe('over')
  })

  test('a proof enters one business once, and none that the person does not belong to', async () => {
    const email = address()
    const first = open()
    await signUp(first, email, 'Mine')
    const places = await memberOf(await prove(open(), email), 'places')
    const tenantId: unknown = Array.isArray(places) ? places[0]?.tenantId : ''
    const thief = open()
    await signUp(thief, address(), 'Thief')
    await prove(thief, address())
    expect((await thief.post('/auth/enter', { tenantId })).status).toBe(403)
    const again = open()
    await prove(again, email)
    expect((await again.post('/auth/enter', { tenantId })).status).toBe(200)
    expect((await again.post('/auth/enter', { tenantId })).status).toBe(403)
  })

  test('a mail scanner that follows the link uses nothing up', async () => {
    const browser = open()
    const code = await ask(browser, address())
    for (const pathname of ['/sign-in', `/sign-in?code=${code}`, '/invitation']) {
      expect((await open().get(pathname)).status).toBe(200)
      expect((await browser.get(pathname)).status).toBe(200)
    }
    expect((await browser.post('/auth/code/verify', { code })).status).toBe(200)
  })

  test('whether an address has an account does not show before it is proven', async () => {
    const known = address()
    await signUp(open(), known, 'Known')
    const shapes = await Promise.all(
      [known, address()].map(async (email) => {
        const answer = await open().post('/auth/code', { email, locale: 'en' })
        const body: unknown = await answer.json()
        return [answer.status, Object.keys(Object(body)).toSorted()]
      }),
    )
    expect(shapes[0]).toEqual(shapes[1])
  })
})

describe('pages and their ways', () => {
  test('nobody is led to another site after signing in', async () => {
    const targets = [
      'https://evil.example',
      '//evil.example',
      '/\\evil.example',
      'javascript:alert(1)',
    ]
    for (const target of targets) {
      const response = await open().get(`/sign-in?next=${encodeURIComponent(target)}`)
      expect(response.status).toBe(200)
      expect(await response.text()).not.toContain('evil')
      const start = await open().get(`/?next=${encodeURIComponent(target)}`)
      expect(start.headers.get('location')).toBe('/sign-in')
    }
  })

  test('each page has a nonce of its own and the headers that keep others out', async () => {
    const [one, two] = [await open().get('/sign-in'), await open().get('/sign-in')]
    const policies = [one, two].map(({ headers }) => headers.get('content-security-policy') ?? '')
    expect(policies[0]).toMatch(/script-src 'nonce-[A-Za-z0-9+/=]{24}'/)
    expect(policies[0]).not.toBe(policies[1])
    expect(policies[0]).not.toMatch(/unsafe|\*|http:/)
    const nonce = /nonce-([^']+)/.exec(policies[0] ?? '')?.[1] ?? ''
    expect(await one.text()).toContain(`nonce="${nonce}"`)
    for (const name of [
      'x-content-type-options',
      'referrer-policy',
      'cross-origin-opener-policy',
      'cross-origin-resource-policy',
      'x-request-id',
    ])
      expect(one.headers.get(name), name).toBeTruthy()
    expect((await open().get('/account/me')).headers.get('cache-control')).toBe('no-store')
  })

  test('without a session a page leads to the sign-in page and its data answers 401', async () => {
    for (const page of ['/', '/account', '/team', '/numbers', '/keys']) {
      const response = await open().get(page)
      expect(response.status).toBe(303)
      expect(response.headers.get('location')).toMatch(/^\/sign-in/)
    }
    for (const data of [
      '/live/summary',
      '/live/conversations',
      '/live/changes',
      '/account/me',
      '/account/team/',
      '/account/keys/',
      '/account/numbers/',
      '/account/usage/',
    ])
      expect((await open().get(data)).status, data).toBe(401)
  })

  test('signing keys are public and nothing else of them', async () => {
    const response = await fetch(`${shop.url}/.well-known/jwks.json`)
    const keys = await memberOf(response, 'keys')
    expect(Array.isArray(keys) && keys.length > 0).toBe(true)
    expect(JSON.stringify(keys)).not.toContain('"d"')
  })
})

test('over https the cookies are of this host alone, and mailed codes are never shown', async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'auronx-https-'))
  const other = await openShop({
    AURONX_DATA_DIR: dataDir,
    AURONX_PUBLIC_URL: 'https://shop.example',
    AURONX_MAIL: 'file',
    AURONX_ROOT_KEYS: `1:${randomBytes(32).toString('base64')}`,
  })
  try {
    const browser = createTestBrowser(other.url)
    const asked = await browser.post('/auth/code', { email: 'a@shop.example', locale: 'en' })
    expect(asked.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^__Host-auronx_browser=\S+; Path=\/; HttpOnly; Secure; SameSite=Strict;/,
      ),
    ])
    const answer = await asked.text()
    expect(answer).not.toMatch(/demo|[2-9A-Z]{4}-[2-9A-Z]{4}/)
    const [mail] = readMails(dataDir)
    expect(mail?.to).toBe('a@shop.example')
    expect(mail?.text).toMatch(/https:\/\/shop\.example\/sign-in#[2-9A-Z]{8}/)
    expect(await (await browser.get('/sign-in')).text()).toContain('data-demo="false"')
    const headers = (await browser.get('/sign-in')).headers
    expect(headers.get('strict-transport-security')).toContain('max-age=')
  } finally {
    await other.close()
  }
})
