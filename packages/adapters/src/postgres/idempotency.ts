import { idempotencyInProgress, idempotencyMismatch, isAuronxError } from '@auronx/sdk'
import type { IdempotencyStore, IdempotentRequest, Json, TenantId } from '@auronx/sdk'
import { boolean, json, text } from './row.ts'
import type { Sql, SqlRow } from './sql.ts'
import { stored } from './stored.ts'

/** Keys of commands on PostgreSQL. */
export function createPostgresIdempotencyStore(sql: Sql, tenantId: TenantId): IdempotencyStore {
  return {
    async claim(request) {
      if (await take(sql, tenantId, request)) return { kind: 'first' }
      const [row] = await sql.query({
        name: 'idempotency_get',
        text: `select fingerprint, response, response is not null as settled from idempotency_keys
          where tenant_id = $1 and principal = $2 and key = $3`,
        values: [tenantId, request.principal, request.key],
      })
      return toClaim(row, request)
    },
    async settle(request, response) {
      await sql.query({
        name: 'idempotency_settle',
        text: `update idempotency_keys set response = $4 where tenant_id = $1 and principal = $2 and key = $3`,
        values: [tenantId, request.principal, request.key, JSON.stringify(response)],
      })
    },
  }
}

async function take(sql: Sql, tenantId: TenantId, request: IdempotentRequest): Promise<boolean> {
  const wait = sql.query({
    name: 'idempotency_wait',
    text: `select current_setting('lock_timeout') as before, set_config('lock_timeout', '2s', true)`,
    values: [],
  })
  const claim = sql.query({
    name: 'idempotency_claim',
    text: `insert into idempotency_keys as k (tenant_id, principal, key, fingerprint, created_at, expires_at)
      values ($1, $2, $3, $4, $5, $6)
      on conflict (tenant_id, principal, key) do update set fingerprint = excluded.fingerprint, response = null,
          created_at = excluded.created_at, expires_at = excluded.expires_at
        where k.expires_at <= excluded.created_at
      returning key`,
    values: [
      tenantId,
      request.principal,
      request.key,
      request.fingerprint,
      request.at,
      request.expiresAt,
    ],
  })
  try {
    const [[before], claimed] = await Promise.all([wait, claim])
    await sql.query({
      name: 'idempotency_wait_over',
      text: `select set_config('lock_timeout', $1, true)`,
      values: [before === undefined ? '0' : text(before, 'before')],
    })
    return claimed.length > 0
  } catch (error) {
    throw isAuronxError(error, 'timeout') ? idempotencyInProgress() : error
  }
}

function toClaim(
  row: SqlRow | undefined,
  request: IdempotentRequest,
): { readonly kind: 'replay'; readonly response: Json } {
  if (row === undefined) throw idempotencyInProgress()
  if (text(row, 'fingerprint') !== request.fingerprint) throw idempotencyMismatch()
  if (!boolean(row, 'settled')) throw idempotencyInProgress()
  // A response may be null itself, which stored() would take for a missing value.
  return {
    kind: 'replay',
    ...stored<{ readonly response: Json }>({ response: json(row, 'response') }),
  }
}
