import { createAuronx } from '@auronx/sdk'
import { createFakeMessenger } from '@auronx/sdk/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPostgresStorage } from './storage.ts'
import { openPostgres } from './testing.ts'
import type { TestEngine } from './testing.ts'

let engine: TestEngine
beforeAll(async () => {
  engine = await openPostgres()
})
afterAll(() => engine.close())

const business = {
  company: 'Chai',
  timeZone: 'Europe/Madrid',
  currency: 'EUR',
  appId: 'app-1',
  phoneNumberId: '900000000000001',
  businessAccountId: '800000000000001',
  displayPhoneNumber: '15550100001',
}

test('six processes that open a business together open one, and later ones find it', async () => {
  const open = () =>
    createAuronx({
      storage: createPostgresStorage(engine.client),
      messenger: createFakeMessenger(),
    }).openBusiness(business)
  const [first, ...others] = await Promise.all(Array.from({ length: 6 }, open))
  expect(others).toEqual(Array.from({ length: 5 }, () => first))
  expect(await open()).toEqual(first)
  expect(await engine.admin('select count(*)::integer as tenants from auronx.tenants')).toEqual([
    { tenants: 1 },
  ])
  expect(await engine.admin('select phone_number_id from auronx.channels')).toEqual([
    { phone_number_id: '900000000000001' },
  ])
})
