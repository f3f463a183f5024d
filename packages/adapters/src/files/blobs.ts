import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { link, mkdir, open, readFile, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AuronxError, asId, defaultMaxBlobBytes } from '@auronx/sdk'
import type { BlobStore, NewBlob, StoredBlob } from '@auronx/sdk'

/** Where files are kept. */
export interface FileBlobStoreOptions {
  /** Folder of all tenants' files; made on first use, readable by this user only. */
  readonly folder: string
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/**
 * Files on the disk of a single host: `<tenant>/<id>.bin` with `<id>.json` beside it, which is written last and makes
 * the file show. Written to a name of its own first and synced, so that a crash leaves nothing half there. Several
 * processes may share the folder.
 *
 * Throws `invalid_input` for ids that are not UUIDs, so that no id can lead out of the folder.
 */
export function createFileBlobStore({ folder }: FileBlobStoreOptions): BlobStore {
  return {
    async put(tenantId, blob) {
      const at = place(folder, tenantId, blob.id)
      await mkdir(at.folder, { recursive: true, mode: 0o700 })
      await reserve(at.part)
      try {
        if ((await known(at.about)) !== undefined) throw taken()
        const kept: StoredBlob = {
          id: blob.id,
          contentType: blob.contentType,
          ...(await write(at.part, blob)),
        }
        // Bytes without a description are of a writer that died; this one holds the id as long as its part exists.
        await rm(at.bytes, { force: true })
        await link(at.part, at.bytes)
        await writeAbout(at.about, kept)
        await syncFolder(at.folder)
        return kept
      } finally {
        await rm(at.part, { force: true })
      }
    },
    async get(tenantId, id) {
      return known(place(folder, tenantId, id).about)
    },
    async read(tenantId, id) {
      const at = place(folder, tenantId, id)
      return (await known(at.about)) === undefined ? undefined : pieces(at.bytes)
    },
    async delete(tenantId, id) {
      const at = place(folder, tenantId, id)
      const deleted = await rm(at.about).then(
        () => true,
        (error: unknown) => absent(error, false),
      )
      await rm(at.bytes, { force: true })
      return deleted
    },
    async sweep(tenantId, startedBefore) {
      const { folder: own } = place(folder, tenantId, tenantId)
      const names = await readdir(own).catch((error: unknown) => absent(error, []))
      let swept = 0
      for (const name of names.filter((file) => isUnfinished(file, names))) {
        const made = await stat(join(own, name)).catch((error: unknown) => absent(error, undefined))
        if (made === undefined || made.mtime >= startedBefore) continue
        await rm(join(own, name), { force: true })
        swept += 1
      }
      return swept
    },
  }
}

interface Place {
  readonly folder: string
  readonly part: string
  readonly bytes: string
  readonly about: string
}

function place(root: string, tenantId: string, id: string): Place {
  if (!uuid.test(tenantId) || !uuid.test(id))
    throw new AuronxError('invalid_input', 'Ids of files are UUIDs')
  const folder = join(root, tenantId)
  const base = join(folder, id)
  return { folder, part: `${base}.part`, bytes: `${base}.bin`, about: `${base}.json` }
}

async function reserve(part: string): Promise<void> {
  try {
    await (await open(part, 'wx', 0o600)).close()
  } catch (error) {
    throw codeOf(error) === 'EEXIST' ? taken() : error
  }
}

function taken(): AuronxError {
  return new AuronxError('conflict', 'A file with this id exists')
}

async function write(
  part: string,
  { body, maxBytes = defaultMaxBlobBytes }: NewBlob,
): Promise<{ readonly size: number; readonly sha256: string }> {
  const hash = createHash('sha256')
  let size = 0
  const file = await open(part, 'w', 0o600)
  try {
    for await (const piece of body) {
      size += piece.length
      if (size > maxBytes)
        throw new AuronxError('payload_too_large', 'The file is too long', {
          details: { maxBytes },
        })
      hash.update(piece)
      await file.writeFile(piece)
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return { size, sha256: hash.digest('hex') }
}

async function writeAbout(about: string, blob: StoredBlob): Promise<void> {
  const file = await open(`${about}.part`, 'w', 0o600)
  try {
    await file.writeFile(JSON.stringify(blob))
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${about}.part`, about)
}

// A new name is durable only when its folder is; some systems cannot sync a folder and keep the order themselves.
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}

async function known(about: string): Promise<StoredBlob | undefined> {
  const content = await readFile(about, 'utf8').catch((error: unknown) => absent(error, undefined))
  if (content === undefined) return undefined
  const value: unknown = JSON.parse(content)
  if (!isAbout(value))
    throw new AuronxError('internal', 'A file description is not what was written')
  return {
    id: asId('BlobId', value.id),
    contentType: value.contentType,
    size: value.size,
    sha256: value.sha256,
  }
}

function isAbout(
  value: unknown,
): value is { id: string; contentType: string; size: number; sha256: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof Reflect.get(value, 'id') === 'string' &&
    typeof Reflect.get(value, 'contentType') === 'string' &&
    typeof Reflect.get(value, 'size') === 'number' &&
    typeof Reflect.get(value, 'sha256') === 'string'
  )
}

async function* pieces(path: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of createReadStream(path)) if (piece instanceof Uint8Array) yield piece
  } catch (error) {
    throw codeOf(error) === 'ENOENT'
      ? new AuronxError('not_found', 'The file was deleted meanwhile', { cause: error })
      : error
  }
}

// Bytes whose description was never written, or was deleted, are unfinished too.
function isUnfinished(name: string, names: readonly string[]): boolean {
  return (
    name.endsWith('.part') ||
    (name.endsWith('.bin') && !names.includes(name.replace(/\.bin$/, '.json')))
  )
}

function absent<Value>(error: unknown, value: Value): Value {
  if (codeOf(error) === 'ENOENT') return value
  throw error
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
}
