import type { TenantId } from '../kernel/index.ts'
import type { RotationDeps } from './rotate.ts'
import { createRotation, rootKeysInUse } from './rotate.ts'
import type { SealingKeyDirectory } from './store.ts'

/** How long a scope's key seals before the upkeep gives it a new one: a year, in milliseconds. */
export const sealingKeyMs = 365 * 24 * 3_600_000

/** What one pass of the upkeep did. */
export interface KeyUpkeepReport {
  /** Keys wrapped anew under the newest root key. */
  readonly rewrapped: number
  /** Scopes that got a new key. */
  readonly renewed: number
  /** Values sealed anew. */
  readonly resealed: number
  /** Keys destroyed because nothing needs them any more. */
  readonly destroyed: number
  /** Keys and values that do not open; they are left for a person to look at. */
  readonly failed: number
}

/** Where the keys stand. */
export interface KeyStatus {
  /** Version of the root key that new keys are wrapped under. */
  readonly newestRoot: number
  /** Each version of the root key at hand, and how many keys need it. One of none may be thrown away, but for the newest. */
  readonly roots: readonly { readonly version: number; readonly keys: number }[]
  /** Tenants with keys, and the platform. */
  readonly scopes: number
  /** Keys that only open, waiting to be destroyed. */
  readonly retired: number
}

/** Keeps the keys that everything secret is sealed under young, and knows where they stand. */
export interface KeyUpkeep {
  /**
   * Wraps every key under the newest root key, gives scopes whose key is older than `olderThanMs` a new one, seals their
   * values anew, and destroys what is needed no more, two minutes after it retired at the earliest. May be stopped and
   * called again at any time, by several processes: it goes on where it stopped.
   */
  keep(signal: AbortSignal, options?: { readonly olderThanMs?: number }): Promise<KeyUpkeepReport>
  status(): Promise<KeyStatus>
}

/** Creates the upkeep. */
export function createKeyUpkeep(deps: RotationDeps): KeyUpkeep {
  return {
    keep: (signal, { olderThanMs = sealingKeyMs } = {}) => keep(deps, signal, olderThanMs),
    async status() {
      const inUse = await rootKeysInUse(deps.directory)
      const versions = await deps.secrets.versions()
      let [scopes, retired] = [0, 0]
      for await (const { keys } of scopesOf(deps.directory)) {
        scopes += 1
        retired += keys - 1
      }
      return {
        newestRoot: versions.at(-1) ?? 0,
        roots: versions.map((version) => ({ version, keys: inUse.get(version) ?? 0 })),
        scopes,
        retired,
      }
    },
  }
}

async function keep(
  deps: RotationDeps,
  signal: AbortSignal,
  olderThanMs: number,
): Promise<KeyUpkeepReport> {
  const rotation = createRotation(deps)
  const wrapped = await rotation.rewrap(signal)
  const before = deps.clock.now().getTime() - olderThanMs
  const report = { renewed: 0, resealed: 0, destroyed: 0, failed: wrapped.failed }
  for await (const { tenantId, keys } of scopesOf(deps.directory)) {
    if (signal.aborted) break
    const isDue = await isOlder(deps, tenantId, before)
    if (isDue) {
      await rotation.renew(tenantId)
      report.renewed += 1
    }
    if (!isDue && keys === 1) continue
    const { changed, failed } = await rotation.reseal(tenantId, signal)
    report.resealed += changed
    report.failed += failed
    report.destroyed += (await rotation.destroyRetired(tenantId)).length
  }
  return { rewrapped: wrapped.changed, ...report }
}

async function isOlder({ work }: RotationDeps, id: TenantId, before: number): Promise<boolean> {
  const newest = (await work.run(id, ({ sealingKeys }) => sealingKeys.list())).at(-1)
  return newest !== undefined && newest.createdAt.getTime() <= before
}

const pageSize = 500

/** Every scope that has keys, with how many; the platform stands under its own id. */
async function* scopesOf(
  directory: SealingKeyDirectory,
): AsyncIterable<{ readonly tenantId: TenantId; readonly keys: number }> {
  let open: { readonly tenantId: TenantId; readonly keys: number } | undefined
  let after: Parameters<SealingKeyDirectory['wrappedOtherwise']>[1]
  for (;;) {
    // No root key has version 0, so this is all of them.
    const page = await directory.wrappedOtherwise(0, after, pageSize)
    for (const { tenantId } of page) {
      if (open !== undefined && open.tenantId !== tenantId) yield open
      open = { tenantId, keys: open?.tenantId === tenantId ? open.keys + 1 : 1 }
    }
    if (page.length < pageSize) break
    after = page.at(-1)
  }
  if (open !== undefined) yield open
}
