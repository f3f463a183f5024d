import { asId } from '@auronx/sdk'
import type { OperatorSessionStore } from '@auronx/sdk'
import { instant, text } from './row.ts'
import type { Sql } from './sql.ts'

/** Sessions of the platform's operators on PostgreSQL. */
export function createPostgresOperatorSessionStore(sql: Sql): OperatorSessionStore {
  return {
    async insert(session) {
      await sql.query({
        name: 'operator_session_insert',
        text: 'insert into operator_sessions (token_hash, user_id, created_at, expires_at) values ($1, $2, $3, $4)',
        values: [session.tokenHash, session.userId, session.createdAt, session.expiresAt],
      })
    },
    async get(tokenHash) {
      const [row] = await sql.query({
        name: 'operator_session_get',
        text: 'select token_hash, user_id, created_at, expires_at from operator_sessions where token_hash = $1',
        values: [tokenHash],
      })
      if (row === undefined) return undefined
      return {
        tokenHash: text(row, 'token_hash'),
        userId: asId('UserId', text(row, 'user_id')),
        createdAt: instant(row, 'created_at'),
        expiresAt: instant(row, 'expires_at'),
      }
    },
    async delete(userId, tokenHash) {
      const rows = await sql.query({
        name: 'operator_session_delete',
        text: `delete from operator_sessions where user_id = $1 and ($2::text is null or token_hash = $2)
          returning token_hash`,
        values: [userId, tokenHash ?? null],
      })
      return rows.length
    },
    async prune(before, limit) {
      const rows = await sql.query({
        name: 'operator_session_prune',
        text: `delete from operator_sessions where token_hash in (
            select token_hash from operator_sessions where expires_at < $1 order by expires_at limit $2
            for update skip locked) returning token_hash`,
        values: [before, limit],
      })
      return rows.length
    },
  }
}
