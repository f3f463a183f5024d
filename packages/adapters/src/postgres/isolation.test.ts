import { afterAll, assert, beforeAll, describe, test } from 'vitest'
import { openPglite, openPostgres } from './testing.ts'
import type { TestEngine } from './testing.ts'

/** Tables that are worked on across tenants, and the roles that may. Everything else is seen by one tenant at a time. */
const acrossTenants: Readonly<Record<string, readonly string[]>> = {
  lanes: ['auronx_dispatch', 'auronx_ingest'],
  inbox: ['auronx_dispatch', 'auronx_ingest'],
  inbox_refused: ['auronx_ingest'],
  inbox_unreadable: ['auronx_ingest'],
  jobs: ['auronx_dispatch'],
  outbox: ['auronx_dispatch'],
  channels: ['auronx_dispatch'],
  channel_directory: ['auronx_lookup'],
  action_directory: ['auronx_lookup'],
  members: ['auronx_lookup'],
  invitations: ['auronx_lookup'],
  refresh_tokens: ['auronx_lookup'],
  api_keys: ['auronx_lookup'],
  users: ['auronx_auth'],
  sign_in_attempts: ['auronx_auth'],
  passkeys: ['auronx_auth'],
  operator_sessions: ['auronx_auth'],
  signing_keys: ['auronx_app', 'auronx_auth'],
  app_directory: ['auronx_lookup'],
  sealing_keys: ['auronx_lookup'],
  usage_events: ['auronx_lookup'],
}

/** Tables that hold nothing of a tenant. */
const withoutTenant = new Set([
  'migrations',
  'inbox_refused',
  'inbox_unreadable',
  'users',
  'sign_in_attempts',
  'passkeys',
  'operator_sessions',
  'signing_keys',
])

/** What belongs to people and to no tenant; the role that works on it sees nothing of any tenant. */
const identityTables = [
  'operator_sessions',
  'passkeys',
  'sign_in_attempts',
  'signing_keys',
  'users',
]

/** Indexes that serve the work across tenants and so do not lead with the tenant. */
const queueIndexes = new Set([
  'lanes_due',
  'inbox_received',
  'inbox_unreadable_keep',
  'jobs_due',
  'outbox_due',
  'outbox_sending',
  'outbox_unknown',
  'channel_directory_pkey',
  'channel_directory_account',
  'action_directory_pkey',
  'members_places',
  'invitations_token',
  'refresh_tokens_hash',
  'api_keys_id',
  'app_directory_pkey',
  'sealing_keys_root',
  'usage_events_old',
])

/** Every function that runs with the rights of its owner, and that owner. */
const definerFunctions: Readonly<Record<string, string>> = {
  accept_event: 'auronx_ingest',
  accept_events: 'auronx_ingest',
  count_refused: 'auronx_ingest',
  keep_unreadable: 'auronx_ingest',
  prune_inbox: 'auronx_ingest',
  claim_lanes: 'auronx_dispatch',
  release_lanes: 'auronx_dispatch',
  extend_lane: 'auronx_dispatch',
  next_lane_due: 'auronx_dispatch',
  settle_event: 'auronx_dispatch',
  replay_event: 'auronx_dispatch',
  claim_jobs: 'auronx_dispatch',
  next_job_due: 'auronx_dispatch',
  claim_outbox: 'auronx_dispatch',
  complete_events: 'auronx_dispatch',
  complete_turns: 'auronx_dispatch',
  recover_outbox: 'auronx_dispatch',
  next_outbox_due: 'auronx_dispatch',
  channel_routes: 'auronx_lookup',
  action_tenant: 'auronx_lookup',
  user_memberships: 'auronx_lookup',
  invitation_tenant: 'auronx_lookup',
  refresh_tenant: 'auronx_lookup',
  api_key_tenant: 'auronx_lookup',
  webhook_apps: 'auronx_lookup',
  keys_wrapped_otherwise: 'auronx_lookup',
  root_versions: 'auronx_lookup',
  usage_due: 'auronx_lookup',
}

const personal = [
  'payload',
  'message',
  'recipient',
  'trace',
  'reply_to',
  'provider_message_id',
  'data',
  'body',
  'sealed',
  'wrapped',
]

for (const [name, openEngine] of [
  ['PostgreSQL', openPostgres],
  ['PGlite', openPglite],
] as const) {
  describe(`isolation on ${name}`, () => {
    let engine: TestEngine
    beforeAll(async () => {
      engine = await openEngine()
    })
    afterAll(() => engine.close())

    const names = async (sql: string): Promise<readonly string[]> => {
      const rows = await engine.admin(sql)
      return rows.map((row) => String(Object.values(row)[0]))
    }

    test('every table that holds something has forced row-level security', async () => {
      const open =
        await names(`select relname from pg_class where relnamespace = 'auronx'::regnamespace
        and relkind in ('r', 'p') and relname <> 'migrations' and not (relrowsecurity and relforcerowsecurity)`)
      assert.deepEqual(open, [])
      const views = await names(
        `select relname from pg_class where relnamespace = 'auronx'::regnamespace and relkind in ('v', 'm')`,
      )
      assert.deepEqual(views, [])
    })

    test('every tenant table leads each key and index with the tenant', async () => {
      const rows = await engine.admin(`select i.relname as index, t.relname as table,
          (select attname from pg_attribute where attrelid = t.oid and attnum = x.indkey[0]) as first
        from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
        where t.relnamespace = 'auronx'::regnamespace`)
      assert.isAbove(rows.length, 20)
      const wrong = rows.filter(
        (row) =>
          row['first'] !== 'tenant_id' &&
          !withoutTenant.has(String(row['table'])) &&
          !queueIndexes.has(String(row['index'])),
      )
      assert.deepEqual(wrong, [])
      const tables =
        await names(`select relname from pg_class c where relnamespace = 'auronx'::regnamespace and relkind = 'r'
        and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id')`)
      assert.deepEqual(tables.toSorted(), [...withoutTenant].toSorted())
    })

    test('every foreign key carries the tenant', async () => {
      const loose =
        await names(`select conname from pg_constraint c where contype = 'f' and conrelid::regclass::text not in ('auronx.passkeys', 'auronx.operator_sessions')
        and connamespace = 'auronx'::regnamespace and not exists (
          select from pg_attribute a where a.attrelid = c.conrelid and a.attnum = any (c.conkey) and a.attname = 'tenant_id')`)
      assert.deepEqual(loose, [])
    })

    test('only the listed roles have a policy across tenants, on the listed tables', async () => {
      const rows =
        await engine.admin(`select tablename, policyname, roles::text as roles from pg_policies
        where schemaname = 'auronx' and policyname <> 'tenant_only' order by tablename, roles::text`)
      const found = new Map<string, string[]>()
      for (const row of rows) {
        const table = String(row['tablename'])
        const role = String(row['roles']).replaceAll(/[{}"]/g, '')
        found.set(table, [...(found.get(table) ?? []), role].toSorted())
      }
      assert.deepEqual(
        Object.fromEntries(found),
        Object.fromEntries(
          Object.entries(acrossTenants).map(([table, roles]) => [table, [...roles]]),
        ),
      )
      const tenantPolicies = await names(
        `select distinct roles::text from pg_policies where schemaname = 'auronx' and policyname = 'tenant_only'`,
      )
      assert.deepEqual(tenantPolicies, ['{auronx_app}'])
    })

    test('the roles across tenants cannot read what people wrote', async () => {
      const readable =
        await names(`select grantee || ' ' || table_name || '.' || column_name from information_schema.column_privileges
        where table_schema = 'auronx' and privilege_type = 'SELECT' and grantee in ('auronx_ingest', 'auronx_dispatch', 'auronx_lookup')
          and table_name not in ('inbox_unreadable')
          and column_name in (${personal.map((column) => `'${column}'`).join(', ')})`)
      assert.deepEqual(readable, [])
    })

    test('people and tenants meet in no role: one sees people, the other a tenant', async () => {
      const readable = (role: string) =>
        names(`select distinct table_name from information_schema.column_privileges
          where table_schema = 'auronx' and grantee = '${role}' and privilege_type = 'SELECT'`)
      assert.deepEqual((await readable('auronx_auth')).toSorted(), identityTables)
      const byApp = await readable('auronx_app')
      assert.deepEqual(
        byApp.filter((table) => identityTables.includes(table)),
        ['signing_keys'],
      )
      const columns = await names(`select column_name from information_schema.column_privileges
        where table_schema = 'auronx' and grantee = 'auronx_app' and table_name = 'signing_keys'`)
      assert.deepEqual(columns, ['kid'])
      const secrets =
        await names(`select table_name || '.' || column_name from information_schema.column_privileges
        where table_schema = 'auronx' and grantee = 'auronx_lookup' and column_name in ('email', 'name', 'secret_hash', 'successor_salt')`)
      assert.deepEqual(secrets, [])
    })

    test('no role owns a table, bypasses row-level security, logs in or is superuser', async () => {
      const strong = await names(
        `select rolname from pg_roles where rolname like 'auronx\\_%' and (rolsuper or rolbypassrls or rolcanlogin or rolcreaterole)`,
      )
      assert.deepEqual(strong, [])
      const owned =
        await names(`select c.relname from pg_class c join pg_roles r on r.oid = c.relowner
        where c.relnamespace = 'auronx'::regnamespace and r.rolname like 'auronx\\_%'`)
      assert.deepEqual(owned, [])
    })

    test("the functions with their owner's rights are exactly the listed ones, pinned and not public", async () => {
      const rows =
        await engine.admin(`select p.proname as name, r.rolname as owner, array_to_string(p.proconfig, ',') as config,
          coalesce(array_to_string(p.proacl, ','), '') as acl
        from pg_proc p join pg_roles r on r.oid = p.proowner
        where p.pronamespace = 'auronx'::regnamespace and p.prosecdef order by p.proname`)
      assert.deepEqual(Object.fromEntries(rows.map((row) => [row['name'], row['owner']])), {
        ...definerFunctions,
      })
      for (const row of rows) {
        assert.match(String(row['config']), /search_path=/, String(row['name']))
        assert.notMatch(String(row['acl']), /(^|,)=X/, `${String(row['name'])} is public`)
      }
    })

    test('without a tenant the application sees nothing and can add nothing', async () => {
      const tables =
        await names(`select relname from pg_class c where relnamespace = 'auronx'::regnamespace and relkind = 'r'
        and exists (select from pg_policies p where p.schemaname = 'auronx' and p.tablename = c.relname and p.policyname = 'tenant_only')`)
      assert.isAbove(tables.length, 6)
      for (const table of tables) {
        const prologue = {
          name: '',
          text: `select set_config('role', 'auronx_app', true)`,
          values: [],
        }
        const rows = await engine.client.transaction([prologue], (sql) =>
          sql.query({ name: '', text: `select count(*) as rows from auronx.${table}`, values: [] }),
        )
        assert.equal(Number(rows[0]?.['rows']), 0, table)
      }
    })
  })
}
