import { AuronxError } from '@auronx/sdk'
import { sqlState } from './errors.ts'
import { migrationNames, migrationsTable } from './migrate.ts'
import { boolean, integer, text } from './row.ts'
import type { SqlClient, SqlRow } from './sql.ts'
import type { DatabaseNames } from './tenant.ts'
import { quoteIdentifier, searchPath } from './tenant.ts'

/** Oldest server that has everything we use. */
export const oldestPostgres = 150_000

/**
 * Proves at start that the database is ours to use: server version, migrations, and that statements run under
 * roles that neither own a table nor escape row-level security.
 *
 * Throws `storage_role` when the role is wrong and `invalid_config` otherwise, with one line per problem in the message;
 * `storage_unavailable` when the database cannot be reached.
 */
export async function checkDatabase(client: SqlClient, names: DatabaseNames): Promise<void> {
  const version = await checkVersion(client)
  const problems = version === undefined ? await checkMigrations(client, names) : [version]
  if (problems.length > 0) throw new AuronxError('invalid_config', lines(problems))
  if (names.isolation === 'single-tenant') return
  const wrong = await Promise.all(['app', 'auth'].map((role) => checkRole(client, names, role)))
  const unsafe = [...new Set(wrong.flat())]
  if (unsafe.length > 0) throw new AuronxError('storage_role', lines(unsafe))
}

function lines(problems: readonly string[]): string {
  return `The database cannot be used:\n${problems.map((problem) => `- ${problem}`).join('\n')}`
}

async function checkVersion(client: SqlClient): Promise<string | undefined> {
  const [row] = await client.query({
    name: 'check_version',
    text: `select current_setting('server_version_num')::integer as number, current_setting('server_version') as version`,
    values: [],
  })
  if (row === undefined || integer(row, 'number') >= oldestPostgres) return undefined
  return `PostgreSQL 15 or newer is needed, this is ${text(row, 'version')}`
}

async function checkMigrations(
  client: SqlClient,
  names: DatabaseNames,
): Promise<readonly string[]> {
  const table = `${quoteIdentifier(names.schema)}.${migrationsTable}`
  const [found] = await client.query({
    name: 'check_schema',
    text: 'select to_regclass($1) is not null as present',
    values: [table],
  })
  if (found === undefined || !boolean(found, 'present')) {
    return [
      `schema ${names.schema} has no migrations; run migrate() or the SQL of migrations() first`,
    ]
  }
  const rows = await client.query({
    name: 'check_migrations',
    text: `select name from ${table} order by id`,
    values: [],
  })
  const ran = new Set(rows.map((row) => text(row, 'name')))
  const known = await migrationNames()
  const missing = known
    .filter((name) => !ran.has(name))
    .map((name) => `migration ${name} did not run`)
  const newer = [...ran].filter((name) => /^\d{4}_/.test(name) && !known.includes(name))
  return [
    ...missing,
    ...newer.map((name) => `migration ${name} is of a newer version of this package`),
  ]
}

async function checkRole(
  client: SqlClient,
  names: DatabaseNames,
  suffix: string,
): Promise<readonly string[]> {
  const role = `${names.rolePrefix}_${suffix}`
  const prologue = {
    name: 'check_prologue',
    text: `select set_config('role', $1, true), set_config('search_path', $2, true)`,
    values: [role, searchPath(names.schema)],
  }
  const read = client.transaction([prologue], (sql) =>
    sql.query({
      name: 'check_role',
      text: `select current_user::text as role, r.rolsuper as super, r.rolbypassrls as bypass,
          exists (select from pg_roles s where (s.rolsuper or s.rolbypassrls) and s.oid <> r.oid
            and pg_has_role(r.oid, s.oid, 'MEMBER')) as may_escape,
          (select count(*) from pg_class c where c.relnamespace = (select n.oid from pg_namespace n where n.nspname = current_schema())
            and c.relkind in ('r', 'p') and pg_has_role(r.oid, c.relowner, 'MEMBER')) as owned,
          (select count(*) from pg_class c where c.relnamespace = (select n.oid from pg_namespace n where n.nspname = current_schema()) and c.relkind in ('r', 'p')
            and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id')
            and not (c.relrowsecurity and c.relforcerowsecurity)) as unprotected,
          exists (select from pg_policy p join pg_class c on c.oid = p.polrelid, unnest(p.polroles) as listed (role)
            where c.relnamespace = (select n.oid from pg_namespace n where n.nspname = current_schema())
            and listed.role not in (0, r.oid) and pg_has_role(r.oid, listed.role, 'MEMBER')) as has_more,
          has_schema_privilege(r.oid, current_schema(), 'CREATE') as may_create
        from pg_roles r where r.rolname = current_user`,
      values: [],
    }),
  )
  const outcome = await read.catch((error: unknown) => notTaken(error, role))
  if (typeof outcome === 'string') return [outcome]
  const [row] = outcome
  return row === undefined ? [`${role} cannot be read about`] : roleProblems(row, role)
}

function notTaken(error: unknown, role: string): string {
  if (sqlState(error) === '22023') return `the role ${role} is not there; run the migrations`
  if (sqlState(error) === '42501') return `this login may not take the role ${role}; grant it`
  throw error
}

function roleProblems(row: SqlRow, role: string): readonly string[] {
  const checks: readonly (readonly [boolean, string])[] = [
    [text(row, 'role') !== role, `statements run as ${text(row, 'role')} instead of ${role}`],
    [boolean(row, 'super'), `${role} is a superuser`],
    [boolean(row, 'bypass'), `${role} has BYPASSRLS`],
    [boolean(row, 'may_escape'), `${role} is a member of a role that escapes row-level security`],
    [boolean(row, 'has_more'), `${role} is a member of a role that other policies let see more`],
    [integer(row, 'owned') > 0, `${role} owns tables`],
    [
      integer(row, 'unprotected') > 0,
      `${integer(row, 'unprotected')} tenant tables have no forced row-level security`,
    ],
    [boolean(row, 'may_create'), `${role} may create objects in the schema`],
  ]
  return checks.flatMap(([wrong, problem]) => (wrong ? [problem] : []))
}
