import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { AuronxError } from '@auronx/sdk'
import { PGlite } from '@electric-sql/pglite'
import { translateError } from '../errors.ts'
import type { MigrationConnection } from '../migrate.ts'
import { takePidLock } from '../pid-lock.ts'
import { createPosted, isConsequence } from '../posted.ts'
import type { Sql, SqlClient, SqlRow } from '../sql.ts'
import { makeDurable, startParams, syncFolder } from './durable.ts'

/** Where PGlite keeps its data. */
export interface PgliteOptions {
  /** Folder of the data; without it everything is in memory and gone with the process. */
  readonly dataDir?: string
  /** Data to start from, as PGlite's `dumpDataDir` gives it; only without `dataDir`. */
  readonly snapshot?: globalThis.Blob
}

/** PostgreSQL compiled to WebAssembly, in this process: one connection, transactions one after the other. */
export interface PgliteClient extends SqlClient {
  /** For `migrateOver`. */
  readonly migrationConnection: MigrationConnection
}

/**
 * Opens PGlite. It proves semantics and serves development and small installs; it has no concurrency, blocks the event
 * loop during a statement, ignores `statement_timeout`, and takes about half a gigabyte of memory. With a data folder
 * commits are synced to disk, and a lock keeps a second process out.
 *
 * Throws `storage_unavailable` when another process has the folder open or commits do not reach the disk.
 */
export async function createPgliteClient({
  dataDir,
  snapshot,
}: PgliteOptions): Promise<PgliteClient> {
  const unlock = dataDir === undefined ? () => undefined : lock(resolve(dataDir))
  try {
    return clientOver(
      dataDir === undefined ? await openInMemory(snapshot) : await openFolder(resolve(dataDir)),
      unlock,
    )
  } catch (error) {
    unlock()
    if (error instanceof AuronxError) throw error
    throw new AuronxError('storage_unavailable', 'PGlite could not be opened', { cause: error })
  }
}

function openInMemory(snapshot: globalThis.Blob | undefined): Promise<PGlite> {
  return PGlite.create(snapshot === undefined ? {} : { loadDataDir: snapshot })
}

async function openFolder(dataDir: string): Promise<PGlite> {
  const isNew = !existsSync(join(dataDir, 'PG_VERSION'))
  const db = await PGlite.create({ dataDir, startParams })
  await makeDurable(db)
  if (isNew) syncFolder(dataDir)
  return db
}

// Two openers of one folder are not refused by PGlite and corrupt it silently.
function lock(dataDir: string): () => void {
  const unlock = takePidLock(`${dataDir}.lock`)
  if (unlock !== undefined) return unlock
  throw new AuronxError('storage_unavailable', 'Another process has the PGlite folder open')
}

function clientOver(db: PGlite, unlock: () => void): PgliteClient {
  const sql = sqlOver(db)
  return {
    async query(statement) {
      const rows = await sql.query(statement)
      await othersAreHeard()
      return rows
    },
    async transaction(prologue, body) {
      let failure: unknown
      try {
        const outcome = await db.transaction(async (tx) => {
          const inside = sqlOver(tx)
          const posted = createPosted(inside)
          for (const statement of prologue) await inside.query(statement)
          try {
            const result = await body(posted.transaction)
            posted.flush()
            await posted.settled()
            return result
          } catch (error) {
            failure = error
            if (isConsequence(error)) {
              await posted.settled().catch((cause: unknown) => {
                failure = cause
              })
            }
            throw error
          }
        })
        await othersAreHeard()
        return outcome
      } catch (error) {
        // PGlite wraps nothing, but its own errors must be told from what the body threw.
        throw failure ?? translateError(error)
      }
    },
    listen: (channel, wake) => db.listen(channel, wake),
    migrationConnection: {
      async query(text) {
        const results = await db.exec(text)
        return results.at(-1) ?? { rows: [] }
      },
    },
    async end() {
      await db.close()
      unlock()
    },
  }
}

// A statement runs in this thread. Requests that came meanwhile are read before its caller goes on, so that the next batch
// of webhooks holds all of them.
async function othersAreHeard(): Promise<void> {
  await setImmediate()
  await setImmediate()
}

function sqlOver(db: Pick<PGlite, 'query'>): Sql {
  return {
    async query({ text, values }) {
      try {
        const result = await db.query<SqlRow>(text, [...values])
        return result.rows
      } catch (error) {
        throw translateError(error)
      }
    },
  }
}
