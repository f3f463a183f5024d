import { asId } from '@auronx/sdk'
import type { ApiKey, ApiKeyStore, Permission, TenantId } from '@auronx/sdk'
import { instant, json, optionalInstant, optionalText, text } from './row.ts'
import type { Sql, SqlRow } from './sql.ts'
import { present, stored } from './stored.ts'
import { asTaken } from './team.ts'

const columns =
  'id, name, scopes, secret_hash, previous_hash, previous_until, created_by, created_at, expires_at, last_used_at, revoked_at'

/** API keys of a tenant on PostgreSQL. */
export function createPostgresApiKeyStore(sql: Sql, tenantId: TenantId): ApiKeyStore {
  return {
    async get(id, { lock = false } = {}) {
      const [row] = await sql.query({
        name: lock ? 'api_key_lock' : 'api_key_get',
        text: `select ${columns} from api_keys where tenant_id = $1 and id = $2${lock ? ' for update' : ''}`,
        values: [tenantId, id],
      })
      return row === undefined ? undefined : toKey(row)
    },
    async list() {
      const rows = await sql.query({
        name: 'api_key_list',
        text: `select ${columns} from api_keys where tenant_id = $1 order by created_at desc, id`,
        values: [tenantId],
      })
      return rows.map(toKey)
    },
    save: (key) => saveKey(sql, tenantId, key),
    async touch(id, at) {
      await sql.query({
        name: 'api_key_touch',
        text: 'update api_keys set last_used_at = $3 where tenant_id = $1 and id = $2',
        values: [tenantId, id, at],
      })
    },
    async revokeOf(memberId, at) {
      const rows = await sql.query({
        name: 'api_key_revoke_of',
        text: `update api_keys set revoked_at = $3 where tenant_id = $1 and created_by = $2 and revoked_at is null
          returning id`,
        values: [tenantId, memberId, at],
      })
      return rows.length
    },
  }
}

async function saveKey(sql: Sql, tenantId: TenantId, key: ApiKey): Promise<void> {
  try {
    await sql.query({
      name: 'api_key_save',
      text: `insert into api_keys (tenant_id, ${columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        on conflict (tenant_id, id) do update set name = excluded.name, scopes = excluded.scopes,
          secret_hash = excluded.secret_hash, previous_hash = excluded.previous_hash,
          previous_until = excluded.previous_until, last_used_at = excluded.last_used_at,
          revoked_at = excluded.revoked_at`,
      values: [
        tenantId,
        key.id,
        key.name,
        key.scopes,
        key.secretHash,
        key.previous?.secretHash ?? null,
        key.previous?.until ?? null,
        key.createdBy,
        key.createdAt,
        key.expiresAt,
        key.lastUsedAt ?? null,
        key.revokedAt ?? null,
      ],
    })
  } catch (error) {
    throw asTaken(error, 'api_keys_id', 'Another tenant has a key of this id')
  }
}

function toKey(row: SqlRow): ApiKey {
  const previousHash = optionalText(row, 'previous_hash')
  const until = optionalInstant(row, 'previous_until')
  const previous =
    previousHash === undefined || until === undefined
      ? undefined
      : { secretHash: previousHash, until }
  return {
    id: text(row, 'id'),
    name: text(row, 'name'),
    scopes: stored<readonly Permission[]>(json(row, 'scopes')),
    secretHash: text(row, 'secret_hash'),
    createdBy: asId('MemberId', text(row, 'created_by')),
    createdAt: instant(row, 'created_at'),
    expiresAt: instant(row, 'expires_at'),
    ...present({
      previous,
      lastUsedAt: optionalInstant(row, 'last_used_at'),
      revokedAt: optionalInstant(row, 'revoked_at'),
    }),
  }
}
