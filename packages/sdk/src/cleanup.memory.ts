import type { RefreshToken, Session } from './auth/index.ts'
import type { Cleanup } from './cleanup.ts'
import type { MemoryDatabase, TenantId } from './kernel/index.ts'

interface Row<Value> {
  readonly tenantId: TenantId
  readonly value: Value
}

/** What is past its use, in an in-memory database. */
export function createMemoryCleanup(database: MemoryDatabase): Cleanup {
  const sessions = database.table<Row<Session>>('sessions')
  const tokens = database.table<Row<RefreshToken>>('refresh_tokens')
  const keys = database.table<{ readonly expiresAt: Date }>('idempotency_keys')
  return {
    sessions: (before, limit) =>
      database.transaction(async () => {
        const old = [...sessions].filter(([, { value }]) => endOf(value) < before).slice(0, limit)
        const ids = new Set(old.map(([, { value }]) => value.id))
        for (const [key] of old) sessions.delete(key)
        for (const [key, { value }] of tokens) if (ids.has(value.sessionId)) tokens.delete(key)
        return old.length
      }),
    idempotencyKeys: (before, limit) =>
      database.transaction(async () => {
        const old = [...keys].filter(([, { expiresAt }]) => expiresAt < before).slice(0, limit)
        for (const [key] of old) keys.delete(key)
        return old.length
      }),
  }
}

function endOf({ revokedAt, idleExpiresAt, expiresAt }: Session): Date {
  const ends = [revokedAt ?? expiresAt, idleExpiresAt, expiresAt].map((at) => at.getTime())
  return new Date(Math.min(...ends))
}
