import { fdatasyncSync } from 'node:fs'
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
  await db.exec('create temporary table durable_probe (n integer); drop table durable_probe; select txid_current()')
  await db.exec('checkpoint')
  if (synced === 0) throw new AuronxError('storage_unavailable', 'PGlite commits do not reach the disk')
}
