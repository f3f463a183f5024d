import pg from 'pg'
import { translateError } from './errors.ts'
import type { Sql, SqlClient, SqlRow, SqlStatement } from './sql.ts'

/** The few members of a `pg` client that are used. */
export interface PgQueryable {
  query(config: { name?: string; text: string; values: unknown[] }): Promise<{ rows: SqlRow[] }>
}

/** The few members of a `pg` pool that are used. */
export interface PgPool extends PgQueryable {
  connect(): Promise<PgQueryable & { release(error?: Error | boolean): void }>
}

/** How to reach a database. */
export interface PgClientOptions {
  /** Address of the server; or give `pool`. */
  readonly connectionString?: string
  /** Socket folder or host name, when there is no connection string. */
  readonly host?: string
  readonly user?: string
  readonly database?: string
  readonly password?: string
  readonly port?: number
  /** Most connections. Default 10. */
  readonly maxConnections?: number
  /** Milliseconds before a statement is cancelled by the server. Default 30,000. */
  readonly statementTimeoutMs?: number
  /** Address for LISTEN, when `connectionString` goes through a transaction pooler. */
  readonly directConnectionString?: string
}

/** A client over a pool of our own; its connections pipeline, so that statements started together share a flight. */
export function createPgClient(options: PgClientOptions): SqlClient {
  const { maxConnections = 10, statementTimeoutMs = 30_000, directConnectionString, ...connection } = options
  const config = { ...connection, connectionTimeoutMillis: 5_000, statement_timeout: statementTimeoutMs }
  const pool = new pg.Pool({ ...config, max: maxConnections, pipeline: true })
  // Without a listener an idle connection that breaks would end the process; the next query reports the loss.
  pool.on('error', () => undefined)
  return {
    ...clientOver(pool),
    listen: async (channel, wake) => {
      const listener = new pg.Client(
        directConnectionString === undefined ? config : { connectionString: directConnectionString },
      )
      listener.on('error', () => undefined)
      listener.on('notification', (message) => wake(message.payload ?? ''))
      await listener.connect().catch((error: unknown) => Promise.reject(translateError(error)))
      await listener.query(`listen ${pg.escapeIdentifier(channel)}`)
      return () => listener.end()
    },
    end: () => pool.end(),
  }
}

/** A client over a host's pool; it is never ended here, and LISTEN is left out. */
export function fromPgPool(pool: PgPool): SqlClient {
  return { ...clientOver(pool), end: () => Promise.resolve() }
}

/**
 * A client over a connection on which the host has a transaction open: transactions become savepoints, and nothing is
 * begun, committed or ended here.
 */
export function fromPgTransaction(client: PgQueryable): SqlClient {
  const sql = sqlOver(client, false)
  let depth = 0
  return {
    ...sql,
    async transaction(prologue, body) {
      depth += 1
      const savepoint = `auronx_${depth}`
      await plain(client, `savepoint ${savepoint}`)
      const [settings] = await sql.query({
        name: '',
        text: `select current_setting('role') as role, current_setting('search_path') as path`,
        values: [],
      })
      try {
        for (const statement of prologue) await sql.query(statement)
        const result = await body(sql)
        await sql.query({
          name: '',
          text: `select set_config('role', $1, true), set_config('search_path', $2, true)`,
          values: [String(settings?.['role']), String(settings?.['path'])],
        })
        await plain(client, `release savepoint ${savepoint}`)
        return result
      } catch (error) {
        await plain(client, `rollback to savepoint ${savepoint}`)
        throw translateError(error)
      } finally {
        depth -= 1
      }
    },
    end: () => Promise.resolve(),
  }
}

function clientOver(pool: PgPool): Omit<SqlClient, 'end'> {
  return {
    ...sqlOver(pool, true),
    async transaction(prologue, body) {
      const client = await pool.connect().catch((error: unknown) => Promise.reject(translateError(error)))
      const sql = sqlOver(client, true)
      let broken = false
      try {
        // Started together: on a pipelining connection they leave in one flight with the body's first statement.
        const opened = [plain(client, 'begin'), ...prologue.map((statement) => sql.query(statement))]
        const opening = Promise.all(opened)
        opening.catch(() => undefined)
        const result = await body(sql)
        await opening
        await plain(client, 'commit')
        return result
      } catch (error) {
        await plain(client, 'rollback').catch(() => {
          broken = true
        })
        throw translateError(error)
      } finally {
        client.release(broken)
      }
    },
  }
}

function sqlOver(client: PgQueryable, named: boolean): Sql {
  return {
    async query({ name, text, values }: SqlStatement) {
      try {
        const config = named && name !== '' ? { name: `auronx_${name}`, text } : { text }
        const result = await client.query({ ...config, values: values.map(bindable) })
        return result.rows
      } catch (error) {
        throw translateError(error)
      }
    },
  }
}

// pg takes a plain Uint8Array for text in arrays; Buffers are bound as bytea everywhere.
function bindable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bindable)
  return value instanceof Uint8Array && !Buffer.isBuffer(value)
    ? Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    : value
}

async function plain(client: PgQueryable, text: string): Promise<void> {
  await client.query({ text, values: [] })
}
