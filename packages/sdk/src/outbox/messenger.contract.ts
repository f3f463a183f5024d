import type { ContractAssert, ContractCase } from '../testing/contract.ts'
import type { Messenger, SendOutcome, SendRequest } from './messenger.ts'

/**
 * What the other side does with the next message. `accept` is the default; `error`: refuses it with a Graph code and
 * status; `lost`: takes it, and the answer never comes; `no_id`: takes it and answers without an id; `gateway`: answers
 * 502 without JSON; `unreachable`: cannot be connected to until told otherwise.
 */
export type MessengerFault =
  | { readonly kind: 'accept' | 'lost' | 'no_id' | 'gateway' | 'unreachable' }
  | { readonly kind: 'error'; readonly code: number; readonly status: number }

/** A message as it reached the other side, also when its sender was not told. */
export interface ArrivedMessage {
  readonly phoneNumberId: string
  /** Digits, without a plus sign. */
  readonly phone?: string
  readonly userId?: string
  readonly opaque: string
  readonly replyTo?: string
}

/** The other side in the hands of a test. */
export interface MessengerControl {
  next(fault: MessengerFault): Promise<void>
  /** The messages that arrived, in order. */
  arrived(): Promise<readonly ArrivedMessage[]>
}

/** What the messenger contract is run against: a messenger and the other side it talks to. */
export interface MessengerSubject {
  readonly messenger: Messenger
  readonly control: MessengerControl
  /** A business number that is registered. */
  readonly phoneNumberId: string
  /** A customer who can be reached by either address, and has written to the number. */
  readonly phone: string
  readonly userId: string
  /** Provider id of a message from that customer. */
  readonly inboundMessageId: string
}

/** Promises of {@link Messenger}. */
export const messengerContract: readonly ContractCase<MessengerSubject>[] = [
  {
    name: 'hands a message over once, with its correlation id, and returns the provider id',
    async run(subject, assert) {
      const outcome = await send(subject, { opaque: 'first' })
      assert.equal(outcome.kind, 'accepted')
      assert.ok(outcome.kind === 'accepted' && outcome.providerMessageId !== '')
      const { phoneNumberId, phone } = subject
      assert.deepEqual(await subject.control.arrived(), [{ phoneNumberId, phone, opaque: 'first' }])
    },
  },
  {
    name: 'gives every message an id of its own',
    async run(subject, assert) {
      const ids = [await send(subject, {}), await send(subject, {})].map(idOf)
      assert.equal(new Set(ids).size, 2)
    },
  },
  {
    name: 'reaches a customer without a phone number by user id',
    async run(subject, assert) {
      const outcome = await send(subject, { to: { userId: subject.userId } })
      assert.equal(outcome.kind, 'accepted')
      const [arrived] = await subject.control.arrived()
      assert.equal(arrived?.userId, subject.userId)
      assert.equal(arrived?.phone, undefined)
    },
  },
  {
    name: 'uses the phone number when both addresses are known',
    async run(subject, assert) {
      await send(subject, { to: { phone: subject.phone, userId: subject.userId } })
      const [arrived] = await subject.control.arrived()
      assert.equal(arrived?.phone, subject.phone)
      assert.equal(arrived?.userId, undefined)
    },
  },
  {
    name: 'quotes the message it answers',
    async run(subject, assert) {
      await send(subject, { replyTo: subject.inboundMessageId })
      const [arrived] = await subject.control.arrived()
      assert.equal(arrived?.replyTo, subject.inboundMessageId)
    },
  },
  {
    name: 'refuses a recipient without an address, and nothing leaves',
    async run(subject, assert) {
      await refusedBeforeSending(subject, assert, { to: {} })
    },
  },
  {
    name: 'refuses a user id given as a phone number, and nothing leaves',
    async run(subject, assert) {
      await refusedBeforeSending(subject, assert, { to: { phone: subject.userId } })
    },
  },
  {
    name: 'refuses a message that was given up before it was sent, and nothing leaves',
    async run(subject, assert) {
      const outcome = await subject.messenger.send(requestOf(subject, {}), {
        signal: AbortSignal.abort(),
      })
      assert.equal(outcome.kind, 'refused')
      assert.equal(outcome.kind === 'refused' && outcome.advice.action, 'retry')
      assert.deepEqual(await subject.control.arrived(), [])
    },
  },
  ...(
    [
      { code: 131047, status: 400, action: 'template' },
      { code: 131056, status: 400, action: 'retry' },
      { code: 131026, status: 400, action: 'suppress' },
      { code: 131048, status: 400, action: 'hold' },
      { code: 131009, status: 400, action: 'fail' },
      { code: 132000, status: 400, action: 'alert' },
      { code: 190, status: 401, action: 'stop_channel' },
      { code: 131016, status: 500, action: 'retry' },
    ] as const
  ).map(({ code, status, action }) => ({
    name: `reports error ${code} as refused, with the advice ${action}`,
    async run(subject: MessengerSubject, assert: ContractAssert) {
      await subject.control.next({ kind: 'error', code, status })
      const outcome = await send(subject, {})
      assert.equal(outcome.kind, 'refused')
      assert.equal(outcome.kind === 'refused' && outcome.code, code)
      assert.equal(outcome.kind === 'refused' && outcome.advice.action, action)
      assert.deepEqual(await subject.control.arrived(), [])
    },
  })),
  {
    name: 'never names the recipient in what it says about a refusal',
    async run(subject, assert) {
      await subject.control.next({ kind: 'error', code: 131026, status: 400 })
      assert.ok(!JSON.stringify(await send(subject, {})).includes(subject.phone))
    },
  },
  ...(['lost', 'no_id'] as const).map((kind) => ({
    name: `calls a message unknown whose answer is ${kind}, and does not send it again`,
    async run(subject: MessengerSubject, assert: ContractAssert) {
      await subject.control.next({ kind })
      assert.equal((await send(subject, {})).kind, 'unknown')
      assert.equal((await subject.control.arrived()).length, 1)
    },
  })),
  {
    name: 'calls a message unknown when a gateway answers',
    async run(subject, assert) {
      await subject.control.next({ kind: 'gateway' })
      assert.equal((await send(subject, {})).kind, 'unknown')
    },
  },
  {
    name: 'advises to retry when no connection was made, and works again afterwards',
    async run(subject, assert) {
      await subject.control.next({ kind: 'unreachable' })
      const outcome = await send(subject, {})
      assert.equal(outcome.kind === 'refused' && outcome.advice.action, 'retry')
      assert.equal(await read(subject), 'failed')
      await subject.control.next({ kind: 'accept' })
      assert.equal((await send(subject, {})).kind, 'accepted')
    },
  },
  {
    name: 'marks a received message as read, with and without typing',
    async run(subject, assert) {
      assert.equal(await read(subject), 'done')
      assert.equal(await read(subject, true), 'done')
    },
  },
  {
    name: 'returns an uploaded file as it was',
    async run(subject, assert) {
      const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 31) % 256)
      const mediaId = await upload(subject, bytes)
      const found = await download(subject, { mediaId })
      assert.equal(found.kind, 'downloaded')
      if (found.kind !== 'downloaded') return
      assert.equal(found.media.mimeType, 'image/png')
      assert.ok(sameBytes(found.media.bytes, bytes))
      assert.ok(/^[0-9a-f]{64}$/.test(found.sha256Hex))
    },
  },
  {
    name: 'does not load a file that is larger than allowed',
    async run(subject, assert) {
      const mediaId = await upload(subject, new Uint8Array(1_001))
      assert.equal(reasonOf(await download(subject, { mediaId, maxBytes: 1_000 })), 'too_large')
      assert.equal(reasonOf(await download(subject, { mediaId, maxBytes: 1_001 })), undefined)
    },
  },
  {
    name: 'does not accept a file whose digest differs from the expected one',
    async run(subject, assert) {
      const mediaId = await upload(subject, new Uint8Array(10))
      const wrong = { mediaId, sha256: '0'.repeat(64) }
      assert.equal(reasonOf(await download(subject, wrong)), 'corrupt')
    },
  },
  {
    name: 'deletes a file, which is gone then',
    async run(subject, assert) {
      const { messenger, phoneNumberId } = subject
      const mediaId = await upload(subject, new Uint8Array(10))
      assert.equal(await messenger.deleteMedia(phoneNumberId, mediaId, options()), 'done')
      assert.equal(reasonOf(await download(subject, { mediaId })), 'gone')
      assert.equal(await messenger.deleteMedia(phoneNumberId, mediaId, options()), 'failed')
    },
  },
]

function requestOf(subject: MessengerSubject, change: Partial<SendRequest>): SendRequest {
  const { phoneNumberId, phone } = subject
  const message = { kind: 'text', body: 'Hello' } as const
  return { phoneNumberId, to: { phone }, message, opaque: 'opaque', ...change }
}

function send(subject: MessengerSubject, change: Partial<SendRequest>): Promise<SendOutcome> {
  return subject.messenger.send(requestOf(subject, change), options())
}

async function refusedBeforeSending(
  subject: MessengerSubject,
  assert: ContractAssert,
  change: Partial<SendRequest>,
): Promise<void> {
  const outcome = await send(subject, change)
  assert.equal(outcome.kind, 'refused')
  assert.equal(outcome.kind === 'refused' && outcome.advice.action, 'fail')
  assert.deepEqual(await subject.control.arrived(), [])
}

function read(subject: MessengerSubject, typing = false): Promise<'done' | 'failed'> {
  const { messenger, phoneNumberId, inboundMessageId } = subject
  return messenger.markRead({ phoneNumberId, messageId: inboundMessageId, typing }, options())
}

async function upload(subject: MessengerSubject, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const { messenger, phoneNumberId } = subject
  const media = { bytes, mimeType: 'image/png', filename: 'a.png' }
  const outcome = await messenger.upload(phoneNumberId, media, options())
  return outcome.kind === 'uploaded' ? outcome.mediaId : `not uploaded: ${outcome.detail}`
}

function download(
  subject: MessengerSubject,
  request: { readonly mediaId: string; readonly maxBytes?: number; readonly sha256?: string },
) {
  const { messenger, phoneNumberId } = subject
  return messenger.download({ phoneNumberId, ...request }, options())
}

function reasonOf(outcome: Awaited<ReturnType<typeof download>>): string | undefined {
  return outcome.kind === 'failed' ? outcome.reason : undefined
}

function idOf(outcome: SendOutcome): string | undefined {
  return outcome.kind === 'accepted' ? outcome.providerMessageId : undefined
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index])
}

function options() {
  return { signal: AbortSignal.timeout(10_000) }
}
