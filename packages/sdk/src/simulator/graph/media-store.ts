import { Buffer } from 'node:buffer'
import { createHash, createHmac } from 'node:crypto'
import type { Core } from '../core.ts'
import type { JsonObject } from '../json.ts'
import type { MediaItem } from '../state.ts'

const urlLifeMs = 5 * 60 * 1000

/** Stores a file under a new id. */
export function storeMedia(
  core: Core,
  file: Pick<MediaItem, 'bytes' | 'mimeType' | 'from'>,
): MediaItem {
  const item = {
    ...file,
    id: core.minting.numericId(),
    sha256: createHash('sha256').update(file.bytes).digest('hex'),
    storedMs: core.clock.now().getTime(),
  }
  core.state.media.set(item.id, item)
  return item
}

/** What a webhook says about a file: the hash in base64, and the address where one is known. */
export function webhookMedia(core: Core, item: MediaItem): JsonObject {
  const base = core.baseUrl()
  return {
    id: item.id,
    mime_type: item.mimeType,
    sha256: Buffer.from(item.sha256, 'hex').toString('base64'),
    ...(base === undefined ? {} : { url: downloadUrl(core, item, base, 'webhook') }),
  }
}

/** A download address that lives five minutes and works only with the token. */
export function downloadUrl(
  core: Core,
  item: MediaItem,
  base: string,
  source: 'webhook' | 'getMedia',
): string {
  const ext = Math.floor((core.clock.now().getTime() + urlLifeMs) / 1000)
  const query = new URLSearchParams({
    mid: item.id,
    source,
    ext: String(ext),
    hash: hashOf(item.sha256, ext),
  })
  return `${base}/whatsapp_business/attachments/?${query.toString()}`
}

/** The file that a download address names; `undefined` when it is wrong or out of date. */
export function openDownload(core: Core, query: URLSearchParams): MediaItem | undefined {
  const item = core.state.media.get(query.get('mid') ?? '')
  const ext = Number(query.get('ext'))
  if (item === undefined || core.clock.now().getTime() / 1000 >= ext) return undefined
  return query.get('hash') === hashOf(item.sha256, ext) ? item : undefined
}

function hashOf(sha256: string, ext: number): string {
  return createHmac('sha256', sha256).update(String(ext)).digest('base64url')
}
