import { createHash } from 'node:crypto'
import { AuronxError, isAuronxError } from '@auronx/sdk'
import pg from 'pg'
import { translateError } from './errors.ts'
import { listen } from './listen.ts'
import { createPosted, isConsequence } from './posted.ts'
import type { Sql, SqlClient, SqlRow, SqlStatement, Transaction } from './sql.ts'
import { prologueSettings } from './tenant.ts'
import { requireSecure } from './tls.ts'

/** The few members of a `pg` client that are used. */
export interface PgQueryable {
  query(config: {
    name?: string
    text: string
    values: unknown[]
  }): Promise<{ rows: SqlRow[]; command?: string }>
  /** Whether statements started together share a flight; absent in older versions. */
  readonly pipeline?: boolean
}

/** The few members of a connection of a `pg` pool that are used. */
export interface PgPoolClient extends PgQueryable {
  /** The socket below, where the client shows it. */
  readonly connection?: { readonly stream?: { cork?(): void; uncork?(): void } }
  on(event: 'error', listener: (error: Error) => void): unknown
  removeListener(event: 'error', listener: (error: Error) => void): unknown
  release(error?: Error | boolean): void
}

/** The few members of a `pg` pool that are used. */
export interface PgPool extends PgQueryable {
  connect(): Promise<PgPoolClient>
}

/** Address of a database, as `pg` takes it. */
export interface PgConnection {
  /** Address of the server; or the single members. */
  readonly connectionString?: string
  /** Socket folder or host name. */
  readonly host?: string
  readonly user?: string
  readonly database?: string
  readonly password?: string
  readonly port?: number
  /** Root certificates to trust instead of the platform's, as PEM; `sslrootcert` in the address names a file of them. */
  readonly rootCertificates?: string
}

/** How to reach a database. */
export interface PgClientOptions extends PgConnection {
  /** Most connections. Default 10. */
  readonly maxConnections?: number
  /** Milliseconds before the server cancels a statement of a transaction. Default 30,000. */
  readonly statementTimeoutMs?: number
  /** Address for LISTEN, when `connectionString` goes through a transaction pooler. */
  readonly directConnectionString?: string
}

/**
 * A client over a pool of our own; its connections pipeline, so that the opening of a transaction and the statements
 * started together share a flight. A statement that is not answered 5 seconds after its timeout costs its connection.
 * Outside of this machine the connection is encrypted and the server verified, see {@link secureConnection}. Throws
 * `invalid_config` for an address that asks for less.
 */
export function createPgClient(options: PgClientOptions): SqlClient {
  const {
    maxConnections = 10,
    statementTimeoutMs = 30_000,
    directConnectionString,
    ...connection
  } = options
  const config = {
    ...requireSecure(connection),
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  }
  const pool = new pg.Pool({
    ...config,
    max: maxConnections,
    pipeline: true,
    query_timeout: statementTimeoutMs + 5_000,
  })
  // Without a listener an idle connection that breaks would end the process; the next query reports the loss.
  pool.on('error', () => undefined)
  // A server that ends a connection in the packet in which it was ready leaves no time to listen after it is handed out.
  pool.on('connect', (connected) => connected.on('error', () => undefined))
  const direct =
    directConnectionString === undefined
      ? config
      : requireSecure(directOf(options, directConnectionString))
  return {
    ...clientOver(pool, statementTimeoutMs),
    listen: (channel, wake) => listen(direct, channel, wake),
    end: () => pool.end(),
  }
}

function directOf({ rootCertificates }: PgConnection, connectionString: string): PgConnection {
  return { connectionString, ...(rootCertificates === undefined ? {} : { rootCertificates }) }
}

/**
 * A client over a host's pool; it is never ended here, and LISTEN is left out. Where the pool's connections do not
 * pipeline, statements go one after the other.
 */
export function fromPgPool(
  pool: PgPool,
  { statementTimeoutMs = 30_000 }: { readonly statementTimeoutMs?: number } = {},
): SqlClient {
  return { ...clientOver(pool, statementTimeoutMs), end: () => Promise.resolve() }
}

/**
 * A client over a connection on which the host has a transaction open: transactions become savepoints, one at a time,
 * and nothing is begun, committed or ended here. Role, search path, tenant and how to plan are put back afterwards. Where the
 * connection does not pipeline, statements go one after the other.
 */
export function fromPgTransaction(connected: PgQueryable): SqlClient {
  const client = connected.pipeline === true ? connected : oneAtATime(connected)
  const sql = sqlOver(client)
  let tail: Promise<unknown> = Promise.resolve()
  return {
    ...sql,
    transaction(prologue, body) {
      const result = tail.then(() => insideSavepoint(client, sql, prologue, body))
      tail = result.catch(() => undefined)
      return result
    },
    end: () => Promise.resolve(),
  }
}

const readSettings = `select ${prologueSettings
  .map((name) => `coalesce(current_setting('${name}', true), '') as "${name}"`)
  .join(', ')}`
const putSettingsBack = `select ${prologueSettings
  .map((name, index) => `set_config('${name}', $${index + 1}, true)`)
  .join(', ')}`

async function insideSavepoint<Result>(
  client: PgQueryable,
  sql: Sql,
  prologue: readonly SqlStatement[],
  body: (sql: Transaction) => Promise<Result>,
): Promise<Result> {
  const posted = createPosted(sql)
  const [before] = await sql.query({ name: '', text: readSettings, values: [] })
  await plain(client, 'savepoint auronx')
  try {
    for (const statement of prologue) await sql.query(statement)
    const result = await body(posted.transaction)
    posted.flush()
    await posted.settled()
    const values = prologueSettings.map((name) => String(before?.[name]))
    await sql.query({ name: '', text: putSettingsBack, values })
    await plain(client, 'release savepoint auronx')
    return result
  } catch (error) {
    const cause = await causeOf(error, posted)
    await plain(client, 'rollback to savepoint auronx; release savepoint auronx')
    throw toThrow(cause)
  }
}

// After a failure everything else on the connection only reports that the transaction is aborted.
function causeOf(error: unknown, { settled }: { settled(): Promise<void> }): Promise<unknown> {
  if (!isConsequence(error)) return Promise.resolve(error)
  return settled().then(
    () => error,
    (cause: unknown) => cause,
  )
}

function clientOver(pool: PgPool, statementTimeoutMs: number): Omit<SqlClient, 'end'> {
  const begin = `begin; set local statement_timeout = ${Math.trunc(statementTimeoutMs)}`
  const naming = createNaming()
  return {
    ...sqlOver(pool, naming),
    async transaction(prologue, body) {
      const connected = await pool
        .connect()
        .catch((error: unknown) => Promise.reject(translateError(error)))
      // A pool listens on its idle connections only; the statement under way, or the next one, reports the loss.
      const ignore = (): void => undefined
      connected.on('error', ignore)
      const client = connected.pipeline === true ? gathered(connected) : oneAtATime(connected)
      const sql = sqlOver(client, naming)
      // Nothing is awaited before the body's first statement: on a pipelining connection all of it is one flight.
      const posted = createPosted(sql)
      const opening = Promise.all([
        plain(client, begin),
        ...prologue.map((statement) => sql.query(statement)),
      ])
      opening.catch(() => undefined)
      const settled = async (): Promise<void> => {
        await opening
        await posted.settled()
      }
      let broken = false
      try {
        const result = await body(posted.transaction)
        posted.flush()
        const committed = commit(client)
        committed.catch(() => undefined)
        await settled()
        await committed
        return result
      } catch (error) {
        const cause = await causeOf(error, { settled })
        broken = await plain(client, 'rollback').then(
          () => isAuronxError(cause, 'storage_unavailable') && cause.cause !== undefined,
          () => true,
        )
        throw toThrow(cause)
      } finally {
        connected.removeListener('error', ignore)
        connected.release(broken)
      }
    },
  }
}

// COMMIT of a failed transaction rolls back without an error: the body swallowed the failure of a statement.
async function commit(client: PgQueryable): Promise<void> {
  const { command } = await client.query({ text: 'commit', values: [] })
  if (command === 'ROLLBACK') {
    throw new AuronxError(
      'internal',
      'A statement failed and the transaction went on; nothing was written',
    )
  }
}

type Naming = (statement: SqlStatement) => string

// The same statement reads differently in another schema, and a host's pool may serve two of them.
function createNaming(): Naming {
  const names = new Map<string, string>()
  return ({ name, text }) => {
    const known = names.get(text)
    if (known !== undefined) return known
    const made = `auronx_${name}_${createHash('sha256').update(text).digest('hex').slice(0, 8)}`
    names.set(text, made)
    return made
  }
}

function sqlOver(client: PgQueryable, naming?: Naming): Sql {
  return {
    async query(statement: SqlStatement) {
      const { name, text, values } = statement
      try {
        const config =
          naming === undefined || name === '' ? { text } : { name: naming(statement), text }
        const result = await client.query({ ...config, values: values.map(bindable) })
        return result.rows
      } catch (error) {
        throw translateError(error)
      }
    },
  }
}

// What one turn of the event loop starts leaves in one packet, so that the server answers it in one.
function gathered(client: PgPoolClient): PgQueryable {
  const stream = client.connection?.stream
  let gathering = false
  return {
    query(config) {
      if (!gathering) {
        gathering = true
        stream?.cork?.()
        process.nextTick(() => {
          gathering = false
          stream?.uncork?.()
        })
      }
      return client.query(config)
    },
  }
}

function oneAtATime(client: PgQueryable): PgQueryable {
  let tail: Promise<unknown> = Promise.resolve()
  return {
    query(config) {
      const result = tail.then(() => client.query(config))
      tail = result.catch(() => undefined)
      return result
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

// What the body throws of its own passes as it is; what the driver throws is translated.
function toThrow(error: unknown): unknown {
  return error instanceof Error && !('code' in error) ? error : translateError(error)
}
