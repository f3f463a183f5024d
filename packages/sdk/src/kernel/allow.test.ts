import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hostActor, staffActor, systemActor, withoutGrants } from './actor.ts'
import type { Actor } from './actor.ts'
import { decideAccess, isAllowed, mayGrant, mayGrantRole } from './allow.ts'
import { asId } from './brand.ts'
import type { Permission, Role } from './permissions.ts'
import {
  contactPermissions,
  neverForKeys,
  operatorPermissions,
  permissions,
  recentSignInMs,
  rolePermissions,
  roles,
  sensitivePermissions,
} from './permissions.ts'

const tenantId = asId('TenantId', 't')
const now = new Date('2026-03-02T09:00:00Z')

// The table as the policy of roles reads, in the order owner, admin, agent, viewer.
const table: Readonly<Record<string, string>> = {
  'conversation:read': 'yyyy',
  'conversation:reply': 'yyy-',
  'conversation:assign': 'yyy-',
  'conversation:close': 'yyy-',
  'contact:read': 'yyyy',
  'contact:update': 'yyy-',
  'contact:reveal_identifier': 'yy--',
  'order:read': 'yyyy',
  'order:write': 'yyy-',
  'quote:read': 'yyyy',
  'quote:write': 'yyy-',
  'ticket:read': 'yyyy',
  'ticket:write': 'yyy-',
  'appointment:read': 'yyyy',
  'appointment:write': 'yyy-',
  'catalog:read': 'yyyy',
  'catalog:write': 'yy--',
  'template:write': 'yy--',
  'ai:write': 'yy--',
  'settings:read': 'yyyy',
  'settings:write': 'yy--',
  'channel:read': 'yyyy',
  'channel:write': 'yy--',
  'member:read': 'yyyy',
  'member:invite': 'yy--',
  'member:change_role': 'yy--',
  'member:remove': 'yy--',
  'apikey:manage': 'yy--',
  'privacy:report': 'yyyy',
  'privacy:request_create': 'yyy-',
  'privacy:execute': 'yy--',
  'privacy:view_restricted': 'y---',
  'export:bulk': 'y---',
  'tenant:close': 'y---',
  'audit:read': 'yy--',
  'audit:read_own': 'yyy-',
}

describe('permissions', () => {
  test('are given to roles exactly as the table says', () => {
    const read = permissions.map((permission) => [
      permission,
      roles.map((role) => (rolePermissions[role].includes(permission) ? 'y' : '-')).join(''),
    ])
    expect(Object.fromEntries(read)).toEqual(table)
  })

  test('of a stronger role include those of a weaker one', () => {
    for (const [index, role] of roles.entries())
      for (const weaker of roles.slice(index))
        expect(mayGrantRole(rolePermissions[role], weaker)).toBe(true)
    for (const [index, role] of roles.entries())
      for (const stronger of roles.slice(0, index))
        expect(mayGrantRole(rolePermissions[role], stronger)).toBe(false)
  })

  test('of operators show nothing of a tenant, and those of contacts rule over nothing', () => {
    expect(operatorPermissions.every((one) => one.startsWith('platform:'))).toBe(true)
    expect(contactPermissions.filter((one) => neverForKeys.includes(one))).toEqual([])
  })
})

describe('the rule', () => {
  const anyRole = fc.constantFrom<Role>(...roles)
  const anyPermission = fc.constantFrom<Permission>(...permissions)

  test('allows staff and keys what their permissions name and nothing without them', () => {
    for (const kind of ['staff', 'integration'] as const) {
      const bare: Actor = { tenantId, kind, id: 'x', via: 'api' }
      expect(permissions.filter((permission) => isAllowed(bare, permission, { now }))).toEqual([])
    }
    fc.assert(
      fc.property(anyRole, anyPermission, (role, permission) => {
        const actor = staffActor(tenantId, { id: 'ann', role, authenticatedAt: now })
        expect(isAllowed(actor, permission, { now })).toBe(
          rolePermissions[role].includes(permission),
        )
      }),
    )
  })

  test('wants a sign-in of the last five minutes for sensitive things, of people only', () => {
    const at = (ageMs: number | undefined) =>
      staffActor(tenantId, {
        id: 'ann',
        role: 'owner',
        ...(ageMs === undefined ? {} : { authenticatedAt: new Date(now.getTime() - ageMs) }),
      })
    for (const permission of sensitivePermissions) {
      expect(decideAccess(at(recentSignInMs), permission, { now }).kind).toBe('allowed')
      for (const age of [recentSignInMs + 1, -1, undefined])
        expect(decideAccess(at(age), permission, { now })).toEqual({
          kind: 'refused',
          reason: 'reauthentication_required',
        })
      expect(isAllowed(at(0), permission)).toBe(false)
      expect(isAllowed(hostActor(tenantId), permission)).toBe(true)
    }
  })

  test('lets customers and the assistant touch a fixed list, and the system everything', () => {
    for (const kind of ['customer', 'ai'] as const) {
      const actor: Actor = { tenantId, kind, id: 'x', via: 'whatsapp', permissions }
      const allowed = permissions.filter((permission) => isAllowed(actor, permission, { now }))
      expect(allowed.toSorted()).toEqual(contactPermissions.toSorted())
    }
    expect(permissions.every((one) => isAllowed(systemActor(tenantId), one))).toBe(true)
  })

  test('lets nobody grant what they lack', () => {
    fc.assert(
      fc.property(fc.subarray([...permissions]), fc.subarray([...permissions]), (held, wanted) => {
        expect(mayGrant(held, wanted)).toBe(wanted.every((one) => held.includes(one)))
      }),
    )
  })

  test('is not stored with what was done', () => {
    const actor = staffActor(tenantId, { id: 'ann', role: 'owner', authenticatedAt: now })
    expect(withoutGrants(actor)).toEqual({ tenantId, kind: 'staff', id: 'ann', via: 'host' })
  })
})
