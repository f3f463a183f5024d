import { assert, describe, expect, test } from 'vitest'
import { runContract } from '../testing/run-contract.ts'
import { messengerContract } from './messenger.contract.ts'
import { createFakeMessenger } from './messenger.fake.ts'

const contractAssert = {
  equal: assert.strictEqual,
  deepEqual: assert.deepEqual,
  ok: assert.ok,
  async rejects(promise: Promise<unknown>, check: (error: unknown) => boolean) {
    const thrown = await promise.then(
      () => undefined,
      (error: unknown) => ({ error }),
    )
    assert.ok(thrown !== undefined && check(thrown.error))
  },
}

async function open() {
  const messenger = createFakeMessenger()
  return {
    messenger,
    control: messenger,
    phoneNumberId: '100200300',
    phone: '15550100123',
    userId: 'US.13491208655302741918',
    inboundMessageId: 'wamid.in-1',
  }
}

describe('the fake keeps the messenger contract', () =>
  runContract({ test, assert: contractAssert, open }, messengerContract))

test('the fake shows what was sent and read, and serves received files', async () => {
  const messenger = createFakeMessenger()
  const signal = AbortSignal.timeout(1_000)
  const phoneNumberId = '1'
  const message = { kind: 'text', body: 'Hi' } as const
  const request = { phoneNumberId, to: { phone: '15550100123' }, message, opaque: 'o' }
  await messenger.send(request, { signal })
  await messenger.markRead({ phoneNumberId, messageId: 'm' }, { signal })
  messenger.receive('in', { bytes: new Uint8Array([1]), mimeType: 'image/png' })
  expect(messenger.sent).toEqual([request])
  expect(messenger.reads).toEqual([{ phoneNumberId, messageId: 'm' }])
  const found = await messenger.download({ phoneNumberId, mediaId: 'in' }, { signal })
  expect(found.kind).toBe('downloaded')
})
