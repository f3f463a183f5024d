import { asId } from '@auronx/sdk'
import type { SealingKey, SealingKeyDirectory, SealingKeyStore, TenantId } from '@auronx/sdk'
import { bytes, instant, integer, optionalInstant, text } from './row.ts'
import type { Sql, SqlRow } from './sql.ts'
import { present } from './stored.ts'
import { quoteIdentifier } from './tenant.ts'

const columns = 'version, root_version, wrapped, created_at, retired_at'

/** A scope's own keys on PostgreSQL; a key cannot be destroyed while a stored value is sealed under it. */
export function createPostgresSealingKeyStore(sql: Sql, tenantId: TenantId): SealingKeyStore {
  return {
    async list() {
      const rows = await sql.query({
        name: 'sealing_key_list',
        text: `select ${columns} from sealing_keys where tenant_id = $1 order by version`,
        values: [tenantId],
      })
      return rows.map(toKey)
    },
    async get(version) {
      const [row] = await sql.query({
        name: 'sealing_key_get',
        text: `select ${columns} from sealing_keys where tenant_id = $1 and version = $2`,
        values: [tenantId, version],
      })
      return row === undefined ? undefined : toKey(row)
    },
    async add(key) {
      await retireBefore(sql, tenantId, key)
      const rows = await sql.query({
        name: 'sealing_key_add',
        text: `insert into sealing_keys (tenant_id, version, root_version, wrapped, created_at)
          values ($1, $2, $3, $4, $5) on conflict do nothing returning version`,
        values: [tenantId, key.version, key.wrapped.rootVersion, key.wrapped.bytes, key.createdAt],
      })
      return rows.length > 0
    },
    async rewrap(version, before, after) {
      const rows = await sql.query({
        name: 'sealing_key_rewrap',
        text: `update sealing_keys set root_version = $4, wrapped = $5
          where tenant_id = $1 and version = $2 and wrapped = $3 returning version`,
        values: [tenantId, version, before, after.rootVersion, after.bytes],
      })
      return rows.length > 0
    },
    async destroy(version) {
      const rows = await sql.query({
        name: 'sealing_key_destroy',
        text: `delete from sealing_keys
          where tenant_id = $1 and version = $2 and retired_at is not null returning version`,
        values: [tenantId, version],
      })
      return rows.length > 0
    },
  }
}

/** Questions about the keys of all scopes on PostgreSQL. */
export function createPostgresSealingKeyDirectory(sql: Sql, schema: string): SealingKeyDirectory {
  const own = quoteIdentifier(schema)
  return {
    async wrappedOtherwise(rootVersion, after, limit) {
      const rows = await sql.query({
        name: 'keys_wrapped_otherwise',
        text: `select * from ${own}.keys_wrapped_otherwise($1, $2, $3, $4)`,
        values: [rootVersion, after?.tenantId ?? null, after?.version ?? null, limit],
      })
      return rows.map((row) => ({
        tenantId: asId('TenantId', text(row, 'tenant_id')),
        version: integer(row, 'version'),
      }))
    },
    async rootVersions() {
      const rows = await sql.query({
        name: 'root_versions',
        text: `select * from ${own}.root_versions()`,
        values: [],
      })
      return rows.map((row) => ({
        rootVersion: integer(row, 'root_version'),
        keys: integer(row, 'keys'),
      }))
    },
  }
}

// The row of the version before is locked by this, so that of two writers the second finds the first's version.
async function retireBefore(sql: Sql, tenantId: TenantId, key: SealingKey): Promise<void> {
  await sql.query({
    name: 'sealing_key_retire',
    text: `update sealing_keys set retired_at = $3
      where tenant_id = $1 and version < $2 and retired_at is null`,
    values: [tenantId, key.version, key.createdAt],
  })
}

function toKey(row: SqlRow): SealingKey {
  return {
    version: integer(row, 'version'),
    wrapped: {
      rootVersion: integer(row, 'root_version'),
      bytes: new Uint8Array(bytes(row, 'wrapped')),
    },
    createdAt: instant(row, 'created_at'),
    ...present({ retiredAt: optionalInstant(row, 'retired_at') }),
  }
}
