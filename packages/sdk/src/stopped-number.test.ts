import { expect, test } from 'vitest'
import { openSpine } from './spine.fixture.ts'
import type { Spine } from './spine.fixture.ts'

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
