import { toHex } from '../kernel/index.ts'
import type {
  DownloadOutcome,
  DownloadRequest,
  MediaContent,
  UploadOutcome,
} from '../outbox/index.ts'
import { refusalOf } from './decode.ts'
import type { BytesAnswer, Graph, GraphAnswer } from './graph.ts'
import { numberAt, textAt } from './graph-json.ts'

/** What media calls need. */
export interface MediaDeps {
  readonly graph: Graph
  /** Hosts that a media address may name. */
  readonly mediaHosts: readonly string[]
  /** Lets media addresses name this machine, without TLS as well. */
  readonly allowLoopbackMedia: boolean
  readonly timeoutMs: number
}

/** Meta's largest file, a document. */
export const maxMediaBytes = 100 * 1024 * 1024

/** Uploads a file for a business number. Meta keeps it for 30 days. */
export async function uploadMedia(
  deps: MediaDeps,
  phoneNumberId: string,
  media: MediaContent,
  signal: AbortSignal,
): Promise<UploadOutcome> {
  const form = new FormData()
  form.set('messaging_product', 'whatsapp')
  form.set('type', media.mimeType)
  form.set('file', new Blob([media.bytes], { type: media.mimeType }), media.filename ?? 'file')
  const { timeoutMs } = deps
  const path = [phoneNumberId, 'media']
  const answer = await deps.graph.call({
    method: 'POST',
    phoneNumberId,
    path,
    form,
    timeoutMs,
    signal,
  })
  const mediaId = isSuccess(answer) ? textAt(answer.body, 'id') : undefined
  if (mediaId !== undefined) return { kind: 'uploaded', mediaId }
  const advice = {
    action: 'retry',
    afterMs: 10_000,
    factor: 2,
    attempts: 5,
    scope: 'message',
  } as const
  const lost = {
    kind: 'refused',
    code: 'upload_failed',
    advice,
    detail: 'the upload got no answer',
  } as const
  return refusalOf(answer) ?? lost
}

/**
 * Fetches a received file in two steps: its address, then its bytes from a host we know. An address lives for five
 * minutes, so that one which is gone is asked for once more.
 *
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media
 */
export async function downloadMedia(
  deps: MediaDeps,
  request: DownloadRequest,
  signal: AbortSignal,
): Promise<DownloadOutcome> {
  const first = await downloadOnce(deps, request, signal)
  return first === 'stale' ? orGone(await downloadOnce(deps, request, signal)) : first
}

async function downloadOnce(
  deps: MediaDeps,
  request: DownloadRequest,
  signal: AbortSignal,
): Promise<DownloadOutcome | 'stale'> {
  const { phoneNumberId, mediaId, maxBytes = maxMediaBytes } = request
  const { graph, timeoutMs } = deps
  const query = { phone_number_id: phoneNumberId }
  const call = { method: 'GET', phoneNumberId, path: [mediaId], query, timeoutMs, signal } as const
  const answer = await graph.call(call)
  if (!isSuccess(answer)) return failedLookup(answer)
  const url = allowedAddress(deps, textAt(answer.body, 'url'))
  if (url === undefined) return failed('denied', 'the file is at an address we do not go to')
  if ((numberAt(answer.body, 'file_size') ?? 0) > maxBytes)
    return failed('too_large', `over ${maxBytes} bytes`)
  const found = await graph.bytes({ phoneNumberId, url, maxBytes, timeoutMs, signal })
  if (found.kind !== 'bytes') return failedRead(found, maxBytes)
  const expected = [textAt(answer.body, 'sha256'), request.sha256]
  const sha256Hex = toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', found.bytes)))
  if (!expected.every((one) => one === undefined || digestHex(one) === sha256Hex)) {
    return failed('corrupt', 'the SHA-256 does not match')
  }
  const mimeType = textAt(answer.body, 'mime_type') ?? 'application/octet-stream'
  return { kind: 'downloaded', media: { bytes: found.bytes, mimeType }, sha256Hex }
}

function failedLookup(answer: GraphAnswer): DownloadOutcome {
  const refusal = refusalOf(answer)
  if (refusal === undefined) return failed('unreachable', 'the lookup got no usable answer')
  if (refusal.code === 100 || refusal.code === 33 || refusal.code === 'http_404') {
    return failed('gone', refusal.detail)
  }
  const later = refusal.advice.action === 'retry' || refusal.advice.action === 'hold'
  return failed(later ? 'unreachable' : 'denied', refusal.detail)
}

function failedRead(
  answer: Exclude<BytesAnswer, { kind: 'bytes' }>,
  maxBytes: number,
): DownloadOutcome | 'stale' {
  switch (answer.kind) {
    case 'too_large':
      return failed('too_large', `over ${maxBytes} bytes`)
    case 'denied':
      return failed('denied', answer.reason)
    case 'lost':
      return failed('unreachable', answer.reason)
    case 'status':
      if (answer.status === 404 || answer.status === 410) return 'stale'
      return failed(answer.status < 500 ? 'denied' : 'unreachable', `http_${answer.status}`)
  }
}

function allowedAddress(deps: MediaDeps, address: string | undefined): URL | undefined {
  const url = address !== undefined && URL.canParse(address) ? new URL(address) : undefined
  if (url === undefined || url.username !== '' || url.password !== '') return undefined
  if (url.protocol === 'https:' && deps.mediaHosts.includes(url.host)) return url
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  const web = url.protocol === 'https:' || url.protocol === 'http:'
  return deps.allowLoopbackMedia && local && web ? url : undefined
}

// Meta writes the digest in base64 in webhooks and in hex in the answer to a lookup.
function digestHex(digest: string): string | undefined {
  if (/^[0-9a-f]{64}$/i.test(digest)) return digest.toLowerCase()
  if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(digest)) return undefined
  const binary = atob(digest.replaceAll('-', '+').replaceAll('_', '/'))
  return toHex(Uint8Array.from(binary, (unit) => unit.charCodeAt(0)))
}

function isSuccess(answer: GraphAnswer): answer is Extract<GraphAnswer, { kind: 'answered' }> {
  return answer.kind === 'answered' && answer.status >= 200 && answer.status <= 299
}

function orGone(outcome: DownloadOutcome | 'stale'): DownloadOutcome {
  return outcome === 'stale' ? failed('gone', 'the address is gone') : outcome
}

type Failure = Extract<DownloadOutcome, { kind: 'failed' }>

function failed(reason: Failure['reason'], detail: string): Failure {
  return { kind: 'failed', reason, detail }
}
