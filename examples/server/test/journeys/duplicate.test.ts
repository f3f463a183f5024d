import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestShop } from './shop.ts'
import { eventually, openShop } from './shop.ts'

let shop: TestShop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

test('webhooks delivered twice and out of order are handled once each', async () => {
  shop.simulator.faults.webhooks({ duplicate: 1, reorder: 0.5, seed: 7 })
  const ana = shop.customer({ name: 'Ana Twice' })
  for (const text of ['hello', 'menu', 'status', 'browse']) ana.say(text)
  const conversation = await eventually(async () => {
    const found = (await shop.desk.conversations()).find(({ name }) => name === 'Ana Twice')
    const thread = found && (await shop.desk.thread(found.id))
    return thread?.messages.filter(({ direction }) => direction === 'in').length === 4
      ? found
      : undefined
  }, 'four messages')
  await shop.simulator.idle()
  shop.simulator.faults.clear()
  await eventually(() => ana.heard().length >= 4, 'four answers')
  const thread = await shop.desk.thread(conversation?.id ?? '')
  expect(thread.messages.filter(({ direction }) => direction === 'in')).toHaveLength(4)
  expect(ana.heard()).toHaveLength(4)
  const opaques = shop.simulator.accepted().map(({ opaque }) => opaque)
  expect(new Set(opaques).size).toBe(opaques.length)
})
