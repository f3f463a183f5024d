import { asId } from '../kernel/index.ts'
import type { TenantId } from '../kernel/index.ts'
import type { SealContext, SealScope } from './sealer.ts'
import type { Place } from './envelope.ts'

/** Under which tenant the platform's own sealed rows stand: the nil UUID, which no tenant has. RFC 9562 §5.9 */
export const platformTenant: TenantId = asId('TenantId', '00000000-0000-0000-0000-000000000000')

/** The tenant whose transactions see a scope's rows. */
export function tenantOf(scope: SealScope): TenantId {
  return scope === 'platform' ? platformTenant : scope
}

/** The place of a value; the version of its key stands in the envelope's header. */
export function placeOf({ tenantId, table, column, rowId }: SealContext): Place {
  return ['value', tenantOf(tenantId), table, column, rowId]
}

/** The place of a scope's own key. */
export function keyPlaceOf(tenantId: TenantId, version: number): Place {
  return ['key', tenantId, 'sealing_keys', 'wrapped', String(version)]
}
