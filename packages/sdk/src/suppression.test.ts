import { describe, expect, test } from 'vitest'
import type { OutboundMessage } from './outbox/index.ts'
import { answerWith, customer, openSpine } from './spine.fixture.ts'
import type { Spine } from './spine.fixture.ts'

// https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
const undeliverable = { kind: 'error', code: 131_026, status: 400 } as const
const stoppedMarketing = { kind: 'error', code: 131_050, status: 400 } as const

function template(category?: 'marketing' | 'utility'): OutboundMessage {
  const named = { kind: 'template', name: 'news', language: 'en', components: [] } as const
  return category === undefined ? named : { ...named, category }
}

/** A colleague sends something; returns what became of it. */
async function send(spine: Spine, message: OutboundMessage): Promise<string> {
  spine.clock.advance(1_000)
  await spine.replies.send(spine.staff, (await spine.conversation()).id, message)
  await spine.drain()
  const [newest] = await spine.outbox()
  return [newest?.state, newest?.errorCode].filter(Boolean).join(' ')
}

async function refusedTimes(spine: Spine, times: number): Promise<void> {
  for (let n = 0; n < times; n += 1) {
    await spine.messenger.next(undeliverable)
    expect(await send(spine, template('utility'))).toBe('failed 131026')
  }
}

/** A status of the newest message that was sent. */
async function report(spine: Spine, status: string, code?: number): Promise<void> {
  const { opaque } = spine.messenger.sent.at(-1) ?? { opaque: '' }
  const timestamp = String(Math.floor(spine.clock.now().getTime() / 1_000))
  const errors = code === undefined ? {} : { errors: [{ code, title: 'refused' }] }
  await spine.notify('messages', {
    statuses: [
      {
        id: `wamid.fake-${spine.messenger.sent.length}`,
        status,
        timestamp,
        recipient_id: customer.phone,
        biz_opaque_callback_data: opaque,
        ...errors,
      },
    ],
  })
}

async function prefer(spine: Spine, value: 'stop' | 'resume'): Promise<void> {
  spine.clock.advance(1_000)
  const timestamp = String(Math.floor(spine.clock.now().getTime() / 1_000))
  const who = { wa_id: customer.phone, user_id: customer.userId }
  const detail = 'User changed marketing messages'
  await spine.notify('user_preferences', {
    user_preferences: [{ ...who, detail, category: 'marketing_messages', value, timestamp }],
  })
}

async function openChat(): Promise<Spine> {
  const spine = await openSpine()
  await spine.say('hi')
  return spine
}

describe('a customer whom three messages in a row did not reach', () => {
  test('gets nothing any more, and a person sees each message that was held back', async () => {
    const spine = await openChat()
    await refusedTimes(spine, 2)
    expect((await spine.contact()).suppressed).toBe(undefined)
    await refusedTimes(spine, 1)
    const { suppressed } = await spine.contact()
    expect(suppressed).toEqual({ everything: { since: spine.clock.now(), reason: '131026' } })
    const before = spine.messenger.sent.length
    expect(await send(spine, template('utility'))).toBe('failed suppressed_everything')
    expect(await send(spine, { kind: 'text', body: 'hello?' })).toBe('failed suppressed_everything')
    expect(spine.messenger.sent.length).toBe(before)
    const [newest] = await spine.thread()
    expect(newest?.content).toEqual({
      kind: 'outbound',
      message: { kind: 'text', body: 'hello?' },
    })
  })

  test('may be told so only after the messages were accepted', async () => {
    const spine = await openChat()
    for (let n = 0; n < 3; n += 1) {
      expect(await send(spine, template('utility'))).toBe('accepted')
      await report(spine, 'failed', 131_026)
    }
    expect((await spine.contact()).suppressed?.everything?.reason).toBe('131026')
  })

  test('is not one whom a message reached in between', async () => {
    const spine = await openChat()
    await refusedTimes(spine, 2)
    await send(spine, template('utility'))
    await report(spine, 'delivered')
    await refusedTimes(spine, 2)
    expect((await spine.contact()).suppressed).toBe(undefined)
  })

  test('is reachable again by writing, and gets an answer', async () => {
    const spine = await openChat()
    await refusedTimes(spine, 3)
    spine.clock.advance(1_000)
    await spine.say('are you there?')
    expect((await spine.contact()).suppressed).toBe(undefined)
    expect(await send(spine, { kind: 'text', body: 'yes' })).toBe('accepted')
    await refusedTimes(spine, 2)
    expect((await spine.contact()).suppressed).toBe(undefined)
  })

  test('is not reachable by what was written before and came late', async () => {
    const spine = await openChat()
    await refusedTimes(spine, 3)
    await spine.say('hello', { secondsAgo: 3_600 })
    expect((await spine.contact()).suppressed?.everything?.reason).toBe('131026')
  })
})

describe('a customer who stopped marketing', () => {
  test.each([
    [
      'is known by Meta’s refusal',
      async (spine: Spine) => {
        await spine.messenger.next(stoppedMarketing)
        expect(await send(spine, template('marketing'))).toBe('failed 131050')
      },
      '131050',
    ],
    ['is known by their own word', (spine: Spine) => prefer(spine, 'stop'), 'preference'],
  ])('%s and gets no marketing, but everything else', async (_name, stop, reason) => {
    const spine = await openChat()
    await stop(spine)
    expect((await spine.contact()).suppressed?.marketing?.reason).toBe(reason)
    expect(await send(spine, template('marketing'))).toBe('failed suppressed_marketing')
    expect(await send(spine, template())).toBe('failed suppressed_marketing')
    expect(await send(spine, template('utility'))).toBe('accepted')
    await spine.say('hello again')
    expect(await send(spine, { kind: 'text', body: 'hello' })).toBe('accepted')
    expect(await send(spine, template('marketing'))).toBe('failed suppressed_marketing')
    await prefer(spine, 'resume')
    expect(await send(spine, template('marketing'))).toBe('accepted')
  })

  test('does not get what was waiting to be sent', async () => {
    const spine = await openChat()
    await spine.messenger.next({ kind: 'error', code: 131_056, status: 400 })
    expect(await send(spine, template('marketing'))).toBe('queued 131056')
    await prefer(spine, 'stop')
    spine.clock.advance(60_000)
    await spine.drain()
    expect((await spine.outbox())[0]).toMatchObject({
      state: 'failed',
      errorCode: 'suppressed_marketing',
    })
  })

  test('by another way than WhatsApp’s is not resumed by it', async () => {
    const spine = await openChat()
    const { id } = await spine.contact()
    const since = spine.clock.now()
    await spine.contacts.suppress(spine.staff, id, { what: 'marketing', reason: 'asked', since })
    await prefer(spine, 'resume')
    expect((await spine.contact()).suppressed?.marketing?.reason).toBe('asked')
  })

  test('stays so when a word of before comes late', async () => {
    const spine = await openChat()
    await prefer(spine, 'stop')
    spine.clock.advance(-10_000)
    await prefer(spine, 'resume')
    expect((await spine.contact()).suppressed?.marketing?.reason).toBe('preference')
  })
})

test('an answer to many messages is held back as a whole', async () => {
  const spine = await openSpine({ respond: answerWith('one', 'two') })
  await spine.say('hi')
  const { id } = await spine.contact()
  // Ahead of the message that follows, so that it does not lift it.
  const since = new Date(spine.clock.now().getTime() + 60_000)
  await spine.contacts.suppress(spine.staff, id, { what: 'everything', reason: 'asked', since })
  await spine.say('hello')
  const states = (await spine.outbox()).map(({ errorCode }) => errorCode)
  expect(states.slice(0, 2)).toEqual(['suppressed_everything', 'suppressed_everything'])
  expect(spine.messenger.sent.length).toBe(2)
})
