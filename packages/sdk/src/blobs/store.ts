import type { BlobId, TenantId } from '../kernel/index.ts'

/** A file of a tenant as it is kept: media, exports, documents. */
export interface StoredBlob {
  readonly id: BlobId
  /** Media type, for example `image/jpeg`. */
  readonly contentType: string
  /** Bytes. */
  readonly size: number
  /** SHA-256 of the bytes, lower-case hex. */
  readonly sha256: string
}

/** A file to be kept. */
export interface NewBlob {
  readonly id: BlobId
  readonly contentType: string
  /** The bytes, in pieces of any size. Read once. */
  readonly body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>
  /** Refuses a longer body. Default 100 MiB. */
  readonly maxBytes?: number
}

/** Longest body when {@link NewBlob.maxBytes} is not given. */
export const defaultMaxBlobBytes = 100 * 1024 * 1024

/**
 * Files of all tenants, each seen under its own tenant only. Bodies stream in and out, so none of it happens inside a
 * unit of work. A file is there completely or not at all.
 */
export interface BlobStore {
  /**
   * Keeps a file and returns what was kept. Throws `conflict` when the id is taken, `payload_too_large` when the body is
   * longer than allowed, and what the body throws; nothing is kept then.
   */
  put(tenantId: TenantId, blob: NewBlob): Promise<StoredBlob>
  /** What is known of a file, or nothing. */
  get(tenantId: TenantId, id: BlobId): Promise<StoredBlob | undefined>
  /** The bytes of a file, or nothing. Iterating throws `not_found` when the file is deleted meanwhile. */
  read(tenantId: TenantId, id: BlobId): Promise<AsyncIterable<Uint8Array> | undefined>
  /** Deletes a file. Returns whether there was one. */
  delete(tenantId: TenantId, id: BlobId): Promise<boolean>
  /** Deletes what writers that died before `startedBefore` left unfinished. Returns how many. */
  sweep(tenantId: TenantId, startedBefore: Date): Promise<number>
}
