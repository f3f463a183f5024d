import { migrations } from '@auronx/adapters/postgres'
import type { DatabaseNames } from '@auronx/adapters/postgres'
import type pg from 'pg'

const own = [
  {
    name: 'cafe_0001_sessions',
    sql: `create schema cafe;
      create table cafe.sessions (token text primary key, user_id text not null, tenant_id uuid not null)`,
  },
]

/**
 * The host's own migration runner: what has a new name runs once, in a transaction, in order. The migrations of AuronX
 * are texts like the host's own. Returns the names of what ran.
 */
export async function runMigrations(
  pool: pg.Pool,
  names: DatabaseNames,
): Promise<readonly string[]> {
  const ran: string[] = []
  const client = await pool.connect()
  try {
    // One process at a time; the lock ends with the connection.
    await client.query('select pg_advisory_lock(4711)')
    await client.query('create table if not exists ran_migrations (name text primary key)')
    for (const { name, sql } of [...own, ...(await migrations(names))]) {
      const known = await client.query('select from ran_migrations where name = $1', [name])
      if (known.rowCount !== 0) continue
      await client.query(
        `begin; ${sql}; insert into public.ran_migrations values ('${name}'); commit`,
      )
      ran.push(name)
    }
    return ran
  } finally {
    client.release(true)
  }
}
