import type { Core } from '../core.ts'
import type { MediaItem } from '../state.ts'
import { downloadUrl, openDownload, storeMedia } from './media-store.ts'
import type { GraphAnswer, GraphRequest } from './request.ts'
import { ok, refuse, unknownObject } from './request.ts'

/*
 * Media types and sizes, checked 2026-11.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#supported-media-types
 */
const megabyte = 1024 * 1024
const largest: Readonly<Record<string, number>> = {
  'audio/aac': 16 * megabyte,
  'audio/amr': 16 * megabyte,
  'audio/mpeg': 16 * megabyte,
  'audio/mp4': 16 * megabyte,
  'audio/ogg': 16 * megabyte,
  'image/jpeg': 5 * megabyte,
  'image/png': 5 * megabyte,
  'image/webp': 500 * 1024,
  'video/mp4': 16 * megabyte,
  'video/3gpp': 16 * megabyte,
  'text/plain': 100 * megabyte,
  'application/pdf': 100 * megabyte,
  'application/msword': 100 * megabyte,
  'application/vnd.ms-excel': 100 * megabyte,
  'application/vnd.ms-powerpoint': 100 * megabyte,
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 100 * megabyte,
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 100 * megabyte,
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 100 * megabyte,
}
const uploadLifeMs = 30 * 24 * 60 * 60 * 1000
const receivedLifeMs = 7 * 24 * 60 * 60 * 1000

/** `POST /{PHONE_NUMBER_ID}/media`: a multipart upload. */
export async function uploadMedia(core: Core, request: GraphRequest): Promise<GraphAnswer> {
  const form = await readForm(request)
  const file = form?.get('file')
  if (form?.get('messaging_product') !== 'whatsapp') {
    return refuse(core, 100, { message: '(#100) The parameter messaging_product is required.' })
  }
  if (!(file instanceof Blob)) {
    return refuse(core, 100, { message: '(#100) The parameter file is required.' })
  }
  const given = file.type === '' ? form.get('type') : file.type
  const mimeType = typeof given === 'string' ? given : ''
  const limit = largest[mimeType.split(';')[0]?.trim().toLowerCase() ?? '']
  if (limit === undefined) {
    const known = Object.keys(largest).join(', ')
    return refuse(core, 100, {
      message: `(#100) Param file must be a file with one of the following types: ${known}. Received file of type '${mimeType}'.`,
    })
  }
  if (file.size === 0 || file.size > limit) {
    return refuse(core, 131053, {
      details: `The file has ${file.size} bytes; 1 to ${limit} are allowed`,
    })
  }
  const bytes = new Uint8Array(await file.arrayBuffer())
  return ok({ id: storeMedia(core, { bytes, mimeType, from: 'business' }).id })
}

/** `GET /{MEDIA_ID}`: where the file can be fetched during the next five minutes. */
export function describeMedia(core: Core, request: GraphRequest, item: MediaItem): GraphAnswer {
  const number = request.query.get('phone_number_id')
  const isForeign = number !== null && number !== core.business.phoneNumberId
  if (isForeign || isExpired(core, item)) return unknownObject(core, 'get', item.id)
  return ok({
    url: downloadUrl(core, item, request.base, 'getMedia'),
    mime_type: item.mimeType,
    sha256: item.sha256,
    file_size: item.bytes.length,
    id: item.id,
    messaging_product: 'whatsapp',
  })
}

/** `DELETE /{MEDIA_ID}`. */
export function deleteMedia(core: Core, item: MediaItem): GraphAnswer {
  core.state.media.delete(item.id)
  return ok({ success: true })
}

/** The second hop: the bytes, or 404 when the address is wrong or older than five minutes. */
export function downloadMedia(core: Core, request: GraphRequest): GraphAnswer {
  const item = openDownload(core, request.query)
  if (item === undefined) {
    return {
      kind: 'bytes',
      status: 404,
      bytes: new TextEncoder().encode('<html><body>Not Found</body></html>'),
      contentType: 'text/html',
    }
  }
  return { kind: 'bytes', status: 200, bytes: item.bytes, contentType: item.mimeType }
}

function isExpired(core: Core, item: MediaItem): boolean {
  const lifeMs = item.from === 'business' ? uploadLifeMs : receivedLifeMs
  return core.clock.now().getTime() - item.storedMs >= lifeMs
}

async function readForm(request: GraphRequest): Promise<FormData | undefined> {
  const contentType = request.headers['content-type'] ?? ''
  if (!contentType.startsWith('multipart/form-data')) return undefined
  try {
    return await new Response(new Uint8Array(request.body), {
      headers: { 'content-type': contentType },
    }).formData()
  } catch {
    return undefined
  }
}
