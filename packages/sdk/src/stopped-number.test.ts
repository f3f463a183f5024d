import { expect, test } from 'vitest'
import { createIds } from './kernel/index.ts'
import { openSpine } from './spine.fixture.ts'
import type { Spine } from './spine.fixture.ts'
import { createSeededRandom } from './testing/index.ts'

/** A chat with one answer, and what sets the status of its number. */
async function openChat(): Promise<{
  readonly spine: Spine
  readonly set: (status: 'active' | 'stopped') => Promise<void>
}> {
  const spine = await openSpine()
  await spine.say('hi')
  const { channelId } = await spine.conversation()
  return {
    spine,
    set: (status) =>
      spine.work.run(spine.staff.tenantId, async ({ accounts }) => {
        const channel = await accounts.channel(channelId)
        if (channel === undefined) throw new Error('There is no number')
        await accounts.saveChannel({ ...channel, status, version: channel.version + 1 })
      }),
  }
}

test('nothing leaves from a stopped number; what was answered leaves once it works again', async () => {
  const { spine, set } = await openChat()
  await set('stopped')
  await spine.say('Anybody there?')
  await spine.drain()
  expect(spine.messenger.sent).toHaveLength(1)
  expect((await spine.outbox()).map(({ state }) => state)).toEqual(['queued', 'accepted'])

  await set('active')
  await spine.drain()
  expect(spine.messenger.sent).toHaveLength(2)
})

test('a colleague’s answer waits for a stopped number', async () => {
  const { spine, set } = await openChat()
  await set('stopped')
  const { id } = await spine.conversation()
  const answer = { kind: 'text', body: 'A moment' } as const
  expect(await spine.replies.send(spine.staff, id, answer)).toMatchObject({
    kind: 'stored',
    entry: { state: 'queued', attempts: 0 },
  })
  await spine.drain()
  expect(spine.messenger.sent).toHaveLength(1)
})

test('every number of an account that was taken away stops, and none of another account', async () => {
  const { spine } = await openChat()
  const ids = createIds(spine.clock, createSeededRandom(7))
  const { tenantId } = spine.staff
  const stopped = () =>
    spine.work.run(tenantId, async ({ accounts }) =>
      (await accounts.channels()).flatMap(({ status, phoneNumberId, stoppedReason }) =>
        status === 'stopped' ? [[phoneNumberId, stoppedReason]] : [],
      ),
    )
  await spine.work.run(tenantId, async ({ accounts }) => {
    const [first] = await accounts.channels()
    if (first === undefined) throw new Error('There is no number')
    const added = { ...first, status: 'active', version: 1 } as const
    await accounts.saveChannel({
      ...added,
      id: ids.next('ChannelId'),
      phoneNumberId: '900000000000002',
    })
    const other = { phoneNumberId: '900000000000003', businessAccountId: '800000000000002' }
    await accounts.saveChannel({ ...added, ...other, id: ids.next('ChannelId') })
  })
  const elsewhere = { event: 'PARTNER_REMOVED', waba_info: { waba_id: '800000000000009' } }
  await spine.notify('account_update', elsewhere)
  expect(await stopped()).toEqual([])

  await spine.notify('account_update', { event: 'ACCOUNT_DELETED' })
  expect(await stopped()).toEqual([
    ['900000000000001', 'account_deleted'],
    ['900000000000002', 'account_deleted'],
  ])
})
