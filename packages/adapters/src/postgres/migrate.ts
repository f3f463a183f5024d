import { readFile, readdir } from 'node:fs/promises'
import { AuronxError } from '@auronx/sdk'
import pg from 'pg'
import type { DatabaseNames } from './tenant.ts'
import { quoteIdentifier } from './tenant.ts'

const folder = new URL('./migrations/', import.meta.url)
const roles = ['app', 'ingest', 'dispatch', 'retention', 'search', 'lookup'] as const

/** One migration, ready to run: the schema must exist and be first in the search path. */
export interface Migration {
  readonly name: string
  readonly sql: string
}

/** The migrations in order, with the roles' names filled in; for hosts that run them with their own tool. */
export async function migrations(names: DatabaseNames): Promise<readonly Migration[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).toSorted()
  return Promise.all(
    files.map(async (file) => ({
      name: file.replace(/\.sql$/, ''),
      sql: fillIn(await readFile(new URL(file, folder), 'utf8'), names),
    })),
  )
}

/** A connection to migrate over; direct, not through a transaction pooler. */
export interface MigrationConnection {
  query(text: string): Promise<unknown>
}

/**
 * Brings the schema up to date, under an advisory lock, each migration in a transaction of its own. Takes a `pg` client
 * configuration. Throws `storage_role` when roles cannot be created.
 */
export async function migrate(
  connection: { readonly connectionString?: string; readonly host?: string; readonly user?: string; readonly database?: string; readonly password?: string; readonly port?: number },
  names: DatabaseNames,
): Promise<readonly string[]> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    return await migrateOver(client, names)
  } finally {
    await client.end()
  }
}

/** As {@link migrate}, over a connection that is open; used with PGlite and by tests. */
export async function migrateOver(client: MigrationConnection, names: DatabaseNames): Promise<readonly string[]> {
  const schema = quoteIdentifier(names.schema)
  await client.query(`select pg_advisory_lock(hashtext('auronx.migrate'))`)
  try {
    await client.query(`create schema if not exists ${schema}`)
    await client.query(`create table if not exists ${schema}.migrations (name text primary key, at timestamptz(3) not null)`)
    const done = new Set(namesOf(await client.query(`select name from ${schema}.migrations`)))
    const ran: string[] = []
    if (names.isolation === 'roles') await createRoles(client, names)
    for (const migration of await migrations(names)) {
      if (done.has(migration.name)) continue
      await runOne(client, schema, migration)
      ran.push(migration.name)
    }
    return ran
  } finally {
    await client.query(`select pg_advisory_unlock(hashtext('auronx.migrate'))`)
  }
}

async function runOne(client: MigrationConnection, schema: string, migration: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(`set local search_path to ${schema}`)
    await client.query(migration.sql)
    await client.query(`insert into ${schema}.migrations (name, at) values ('${migration.name}', now())`)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new AuronxError('storage_constraint', `Migration ${migration.name} failed`, { cause: error })
  }
}

async function createRoles(client: MigrationConnection, names: DatabaseNames): Promise<void> {
  const schema = quoteIdentifier(names.schema)
  for (const role of roles) {
    const name = `${names.rolePrefix}_${role}`
    const quoted = quoteIdentifier(name)
    try {
      await client.query(
        `do $$ begin if not exists (select from pg_roles where rolname = '${name.replaceAll("'", "''")}') then create role ${quoted} nologin; end if; end $$`,
      )
      await client.query(`grant ${quoted} to current_user`)
      await client.query(`grant usage on schema ${schema} to ${quoted}`)
      if (role !== 'app') await client.query(`grant create on schema ${schema} to ${quoted}`)
    } catch (error) {
      throw new AuronxError('storage_role', `The role ${name} cannot be created; create it, or use isolation 'single-tenant'`, { cause: error })
    }
  }
}

function fillIn(sql: string, names: DatabaseNames): string {
  return sql.replaceAll(/__(app|ingest|dispatch|retention|search|lookup)__/g, (_token, role: string) =>
    names.isolation === 'single-tenant' ? 'current_user' : quoteIdentifier(`${names.rolePrefix}_${role}`),
  )
}

function namesOf(result: unknown): readonly string[] {
  if (typeof result !== 'object' || result === null || !('rows' in result) || !Array.isArray(result.rows)) return []
  return result.rows.flatMap((row: unknown) =>
    typeof row === 'object' && row !== null && 'name' in row && typeof row.name === 'string' ? [row.name] : [],
  )
}
