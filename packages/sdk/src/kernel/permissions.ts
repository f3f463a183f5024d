/** Everything a member, an API key or a host can be allowed, as `resource:action`. Names are public and only added. */
export const permissions = [
  'conversation:read',
  'conversation:reply',
  'conversation:assign',
  'conversation:close',
  'contact:read',
  'contact:update',
  'contact:reveal_identifier',
  'order:read',
  'order:write',
  'quote:read',
  'quote:write',
  'ticket:read',
  'ticket:write',
  'appointment:read',
  'appointment:write',
  'catalog:read',
  'catalog:write',
  'template:write',
  'ai:write',
  'settings:read',
  'settings:write',
  'channel:read',
  'channel:write',
  'member:read',
  'member:invite',
  'member:change_role',
  'member:remove',
  'apikey:manage',
  'privacy:report',
  'privacy:request_create',
  'privacy:execute',
  'privacy:view_restricted',
  'export:bulk',
  'tenant:close',
  'audit:read',
  'audit:read_own',
] as const

/** One of {@link permissions}. */
export type Permission = (typeof permissions)[number]

/** Built-in roles of a tenant's members, strongest first; each one's permissions include the next one's. */
export const roles = ['owner', 'admin', 'agent', 'viewer'] as const

/** One of {@link roles}. */
export type Role = (typeof roles)[number]

const viewer: readonly Permission[] = [
  'conversation:read',
  'contact:read',
  'order:read',
  'quote:read',
  'ticket:read',
  'appointment:read',
  'catalog:read',
  'settings:read',
  'channel:read',
  'member:read',
  'privacy:report',
]

const agent: readonly Permission[] = [
  ...viewer,
  'conversation:reply',
  'conversation:assign',
  'conversation:close',
  'contact:update',
  'order:write',
  'quote:write',
  'ticket:write',
  'appointment:write',
  'privacy:request_create',
  'audit:read_own',
]

const admin: readonly Permission[] = [
  ...agent,
  'contact:reveal_identifier',
  'catalog:write',
  'template:write',
  'ai:write',
  'settings:write',
  'channel:write',
  'member:invite',
  'member:change_role',
  'member:remove',
  'apikey:manage',
  'privacy:execute',
  'audit:read',
]

/** What each role may do. */
export const rolePermissions: Readonly<Record<Role, readonly Permission[]>> = {
  owner: [...admin, 'privacy:view_restricted', 'export:bulk', 'tenant:close'],
  admin,
  agent,
  viewer,
}

/** What a member can be given beside the role, by a setting of the tenant. */
export const optionalPermissions: Readonly<Record<Role, readonly Permission[]>> = {
  owner: [],
  admin: [],
  agent: ['contact:reveal_identifier'],
  viewer: [],
}

/** What no API key ever has: keys neither mint keys nor rule over people, credentials or the tenant itself. */
export const neverForKeys: readonly Permission[] = [
  'channel:write',
  'member:invite',
  'member:change_role',
  'member:remove',
  'apikey:manage',
  'privacy:view_restricted',
  'tenant:close',
]

/** What a member may do only after signing in again within {@link recentSignInMs}. */
export const sensitivePermissions: readonly Permission[] = [
  'member:change_role',
  'apikey:manage',
  'export:bulk',
  'tenant:close',
]

/** How long a sign-in counts as recent: five minutes, in milliseconds. */
export const recentSignInMs = 5 * 60_000

/** What customers and the assistant that speaks for one may touch; the deciders narrow it to what is their own. */
export const contactPermissions: readonly Permission[] = [
  'conversation:read',
  'conversation:reply',
  'conversation:assign',
  'conversation:close',
  'contact:read',
  'order:read',
  'order:write',
  'quote:read',
  'quote:write',
  'ticket:read',
  'ticket:write',
  'appointment:read',
  'appointment:write',
  'catalog:read',
  'settings:read',
]

/** What the operator of the platform can be allowed; none of it shows a tenant's content. */
export const operatorPermissions = [
  'platform:list_tenants',
  'platform:suspend_tenant',
  'platform:health',
  'platform:audit_metadata',
  'platform:privacy_report',
  'platform:privacy_execute',
  'platform:close_tenant',
] as const

/** One of {@link operatorPermissions}. */
export type OperatorPermission = (typeof operatorPermissions)[number]

/** Roles of the platform's own people. */
export type OperatorRole = 'support' | 'privacy_officer'

const support: readonly OperatorPermission[] = [
  'platform:list_tenants',
  'platform:suspend_tenant',
  'platform:health',
  'platform:audit_metadata',
  'platform:privacy_report',
]

/** What each operator role may do. `platform:privacy_execute` and `platform:close_tenant` also need a second person. */
export const operatorRolePermissions: Readonly<
  Record<OperatorRole, readonly OperatorPermission[]>
> = {
  support,
  privacy_officer: [...support, 'platform:privacy_execute', 'platform:close_tenant'],
}
