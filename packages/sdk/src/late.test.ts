import { expect, test } from 'vitest'
import { openSpine } from './spine.fixture.ts'

const dayAndMore = 25 * 3_600

test('a message that comes when the window is closed is left to a person, not forgotten', async () => {
  const spine = await openSpine()
  await spine.say('hello?', { secondsAgo: dayAndMore })
  expect(await spine.conversation()).toMatchObject({ owner: 'queue', unreadCount: 1 })
  expect(spine.messenger.sent).toEqual([])
  expect(await spine.outbox()).toEqual([])
})

test('a late reaction asks for nothing', async () => {
  const spine = await openSpine()
  await spine.say('hi')
  spine.clock.advance(48 * 3_600_000)
  const reaction = { type: 'reaction', reaction: { message_id: 'wamid.test1', emoji: '👍' } }
  await spine.say(reaction, { secondsAgo: dayAndMore })
  expect(await spine.conversation()).toMatchObject({ owner: 'ai' })
})
