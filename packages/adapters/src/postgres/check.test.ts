import { isAuronxError } from '@auronx/sdk'
import { beforeAll, expect, test } from 'vitest'
import { checkDatabase } from './check.ts'
import { migrateOver } from './migrate.ts'
import type { DatabaseNames } from './tenant.ts'
import { eachEngine } from './testing.ts'
import type { TestEngine } from './testing.ts'

// Roles belong to the whole cluster, which other test files use at the same time: these are spoiled here only.
const names: DatabaseNames = { schema: 'checked', rolePrefix: 'checked', isolation: 'roles' }

async function problemsOf(engine: TestEngine, asked = names): Promise<string> {
  const outcome: unknown = await checkDatabase(engine.client, asked).catch(
    (error: unknown) => error,
  )
  return isAuronxError(outcome) ? `${outcome.code}: ${outcome.message}` : 'fine'
}

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

  test('the role that sees people is held to the same', async () => {
    await engine().admin('alter role checked_auth bypassrls')
    const bypassing = await problemsOf(engine())
    await engine().admin('alter role checked_auth nobypassrls')
    expect(bypassing).toContain('- checked_auth has BYPASSRLS')
  })

  test('a role that escapes row-level security is refused', async () => {
    await engine().admin(
      'create role check_escape bypassrls nologin; grant check_escape to checked_app',
    )
    const member = await problemsOf(engine())
    await engine().admin('revoke check_escape from checked_app; drop role check_escape')
    await engine().admin('alter role checked_app bypassrls')
    const bypassing = await problemsOf(engine())
    await engine().admin(
      'alter role checked_app nobypassrls; grant create on schema checked to checked_app',
    )
    const creating = await problemsOf(engine())
    await engine().admin('revoke create on schema checked from checked_app')
    expect(member).toContain('storage_role: ')
    expect(member).toContain('- checked_app is a member of a role that escapes row-level security')
    expect(bypassing).toContain('- checked_app has BYPASSRLS')
    expect(creating).toContain('- checked_app may create objects in the schema')
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
