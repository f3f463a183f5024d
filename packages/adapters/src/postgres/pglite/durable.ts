import { closeSync, fdatasyncSync, fsyncSync, openSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { AuronxError } from '@auronx/sdk'
import { PGlite } from '@electric-sql/pglite'

/** PGlite starts without syncing; these parameters make it ask for it. */
export const startParams = PGlite.defaultStartParams
  .filter((parameter) => parameter !== '-F')
  .concat('-c', 'fsync=on', '-c', 'wal_sync_method=fsync')

/**
 * Connects the engine's request to sync with the disk, which its file layer leaves out, and checks that a commit
 * reaches it. Relies on members of PGlite that are not public: the version is pinned. Throws `storage_unavailable` when
 * the commit is not synced.
 */
export async function makeDurable(db: PGlite): Promise<void> {
  let synced = 0
  const stream = db.Module.FS.open('/pglite/data/PG_VERSION', 'r')
  const operations: unknown = stream.stream_ops
  if (typeof operations === 'object' && operations !== null) {
    Object.assign(operations, {
      fsync(file: { readonly nfd?: number }): number {
        if (typeof file.nfd === 'number') fdatasyncSync(file.nfd)
        synced += 1
        return 0
      },
    })
  }
  db.Module.FS.close(stream)
  await db.exec(
    'begin; select txid_current(); create temporary table durable_probe (n integer); commit',
  )
  const afterCommit = synced
  await db.exec('drop table durable_probe')
  if (afterCommit === 0)
    throw new AuronxError('storage_unavailable', 'PGlite commits do not reach the disk')
}

/** Syncs everything below a folder once: what PGlite makes when it is new is written without syncing. */
export function syncFolder(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) syncFolder(path)
    if (entry.isFile()) sync(path, 'r+')
  }
  sync(folder, 'r')
}

function sync(path: string, flags: string): void {
  const handle = openSync(path, flags)
  fsyncSync(handle)
  closeSync(handle)
}
