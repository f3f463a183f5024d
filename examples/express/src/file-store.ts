import { createHash } from 'node:crypto'
import { AuronxError, asId, defaultMaxBlobBytes } from '@auronx/sdk'
import type { BlobStore, NewBlob, StoredBlob } from '@auronx/sdk'
import type pg from 'pg'

/** The café's own table of files. */
export const filesTable = `create table if not exists cafe.files (
  tenant_id uuid, id uuid, content_type text not null, size integer not null, sha256 text not null,
  body bytea not null, primary key (tenant_id, id))`

/** Files in the café's own table, one row each. A file passes through memory, so keep their size modest. */
export function createFileStore(pool: pg.Pool): BlobStore {
  const where = 'from cafe.files where tenant_id = $1 and id = $2'
  return {
    async put(tenantId, blob) {
      const body = await collect(blob)
      const sha256 = createHash('sha256').update(body).digest('hex')
      const { id, contentType } = blob
      const { rowCount } = await pool.query(
        'insert into cafe.files values ($1, $2, $3, $4, $5, $6) on conflict do nothing',
        [tenantId, id, contentType, body.length, sha256, body],
      )
      if (rowCount === 0) throw new AuronxError('conflict', 'A file with this id exists')
      return { id, contentType, size: body.length, sha256 }
    },
    async get(tenantId, id) {
      const select = `select id, content_type, size, sha256 ${where}`
      const { rows } = await pool.query<FileRow>(select, [tenantId, id])
      return rows.map(toBlob)[0]
    },
    async read(tenantId, id) {
      const { rows } = await pool.query<{ body: Buffer }>(`select body ${where}`, [tenantId, id])
      return rows[0] === undefined ? undefined : once(rows[0].body)
    },
    async delete(tenantId, id) {
      const { rowCount } = await pool.query(`delete ${where}`, [tenantId, id])
      return rowCount === 1
    },
    // A row is written in one statement, so nobody leaves half a file.
    sweep: async () => 0,
  }
}

interface FileRow {
  readonly id: string
  readonly content_type: string
  readonly size: number
  readonly sha256: string
}

function toBlob({ id, content_type: contentType, size, sha256 }: FileRow): StoredBlob {
  return { id: asId('BlobId', id), contentType, size, sha256 }
}

async function collect({ body, maxBytes = defaultMaxBlobBytes }: NewBlob): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of body) {
    size += part.length
    if (size > maxBytes) throw new AuronxError('payload_too_large', 'The file is too long')
    parts.push(part)
  }
  return Buffer.concat(parts)
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
