import type { BlobId } from '../kernel/index.ts'
import { isAuronxError } from '../kernel/index.ts'
import type {
  Advice,
  CallOptions,
  MediaContent,
  Messenger,
  SendOutcome,
  SendRequest,
} from '../outbox/index.ts'
import { sendOutcomeOf } from './decode.ts'
import { blobsOf, encodeMessage, encodeRecipient } from './encode.ts'
import { adviseOn } from './errors.ts'
import type { GraphAnswer, GraphDeps } from './graph.ts'
import { createGraph } from './graph.ts'
import type { GraphJson } from './graph-json.ts'
import { compact, member } from './graph-json.ts'
import type { MediaDeps } from './media.ts'
import { downloadMedia, uploadMedia } from './media.ts'

/** What {@link createWhatsAppMessenger} takes. */
export interface WhatsAppDeps extends GraphDeps {
  /** Reads a blob that a message names, so that it can be uploaded. Without it such messages are refused. */
  readonly readBlob?: (request: BlobRequest) => Promise<MediaContent | undefined>
  /** Time for a send or a read receipt in milliseconds. Default 20,000. */
  readonly timeoutMs?: number
  /** Time for one step of a media transfer in milliseconds. Default 30,000. */
  readonly mediaTimeoutMs?: number
  /** Hosts that media may be fetched from, besides being listed in the egress. Default `lookaside.fbsbx.com`. */
  readonly mediaHosts?: readonly string[]
  /** Lets media be fetched from this machine, for a simulator; the egress must allow it too. Default `false`. */
  readonly allowLoopbackMedia?: boolean
}

/** A blob that a message from this number names. */
export interface BlobRequest {
  readonly phoneNumberId: string
  readonly blobId: BlobId
  readonly signal: AbortSignal
}

/** Hosts that media is fetched from unless configured otherwise. */
export const defaultMediaHosts: readonly string[] = ['lookaside.fbsbx.com']

const maxOpaqueLength = 512

/**
 * The messenger over Meta's Cloud API. A call is made once and never repeated; none of the methods throws.
 *
 * Throws `invalid_config` when created with a version or base address that cannot be one.
 *
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages
 */
export function createWhatsAppMessenger(deps: WhatsAppDeps): Messenger {
  const { timeoutMs = 20_000, mediaTimeoutMs = 30_000 } = deps
  const graph = createGraph(deps)
  const media: MediaDeps = {
    graph,
    mediaHosts: deps.mediaHosts ?? defaultMediaHosts,
    allowLoopbackMedia: deps.allowLoopbackMedia ?? false,
    timeoutMs: mediaTimeoutMs,
  }

  const post = (phoneNumberId: string, json: GraphJson, { signal }: CallOptions) => {
    const path = [phoneNumberId, 'messages']
    return graph.call({ method: 'POST', phoneNumberId, path, json, timeoutMs, signal })
  }

  return {
    adviseOn: (code) => adviseOn({ code }),
    async send(request, options) {
      const uploaded = await uploadBlobs(deps, media, request, options.signal)
      if ('kind' in uploaded) return uploaded
      const body = bodyOf(request, uploaded.ids)
      if ('kind' in body) return body
      return sendOutcomeOf(await post(request.phoneNumberId, body.json, options))
    },

    async markRead({ phoneNumberId, messageId, typing = false }, options) {
      const json = compact({
        messaging_product: 'whatsapp',
        status: 'read',
        message_id: messageId,
        typing_indicator: typing ? { type: 'text' } : undefined,
      })
      return succeeded(await post(phoneNumberId, json, options))
    },

    upload: (phoneNumberId, content, { signal }) =>
      uploadMedia(media, phoneNumberId, content, signal),

    download: (request, { signal }) => downloadMedia(media, request, signal),

    async deleteMedia(phoneNumberId, mediaId, { signal }) {
      const query = { phone_number_id: phoneNumberId }
      const call = { method: 'DELETE', phoneNumberId, path: [mediaId], query } as const
      return succeeded(await graph.call({ ...call, timeoutMs, signal }))
    },
  }
}

type Refused = Extract<SendOutcome, { kind: 'refused' }>

async function uploadBlobs(
  deps: WhatsAppDeps,
  media: MediaDeps,
  { phoneNumberId, message }: SendRequest,
  signal: AbortSignal,
): Promise<{ readonly ids: ReadonlyMap<BlobId, string> } | Refused> {
  const ids = new Map<BlobId, string>()
  for (const blobId of blobsOf(message)) {
    const content = await readBlob(deps, { phoneNumberId, blobId, signal })
    if ('kind' in content) return content
    const outcome = await uploadMedia(media, phoneNumberId, content, signal)
    if (outcome.kind === 'refused') return outcome
    ids.set(blobId, outcome.mediaId)
  }
  return { ids }
}

async function readBlob(deps: WhatsAppDeps, request: BlobRequest): Promise<MediaContent | Refused> {
  try {
    const content = await deps.readBlob?.(request)
    return content ?? refused('blob_missing', 'the message names a file that is not there')
  } catch (error) {
    const lasting = isAuronxError(error) && !error.retryable
    const advice = {
      action: 'retry',
      afterMs: 10_000,
      factor: 2,
      attempts: 8,
      scope: 'message',
    } as const
    return refused(
      'blob_unreadable',
      'a file could not be read',
      lasting ? { action: 'fail' } : advice,
    )
  }
}

function bodyOf(
  request: SendRequest,
  blobs: ReadonlyMap<BlobId, string>,
): { readonly json: GraphJson } | Refused {
  const { message, opaque, replyTo } = request
  const recipient = encodeRecipient(request.to)
  if (recipient === undefined)
    return refused('recipient_invalid', 'no usable phone number or user id')
  if (opaque === '' || opaque.length > maxOpaqueLength) {
    return refused(
      'opaque_invalid',
      `the correlation id must have 1 to ${maxOpaqueLength} characters`,
    )
  }
  const json = compact({
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    ...recipient,
    ...encodeMessage(message, blobs),
    context: replyTo === undefined ? undefined : { message_id: replyTo },
    biz_opaque_callback_data: opaque,
  })
  return { json }
}

function refused(code: string, detail: string, advice: Advice = { action: 'fail' }): Refused {
  return { kind: 'refused', code, advice, detail }
}

function succeeded(answer: GraphAnswer): 'done' | 'failed' {
  if (answer.kind !== 'answered' || answer.status > 299) return 'failed'
  const success = member(answer.body, 'success')
  return success === true || success === 'true' ? 'done' : 'failed'
}
