import type { TenantId } from '../kernel/index.ts'

/** Whose key seals a value: a tenant's own, or the platform's for what belongs to no tenant (signing keys). */
export type SealScope = TenantId | 'platform'

/**
 * Where a sealed value stands. It is authenticated with the value, so that bytes that were moved to another tenant,
 * table, column or row do not open.
 */
export interface SealContext {
  readonly tenantId: SealScope
  /** Name of the table, as in the migration. */
  readonly table: string
  /** Name of the column. */
  readonly column: string
  /** Key of the row within its tenant; it must not change while the value stands there. */
  readonly rowId: string
}

/**
 * Encrypts values at rest. Call it outside of transactions: a key may have to be read, made or fetched over the network.
 */
export interface Sealer {
  /** Sealed bytes for one column of one row; the same value seals differently each time. Makes the scope's first key. */
  seal(context: SealContext, bytes: Uint8Array): Promise<Uint8Array>
  /**
   * The value of sealed bytes. Throws `seal_broken` when they were changed, cut, moved, or sealed under a key that is
   * unknown or destroyed; it never says which.
   */
  open(context: SealContext, sealed: Uint8Array): Promise<Uint8Array>
}
