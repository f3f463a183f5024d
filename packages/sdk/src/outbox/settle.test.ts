import fc from 'fast-check'
import { assert, test } from 'vitest'
import { asId } from '../kernel/index.ts'
import { decideOutcome } from './outcome.ts'
import { settle } from './settle.ts'
import type { OutboxEntry, Settlement } from './store.ts'

const now = new Date('2026-03-02T09:00:00Z')
const sending: OutboxEntry = {
  id: asId('OutboxId', 'o'),
  conversationId: asId('ConversationId', 'c'),
  contactId: asId('ContactId', 'p'),
  channelId: asId('ChannelId', 'n'),
  sequence: 1,
  to: { phone: '15550100001' },
  message: { kind: 'text', body: 'Hello' },
  opaque: 'x',
  state: 'sending',
  deliveryAt: {},
  dueAt: now,
  leaseUntil: now,
  attempts: 1,
  createdAt: now,
  updatedAt: now,
}
const accepted = decideOutcome(sending, { kind: 'accepted', providerMessageId: 'm' }, now).entry

function status(kind: Settlement['status']): Settlement {
  return {
    status: kind,
    providerMessageId: 'm',
    channelId: sending.channelId,
    at: now,
    errorCode: '131026',
  }
}

test('every order and repetition of the statuses of a delivered message ends in the highest one', () => {
  const kinds = ['sent', 'delivered', 'read', 'played'] as const
  fc.assert(
    fc.property(fc.shuffledSubarray([...kinds, ...kinds, ...kinds], { minLength: 1 }), (order) => {
      const end = order.reduce((entry, kind) => settle(entry, status(kind)), accepted)
      const highest = Math.max(...order.map((kind) => kinds.indexOf(kind)))
      assert.strictEqual(end.delivery, kinds[highest])
      assert.strictEqual(end.state, 'accepted')
    }),
  )
})

test('failed is final unless the message was delivered before', () => {
  const failed = settle(settle(accepted, status('sent')), status('failed'))
  assert.deepStrictEqual([failed.state, failed.errorCode], ['failed', '131026'])
  assert.strictEqual(settle(failed, status('sent')).state, 'failed')
  const delivered = settle(settle(accepted, status('read')), status('failed'))
  assert.deepStrictEqual([delivered.state, delivered.delivery], ['accepted', 'read'])
})

test('a send that was parked while it was still on its way is settled by its acceptance, and by nothing less', () => {
  const parked: OutboxEntry = { ...sending, state: 'parked' }
  const late = decideOutcome(parked, { kind: 'accepted', providerMessageId: 'm' }, now).entry
  assert.deepStrictEqual([late.state, late.providerMessageId], ['accepted', 'm'])
  assert.strictEqual(
    decideOutcome(parked, { kind: 'unknown', reason: 'timeout' }, now).entry.state,
    'parked',
  )
})

test('an echo settles a send whose outcome was unknown or parked, and a late unknown does not undo it', () => {
  const unknown = decideOutcome(sending, { kind: 'unknown', reason: 'timeout' }, now).entry
  assert.strictEqual(unknown.state, 'unknown')
  const echoed = settle({ ...unknown, state: 'parked' }, status('delivered'))
  assert.deepStrictEqual(
    [echoed.state, echoed.delivery, echoed.providerMessageId],
    ['accepted', 'delivered', 'm'],
  )
  const early = settle(sending, status('sent'))
  assert.strictEqual(decideOutcome(early, { kind: 'unknown', reason: 'timeout' }, now).entry, early)
})

test('a refusal follows its advice', () => {
  const refuse = (advice: Parameters<typeof decideOutcome>[1] & { kind: 'refused' }) =>
    decideOutcome(sending, advice, now)
  const refused = { kind: 'refused', code: 131056, detail: 'pair rate' } as const
  const retry = refuse({
    ...refused,
    advice: { action: 'retry', afterMs: 4_000, factor: 4, attempts: 2, scope: 'recipient' },
  })
  assert.deepStrictEqual(
    [retry.entry.state, retry.entry.dueAt.getTime() - now.getTime()],
    ['queued', 4_000],
  )
  const stop = refuse({ ...refused, advice: { action: 'stop_channel', topic: 'credentials' } })
  assert.deepStrictEqual([stop.entry.state, stop.stopChannel], ['queued', 'credentials'])
  assert.strictEqual(refuse({ ...refused, advice: { action: 'fail' } }).entry.state, 'failed')
  assert.strictEqual(
    refuse({ ...refused, advice: { action: 'alert', topic: 'setup' } }).alert,
    'setup',
  )
})
