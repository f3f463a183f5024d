import { expect, test } from 'vitest'
import { createAuronx, isAuronxError } from './index.ts'
import type { Storage } from './index.ts'
import { createFakeMessenger, createMemoryStorage } from './testing/index.ts'

const business = {
  company: 'Chai',
  timeZone: 'Europe/Madrid',
  currency: 'EUR',
  appId: 'app-1',
  phoneNumberId: '900000000000001',
  businessAccountId: '800000000000001',
  displayPhoneNumber: '15550100001',
}
const open = (storage: Storage = createMemoryStorage()) =>
  createAuronx({ storage, messenger: createFakeMessenger() })

test('a business opens once; whoever opens it again finds it as it is', async () => {
  const auronx = open()
  const actor = await auronx.openBusiness(business)
  expect(await auronx.openBusiness({ ...business, company: 'Another name' })).toEqual(actor)
  expect((await auronx.accounts.tenant(actor)).settings).toMatchObject({
    businessName: 'Chai',
    locale: 'en',
  })
  expect(await auronx.accounts.channels(actor)).toMatchObject([
    { phoneNumberId: '900000000000001', status: 'active' },
  ])
})

test('two processes that open it together open one', async () => {
  const storage = createMemoryStorage()
  // Both have looked before either has written.
  const lookups: (() => void)[] = []
  const directory: Storage['directory'] = {
    async routes(lookup) {
      const found = await storage.directory.routes(lookup)
      if (lookups.length < 2) {
        await new Promise<void>((resolve) => {
          lookups.push(resolve)
          if (lookups.length === 2) for (const go of lookups) go()
        })
      }
      return found
    },
  }
  const [one, two] = [open({ ...storage, directory }), open({ ...storage, directory })]
  const actors = await Promise.all([one.openBusiness(business), two.openBusiness(business)])
  expect(actors[0]).toEqual(actors[1])
  expect(await one.accounts.channels(actors[0])).toHaveLength(1)
})

test('a number of another app is a conflict, because its webhooks would be refused', async () => {
  const auronx = open()
  await auronx.openBusiness(business)
  const failed = auronx.openBusiness({ ...business, appId: 'app-2' })
  await expect(failed).rejects.toSatisfy((error) => isAuronxError(error, 'conflict'))
})

test('what cannot be is said before anything is stored', async () => {
  const auronx = open()
  const wrong = auronx.openBusiness({ ...business, timeZone: 'Europe/Nowhere' })
  await expect(wrong).rejects.toSatisfy((error) => isAuronxError(error, 'unknown_time_zone'))
  await expect(auronx.openBusiness(business)).resolves.toMatchObject({ via: 'host' })
})
