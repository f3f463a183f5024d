import { isAuronxError } from '@auronx/sdk'
import { expect, test } from 'vitest'
import { checkDatabase } from './check.ts'
import { defaultNames } from './tenant.ts'
import { eachEngine } from './testing.ts'
import type { TestEngine } from './testing.ts'

async function problemsOf(engine: TestEngine, names = defaultNames): Promise<string> {
  const outcome: unknown = await checkDatabase(engine.client, names).catch(
    (error: unknown) => error,
  )
  return isAuronxError(outcome) ? `${outcome.code}: ${outcome.message}` : 'fine'
}

eachEngine((engine) => {
  test('a migrated database is fine', async () => {
    expect(await problemsOf(engine())).toBe('fine')
  })

  test('a schema that is not there is named, with what to do', async () => {
    const found = await problemsOf(engine(), { ...defaultNames, schema: 'elsewhere' })
    expect(found).toContain(
      'invalid_config: The database cannot be used:\n- schema elsewhere has no migrations; run',
    )
  })

  test('missing and newer migrations are named', async () => {
    await engine().admin(
      `update auronx.migrations set name = '9999_future' where name = '0002_spine'`,
    )
    const found = await problemsOf(engine())
    await engine().admin(
      `update auronx.migrations set name = '0002_spine' where name = '9999_future'`,
    )
    expect(found).toContain('- migration 0002_spine did not run')
    expect(found).toContain('- migration 9999_future is of a newer version')
  })

  test('a role that escapes row-level security is refused', async () => {
    await engine().admin(
      'create role check_escape bypassrls nologin; grant check_escape to auronx_app',
    )
    const member = await problemsOf(engine())
    await engine().admin('revoke check_escape from auronx_app; drop role check_escape')
    await engine().admin('alter role auronx_app bypassrls')
    const bypassing = await problemsOf(engine())
    await engine().admin(
      'alter role auronx_app nobypassrls; grant create on schema auronx to auronx_app',
    )
    const creating = await problemsOf(engine())
    await engine().admin('revoke create on schema auronx from auronx_app')
    expect(member).toContain('storage_role: ')
    expect(member).toContain('- auronx_app is a member of a role that escapes row-level security')
    expect(bypassing).toContain('- auronx_app has BYPASSRLS')
    expect(creating).toContain('- auronx_app may create objects in the schema')
    expect(await problemsOf(engine())).toBe('fine')
  })

  test('a tenant table that lost its protection, or belongs to the role, is refused', async () => {
    await engine().admin('alter table auronx.blobs no force row level security')
    const open = await problemsOf(engine())
    await engine().admin('alter table auronx.blobs force row level security')
    const [owner] = await engine().admin(
      `select relowner::regrole::text as name from pg_class where oid = 'auronx.blobs'::regclass`,
    )
    await engine().admin('alter table auronx.blobs owner to auronx_app')
    const owned = await problemsOf(engine())
    await engine().admin(`alter table auronx.blobs owner to ${String(owner?.['name'])}`)
    expect(open).toContain('- 1 tenant tables have no forced row-level security')
    expect(owned).toContain('- auronx_app owns tables')
  })
})
