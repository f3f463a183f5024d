import { describe, expect, test } from 'vitest'
import { silentLogger } from '../kernel/index.ts'
import type { Task } from '../lanes/index.ts'
import { answerWith, openSpine } from '../spine.fixture.ts'
import type { Spine } from '../spine.fixture.ts'
import { createDispatcher } from './dispatch.ts'
import type { Dispatcher } from './dispatch.ts'
import { isStale } from './fence.ts'

describe('a reply prepared under an owner epoch', () => {
  test.each([
    ['the same owner', 3, { owner: 'ai', ownerEpoch: 3 }, false],
    ['a hand-off since', 3, { owner: 'queue', ownerEpoch: 4 }, false],
    ['a person who took over', 3, { owner: 'human', ownerEpoch: 4 }, true],
    ['a person who took over after a hand-off', 3, { owner: 'human', ownerEpoch: 5 }, true],
    ['a person who gave it back', 3, { owner: 'ai', ownerEpoch: 5 }, true],
    ['a second hand-off after a person', 3, { owner: 'queue', ownerEpoch: 6 }, true],
    ['no epoch: a message of a person', undefined, { owner: 'human', ownerEpoch: 9 }, false],
  ] as const)('meets %s', (_name, prepared, now, stale) => {
    expect(isStale(prepared, now)).toBe(stale)
  })
})

// https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes: 131056, one pair too fast.
const tooFast = 131_056

async function answeredTooFast(): Promise<Spine> {
  const spine = await openSpine({ respond: answerWith('one', 'two', 'three') })
  await spine.messenger.next({ kind: 'error', code: tooFast, status: 400 })
  await spine.say('hi')
  expect(await states(spine)).toEqual(['one queued', 'two queued', 'three queued'])
  return spine
}

async function states({ outbox }: Spine): Promise<readonly string[]> {
  return (await outbox())
    .toReversed()
    .toSorted((a, b) => a.sequence - b.sequence)
    .map(({ message, state, errorCode }) =>
      [
        message.kind === 'text' ? message.body : message.kind,
        state,
        ...(state === 'discarded' ? [errorCode] : []),
      ].join(' '),
    )
}

describe('when a person takes over', () => {
  const dropped = ['one', 'two', 'three'].map((body) => `${body} discarded stale_owner`)

  test('at the desk, what waits of the earlier owner is dropped where it can be seen', async () => {
    const spine = await answeredTooFast()
    const { id } = await spine.conversation()
    await spine.conversations.takeOver(spine.staff, id)
    expect(await states(spine)).toEqual(dropped)
    spine.clock.advance(3_600_000)
    await spine.drain()
    expect(spine.messenger.sent).toEqual([])
  })

  test('by answering, their answer does not wait behind it', async () => {
    const spine = await answeredTooFast()
    const { id } = await spine.conversation()
    await spine.replies.send(spine.staff, id, { kind: 'text', body: 'Sam here' })
    await spine.drain()
    expect(await states(spine)).toEqual([...dropped, 'Sam here accepted'])
  })

  test('on the phone, the same happens', async () => {
    const spine = await answeredTooFast()
    await spine.echo('Sam here')
    expect(await states(spine)).toEqual(dropped)
    expect((await spine.conversation()).owner).toBe('human')
  })

  test('while a message is on its way, that one counts as handed over and the rest is dropped', async () => {
    const spine = await openSpine({ respond: answerWith('one', 'two') })
    const sent = spine.messenger.holdNext()
    const said = spine.say('hi')
    await sent.arrived
    await spine.conversations.takeOver(spine.staff, (await spine.conversation()).id)
    sent.release()
    await said
    expect(await states(spine)).toEqual(['one accepted', 'two discarded stale_owner'])
  })
})

test('a hand-off leaves what was answered before it and its own closing message', async () => {
  const spine = await openSpine({
    respond: async (turn) => ({ ...(await answerWith('one', 'two')(turn)), handOff: 'asked' }),
  })
  await spine.say('a person, please')
  expect((await spine.conversation()).owner).toBe('queue')
  expect(await states(spine)).toEqual(['one accepted', 'two accepted'])
})

describe('between the claim of a message and its sending', () => {
  async function claimedTask(spine: Spine): Promise<Task> {
    const [task] = await dispatcherOf(spine).claim(1)
    if (task === undefined) throw new Error('Nothing is due')
    return task
  }
  const { signal } = new AbortController()

  test('a person can still take over: it is dropped', async () => {
    const spine = await answeredTooFast()
    spine.clock.advance(10_000)
    const task = await claimedTask(spine)
    await spine.conversations.takeOver(spine.staff, (await spine.conversation()).id)
    expect((await states(spine))[0]).toBe('one sending')
    await task(signal)
    expect(await states(spine)).toEqual(
      ['one', 'two', 'three'].map((body) => `${body} discarded stale_owner`),
    )
    expect(spine.messenger.sent).toEqual([])
  })

  test('nobody did: it is sent', async () => {
    const spine = await answeredTooFast()
    spine.clock.advance(10_000)
    await (
      await claimedTask(spine)
    )(signal)
    expect((await states(spine))[0]).toBe('one accepted')
  })
})

test('an answer that waited for a free slot is looked at again before it leaves', async () => {
  const spine = await openSpine({ respond: answerWith('one') })
  await spine.messenger.next({ kind: 'error', code: tooFast, status: 400 })
  await spine.say('hi')
  const [entry] = await spine.outbox()
  const { tenantId } = spine.staff
  const channel = await spine.work.run(tenantId, ({ accounts }) => accounts.channels())
  if (entry === undefined || channel[0] === undefined) throw new Error('Nothing to send')
  const sending = { ...entry, state: 'sending', leaseUntil: spine.clock.now() } as const
  await spine.work.run(tenantId, ({ outbox }) => outbox.update([sending]))
  const task = dispatcherOf(spine).task(tenantId, sending, channel[0])
  await spine.conversations.takeOver(spine.staff, (await spine.conversation()).id)
  spine.clock.advance(1_000)
  await task(new AbortController().signal)
  expect(await states(spine)).toEqual(['one discarded stale_owner'])
})

function dispatcherOf(spine: Spine): Dispatcher {
  return createDispatcher({
    ...spine,
    queue: spine.storage.outbox,
    pacing: { reserve: () => 0 },
    logger: silentLogger,
    wake: () => undefined,
  })
}
