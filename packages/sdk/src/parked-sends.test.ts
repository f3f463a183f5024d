import { expect, test } from 'vitest'
import { createIds } from './kernel/index.ts'
import type { OutboxEntry, ParkedSends } from './outbox/index.ts'
import { createParkedSends } from './outbox/index.ts'
import { openSpine } from './spine.fixture.ts'
import type { Spine } from './spine.fixture.ts'
import { createSeededRandom } from './testing/index.ts'

/** A chat whose answer was lost on its way and is parked. */
async function openLost(): Promise<{
  readonly spine: Spine
  readonly sends: ParkedSends
  readonly parked: OutboxEntry
}> {
  const spine = await openSpine()
  const { work, clock } = spine
  await spine.messenger.next({ kind: 'gateway' })
  await spine.say('hi')
  clock.advance(130_000)
  await spine.drain()
  const random = createSeededRandom(9)
  const base = { work, clock, random, ids: createIds(clock, random) }
  const sends = createParkedSends({ ...base, wake: () => undefined })
  const [parked] = await sends.list(spine.staff, 10)
  if (parked === undefined) throw new Error('Nothing is parked')
  return { spine, sends, parked }
}

test('a person who owns the conversation can send again what the menus answered before', async () => {
  const { spine, sends, parked } = await openLost()
  await spine.conversations.takeOver(spine.staff, parked.conversationId)
  expect(await sends.resend(spine.staff, parked.id)).toMatchObject({ kind: 'done' })
  await spine.drain()
  expect(spine.messenger.sent.map(({ message }) => message)).toEqual([parked.message])
})

test('what was sent again or given up does not ask for a person a second time when the first try turns out to have failed', async () => {
  const { spine, sends, parked } = await openLost()
  await sends.discard(spine.staff, parked.id)
  const timestamp = String(Math.floor(spine.clock.now().getTime() / 1_000))
  const failed = { id: 'wamid.late', status: 'failed', timestamp, errors: [{ code: 131026 }] }
  await spine.notify('messages', {
    statuses: [{ ...failed, biz_opaque_callback_data: parked.opaque }],
  })
  expect(await sends.list(spine.staff, 10)).toEqual([])
  const [entry] = await spine.outbox()
  expect(entry).toMatchObject({ state: 'discarded', deliveryAt: { failed: expect.any(String) } })
})

test('a campaign that Meta chose not to deliver fails visibly and keeps no answer waiting', async () => {
  const spine = await openSpine()
  await spine.say('hi')
  const { id } = await spine.conversation()
  await spine.messenger.next({ kind: 'error', code: 131049, status: 400 })
  const campaign = { kind: 'template', name: 'spring', language: 'en', components: [] } as const
  await spine.replies.send(spine.staff, id, campaign)
  await spine.drain()
  await spine.say('Where is my order?')
  expect((await spine.outbox()).map(({ state, errorCode }) => [state, errorCode])).toEqual([
    ['accepted', undefined],
    ['failed', '131049'],
    ['accepted', undefined],
  ])
})
