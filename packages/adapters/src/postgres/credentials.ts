import { AuronxError, asId, credentialPlace, isAuronxError } from '@auronx/sdk'
import type {
  AppDirectory,
  CredentialKind,
  CredentialOwner,
  CredentialStore,
  SealedColumn,
  SealedValue,
  StoredCredential,
  TenantId,
} from '@auronx/sdk'
import { bytes, instant, optionalText, text } from './row.ts'
import type { Sql, SqlRow } from './sql.ts'
import { present, stored } from './stored.ts'
import { quoteIdentifier } from './tenant.ts'

const columns = 'owner_kind, owner_id, kind, sealed, last_four, set_at'
const rowId = `owner_kind || '/' || owner_id || '/' || kind`

/** A tenant's credentials on PostgreSQL, sealed before they come here. */
export function createPostgresCredentialStore(sql: Sql, tenantId: TenantId): CredentialStore {
  return {
    async list(owner) {
      const rows = await sql.query({
        name: 'credential_list',
        text: `select ${columns} from credentials
          where tenant_id = $1 and ($2::text is null or (owner_kind = $2 and owner_id = $3))
          order by owner_kind, owner_id, kind`,
        values: [tenantId, owner?.kind ?? null, owner?.id ?? null],
      })
      return rows.map(toCredential)
    },
    async put({ owner, kind, sealed, lastFour, setAt }) {
      await sql.query({
        name: 'credential_put',
        text: `insert into credentials (tenant_id, ${columns}) values ($1, $2, $3, $4, $5, $6, $7)
          on conflict (tenant_id, owner_kind, owner_id, kind) do update
            set sealed = excluded.sealed, last_four = excluded.last_four, set_at = excluded.set_at`,
        values: [tenantId, owner.kind, owner.id, kind, sealed, lastFour ?? null, setAt],
      })
    },
    async erase(owner) {
      const rows = await sql.query({
        name: 'credential_erase',
        text: `delete from credentials where tenant_id = $1 and owner_kind = $2 and owner_id = $3 returning kind`,
        values: [tenantId, owner.kind, owner.id],
      })
      if (owner.kind === 'app') {
        await sql.query({
          name: 'app_leave',
          text: 'delete from app_directory where tenant_id = $1 and app_id = $2',
          values: [tenantId, owner.id],
        })
      }
      return rows.length
    },
    claimApp: (appId) => claimApp(sql, tenantId, appId),
    async releaseNumber(channelId) {
      await sql.query({
        name: 'number_release',
        text: 'delete from channel_directory where tenant_id = $1 and channel_id = $2',
        values: [tenantId, channelId],
      })
    },
  }
}

/** Every Meta app on PostgreSQL. */
export function createPostgresAppDirectory(sql: Sql, schema: string): AppDirectory {
  return {
    async apps() {
      const rows = await sql.query({
        name: 'webhook_apps',
        text: `select * from ${quoteIdentifier(schema)}.webhook_apps()`,
        values: [],
      })
      return rows.map((row) => ({
        tenantId: asId('TenantId', text(row, 'tenant_id')),
        appId: text(row, 'app_id'),
      }))
    },
  }
}

/** A tenant's sealed credentials on PostgreSQL, for rotation. */
export function createPostgresSealedCredentials(sql: Sql, tenantId: TenantId): SealedColumn {
  return {
    async sealedBefore(version, afterRowId, limit) {
      const rows = await sql.query({
        name: 'credential_sealed_before',
        text: `select ${columns} from credentials
          where tenant_id = $1 and key_version < $2 and ($3::text is null or (${rowId}) collate "C" > $3)
          order by (${rowId}) collate "C" limit $4`,
        values: [tenantId, version, afterRowId ?? null, limit],
      })
      return rows.map((row): SealedValue => {
        const { owner, kind, sealed } = toCredential(row)
        return { context: credentialPlace(tenantId, owner, kind), sealed }
      })
    },
    async reseal({ context, sealed: before }, sealed) {
      const rows = await sql.query({
        name: 'credential_reseal',
        text: `update credentials set sealed = $4
          where tenant_id = $1 and ${rowId} = $2 and sealed = $3 returning kind`,
        values: [tenantId, context.rowId, before, sealed],
      })
      return rows.length > 0
    },
  }
}

async function claimApp(sql: Sql, tenantId: TenantId, appId: string): Promise<void> {
  try {
    await sql.query({
      name: 'app_claim',
      text: `insert into app_directory as d (app_id, tenant_id) values ($2, $1)
        on conflict (app_id) do update set tenant_id = excluded.tenant_id`,
      values: [tenantId, appId],
    })
  } catch (error) {
    // The row of another tenant is invisible here, so taking its app ends as a policy violation.
    if (isAuronxError(error, 'storage_role')) {
      throw new AuronxError('conflict', 'Another tenant has this app', { cause: error })
    }
    throw error
  }
}

function toCredential(row: SqlRow): StoredCredential {
  const id = text(row, 'owner_id')
  const owner: CredentialOwner =
    text(row, 'owner_kind') === 'app'
      ? { kind: 'app', id }
      : { kind: 'channel', id: asId('ChannelId', id) }
  return {
    owner,
    kind: stored<CredentialKind>(text(row, 'kind')),
    sealed: new Uint8Array(bytes(row, 'sealed')),
    setAt: instant(row, 'set_at'),
    ...present({ lastFour: optionalText(row, 'last_four') }),
  }
}
