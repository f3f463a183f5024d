import type { Clock, Random, TenantId, UnitOfWork } from '../kernel/index.ts'
import type { AesKey } from './aes-gcm.ts'
import { importAesKey, keyLength } from './aes-gcm.ts'
import { sealBroken } from './envelope.ts'
import type { Secrets } from './root-keys.ts'
import { keyPlaceOf } from './scope.ts'
import type { SealingKey, SealingKeyStore } from './store.ts'

/** Longest time that an unwrapped key stays in memory, in milliseconds. */
export const keyCacheMs = 60_000

/** What sealing needs. */
export interface KeyDeps {
  readonly secrets: Secrets
  readonly work: UnitOfWork<{ readonly sealingKeys: SealingKeyStore }>
  readonly clock: Clock
  readonly random: Random
}

/** A key ready for use. */
export interface OpenKey {
  readonly version: number
  readonly aes: AesKey
}

/** The unwrapped keys of all scopes, each kept for at most {@link keyCacheMs}. */
export interface Keyring {
  /** The newest key of a scope, made when there is none. */
  newest(tenantId: TenantId): Promise<OpenKey>
  /** A key of a scope. Throws `seal_broken` when there is no such version or it does not unwrap. */
  version(tenantId: TenantId, version: number): Promise<OpenKey>
  /** Makes the next version of a scope's key, which seals from then on. */
  renew(tenantId: TenantId): Promise<OpenKey>
}

const mostCached = 10_000

/** Creates an empty keyring. */
export function createKeyring(deps: KeyDeps): Keyring {
  const { secrets, work, clock, random } = deps
  const cache = new Map<string, { readonly key: OpenKey; readonly untilMs: number }>()

  const load = async (tenantId: TenantId, stored: SealingKey): Promise<OpenKey> => {
    const bytes = await secrets.unwrap(stored.wrapped, keyPlaceOf(tenantId, stored.version))
    if (bytes.length !== keyLength) throw sealBroken()
    return { version: stored.version, aes: await importAesKey(bytes) }
  }
  const cached = async (name: string, find: () => Promise<OpenKey>): Promise<OpenKey> => {
    const nowMs = clock.now().getTime()
    const known = cache.get(name)
    if (known !== undefined && known.untilMs > nowMs) return known.key
    const key = await find()
    if (cache.size >= mostCached) cache.clear()
    cache.set(name, { key, untilMs: nowMs + keyCacheMs })
    return key
  }
  const list = (tenantId: TenantId): Promise<readonly SealingKey[]> =>
    work.run(tenantId, ({ sealingKeys }) => sealingKeys.list())

  const add = async (tenantId: TenantId, version: number): Promise<SealingKey> => {
    const wrapped = await secrets.wrap(random.bytes(keyLength), keyPlaceOf(tenantId, version))
    const key = { version, wrapped, createdAt: clock.now() }
    await work.run(tenantId, ({ sealingKeys }) => sealingKeys.add(key))
    const newest = (await list(tenantId)).at(-1)
    return newest ?? key
  }

  return {
    newest: (tenantId) =>
      cached(tenantId, async () => {
        const stored = (await list(tenantId)).at(-1) ?? (await add(tenantId, 1))
        return load(tenantId, stored)
      }),
    version: (tenantId, version) =>
      cached(`${tenantId}:${version}`, async () => {
        const stored = await work.run(tenantId, ({ sealingKeys }) => sealingKeys.get(version))
        if (stored === undefined) throw sealBroken()
        return load(tenantId, stored)
      }),
    async renew(tenantId) {
      const newest = (await list(tenantId)).at(-1)?.version ?? 0
      const key = await load(tenantId, await add(tenantId, newest + 1))
      cache.set(tenantId, { key, untilMs: clock.now().getTime() + keyCacheMs })
      return key
    },
  }
}
