import type { TenantId } from '@auronx/sdk'
import type { SqlStatement } from './sql.ts'

/** Where our objects live and under which role tenant statements run. */
export interface DatabaseNames {
  /** Schema of every table. Default `auronx`. */
  readonly schema: string
  /** Prefix of the roles. Default the schema's name. */
  readonly rolePrefix: string
  /** `single-tenant`: no roles exist and no role is taken; row-level security still applies to a non-owner. */
  readonly isolation: 'roles' | 'single-tenant'
}

/** The names used when nothing else is said. */
export const defaultNames: DatabaseNames = { schema: 'auronx', rolePrefix: 'auronx', isolation: 'roles' }

/**
 * The first statement of every tenant transaction: takes the application role, finds our tables, names the tenant. All
 * three last until the transaction ends.
 */
export function tenantPrologue(tenantId: TenantId, names: DatabaseNames): SqlStatement {
  if (names.isolation === 'single-tenant') {
    return {
      name: 'tenant_prologue_single',
      text: `select set_config('search_path', $1, true), set_config('auronx.tenant_id', $2, true)`,
      values: [quoteIdentifier(names.schema), tenantId],
    }
  }
  return {
    name: 'tenant_prologue',
    text: `select set_config('role', $1, true), set_config('search_path', $2, true), set_config('auronx.tenant_id', $3, true)`,
    values: [`${names.rolePrefix}_app`, quoteIdentifier(names.schema), tenantId],
  }
}

/** An identifier in double quotes. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
