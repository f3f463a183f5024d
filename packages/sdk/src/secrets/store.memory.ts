import { AuronxError } from '../kernel/index.ts'
import type { MemoryDatabase, TenantId } from '../kernel/index.ts'
import type { SealingKey, SealingKeyDirectory, SealingKeyRef, SealingKeyStore } from './store.ts'

interface KeyRow extends SealingKey {
  readonly tenantId: TenantId
}

/**
 * A scope's keys over an in-memory database.
 *
 * @param isUsed whether a stored value is sealed under a version; default: none is
 */
export function createMemorySealingKeyStore(
  database: MemoryDatabase,
  tenantId: TenantId,
  isUsed: (version: number) => boolean = () => false,
): SealingKeyStore {
  const rows = database.table<KeyRow>('sealing_keys')
  const nameOf = (version: number): string => `${tenantId}:${version}`
  const own = (): readonly KeyRow[] =>
    [...rows.values()]
      .filter((row) => row.tenantId === tenantId)
      .toSorted((a, b) => a.version - b.version)
  return {
    list: async () => own().map(toKey),
    async get(version) {
      const row = rows.get(nameOf(version))
      return row === undefined ? undefined : toKey(row)
    },
    async add(key) {
      if (rows.has(nameOf(key.version))) return false
      for (const row of own())
        if (row.retiredAt === undefined)
          rows.set(nameOf(row.version), { ...row, retiredAt: key.createdAt })
      rows.set(nameOf(key.version), { ...key, tenantId })
      return true
    },
    async rewrap(version, before, after) {
      const row = rows.get(nameOf(version))
      if (row === undefined || !isSame(row.wrapped.bytes, before)) return false
      rows.set(nameOf(version), { ...row, wrapped: after })
      return true
    },
    async destroy(version) {
      const row = rows.get(nameOf(version))
      if (row?.retiredAt === undefined) return false
      if (isUsed(version)) {
        throw new AuronxError('storage_constraint', 'A value is still sealed under this key')
      }
      return rows.delete(nameOf(version))
    },
  }
}

/** Questions about all keys over an in-memory database. */
export function createMemorySealingKeyDirectory(database: MemoryDatabase): SealingKeyDirectory {
  const rows = database.table<KeyRow>('sealing_keys')
  return {
    async wrappedOtherwise(rootVersion, after, limit) {
      return [...rows.values()]
        .filter((row) => row.wrapped.rootVersion !== rootVersion)
        .map(({ tenantId, version }) => ({ tenantId, version }))
        .toSorted(compare)
        .filter((ref) => after === undefined || compare(ref, after) > 0)
        .slice(0, limit)
    },
    async rootVersions() {
      const counts = new Map<number, number>()
      for (const { wrapped } of rows.values())
        counts.set(wrapped.rootVersion, (counts.get(wrapped.rootVersion) ?? 0) + 1)
      return [...counts]
        .map(([rootVersion, keys]) => ({ rootVersion, keys }))
        .toSorted((a, b) => a.rootVersion - b.rootVersion)
    },
  }
}

function toKey({ tenantId: _tenantId, ...key }: KeyRow): SealingKey {
  return key
}

function compare(a: SealingKeyRef, b: SealingKeyRef): number {
  if (a.tenantId !== b.tenantId) return a.tenantId < b.tenantId ? -1 : 1
  return a.version - b.version
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}
