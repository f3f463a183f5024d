import { createAuronx, createIds, createRandom, createSystemClock, hostActor } from '@auronx/sdk'
import type { Actor, Auronx, Product, Storage } from '@auronx/sdk'
import { createFakeMessenger, createMemoryStorage } from '@auronx/sdk/testing'
import { expect, test } from 'vitest'
import { seedDemo } from '../src/seed.ts'

const account = {
  graphUrl: '',
  accessToken: '',
  appSecret: '',
  verifyToken: '',
  appId: '700000000000001',
  phoneNumberId: '900000000000001',
  businessAccountId: '800000000000001',
  displayPhoneNumber: '15550100001',
}

interface Shop {
  readonly auronx: Auronx
  readonly storage: Storage
  readonly host: Actor
  start(number?: Partial<typeof account>): Promise<void>
  products(): Promise<readonly Product[]>
}

/** The demo business after its first start. */
async function openShop(hasProducts = true): Promise<Shop> {
  const clock = createSystemClock()
  const ids = createIds(clock, createRandom())
  const storage = createMemoryStorage()
  const auronx = createAuronx({ storage, messenger: createFakeMessenger() })
  const owner = { ownerEmail: 'owner@demo.example', isProven: true, locale: 'en' } as const
  const base = { auronx, storage, clock, ids, hasProducts, ...owner }
  const start = (number: Partial<typeof account> = {}) =>
    seedDemo({ ...base, account: { ...account, ...number } })
  const { tenantId } = await start()
  return {
    auronx,
    storage,
    host: hostActor(tenantId),
    start: async (number) => void (await start(number)),
    products: () =>
      storage.work.run(tenantId, ({ catalogLists }) => catalogLists.products({ limit: 200 })),
  }
}

test('a start leaves what the business changed since the first one as it is', async () => {
  const { auronx, storage, host, start, products } = await openShop()
  const [product] = await products()
  const [variant] = product?.variants ?? []
  if (product === undefined || variant === undefined) throw new Error('Nothing is for sale')
  await auronx.catalog.saveTaxCategory(host, { code: 'standard', category: 'S', rate: 210_000 })
  const { sku, taxCode } = variant
  await auronx.catalog.saveProduct(host, {
    title: 'Not sold any more',
    status: 'archived',
    variants: [{ sku, taxCode }],
  })
  const before = await products()

  await start()
  expect(await products()).toEqual(before)
  const taxes = await storage.work.run(host.tenantId, ({ catalogLists }) =>
    catalogLists.taxCategories(),
  )
  expect(taxes).toEqual([{ code: 'standard', category: 'S', rate: 210_000 }])
})

test('a business that began with the simulator starts with a real number as well', async () => {
  const { auronx, host, start } = await openShop()
  const real = {
    appId: '1234567890',
    phoneNumberId: '1098765432',
    displayPhoneNumber: '34600000001',
  }
  await start(real)
  await start(real)
  expect(await auronx.accounts.channels(host)).toMatchObject([
    { phoneNumberId: account.phoneNumberId },
    { ...real, status: 'active' },
  ])
  await start()
  expect(await auronx.accounts.channels(host)).toHaveLength(2)
})

test('customers of a real number are offered nothing that the business did not put there', async () => {
  const { products, start } = await openShop(false)
  await start()
  expect(await products()).toEqual([])
})
