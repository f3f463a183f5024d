import { readFile, readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { AuronxError } from '@auronx/sdk'
import type { ClientBase } from 'pg'
import pg from 'pg'
import { sqlState, translateError } from './errors.ts'
import type { PgConnection } from './pg.ts'
import type { DatabaseNames } from './tenant.ts'
import { quoteIdentifier, searchPath } from './tenant.ts'
import { requireSecure } from './tls.ts'

const folder = new URL('./migrations/', import.meta.url)
const roles = ['app', 'ingest', 'dispatch', 'retention', 'search', 'lookup', 'auth'] as const

/** Table that records what ran; the format is node-pg-migrate's. */
export const migrationsTable = 'migrations'

/** One migration, ready to run in a transaction of its own. */
export interface Migration {
  readonly name: string
  readonly sql: string
}

/** A connection to migrate over; direct, not through a transaction pooler. */
export interface MigrationConnection {
  query(text: string): Promise<unknown>
}

/**
 * The migrations in order, with schema and roles filled in, for hosts that run them with their own tool: each in one
 * transaction, by a login that may create roles (or with isolation `single-tenant`). The first makes schema and roles too.
 */
export async function migrations(names: DatabaseNames): Promise<readonly Migration[]> {
  const path = `set local search_path to ${searchPath(names.schema)};\n`
  const files = await readMigrations(names)
  return files.map(({ name, sql }, index) => ({
    name,
    sql: `${index === 0 ? prepare(names) : ''}\n${path}${sql}
insert into ${migrationsTable} (name, run_on) values ('${name}', now());\n`,
  }))
}

/** Names of the migrations that this version of the package needs, in order. */
export async function migrationNames(): Promise<readonly string[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).toSorted()
  return files.map((file) => file.replace(/\.sql$/, ''))
}

/**
 * Brings the schema up to date under an advisory lock, all that is missing in one transaction, and returns the names of
 * what ran. Throws `invalid_config` for an address that is not secure, `storage_unavailable` when the database cannot be reached, `storage_role` when roles cannot be
 * created, `internal` when a migration fails.
 */
export async function migrate(
  connection: PgConnection,
  names: DatabaseNames,
): Promise<readonly string[]> {
  const client = new pg.Client({ ...requireSecure(connection), connectionTimeoutMillis: 10_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return await migrateOver(client, names)
  } catch (error) {
    throw translateError(error)
  } finally {
    await client.end()
  }
}

/** As {@link migrate}, over a connection that is open and used for nothing else. */
export async function migrateOver(
  client: MigrationConnection,
  names: DatabaseNames,
): Promise<readonly string[]> {
  const files = await readMigrations(names)
  const lines: string[] = []
  const note = (line: string): unknown => lines.push(line.slice(0, 400))
  try {
    await client.query(prepare(names)).catch((error: unknown) => Promise.reject(roleError(error)))
    // The runner takes longer to load than all else that a start does, and mostly there is nothing to run.
    if (await isUpToDate(client, names, files)) return []
    const { runner } = await import('node-pg-migrate')
    const ran = await runner({
      dbClient: asRunnerClient(client),
      dir: fileURLToPath(folder),
      migrationLoaderStrategies: [
        {
          extensions: ['.sql'],
          loader: () =>
            Promise.resolve(
              files.map(({ name, sql }) => ({
                id: `${name}.sql`,
                filePaths: [`${name}.sql`],
                actions: { up: (builder) => builder.sql(sql), down: false },
              })),
            ),
        },
      ],
      direction: 'up',
      migrationsTable,
      migrationsSchema: names.schema,
      schema: [names.schema, 'pg_temp'],
      singleTransaction: true,
      advisoryLockMode: 'wait',
      logger: { info: () => undefined, warn: () => undefined, error: note },
    })
    return ran.map(({ name }) => name)
  } catch (error) {
    if (error instanceof AuronxError) throw error
    throw new AuronxError('internal', `A migration failed: ${lines.join(' ').trim()}`, {
      cause: error,
      details: { code: sqlState(error) ?? '' },
    })
  } finally {
    await client.query('reset search_path')
  }
}

async function isUpToDate(
  client: MigrationConnection,
  { schema }: DatabaseNames,
  files: readonly Migration[],
): Promise<boolean> {
  const list = files.map(({ name }) => `'${literal(name)}'`).join(', ')
  const answer = await client.query(
    `select 1 from ${quoteIdentifier(schema)}.${migrationsTable} where name in (${list})`,
  )
  const rows: unknown = Reflect.get(Object(answer), 'rows')
  return Array.isArray(rows) && rows.length === files.length
}

// The runner asks its client for nothing but `query`; PGlite has one too.
function asRunnerClient(client: MigrationConnection): ClientBase {
  if (isRunnerClient(client)) return client
  throw new AuronxError('invalid_input', 'A connection to migrate over needs query()')
}

function isRunnerClient(client: unknown): client is ClientBase {
  return (
    typeof client === 'object' &&
    client !== null &&
    'query' in client &&
    typeof client.query === 'function'
  )
}

function roleError(error: unknown): AuronxError {
  const translated = translateError(error)
  if (translated.code !== 'storage_role') return translated
  return new AuronxError(
    'storage_role',
    `The schema or its roles cannot be created by this login; let it create roles, or use isolation 'single-tenant'`,
    { details: translated.details },
  )
}

async function readMigrations(names: DatabaseNames): Promise<readonly Migration[]> {
  return Promise.all(
    (await migrationNames()).map(async (name) => ({
      name,
      sql: fillIn(await readFile(new URL(`${name}.sql`, folder), 'utf8'), names),
    })),
  )
}

function fillIn(sql: string, names: DatabaseNames): string {
  return sql
    .replaceAll('__isolation__', names.isolation)
    .replaceAll(/__(app|ingest|dispatch|retention|search|lookup|auth)__/g, (_token, role: string) =>
      names.isolation === 'single-tenant'
        ? 'current_user'
        : quoteIdentifier(`${names.rolePrefix}_${role}`),
    )
}

// Idempotent, so that it also repairs a copy restored into a cluster that lacks the roles. A member that may not SET
// ROLE (the creator's own membership since PostgreSQL 16) is granted the role in full.
function prepare(names: DatabaseNames): string {
  const schema = quoteIdentifier(names.schema)
  const create = `
do $do$ begin
  if to_regnamespace('${literal(schema)}') is null then create schema ${schema}; end if;
end $do$;
create table if not exists ${schema}.${migrationsTable} (
  id serial primary key, name varchar(255) not null, run_on timestamp not null
);`
  if (names.isolation === 'single-tenant') return create
  const each = roles.map((role) => {
    const name = `${names.rolePrefix}_${role}`
    const quoted = quoteIdentifier(name)
    return `
do $do$ begin
  if not exists (select from pg_roles where rolname = '${literal(name)}') then
    begin create role ${quoted} nologin; exception when duplicate_object or unique_violation then null; end;
  end if;
  if not (case when current_setting('server_version_num')::integer >= 160000
    then pg_has_role(current_user, '${literal(name)}', 'SET') and pg_has_role(current_user, '${literal(name)}', 'USAGE')
    else pg_has_role(current_user, '${literal(name)}', 'MEMBER') end)
  then grant ${quoted} to current_user; end if;
  grant usage on schema ${schema} to ${quoted};
end $do$;`
  })
  return create + each.join('')
}

function literal(text: string): string {
  return text.replaceAll("'", "''")
}
