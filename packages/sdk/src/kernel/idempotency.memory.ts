import type { TenantId } from './brand.ts'
import type { Json } from './events.ts'
import type { IdempotencyStore, IdempotentRequest } from './idempotency.ts'
import { idempotencyInProgress, idempotencyMismatch } from './idempotency.ts'
import type { MemoryDatabase } from './memory.ts'

interface KeyRow {
  readonly tenantId: TenantId
  readonly fingerprint: string
  readonly expiresAt: Date
  readonly response?: Json
}

/** Keys of commands over an in-memory database. */
export function createMemoryIdempotencyStore(
  database: MemoryDatabase,
  tenantId: TenantId,
): IdempotencyStore {
  const keys = database.table<KeyRow>('idempotency_keys')
  const keyOf = ({ principal, key }: IdempotentRequest): string =>
    JSON.stringify([tenantId, principal, key])
  return {
    async claim(request) {
      const known = keys.get(keyOf(request))
      if (known === undefined || known.expiresAt <= request.at) {
        keys.set(keyOf(request), {
          tenantId,
          fingerprint: request.fingerprint,
          expiresAt: request.expiresAt,
        })
        return { kind: 'first' }
      }
      if (known.fingerprint !== request.fingerprint) throw idempotencyMismatch()
      if (known.response === undefined) throw idempotencyInProgress()
      return { kind: 'replay', response: known.response }
    },
    async settle(request, response) {
      const known = keys.get(keyOf(request))
      if (known !== undefined) keys.set(keyOf(request), { ...known, response })
    },
  }
}
