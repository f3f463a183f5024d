import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { routes } from '@auronx/sdk/api'
import { createClient } from '@auronx/sdk/client'
import { bodyOf } from './bodies.ts'
import { openApiFloor, seedBusiness } from './floor.ts'
import type { ApiBusiness, ApiFloor, SeededBusiness } from './floor.ts'

let floor: ApiFloor
let shop: ApiBusiness
let own: SeededBusiness

beforeAll(async () => {
  floor = await openApiFloor()
  shop = await floor.signUp('owner@shop.test')
  own = await seedBusiness(floor, shop.tenantId)
})

afterAll(() => floor.close())

type Headers = Readonly<Record<string, string | undefined>>

function send(method: string, path: string, headers: Headers, body: unknown = {}) {
  const usual = {
    cookie: floor.cookieOf(shop.token),
    origin: floor.url,
    'x-auronx-page': '1',
    'content-type': 'application/json',
    'idempotency-key': randomUUID(),
    'if-match': '"v1"',
  }
  const sent = Object.entries({ ...usual, ...headers }).flatMap(
    ([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]]),
  )
  const rest = method === 'GET' ? {} : { body: JSON.stringify(body) }
  return fetch(`${floor.url}/v1${path}`, { method, headers: sent, ...rest })
}

const foreign: readonly (readonly [string, Headers])[] = [
  ['without the header of our pages', { 'x-auronx-page': undefined }],
  ['with another value of it', { 'x-auronx-page': '0' }],
  ['with the header of a client of before', { 'x-auronx-page': undefined, 'x-auronx-client': '1' }],
  ['from no origin at all', { origin: undefined }],
  ['from another origin', { origin: 'https://evil.example' }],
  ['from the null origin', { origin: 'null' }],
  ['from a neighbouring port', { origin: 'http://127.0.0.1:1' }],
  ['from a name that begins with ours', { origin: 'http://127.0.0.1.evil.example' }],
  ['by a cross-site fetch', { 'sec-fetch-site': 'cross-site' }],
  ['by a same-site neighbour', { 'sec-fetch-site': 'same-site' }],
  ['by hand', { 'sec-fetch-site': 'none' }],
  ['as a form of plain text', { 'x-auronx-page': undefined, 'content-type': 'text/plain' }],
  ['with a method override', { 'x-auronx-page': undefined, 'x-http-method-override': 'GET' }],
]

test('a command with a cookie is taken from our own pages only, whichever it is', async () => {
  const commands = routes.filter(({ method }) => method !== 'GET')
  const wrong: string[] = []
  for (const route of commands) {
    const path = route.path.replace('{id}', own.productId).replace('{code}', 'standard')
    for (const [name, headers] of foreign) {
      const response = await send(route.method, path, headers, bodyOf(route))
      const problem: unknown = await response.json()
      const code = String(Reflect.get(Object(problem), 'code'))
      if (response.status !== 403 || code !== 'not_permitted')
        wrong.push(`${route.operation} ${name}: ${response.status} ${code}`)
    }
  }
  console.info(`CSRF on /v1: ${foreign.length} tricks × ${commands.length} commands`)
  expect(wrong).toEqual([])
}, 60_000)

test('a page of ours commands and reads with its cookie, as the browser sends it', async () => {
  const path = `/products/${own.productId}/archive`
  const browser = { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' }
  expect((await send('POST', path, browser)).status).toBe(200)
  expect((await send('GET', '/me', { origin: undefined, 'x-auronx-page': undefined })).status).toBe(
    200,
  )
})

test('the typed client of a page needs no token', async () => {
  const client = createClient({
    baseUrl: floor.url,
    fetch: (input, init) => {
      const request = new Request(input, init)
      request.headers.set('cookie', floor.cookieOf(shop.token))
      request.headers.set('origin', floor.url)
      return fetch(request)
    },
  })
  const { version } = await client.settings.get({})
  const changed = await client.settings.change({ version, body: { businessName: 'Corner shop' } })
  expect(changed.businessName).toBe('Corner shop')
})

test('a credential in the header decides alone, and a cookie beside it is not looked at', async () => {
  const key = await floor.key(shop, ['order:read'])
  const response = await send('GET', '/settings', { authorization: `Bearer ${key}` })
  expect(response.status).toBe(403)
  const bad = await send('GET', '/settings', { authorization: 'Bearer no' })
  expect(bad.status).toBe(401)
})
