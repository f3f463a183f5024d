import type { TenantId } from '../kernel/index.ts'
import type { SealContext } from './sealer.ts'
import type { WrappedKey } from './root-keys.ts'

/** A scope's own key as stored: only ever wrapped. */
export interface SealingKey {
  /** From 1; the newest seals. */
  readonly version: number
  readonly wrapped: WrappedKey
  readonly createdAt: Date
  /** Since when it only opens. */
  readonly retiredAt?: Date
}

/** The keys of one scope, inside of its transaction. */
export interface SealingKeyStore {
  /** Every version, ascending. */
  list(): Promise<readonly SealingKey[]>
  get(version: number): Promise<SealingKey | undefined>
  /** Adds a version, and retires the one before at the same time. Returns false when somebody else added it first. */
  add(key: SealingKey): Promise<boolean>
  /** Replaces the wrapping of a version when it is still `before`; returns whether it was. */
  rewrap(version: number, before: Uint8Array, after: WrappedKey): Promise<boolean>
  /**
   * Deletes a retired version. Returns false when it is not there or not retired; throws `storage_constraint` while a
   * stored value is sealed under it.
   */
  destroy(version: number): Promise<boolean>
}

/** A version of a scope's key. */
export interface SealingKeyRef {
  /** The nil UUID for the platform. */
  readonly tenantId: TenantId
  readonly version: number
}

/** Questions about the keys of all scopes; answers carry ids and versions only. */
export interface SealingKeyDirectory {
  /** Keys wrapped under another than this version of the root key, in their order after `after`. */
  wrappedOtherwise(
    rootVersion: number,
    after: SealingKeyRef | undefined,
    limit: number,
  ): Promise<readonly SealingKeyRef[]>
  /** How many keys are wrapped under each version of the root key. */
  rootVersions(): Promise<readonly { readonly rootVersion: number; readonly keys: number }[]>
}

/** One stored sealed value. */
export interface SealedValue {
  readonly context: SealContext
  readonly sealed: Uint8Array
}

/** A column of sealed values, which lets them move to a newer key. The slice that owns the table offers it. */
export interface SealedColumn {
  /** Values of this scope under an older version than `version`, by row id, from the one after `afterRowId`. */
  sealedBefore(
    version: number,
    afterRowId: string | undefined,
    limit: number,
  ): Promise<readonly SealedValue[]>
  /** Puts new bytes in the place of exactly these; returns false when they were changed meanwhile. */
  reseal(value: SealedValue, sealed: Uint8Array): Promise<boolean>
}
