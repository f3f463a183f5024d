import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeOf, createTestBrowser, memberOf, readMails } from './people.ts'
import type { TestBrowser } from './people.ts'
import type { TestShop } from './shop.ts'
import { openShop } from './shop.ts'

let shop: TestShop
let dataDir: string

beforeAll(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'auronx-deadline-'))
  shop = await openShop({ AURONX_MAIL: 'file', AURONX_DATA_DIR: dataDir })
})
afterAll(async () => {
  await shop.close()
  rmSync(dataDir, { recursive: true, force: true })
})

async function signUp(browser: TestBrowser, email: string): Promise<void> {
  await browser.post('/auth/code', { email, locale: 'en' })
  const mail = readMails(dataDir).findLast(({ to }) => to === email)
  const code = /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(mail?.text ?? '')?.[0] ?? ''
  await browser.post('/auth/code/verify', { code })
  const made = await browser.post('/auth/sign-up', {
    name: 'Olga',
    company: 'Deadline Shop',
    locale: 'en',
    timeZone: 'Europe/Madrid',
    currency: 'EUR',
  })
  expect(made.status).toBe(200)
}

interface Listening {
  readonly status: number
  text(): string
  /** Whether the server ended it. */
  isOver(): boolean
  close(): void
}

async function listen(
  pathname: string,
  headers: Readonly<Record<string, string>>,
): Promise<Listening> {
  const stop = new AbortController()
  const response = await fetch(`${shop.url}${pathname}`, { headers, signal: stop.signal })
  let [text, isOver] = ['', false]
  const decoder = new TextDecoder()
  const read = async (): Promise<void> => {
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true })
    isOver = true
  }
  void read().catch(() => undefined)
  return {
    status: response.status,
    text: () => text,
    isOver: () => isOver,
    close: () => stop.abort(),
  }
}

test('past the deadline a session loses what it may, and so do the streams it opened; keys of the business stay', async () => {
  const owner = createTestBrowser(shop.url)
  await signUp(owner, 'late@shop.example')
  const made = await owner.post('/v1/api-keys', {
    name: 'Till',
    scopes: ['order:read', 'catalog:read', 'catalog:write'],
  })
  expect(made.status).toBe(201)
  const key = { authorization: `Bearer ${String(await memberOf(made, 'text'))}` }
  const cookie = [...owner.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const streams = await Promise.all([
    listen('/v1/events/stream', { cookie }),
    listen('/live/changes', { cookie }),
  ])
  const ofKey = await listen('/v1/events/stream', key)
  for (const { status } of [...streams, ofKey]) expect(status).toBe(200)
  await expect.poll(() => streams.every(({ text }) => text() !== '')).toBe(true)

  await shop.sql(`update auronx.members set updated_at = updated_at - interval '8 days'`)
  const happens = () =>
    fetch(`${shop.url}/v1/tax-categories/standard`, {
      method: 'PUT',
      headers: {
        ...key,
        'content-type': 'application/json',
        'idempotency-key': crypto.randomUUID(),
      },
      body: JSON.stringify({ category: 'S', rate: 210_000 }),
    })
  expect((await happens()).status).toBe(200)
  const product = await fetch(`${shop.url}/v1/products`, {
    method: 'POST',
    headers: { ...key, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify({ title: 'Tea', variants: [{ sku: 'TEA', taxCode: 'standard' }] }),
  })
  expect(product.status).toBe(201)
  await expect.poll(() => ofKey.text(), { timeout: 5_000 }).toContain('event: product.')
  await expect
    .poll(() => streams.map(({ isOver }) => isOver()), { timeout: 20_000 })
    .toEqual([true, true])
  for (const { text } of streams) expect(text()).not.toContain('product')

  expect((await fetch(`${shop.url}/v1/orders`, { headers: key })).status).toBe(200)
  // The clock was turned in the database only, so what was read within the last minute is as before; a new token is read anew.
  expect((await owner.post('/auth/refresh')).status).toBe(200)
  for (const pathname of ['/v1/orders', '/live/changes']) {
    const refused = await owner.get(pathname)
    expect([refused.status, await codeOf(refused)], pathname).toEqual([403, 'not_permitted'])
  }
  const more = await owner.post('/v1/api-keys', { name: 'More', scopes: ['order:read'] })
  expect(more.status).toBe(403)
  expect((await owner.get('/account/me')).status).toBe(200)
  expect(ofKey.isOver()).toBe(false)
  ofKey.close()
}, 60_000)
