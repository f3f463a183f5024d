import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAuronxError } from '@auronx/sdk'
import { createClient } from '@auronx/sdk/client'
import type { Client } from '@auronx/sdk/client'
import { openApiFloor, seedBusiness } from './floor.ts'
import type { ApiBusiness, ApiFloor } from './floor.ts'

let floor: ApiFloor
let shop: ApiBusiness
let client: Client
let viewer: Client

beforeAll(async () => {
  floor = await openApiFloor()
  shop = await floor.signUp('owner@shop.test')
  await seedBusiness(floor, shop.tenantId)
  client = clientOf(shop.token)
  viewer = clientOf((await floor.join(shop, 'eva@shop.test', 'viewer')).token)
  const people: readonly (readonly [string, string])[] = [
    ['Ana López', '15550100301'],
    ['Ben', '15550100302'],
    ['Joanna', '15550109303'],
  ]
  for (const [displayName, phone] of people)
    await floor.auronx.contacts.identify(shop.owner, { phone, displayName })
})

afterAll(() => floor.close())

function clientOf(token: string): Client {
  return createClient({ baseUrl: floor.url, token: () => token, retries: 0 })
}

async function namesOf(who: Client, q: string): Promise<readonly unknown[]> {
  const { data } = await who.contacts.list({ query: { q } })
  return data.map(({ displayName }) => displayName)
}

test('contacts are found by name, and numbers by their beginning only where they may be seen', async () => {
  expect(await namesOf(client, 'ana')).toEqual(['Ana López'])
  expect(await namesOf(client, '+1 555 010 03')).toEqual(['Ben', 'Ana López'])
  expect(await namesOf(viewer, '+1 555 010 03')).toEqual([])
  expect(await namesOf(viewer, '+1 (555) 010-0302')).toEqual(['Ben'])
  const { data } = await viewer.contacts.list({ query: { q: 'Ben' } })
  expect(data[0]?.identities[0]?.value).toMatch(/^•+02$/)
})

test('contacts are read page by page, each once, and a cursor belongs to its search', async () => {
  const ids: string[] = []
  for await (const { id } of client.contacts.all({ query: { limit: 2 } })) ids.push(id)
  expect(new Set(ids).size).toBe(5)
  expect(ids).toEqual(ids.toSorted().toReversed())
  const { page } = await client.contacts.list({ query: { limit: 1, q: '1555' } })
  const elsewhere = client.contacts.list({ query: { q: '1556', cursor: page.nextCursor ?? '' } })
  await expect(elsewhere).rejects.toSatisfy(
    (error) => isAuronxError(error) && error.details['problem'] === 'cursor_invalid',
  )
})

test('products are listed in every state, and their prices and taxes can be asked for', async () => {
  const sku = 'SHELF'
  const made = await client.products.create({
    body: {
      title: 'Shelf',
      status: 'draft',
      variants: [
        {
          sku,
          taxCode: 'standard',
          price: { amount: 900, currency: 'EUR', taxBehavior: 'inclusive' },
        },
      ],
    },
  })
  const variantId = made.variants[0]?.id ?? ''
  const statuses = async (status?: string): Promise<readonly string[]> => {
    const { data } = await client.products.list({ query: status === undefined ? {} : { status } })
    return data.map((product) => `${product.title} ${product.status}`)
  }
  expect(await statuses()).toEqual(['Shelf draft', 'Flat white active'])
  expect(await statuses('archived,draft')).toEqual(['Shelf draft'])
  const early = client.variants.previewPrice({ params: { id: variantId } })
  await expect(early).rejects.toSatisfy((error) => isAuronxError(error, 'refused'))
  const { version } = made
  await client.products.publish({ params: { id: made.id }, version })
  const price = await client.variants.previewPrice({
    params: { id: variantId },
    query: { quantity: 3 },
  })
  expect(price.unitPrice).toEqual({ amount: 900, currency: 'EUR' })
  expect((await client.taxCategories.list({})).data.map(({ code }) => code)).toEqual(['standard'])
})

test('a contact gets a language, is left alone, and may be written to again', async () => {
  const [ben] = (await client.contacts.list({ query: { q: 'Ben' } })).data
  const params = { id: ben?.id ?? '' }
  const spoken = await client.contacts.setLocale({
    params,
    version: ben?.version ?? 0,
    body: { locale: 'pt' },
  })
  expect(spoken.locale).toBe('pt')
  const quiet = await client.contacts.suppress({
    params,
    version: spoken.version,
    body: { what: 'everything', reason: 'asked' },
  })
  expect(quiet.suppressed?.everything?.reason).toBe('asked')
  const lifted = await client.contacts.liftSuppression({
    params,
    version: quiet.version,
    body: { what: 'everything' },
  })
  expect(lifted.suppressed).toBeUndefined()
})

test('a person objects to being counted, and takes it back', async () => {
  expect(await viewer.usage.objection({})).toEqual({ isObjected: false })
  await viewer.usage.setObjection({ body: { isObjected: true } })
  expect(await viewer.usage.objection({})).toEqual({ isObjected: true })
  expect(await client.usage.objection({})).toEqual({ isObjected: false })
  expect((await client.usage.list({})).data).toEqual([])
})
