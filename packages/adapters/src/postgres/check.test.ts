import { isAuronxError } from '@auronx/sdk'
import { beforeAll, expect, test } from 'vitest'
import { checkDatabase } from './check.ts'
import { migrateOver } from './migrate.ts'
import type { DatabaseNames } from './tenant.ts'
import { eachEngine, openPostgres } from './testing.ts'
import type { TestEngine } from './testing.ts'

// Roles belong to the whole cluster, which other test files use at the same time: these are spoiled here only.
const names: DatabaseNames = { schema: 'checked', rolePrefix: 'checked', isolation: 'roles' }

async function problemsOf(engine: TestEngine, asked = names): Promise<string> {
  const outcome: unknown = await checkDatabase(engine.client, asked).catch(
    (error: unknown) => error,
  )
  return isAuronxError(outcome) ? `${outcome.code}: ${outcome.message}` : 'fine'
}

/** What can be wrong with a role, one at a time; each is mended again. */
const wrongRoles = ['checked_app', 'checked_auth'].flatMap((role) => [
  {
    what: `is a superuser (${role})`,
    spoil: `alter role ${role} superuser`,
    mend: `alter role ${role} nosuperuser`,
    problem: `${role} is a superuser`,
  },
  {
    what: `has BYPASSRLS (${role})`,
    spoil: `alter role ${role} bypassrls`,
    mend: `alter role ${role} nobypassrls`,
    problem: `${role} has BYPASSRLS`,
  },
  {
    what: `can become one with BYPASSRLS (${role})`,
    spoil: `create role check_escape bypassrls nologin; grant check_escape to ${role}`,
    mend: `revoke check_escape from ${role}; drop role check_escape`,
    problem: `${role} is a member of a role that escapes row-level security`,
  },
  {
    what: `can become a superuser by way of another (${role})`,
    spoil: `create role check_strong superuser nologin; create role check_between nologin noinherit;
      grant check_strong to check_between; grant check_between to ${role}`,
    mend: `revoke check_between from ${role}; drop role check_between; drop role check_strong`,
    problem: `${role} is a member of a role that escapes row-level security`,
  },
  {
    what: `inherits from the owner of tables (${role})`,
    spoil: `create role check_owner nologin; alter table checked.blobs owner to check_owner; grant check_owner to ${role}`,
    mend: `alter table checked.blobs owner to current_user; drop role check_owner`,
    problem: `${role} owns tables`,
  },
  {
    what: `is a member of one that sees across tenants (${role})`,
    spoil: `grant checked_lookup to ${role}`,
    mend: `revoke checked_lookup from ${role}`,
    problem: `${role} is a member of a role that other policies let see more`,
  },
  {
    what: `may create in the schema (${role})`,
    spoil: `grant create on schema checked to ${role}`,
    mend: `revoke create on schema checked from ${role}`,
    problem: `${role} may create objects in the schema`,
  },
  {
    what: `is not there (${role})`,
    spoil: `alter role ${role} rename to check_gone`,
    mend: `alter role check_gone rename to ${role}`,
    problem: `the role ${role} is not there; run the migrations`,
  },
])

eachEngine((engine) => {
  beforeAll(async () => {
    await migrateOver({ query: async (text) => ({ rows: await engine().admin(text) }) }, names)
    const [login] = await engine().client.query({
      name: '',
      text: 'select current_user::text as name',
      values: [],
    })
    await engine().admin(
      `grant checked_app, checked_auth to ${String(login?.['name'])}; grant usage on schema checked to ${String(login?.['name'])}`,
    )
    await engine().admin(`grant select on checked.migrations to ${String(login?.['name'])}`)
  })

  test('a migrated database is fine', async () => {
    expect(await problemsOf(engine())).toBe('fine')
  })

  test('a schema that is not there is named, with what to do', async () => {
    const found = await problemsOf(engine(), { ...names, schema: 'elsewhere' })
    expect(found).toContain(
      'invalid_config: The database cannot be used:\n- schema elsewhere has no migrations; run',
    )
  })

  test('missing and newer migrations are named', async () => {
    await engine().admin(
      `update checked.migrations set name = '9999_future' where name = '0002_spine'`,
    )
    const found = await problemsOf(engine())
    await engine().admin(
      `update checked.migrations set name = '0002_spine' where name = '9999_future'`,
    )
    expect(found).toContain('- migration 0002_spine did not run')
    expect(found).toContain('- migration 9999_future is of a newer version')
  })

  test.each(wrongRoles)('a role that $what is refused', async ({ spoil, mend, problem }) => {
    await engine().admin(spoil)
    const found = await problemsOf(engine())
    await engine().admin(mend)
    expect(found).toContain(`storage_role: The database cannot be used:\n- ${problem}`)
    expect(await problemsOf(engine())).toBe('fine')
  })

  test('a tenant table that lost its protection, or belongs to the role, is refused', async () => {
    await engine().admin('alter table checked.blobs no force row level security')
    const open = await problemsOf(engine())
    await engine().admin('alter table checked.blobs force row level security')
    const [owner] = await engine().admin(
      `select relowner::regrole::text as name from pg_class where oid = 'checked.blobs'::regclass`,
    )
    await engine().admin('alter table checked.blobs owner to checked_app')
    const owned = await problemsOf(engine())
    await engine().admin(`alter table checked.blobs owner to ${String(owner?.['name'])}`)
    expect(open).toContain('- 1 tenant tables have no forced row-level security')
    expect(owned).toContain('- checked_app owns tables')
  })
})

test('a login that may not take the role is told to be made a member of it', async () => {
  const engine = await openPostgres()
  await migrateOver({ query: async (text) => ({ rows: await engine.admin(text) }) }, names)
  const [login] = await engine.client.query({
    name: '',
    text: 'select current_user::text as name',
    values: [],
  })
  await engine.admin(`revoke checked_app from ${String(login?.['name'])}`)
  await engine.admin(`grant usage on schema checked to ${String(login?.['name'])};
    grant select on checked.migrations to ${String(login?.['name'])}`)
  const found = await problemsOf(engine)
  await engine.close()
  expect(found).toContain(
    'storage_role: The database cannot be used:\n- this login may not take the role checked_app; grant it',
  )
})
