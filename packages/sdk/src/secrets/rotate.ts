import { isAuronxError } from '../kernel/index.ts'
import type { TenantId, UnitOfWork } from '../kernel/index.ts'
import { createSealer } from './create-sealer.ts'
import type { KeyDeps } from './keyring.ts'
import { createKeyring, keyCacheMs } from './keyring.ts'
import { keyPlaceOf, platformTenant, tenantOf } from './scope.ts'
import type { Sealer, SealScope } from './sealer.ts'
import type {
  SealedColumn,
  SealedValue,
  SealingKeyDirectory,
  SealingKeyRef,
  SealingKeyStore,
} from './store.ts'

/** How long a retired key is kept at least, in milliseconds: other processes may still seal under it. */
export const retiredKeepMs = 2 * keyCacheMs

/** What a unit of work of the rotation must hold. */
export interface RotationStores {
  readonly sealingKeys: SealingKeyStore
  /** Every column of sealed values. */
  readonly sealedColumns: readonly SealedColumn[]
}

/** What {@link createRotation} takes. */
export interface RotationDeps extends Omit<KeyDeps, 'work'> {
  readonly work: UnitOfWork<RotationStores>
  readonly directory: SealingKeyDirectory
  /**
   * Columns of the platform's own sealed values, each of whose methods is a transaction of its own. A column that is left out
   * here becomes unreadable with the first key that is destroyed.
   */
  readonly platformColumns: readonly SealedColumn[]
  /** Rows read at a time. Default 100. */
  readonly batch?: number
}

/** What a pass over keys or values did. What failed does not open; it is left as it is for a person to look at. */
export interface RotationReport {
  readonly changed: number
  readonly failed: number
}

/** Changes of keys. Every step may be interrupted and called again; it goes on where it stopped. */
export interface Rotation {
  /** Wraps every key under the newest root key. Afterwards older root keys may go, when {@link rootKeysInUse} agrees. */
  rewrap(signal: AbortSignal): Promise<RotationReport>
  /** Gives a scope a new key, which seals from the next minute on in every process. Returns its version. */
  renew(scope: SealScope): Promise<number>
  /** Seals a scope's values anew under its newest key. */
  reseal(scope: SealScope, signal: AbortSignal): Promise<RotationReport>
  /**
   * Destroys a scope's retired keys under which nothing is sealed any more, two minutes after they were retired at the
   * earliest. Returns their versions.
   */
  destroyRetired(scope: SealScope): Promise<readonly number[]>
}

/** Creates the rotation of keys. */
export function createRotation(deps: RotationDeps): Rotation {
  const { directory, secrets, batch = 100 } = deps
  return {
    async rewrap(signal) {
      const newest = (await secrets.versions()).at(-1) ?? 0
      return sweep(signal, batch, {
        next: (after: SealingKeyRef | undefined) =>
          directory.wrappedOtherwise(newest, after, batch),
        change: (ref) => rewrapOne(deps, ref),
      })
    },
    renew: async (scope) => (await createKeyring(deps).renew(tenantOf(scope))).version,
    reseal: (scope, signal) => resealAll(deps, tenantOf(scope), batch, signal),
    destroyRetired: (scope) => destroyRetired(deps, tenantOf(scope)),
  }
}

/** How many keys need each version of the root key; a version that is missing here may be thrown away. */
export async function rootKeysInUse(
  directory: SealingKeyDirectory,
): Promise<ReadonlyMap<number, number>> {
  const rows = await directory.rootVersions()
  return new Map(rows.map(({ rootVersion, keys }) => [rootVersion, keys]))
}

interface Sweep<Item> {
  next(after: Item | undefined): Promise<readonly Item[]>
  /** Whether it was changed; `false` when somebody else did. */
  change(item: Item): Promise<boolean>
}

async function sweep<Item>(
  signal: AbortSignal,
  batch: number,
  { next, change }: Sweep<Item>,
): Promise<RotationReport> {
  let changed = 0
  let failed = 0
  let last: Item | undefined
  for (;;) {
    const items = await next(last)
    for (const item of items) {
      if (signal.aborted) return { changed, failed }
      try {
        if (await change(item)) changed += 1
      } catch (error) {
        if (!isAuronxError(error, 'seal_broken')) throw error
        failed += 1
      }
    }
    if (items.length < batch) return { changed, failed }
    last = items.at(-1)
  }
}

async function rewrapOne({ work, secrets }: RotationDeps, ref: SealingKeyRef): Promise<boolean> {
  const { tenantId, version } = ref
  const place = keyPlaceOf(tenantId, version)
  const stored = await work.run(tenantId, ({ sealingKeys }) => sealingKeys.get(version))
  if (stored === undefined) return false
  const after = await secrets.wrap(await secrets.unwrap(stored.wrapped, place), place)
  return work.run(tenantId, ({ sealingKeys }) =>
    sealingKeys.rewrap(version, stored.wrapped.bytes, after),
  )
}

async function resealAll(
  deps: RotationDeps,
  tenantId: TenantId,
  batch: number,
  signal: AbortSignal,
): Promise<RotationReport> {
  const sealer = createSealer(deps)
  const keys = await deps.work.run(tenantId, ({ sealingKeys }) => sealingKeys.list())
  const newest = keys.at(-1)?.version ?? 0
  let changed = 0
  let failed = 0
  for (const column of await columnsOf(deps, tenantId)) {
    const report = await sweep<SealedValue>(signal, batch, {
      next: (after) => column.sealedBefore(newest, after?.context.rowId, batch),
      change: (value) => resealOne(sealer, column, value),
    })
    changed += report.changed
    failed += report.failed
  }
  return { changed, failed }
}

async function resealOne(
  sealer: Sealer,
  column: SealedColumn,
  value: SealedValue,
): Promise<boolean> {
  const bytes = await sealer.open(value.context, value.sealed)
  return column.reseal(value, await sealer.seal(value.context, bytes))
}

/** A scope's columns, each of whose methods is a transaction of its own. */
async function columnsOf(
  { work, platformColumns }: RotationDeps,
  tenantId: TenantId,
): Promise<readonly SealedColumn[]> {
  const count = await work.run(tenantId, async ({ sealedColumns }) => sealedColumns.length)
  const within = Array.from({ length: count }, (_, index): SealedColumn => ({
    sealedBefore: (...query) =>
      work.run(
        tenantId,
        async ({ sealedColumns }) => (await sealedColumns[index]?.sealedBefore(...query)) ?? [],
      ),
    reseal: (...change) =>
      work.run(
        tenantId,
        async ({ sealedColumns }) => (await sealedColumns[index]?.reseal(...change)) ?? false,
      ),
  }))
  return tenantId === platformTenant ? [...within, ...platformColumns] : within
}

async function destroyRetired(deps: RotationDeps, tenantId: TenantId): Promise<readonly number[]> {
  const { work, clock } = deps
  const before = clock.now().getTime() - retiredKeepMs
  const keys = await work.run(tenantId, ({ sealingKeys }) => sealingKeys.list())
  const newest = keys.at(-1)?.version ?? 0
  for (const column of await columnsOf(deps, tenantId))
    if ((await column.sealedBefore(newest, undefined, 1)).length > 0) return []
  return work.run(tenantId, async ({ sealingKeys }) => {
    const destroyed: number[] = []
    for (const { version, retiredAt } of keys) {
      const isOver = retiredAt !== undefined && retiredAt.getTime() <= before
      if (isOver && (await sealingKeys.destroy(version))) destroyed.push(version)
    }
    return destroyed
  })
}
