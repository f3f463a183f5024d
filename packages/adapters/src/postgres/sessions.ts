import { asId } from '@auronx/sdk'
import type {
  AuthMethod,
  RefreshToken,
  Session,
  AccessClaim,
  SessionStore,
  TenantId,
} from '@auronx/sdk'
import { instant, integer, json, optionalInstant, optionalText, text } from './row.ts'
import type { Sql, SqlRow, SqlStatement } from './sql.ts'
import { present, stored } from './stored.ts'

const sessionColumns =
  'id, user_id, member_id, methods, authenticated_at, created_at, idle_expires_at, expires_at, version, revoked_at, revoked_reason, device'

/** Sessions of a tenant on PostgreSQL. */
export function createPostgresSessionStore(sql: Sql, tenantId: TenantId): SessionStore {
  const one = async (id: string, lock: boolean): Promise<Session | undefined> => {
    const [row] = await sql.query({
      name: lock ? 'session_lock' : 'session_get',
      text: `select ${sessionColumns} from sessions where tenant_id = $1 and id = $2${lock ? ' for update' : ''}`,
      values: [tenantId, id],
    })
    return row === undefined ? undefined : toSession(row)
  }
  return {
    get: (id, { lock = false } = {}) => one(id, lock),
    save: (session) => saveSession(sql, tenantId, session),
    async live(userId, at) {
      const rows = await sql.query({
        name: 'session_live',
        text: `select ${sessionColumns} from sessions where tenant_id = $1 and user_id = $2 and revoked_at is null
          and idle_expires_at > $3 and expires_at > $3 order by id desc`,
        values: [tenantId, userId, at],
      })
      return rows.map(toSession)
    },
    async revokeOf(memberId, at, reason) {
      const rows = await sql.query({
        name: 'session_revoke_of',
        text: `update sessions set revoked_at = $3, revoked_reason = $4, version = version + 1
          where tenant_id = $1 and member_id = $2 and revoked_at is null returning id`,
        values: [tenantId, memberId, at, reason],
      })
      return rows.length
    },
    async lockRefresh(hash) {
      // The session first, as everywhere: whoever revokes it holds its row before its tokens'.
      const [seen] = await sql.query({
        name: 'refresh_session',
        text: 'select session_id from refresh_tokens where tenant_id = $1 and token_hash = $2',
        values: [tenantId, hash],
      })
      const session = seen && (await one(text(seen, 'session_id'), true))
      const [row] = await sql.query({
        name: 'refresh_get',
        text: `select token_hash, session_id, created_at, used_at, successor_salt from refresh_tokens
          where tenant_id = $1 and token_hash = $2`,
        values: [tenantId, hash],
      })
      return row === undefined || session === undefined
        ? undefined
        : { token: toRefresh(row), session }
    },
    async saveRefresh(token) {
      await sql.query({
        name: 'refresh_save',
        text: `insert into refresh_tokens (tenant_id, token_hash, session_id, created_at, used_at, successor_salt)
          values ($1, $2, $3, $4, $5, $6)
          on conflict (tenant_id, token_hash) do update set used_at = excluded.used_at`,
        values: [
          tenantId,
          token.hash,
          token.sessionId,
          token.createdAt,
          token.usedAt ?? null,
          token.successorSalt,
        ],
      })
    },
  }
}

/** The second statement of a tenant transaction that belongs to a session or an API key; fails as `unauthenticated`. */
export function accessAssertion(claim: AccessClaim, at: Date): SqlStatement {
  if ('apiKeyId' in claim) {
    return {
      name: 'key_assert',
      text: 'select assert_key($1, $2, $3, $4, $5)',
      values: [
        claim.apiKeyId,
        claim.secretHash,
        claim.creatorVersion,
        claim.tenantVersion ?? null,
        at,
      ],
    }
  }
  return {
    name: 'session_assert',
    text: 'select assert_session($1, $2, $3, $4, $5, $6)',
    values: [
      claim.sessionId,
      claim.sessionVersion,
      claim.memberVersion,
      claim.tenantVersion ?? null,
      claim.keyId,
      at,
    ],
  }
}

async function saveSession(sql: Sql, tenantId: TenantId, session: Session): Promise<void> {
  await sql.query({
    name: 'session_save',
    text: `insert into sessions (tenant_id, ${sessionColumns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
      on conflict (tenant_id, id) do update set methods = excluded.methods,
        authenticated_at = excluded.authenticated_at, idle_expires_at = excluded.idle_expires_at,
        version = excluded.version, revoked_at = excluded.revoked_at, revoked_reason = excluded.revoked_reason`,
    values: [
      tenantId,
      session.id,
      session.userId,
      session.memberId,
      session.methods,
      session.authenticatedAt,
      session.createdAt,
      session.idleExpiresAt,
      session.expiresAt,
      session.version,
      session.revokedAt ?? null,
      session.revokedReason ?? null,
      session.device ?? null,
    ],
  })
}

function toSession(row: SqlRow): Session {
  return {
    id: asId('SessionId', text(row, 'id')),
    userId: asId('UserId', text(row, 'user_id')),
    memberId: asId('MemberId', text(row, 'member_id')),
    methods: stored<readonly AuthMethod[]>(json(row, 'methods')),
    authenticatedAt: instant(row, 'authenticated_at'),
    createdAt: instant(row, 'created_at'),
    idleExpiresAt: instant(row, 'idle_expires_at'),
    expiresAt: instant(row, 'expires_at'),
    version: integer(row, 'version'),
    ...present({
      revokedAt: optionalInstant(row, 'revoked_at'),
      revokedReason: optionalText(row, 'revoked_reason'),
      device: optionalText(row, 'device'),
    }),
  }
}

function toRefresh(row: SqlRow): RefreshToken {
  return {
    hash: text(row, 'token_hash'),
    sessionId: asId('SessionId', text(row, 'session_id')),
    createdAt: instant(row, 'created_at'),
    successorSalt: text(row, 'successor_salt'),
    ...present({ usedAt: optionalInstant(row, 'used_at') }),
  }
}
