import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type } from '../cli/terminal.ts'
import { codeOf, createTestBrowser, memberOf, prove, signUp } from './people.ts'
import type { TestBrowser } from './people.ts'
import type { TestShop } from './shop.ts'
import { eventually, openShop } from './shop.ts'

let shop: TestShop
let device: string
let dataDir: string
let counter = 0
let refused = 0

beforeAll(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'auronx-sessions-'))
  shop = await openShop({ AURONX_DATA_DIR: dataDir })
  device = shop.cookie.split('; ').find((pair) => /^auronx_\d+=/.test(pair)) ?? ''
})
afterAll(async () => {
  console.log(`T-SES over HTTP: ${refused} of ${refused} attempts refused`)
  await shop.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const open = (): TestBrowser => createTestBrowser(shop.url, device)
const address = (): string => {
  counter += 1
  return `session${counter}@attack.example`
}
const valueOf = ({ cookies }: TestBrowser, name: string): readonly [string, string] =>
  [...cookies].find(([key]) => key.startsWith(`auronx_${name}`)) ?? ['', '']

async function expectOut(response: Promise<Response>, what: string): Promise<void> {
  expect([401, 403, 404], what).toContain((await response).status)
  refused += 1
}

describe('a token where none belongs', () => {
  test('opens nothing: in the address, a body, another header, another cookie', async () => {
    const browser = open()
    await signUp(browser, address(), 'Query Shop')
    const [name, token] = valueOf(browser, 'session')
    const [, refresh] = valueOf(browser, 'refresh')
    const plain = (pathname: string, headers: Readonly<Record<string, string>> = {}) =>
      fetch(`${shop.url}${pathname}`, {
        redirect: 'manual',
        headers: { cookie: device, ...headers },
      })
    for (const key of ['access_token', 'token', 'session', 'authorization', 'bearer', name]) {
      for (const pathname of ['/account/me', '/live/summary', '/live/changes', '/v1/settings'])
        await expectOut(plain(`${pathname}?${key}=${token}`), `${pathname}?${key}`)
    }
    for (const headers of [
      { 'x-access-token': token },
      { 'x-auth-token': token },
      { authorization: `Basic ${Buffer.from(`x:${token}`).toString('base64')}` },
      { authorization: token },
      { authorization: `Bearer ${refresh}` },
      { authorization: `Bearer ${token}, Bearer ${token}` },
      { cookie: `${device}; session=${token}` },
      { cookie: `${device}; __Host-auronx_session=${token}` },
      { cookie: `${device}; ${name}=${refresh}` },
    ])
      await expectOut(plain('/v1/settings', headers), JSON.stringify(Object.keys(headers)))
    const crossed = createTestBrowser(shop.url, device)
    crossed.cookies.set(valueOf(browser, 'refresh')[0], token)
    await expectOut(crossed.post('/auth/refresh'), 'an access token that wants to renew')
  })
})

describe('a planted cookie of a code', () => {
  test('gives the one who planted it nothing of who asks for a code of its own', async () => {
    const victim = open()
    const email = address()
    await signUp(victim, email, 'Victim')
    const attacker = open()
    await attacker.post('/auth/code', { email, locale: 'en' })
    const target = open()
    for (const [name, value] of attacker.cookies) target.cookies.set(name, value)
    const proven = await prove(target, email)
    expect(proven.status).toBe(200)
    const places = await memberOf(proven, 'places')
    const tenantId: unknown = Array.isArray(places) ? places[0]?.tenantId : ''
    await expectOut(attacker.post('/auth/enter', { tenantId }), 'the planted cookie')
    expect((await target.post('/auth/enter', { tenantId })).status).toBe(200)
  })
})

describe('what ends a session ends it everywhere', () => {
  test('signing out everywhere: other browsers, their renewal and their stream', async () => {
    const first = open()
    const email = address()
    await signUp(first, email, 'Everywhere')
    const second = open()
    const places = await memberOf(await prove(second, email), 'places')
    await second.post('/auth/enter', { tenantId: Array.isArray(places) ? places[0]?.tenantId : '' })
    const ended = await openStream(second, '/v1/events/stream')
    expect((await first.post('/auth/sign-out-everywhere')).status).toBe(200)
    for (const browser of [first, second]) {
      await expectOut(browser.get('/account/me'), 'a request')
      await expectOut(browser.post('/auth/refresh'), 'renewing')
    }
    await eventually(async () => (ended() ? true : undefined), 'the end of the stream')
    refused += 1
    expect(await auditOf('session.ended-everywhere')).toMatchObject([
      { actor_kind: 'staff', target_type: 'member', facts: { sessions: 2 } },
    ])
  })

  test('a closed account: the next request, renewing, signing in, and its stream of the API', async () => {
    const browser = open()
    const email = address()
    await signUp(browser, email, 'Closed')
    const ended = await openStream(browser, '/v1/events/stream')
    const environment = { AURONX_DATA_DIR: dataDir }
    const said = await type(['account', 'disable', email], environment)
    expect(said).toMatchObject({ code: 0, error: [] })
    await expectOut(browser.get('/account/me'), 'a request')
    await expectOut(browser.post('/auth/refresh'), 'renewing')
    expect(await codeOf(await prove(open(), email))).toBe('disabled')
    await eventually(async () => (ended() ? true : undefined), 'the end of the stream')
    refused += 2
    expect(await type(['account', 'enable', email], environment)).toMatchObject({ code: 0 })
    const written = { actor_kind: 'system', target_type: 'member' }
    expect(await auditOf('account.closed')).toMatchObject([
      { ...written, facts: { sessions: 1, keys: 0 } },
    ])
    expect(await auditOf('account.opened')).toMatchObject([written])
  })

  test('a signing key that is revoked by the command: every token of it, on the next request', async () => {
    const browser = open()
    await signUp(browser, address(), 'Key')
    expect((await browser.get('/account/me')).status).toBe(200)
    const environment = { AURONX_DATA_DIR: dataDir }
    const { out } = await type(['keys', 'status'], environment)
    const kid = /^signing key (\S+): active/m.exec(out.join('\n'))?.[1] ?? ''
    await type(['keys', 'revoke', kid], environment)
    await expectOut(browser.get('/live/summary'), 'a token of the revoked key')
    expect((await browser.post('/auth/refresh')).status).toBe(200)
    expect((await browser.get('/live/summary')).status).toBe(200)
  })
})

/** Entries of one action in the logs of all businesses. */
function auditOf(action: string): Promise<readonly object[]> {
  return shop.sql(
    `select actor->>'kind' as actor_kind, target_type, facts from auronx.audit_log where action = '${action}'`,
  )
}

/** Opens a stream; tells whether the server ended it. */
async function openStream(browser: TestBrowser, pathname: string): Promise<() => boolean> {
  const stream = await browser.get(pathname)
  expect(stream.status).toBe(200)
  let isEnded = false
  const read = async (): Promise<void> => {
    for await (const chunk of stream.body ?? []) void chunk
    isEnded = true
  }
  read().catch(() => undefined)
  return () => isEnded
}
