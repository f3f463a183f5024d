import type { SealedColumn, TenantId } from '@auronx/sdk'
import { createPostgresSealedCredentials } from './credentials.ts'
import { bytes } from './row.ts'
import type { Sql } from './sql.ts'

/** Every column of a tenant's sealed values on PostgreSQL, for the rotation of keys. */
export function createPostgresSealedColumns(sql: Sql, tenantId: TenantId): readonly SealedColumn[] {
  return [createPostgresSealedCredentials(sql, tenantId), createSealedUsageKey(sql, tenantId)]
}

/** The key of a tenant's pseudonyms: one row, under the name that it was sealed for. */
function createSealedUsageKey(sql: Sql, tenantId: TenantId): SealedColumn {
  const context = { tenantId, table: 'usage_keys', column: 'sealed', rowId: 'usage' }
  return {
    async sealedBefore(version, afterRowId) {
      if (afterRowId !== undefined) return []
      const rows = await sql.query({
        name: 'usage_key_sealed_before',
        text: `select sealed from usage_keys
          where tenant_id = $1 and octet_length(sealed) > 33 and sealed_version(sealed) < $2`,
        values: [tenantId, version],
      })
      return rows.map((row) => ({ context, sealed: new Uint8Array(bytes(row, 'sealed')) }))
    },
    async reseal({ sealed: before }, sealed) {
      const rows = await sql.query({
        name: 'usage_key_reseal',
        text: `update usage_keys set sealed = $3 where tenant_id = $1 and sealed = $2 returning 1 as done`,
        values: [tenantId, before, sealed],
      })
      return rows.length > 0
    },
  }
}
