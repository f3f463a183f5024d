import { createHash } from 'node:crypto'
import { AuronxError, asId, defaultMaxBlobBytes, isAuronxError } from '@auronx/sdk'
import type { BlobId, BlobStore, Clock, NewBlob, StoredBlob, TenantId } from '@auronx/sdk'
import { bytes, integer, text } from './row.ts'
import type { Sql, SqlClient, SqlRow, SqlStatement } from './sql.ts'
import { tenantPrologue } from './tenant.ts'
import type { DatabaseNames } from './tenant.ts'

const chunkBytes = 256 * 1024

/**
 * Files as rows of 256 KiB on PostgreSQL, one short transaction per row, so that no connection waits for a slow source
 * or reader. A file shows when its digest is written, after its last row.
 */
export function createPostgresBlobStore(
  client: SqlClient,
  names: DatabaseNames,
  clock: Clock,
): BlobStore {
  const as = async <Result>(
    tenantId: TenantId,
    body: (sql: Sql) => Promise<Result>,
  ): Promise<Result> => client.transaction([tenantPrologue(tenantId, names)], body)
  return {
    async put(tenantId, blob) {
      await as(tenantId, (sql) => begin(sql, tenantId, blob, clock))
      try {
        const written = await writeChunks(blob, (position, chunk) =>
          as(tenantId, (sql) => sql.query(insertChunk(tenantId, blob.id, position, chunk))),
        )
        const kept: StoredBlob = { id: blob.id, contentType: blob.contentType, ...written }
        await as(tenantId, (sql) => sql.query(finish(tenantId, kept)))
        return kept
      } catch (error) {
        await as(tenantId, (sql) => sql.query(abandon(tenantId, blob.id)))
        throw error
      }
    },
    get: (tenantId, id) => as(tenantId, (sql) => find(sql, tenantId, id)),
    async read(tenantId, id) {
      const blob = await as(tenantId, (sql) => find(sql, tenantId, id))
      return blob === undefined
        ? undefined
        : readChunks(blob, (position) =>
            as(tenantId, (sql) => sql.query(selectChunk(tenantId, id, position))),
          )
    },
    async delete(tenantId, id) {
      const rows = await as(tenantId, (sql) =>
        sql.query({
          name: 'blob_delete',
          text: 'delete from blobs where tenant_id = $1 and id = $2 and sha256 is not null returning id',
          values: [tenantId, id],
        }),
      )
      return rows.length > 0
    },
    async sweep(tenantId, startedBefore) {
      const rows = await as(tenantId, (sql) =>
        sql.query({
          name: 'blob_sweep',
          text: 'delete from blobs where tenant_id = $1 and sha256 is null and started_at < $2 returning id',
          values: [tenantId, startedBefore],
        }),
      )
      return rows.length
    },
  }
}

async function begin(sql: Sql, tenantId: TenantId, blob: NewBlob, clock: Clock): Promise<void> {
  try {
    await sql.query({
      name: 'blob_begin',
      text: 'insert into blobs (tenant_id, id, content_type, started_at) values ($1, $2, $3, $4)',
      values: [tenantId, blob.id, blob.contentType, clock.now()],
    })
  } catch (error) {
    if (isAuronxError(error, 'storage_constraint') && error.details['code'] === '23505') {
      throw new AuronxError('conflict', 'A file with this id exists')
    }
    throw error
  }
}

async function writeChunks(
  { body, maxBytes = defaultMaxBlobBytes }: NewBlob,
  write: (position: number, chunk: Uint8Array) => Promise<unknown>,
): Promise<{ readonly size: number; readonly sha256: string }> {
  const hash = createHash('sha256')
  let size = 0
  let position = 0
  let waiting = Buffer.alloc(0)
  for await (const part of body) {
    size += part.length
    if (size > maxBytes)
      throw new AuronxError('payload_too_large', 'The file is too long', { details: { maxBytes } })
    hash.update(part)
    waiting = Buffer.concat([waiting, part])
    for (; waiting.length >= chunkBytes; position += 1) {
      await write(position, waiting.subarray(0, chunkBytes))
      waiting = waiting.subarray(chunkBytes)
    }
  }
  if (waiting.length > 0) await write(position, waiting)
  return { size, sha256: hash.digest('hex') }
}

async function* readChunks(
  blob: StoredBlob,
  chunkAt: (position: number) => Promise<readonly SqlRow[]>,
): AsyncGenerator<Uint8Array> {
  for (let position = 0, left = blob.size; left > 0; position += 1) {
    const [row] = await chunkAt(position)
    if (row === undefined) throw new AuronxError('not_found', 'The file was deleted meanwhile')
    const chunk = bytes(row, 'bytes')
    left -= chunk.length
    yield chunk
  }
}

async function find(sql: Sql, tenantId: TenantId, id: BlobId): Promise<StoredBlob | undefined> {
  const [row] = await sql.query({
    name: 'blob_get',
    text: 'select id, content_type, size, sha256 from blobs where tenant_id = $1 and id = $2 and sha256 is not null',
    values: [tenantId, id],
  })
  if (row === undefined) return undefined
  return {
    id: asId('BlobId', text(row, 'id')),
    contentType: text(row, 'content_type'),
    size: integer(row, 'size'),
    sha256: text(row, 'sha256'),
  }
}

function insertChunk(
  tenantId: TenantId,
  id: BlobId,
  position: number,
  chunk: Uint8Array,
): SqlStatement {
  return {
    name: 'blob_chunk_insert',
    text: 'insert into blob_chunks (tenant_id, blob_id, position, bytes) values ($1, $2, $3, $4)',
    values: [tenantId, id, position, chunk],
  }
}

function selectChunk(tenantId: TenantId, id: BlobId, position: number): SqlStatement {
  return {
    name: 'blob_chunk_get',
    text: 'select bytes from blob_chunks where tenant_id = $1 and blob_id = $2 and position = $3',
    values: [tenantId, id, position],
  }
}

function finish(tenantId: TenantId, blob: StoredBlob): SqlStatement {
  return {
    name: 'blob_finish',
    text: 'update blobs set size = $3, sha256 = $4 where tenant_id = $1 and id = $2',
    values: [tenantId, blob.id, blob.size, blob.sha256],
  }
}

function abandon(tenantId: TenantId, id: BlobId): SqlStatement {
  return {
    name: 'blob_abandon',
    text: 'delete from blobs where tenant_id = $1 and id = $2 and sha256 is null',
    values: [tenantId, id],
  }
}
