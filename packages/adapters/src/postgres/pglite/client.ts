import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { AuronxError } from '@auronx/sdk'
import { PGlite } from '@electric-sql/pglite'
import { translateError } from '../errors.ts'
import type { MigrationConnection } from '../migrate.ts'
import type { Sql, SqlClient, SqlRow } from '../sql.ts'
import { makeDurable, startParams } from './durable.ts'

/** Where PGlite keeps its data. */
export interface PgliteOptions {
  /** Folder of the data; without it everything is in memory and gone with the process. */
  readonly dataDir?: string
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
export async function createPgliteClient({ dataDir }: PgliteOptions): Promise<PgliteClient> {
  const unlock = dataDir === undefined ? () => undefined : lock(resolve(dataDir))
  const db = await PGlite.create(dataDir === undefined ? {} : { dataDir: resolve(dataDir), startParams }).catch(
    (error: unknown) => {
      unlock()
      throw new AuronxError('storage_unavailable', 'PGlite could not be opened', { cause: error })
    },
  )
  if (dataDir !== undefined) await makeDurable(db)

  const sql: Sql = {
    async query({ text, values }) {
      try {
        const result = await db.query<SqlRow>(text, [...values])
        return result.rows
      } catch (error) {
        throw translateError(error)
      }
    },
  }
  return {
    ...sql,
    async transaction(prologue, body) {
      try {
        return await db.transaction((tx) => {
          const inside: Sql = {
            async query({ text, values }) {
              try {
                const result = await tx.query<SqlRow>(text, [...values])
                return result.rows
              } catch (error) {
                throw translateError(error)
              }
            },
          }
          const opening = Promise.all(prologue.map((statement) => inside.query(statement)))
          opening.catch(() => undefined)
          return body(inside)
        })
      } catch (error) {
        throw translateError(error)
      }
    },
    listen: (channel, wake) => db.listen(channel, wake),
    migrationConnection: {
      async query(text) {
        const results = await db.exec(text)
        return results.at(-1)
      },
    },
    async end() {
      await db.close()
      unlock()
    },
  }
}

// Two openers of one folder are not refused by PGlite and corrupt it silently.
function lock(dataDir: string): () => void {
  const file = `${dataDir}.lock`
  mkdirSync(dirname(file), { recursive: true })
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      const handle = openSync(file, 'wx')
      writeSync(handle, String(process.pid))
      closeSync(handle)
      return () => rmSync(file, { force: true })
    } catch {
      if (isAlive(Number(readFileSync(file, 'utf8')))) break
      rmSync(file, { force: true })
    }
  }
  throw new AuronxError('storage_unavailable', 'Another process has the PGlite folder open')
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
