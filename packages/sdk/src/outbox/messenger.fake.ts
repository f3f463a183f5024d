import { toHex } from '../kernel/index.ts'
import type { ArrivedMessage, MessengerControl, MessengerFault } from './messenger.contract.ts'
import type {
  Advice,
  CallOptions,
  DownloadOutcome,
  DownloadRequest,
  MediaContent,
  Messenger,
  ReadRequest,
  SendOutcome,
  SendRequest,
} from './messenger.ts'

/** What the fake messenger knows about what it was asked. */
export interface FakeMessenger extends Messenger, MessengerControl {
  /** Every send that arrived, whole, in order. */
  readonly sent: readonly SendRequest[]
  /** Every read receipt, in order. */
  readonly reads: readonly ReadRequest[]
  /** Makes a file downloadable under an id, as if a customer had sent it. */
  receive(mediaId: string, media: MediaContent): void
}

/** What {@link createFakeMessenger} takes. */
export interface FakeMessengerOptions {
  /** Advice per Graph code. Default: that of the contract's codes; all others fail. */
  readonly advice?: (code: number) => Advice
}

/** A messenger in memory, for tests. Provider ids are `wamid.fake-1` upwards. */
export function createFakeMessenger(options: FakeMessengerOptions = {}): FakeMessenger {
  const adviceOn = options.advice ?? usualAdvice
  const sent: SendRequest[] = []
  const reads: ReadRequest[] = []
  const files = new Map<string, MediaContent>()
  let made = 0
  let fault: MessengerFault = { kind: 'accept' }

  const takeFault = (): MessengerFault => {
    const taken = fault
    if (taken.kind !== 'unreachable') fault = { kind: 'accept' }
    return taken
  }

  return {
    sent,
    reads,
    async next(next) {
      fault = next
    },
    arrived: async () => sent.map(arrivedOf),
    adviseOn: adviceOn,
    receive: (mediaId, media) => void files.set(mediaId, media),

    async send(request, { signal }) {
      const invalid = refusalBeforeSending(request, signal)
      if (invalid !== undefined) return invalid
      const taken = takeFault()
      const outcome = outcomeOf(taken, request, `wamid.fake-${made + 1}`, adviceOn)
      if (taken.kind === 'accept' || taken.kind === 'lost' || taken.kind === 'no_id') {
        sent.push(request)
        made += 1
      }
      return outcome
    },

    async markRead(request) {
      if (fault.kind === 'unreachable') return 'failed'
      reads.push(request)
      return 'done'
    },

    async upload(_phoneNumberId, media, { signal }: CallOptions) {
      if (signal.aborted || fault.kind === 'unreachable') return retryLater('unreachable')
      const mediaId = `media-${files.size + 1}`
      files.set(mediaId, media)
      return { kind: 'uploaded', mediaId }
    },

    download: (request) => downloadFrom(files, request),

    async deleteMedia(_phoneNumberId, mediaId) {
      return files.delete(mediaId) ? 'done' : 'failed'
    },
  }
}

function arrivedOf({ phoneNumberId, to, opaque, replyTo }: SendRequest): ArrivedMessage {
  return {
    phoneNumberId,
    ...(to.phone === undefined ? { ...(to.userId && { userId: to.userId }) } : { phone: to.phone }),
    opaque,
    ...(replyTo === undefined ? {} : { replyTo }),
  }
}

function refusalBeforeSending(request: SendRequest, signal: AbortSignal): SendOutcome | undefined {
  if (signal.aborted) return retryLater('aborted')
  const { phone, userId } = request.to
  if (phone === undefined ? userId !== undefined : /^\d+$/.test(phone)) return undefined
  return refused('recipient_invalid', { action: 'fail' })
}

function outcomeOf(
  fault: MessengerFault,
  request: SendRequest,
  providerMessageId: string,
  adviceOn: (code: number) => Advice,
): SendOutcome {
  const { phone, userId } = request.to
  switch (fault.kind) {
    case 'accept':
      return {
        kind: 'accepted',
        providerMessageId,
        ...(phone === undefined ? { ...(userId && { userId }) } : { waId: phone }),
      }
    case 'error':
      return refused(fault.code, adviceOn(fault.code))
    case 'unreachable':
      return retryLater('unreachable')
    case 'lost':
    case 'no_id':
    case 'gateway':
      return { kind: 'unknown', reason: fault.kind }
  }
}

async function downloadFrom(
  files: ReadonlyMap<string, MediaContent>,
  { mediaId, maxBytes = Infinity, sha256 }: DownloadRequest,
): Promise<DownloadOutcome> {
  const media = files.get(mediaId)
  if (media === undefined) return { kind: 'failed', reason: 'gone', detail: 'no such file' }
  if (media.bytes.length > maxBytes) {
    return { kind: 'failed', reason: 'too_large', detail: 'too large' }
  }
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', media.bytes))
  const sha256Hex = toHex(digest)
  const base64 = btoa(String.fromCharCode(...digest))
  if (sha256 !== undefined && sha256 !== base64 && sha256.toLowerCase() !== sha256Hex) {
    return { kind: 'failed', reason: 'corrupt', detail: 'the SHA-256 does not match' }
  }
  return { kind: 'downloaded', media, sha256Hex }
}

type Refused = Extract<SendOutcome, { kind: 'refused' }>

function refused(code: number | string, advice: Advice): Refused {
  return { kind: 'refused', code, advice, detail: `refused with ${code}` }
}

function retryLater(code: string): Refused {
  return refused(code, {
    action: 'retry',
    afterMs: 1_000,
    factor: 1,
    attempts: 10,
    scope: 'message',
  })
}

function usualAdvice(code: number): Advice {
  switch (code) {
    case 131047:
      return { action: 'template' }
    case 131016:
    case 131056:
      return { action: 'retry', afterMs: 4_000, factor: 4, attempts: 6, scope: 'recipient' }
    case 131026:
      return { action: 'suppress', what: 'everything', afterTimes: 3 }
    case 131048:
      return { action: 'hold', afterMs: 60 * 60 * 1_000, alert: 'quality' }
    case 132000:
      return { action: 'alert', topic: 'template' }
    case 190:
      return { action: 'stop_channel', topic: 'credentials' }
    default:
      return { action: 'fail' }
  }
}
