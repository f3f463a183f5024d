import { createMemoryDatabase, createMemoryWork, createIds } from '../kernel/index.ts'
import type { Ids, MemoryDatabase, Random, TenantId, UnitOfWork } from '../kernel/index.ts'
import { createFakeClock, createSeededRandom } from '../testing/index.ts'
import type { FakeClock } from '../testing/index.ts'
import {
  createMemorySealingKeyDirectory,
  createMemorySealingKeyStore,
  createRootKeys,
  createSecret,
} from './index.ts'
import { keyVersionOf } from './envelope.ts'
import type {
  RootKey,
  RotationStores,
  SealedColumn,
  SealedValue,
  Secrets,
  SealingKeyDirectory,
} from './index.ts'

/** Sealed values of one made-up column, by tenant and row. */
export type Vault = Map<string, SealedValue>

/** Everything that sealing needs, in memory, with one column of values. */
export interface SealBench {
  readonly clock: FakeClock
  readonly random: Random
  readonly ids: Ids
  readonly tenantId: TenantId
  readonly other: TenantId
  readonly work: UnitOfWork<RotationStores>
  readonly directory: SealingKeyDirectory
  readonly vault: Vault
  readonly platformColumns: readonly SealedColumn[]
  secrets(...versions: readonly number[]): Secrets
}

/** Opens an empty bench. */
export function openBench(seed = 1): SealBench {
  const clock = createFakeClock()
  const random = createSeededRandom(seed)
  const ids = createIds(clock, random)
  const database = createMemoryDatabase()
  const vault: Vault = new Map()
  return {
    clock,
    random,
    ids,
    tenantId: ids.next('TenantId'),
    other: ids.next('TenantId'),
    work: createMemoryWork(database, (db, tenantId) => storesOf(db, tenantId, vault)),
    directory: createMemorySealingKeyDirectory(database),
    vault,
    platformColumns: [],
    secrets: (...versions) => createRootKeys(versions.map(rootKey), random),
  }
}

/** A root key that is the same for the same version. */
export function rootKey(version: number): RootKey {
  return { version, bytes: createSecret(createSeededRandom(version * 7_919).bytes(32)) }
}

function storesOf(database: MemoryDatabase, tenantId: TenantId, vault: Vault): RotationStores {
  const own = (): readonly SealedValue[] =>
    [...vault.values()].filter((value) => value.context.tenantId === tenantId)
  const column: SealedColumn = {
    sealedBefore: async (version, afterRowId, limit) =>
      own()
        .filter((value) => keyVersionOf(value.sealed) < version)
        .filter((value) => afterRowId === undefined || value.context.rowId > afterRowId)
        .toSorted((a, b) => (a.context.rowId < b.context.rowId ? -1 : 1))
        .slice(0, limit),
    async reseal(value, sealed) {
      const name = `${tenantId}:${value.context.rowId}`
      if (vault.get(name)?.sealed !== value.sealed) return false
      vault.set(name, { ...value, sealed })
      return true
    },
  }
  const isUsed = (version: number): boolean =>
    own().some((value) => keyVersionOf(value.sealed) === version)
  return {
    sealingKeys: createMemorySealingKeyStore(database, tenantId, isUsed),
    sealedColumns: [column],
  }
}
