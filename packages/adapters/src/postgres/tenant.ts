import type { TenantId } from '@auronx/sdk'
import type { SqlStatement } from './sql.ts'

/** Where our objects live and under which role tenant statements run. */
export interface DatabaseNames {
  /** Schema of every table. Default `auronx`. */
  readonly schema: string
  /** Prefix of the roles. Default the schema's name. */
  readonly rolePrefix: string
  /**
   * `single-tenant`: for a host that cannot create roles. No role is taken, and the database refuses a second tenant.
   */
  readonly isolation: 'roles' | 'single-tenant'
}

/** The names used when nothing else is said. */
export const defaultNames: DatabaseNames = {
  schema: 'auronx',
  rolePrefix: 'auronx',
  isolation: 'roles',
}

/**
 * How our statements are planned. Each finds its rows one by one through a key that leads with the tenant, and its shape
 * never depends on the values: so a plan is made once a connection and kept. Without that, what is kept is a scan chosen
 * while a table was still small, and a statement over arrays is planned anew each time.
 */
const planning = [
  ['plan_cache_mode', 'force_generic_plan'],
  ['enable_seqscan', 'off'],
  ['enable_hashjoin', 'off'],
  ['enable_mergejoin', 'off'],
  ['jit', 'off'],
] as const
const planned = planning
  .map(([name, value]) => `set_config('${name}', '${value}', true)`)
  .join(', ')

/** Every setting that a prologue makes, which a host's transaction gets back afterwards. */
export const prologueSettings: readonly string[] = [
  'role',
  'search_path',
  'auronx.tenant_id',
  ...planning.map(([name]) => name),
]

/**
 * The first statement of every tenant transaction: takes the application role, finds our tables, names the tenant and
 * says how to plan. All of it lasts until the transaction ends.
 */
export function tenantPrologue(tenantId: TenantId, names: DatabaseNames): SqlStatement {
  if (names.isolation === 'single-tenant') {
    return {
      name: 'tenant_prologue_single',
      text: `select set_config('search_path', $1, true), set_config('auronx.tenant_id', $2, true), ${planned}`,
      values: [searchPath(names.schema), tenantId],
    }
  }
  return {
    name: 'tenant_prologue',
    text: `select set_config('role', $1, true), set_config('search_path', $2, true), set_config('auronx.tenant_id', $3, true), ${planned}`,
    values: [`${names.rolePrefix}_app`, searchPath(names.schema), tenantId],
  }
}

/** The first statement of a transaction over people and their proofs: takes the role that sees no tenant. */
export function identityPrologue(names: DatabaseNames): SqlStatement {
  if (names.isolation === 'single-tenant') {
    return {
      name: 'identity_prologue_single',
      text: `select set_config('search_path', $1, true)`,
      values: [searchPath(names.schema)],
    }
  }
  return {
    name: 'identity_prologue',
    text: `select set_config('role', $1, true), set_config('search_path', $2, true)`,
    values: [`${names.rolePrefix}_auth`, searchPath(names.schema)],
  }
}

/** The search path of our statements. Temporary tables come last, so that none can stand in for one of ours. */
export function searchPath(schema: string): string {
  return `${quoteIdentifier(schema)}, pg_temp`
}

/** An identifier in double quotes. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
