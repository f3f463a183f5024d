import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClient } from '@auronx/sdk/client'
import { openShop } from './shop.ts'
import type { TestShop } from './shop.ts'

let shop: TestShop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

test('the API of the running server serves pages by their cookie and programs by their key', async () => {
  const mine = await fetch(`${shop.url}/v1/me`, { headers: { cookie: shop.cookie } })
  expect(mine.status).toBe(200)
  const made = await fetch(`${shop.url}/v1/api-keys`, {
    method: 'POST',
    headers: {
      cookie: shop.cookie,
      origin: shop.url,
      'x-auronx-page': '1',
      'content-type': 'application/json',
      'idempotency-key': 'shelf',
    },
    body: JSON.stringify({ name: 'shelf', scopes: ['conversation:read'] }),
  })
  expect(made.status).toBe(201)
  const secret: unknown = Reflect.get(Object(await made.json()), 'text')
  const client = createClient({ baseUrl: shop.url, token: async () => String(secret) })
  expect((await client.me({})).kind).toBe('api_key')
})

test('nothing but the document and its page is shown without a credential', async () => {
  const own = { cookie: shop.cookie }
  expect((await fetch(`${shop.url}/v1/openapi.json`, { headers: own })).status).toBe(200)
  expect(
    (await fetch(`${shop.url}/v1/me`, { headers: { authorization: 'Bearer no' } })).status,
  ).toBe(401)
})
