import { expect, test } from 'vitest'
import { customer, openSpine } from './spine.fixture.ts'
import type { Spine } from './spine.fixture.ts'

const hour = 3_600_000
const fromCustomer = { from: customer.phone, from_user_id: customer.userId, to: '15550100000' }
const toCustomer = { from: '15550100000', to: customer.phone, to_user_id: customer.userId }

const connect = { ...fromCustomer, event: 'connect', direction: 'USER_INITIATED' }
const over = { event: 'terminate', status: 'COMPLETED', direction: 'USER_INITIATED' }

function seconds(at: number): string {
  return String(Math.floor(at / 1_000))
}

/** A chat whose window ends in an hour. */
async function openChat(): Promise<Spine> {
  const spine = await openSpine()
  await spine.say('hi')
  spine.clock.advance(23 * hour)
  return spine
}

async function call(spine: Spine, given: object, agoMs = 0): Promise<number> {
  const at = Math.floor((spine.clock.now().getTime() - agoMs) / 1_000) * 1_000
  const timestamp = seconds(at)
  await spine.notify('calls', { calls: [{ id: 'wacid.1', timestamp, ...given }] })
  return at
}

test('a customer’s call opens the window for 24 hours from the time of the call', async () => {
  const spine = await openChat()
  const at = await call(spine, connect, 10 * 60_000)
  const { windowExpiresAt, lastInteractionAt } = await spine.conversation()
  expect(windowExpiresAt).toEqual(new Date(at + 24 * hour))
  expect(lastInteractionAt).toEqual(new Date(at))
  spine.clock.advance(2 * hour)
  const { id } = await spine.conversation()
  const answer = { kind: 'text', body: 'You called?' } as const
  expect(await spine.replies.send(spine.staff, id, answer)).toMatchObject({ kind: 'stored' })
})

test('its end counts from its beginning, where that is known', async () => {
  const spine = await openChat()
  const start = Math.floor(spine.clock.now().getTime() / 1_000) * 1_000 - 300_000
  await call(spine, { ...fromCustomer, ...over, start_time: seconds(start), duration: 300 })
  expect((await spine.conversation()).windowExpiresAt).toEqual(new Date(start + 24 * hour))
})

test.each([
  ['the end of a call of unknown beginning', { ...fromCustomer, ...over }],
  ['a call of the business', { ...toCustomer, event: 'connect', direction: 'BUSINESS_INITIATED' }],
  [
    'the end of a call of the business',
    { ...toCustomer, ...over, direction: 'BUSINESS_INITIATED', start_time: '1790000000' },
  ],
  ['a call of unknown direction', { ...fromCustomer, event: 'connect' }],
  ['a kind of call event that is new', { ...connect, event: 'hold' }],
])('%s does not open the window', async (_name, given) => {
  const spine = await openChat()
  const before = await spine.conversation()
  await call(spine, given)
  expect(await spine.conversation()).toEqual(before)
})

test('a call starts no conversation and asks for no answer', async () => {
  const spine = await openSpine()
  await call(spine, connect)
  await expect(spine.conversation()).rejects.toThrow('no conversation')
  expect(spine.messenger.sent).toEqual([])
})

test('an older call that comes late shortens nothing', async () => {
  const spine = await openChat()
  const { windowExpiresAt } = await spine.conversation()
  await call(spine, connect, 30 * hour)
  expect((await spine.conversation()).windowExpiresAt).toEqual(windowExpiresAt)
})
