import { AuronxError, toHex } from '../kernel/index.ts'
import type { MemoryDatabase, TenantId } from '../kernel/index.ts'
import type { StoredBlob, BlobStore, NewBlob } from './store.ts'
import { defaultMaxBlobBytes } from './store.ts'

interface BlobRow {
  readonly blob: StoredBlob
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** Files over an in-memory database. */
export function createMemoryBlobStore(database: MemoryDatabase): BlobStore {
  const blobs = database.table<BlobRow>('blobs')
  const keyOf = (tenantId: TenantId, id: string): string => `${tenantId}/${id}`
  return {
    async put(tenantId, blob) {
      const bytes = await collect(blob)
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
      const key = keyOf(tenantId, blob.id)
      if (blobs.has(key)) throw new AuronxError('conflict', 'A file with this id exists')
      const kept = {
        id: blob.id,
        contentType: blob.contentType,
        size: bytes.length,
        sha256: toHex(digest),
      }
      blobs.set(key, { blob: kept, bytes })
      return kept
    },
    get: async (tenantId, id) => blobs.get(keyOf(tenantId, id))?.blob,
    async read(tenantId, id) {
      const row = blobs.get(keyOf(tenantId, id))
      return row === undefined ? undefined : pieces(row.bytes)
    },
    delete: async (tenantId, id) => blobs.delete(keyOf(tenantId, id)),
    sweep: async () => 0,
  }
}

async function collect({
  body,
  maxBytes = defaultMaxBlobBytes,
}: NewBlob): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of body) {
    size += part.length
    if (size > maxBytes)
      throw new AuronxError('payload_too_large', 'The file is too long', { details: { maxBytes } })
    parts.push(part.slice())
  }
  const bytes = new Uint8Array(size)
  let offset = 0
  for (const part of parts) {
    bytes.set(part, offset)
    offset += part.length
  }
  return bytes
}

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.length > 0) yield bytes.slice()
}
