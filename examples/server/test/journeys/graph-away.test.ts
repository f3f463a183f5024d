import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestShop } from './shop.ts'
import { eventually, openShop } from './shop.ts'

let shop: TestShop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

test('while Graph is away the answer waits in the outbox, and leaves once when it is back', async () => {
  const ana = shop.customer({ name: 'Ana Away' })
  // An error before anything was taken, so that it is certain that nothing was sent.
  shop.simulator.faults.next({ kind: 'error', code: 131_016, times: Infinity })
  ana.say('hello')
  const sending = await eventually(async () => {
    const found = (await shop.desk.conversations()).find(({ name }) => name === 'Ana Away')
    const thread = found && (await shop.desk.thread(found.id))
    const last = thread?.messages.at(-1)
    return last?.direction === 'out' && last.sending?.errorCode !== undefined
      ? last.sending
      : undefined
  }, 'an answer that waits')
  expect(sending.state).toBe('queued')
  expect(ana.heard()).toEqual([])
  shop.simulator.faults.clear()
  await shop.sql("update auronx.outbox set due_at = now() where state = 'queued'")
  await ana.hears(/Welcome/)
  expect(ana.heard()).toHaveLength(1)
  expect(shop.simulator.accepted()).toHaveLength(1)
})

test('when the access token ends the number is stopped, and goes on after a person resumed it', async () => {
  const ben = shop.customer({ name: 'Ben Token' })
  shop.simulator.expireToken()
  ben.say('hello')
  const [stopped] = await eventually(async () => {
    const rows = await shop.desk.stopped()
    return rows.length === 1 ? rows : undefined
  }, 'a stopped number')
  expect(stopped).toMatchObject({ reason: 'credentials', number: expect.stringMatching(/^\d+$/) })
  expect(ben.heard()).toEqual([])
  shop.simulator.renewToken()
  expect(await shop.desk.command(`/channels/${stopped?.id}/resume`)).toMatchObject({ status: 200 })
  await ben.hears(/Welcome/)
  expect(ben.heard()).toHaveLength(1)
  expect(await shop.desk.stopped()).toEqual([])
  expect(await shop.desk.command(`/channels/${stopped?.id}/resume`)).toMatchObject({
    status: 409,
    body: { code: 'illegal_transition' },
  })
})
