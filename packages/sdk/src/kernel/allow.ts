import type { Actor } from './actor.ts'
import { AuronxError } from './errors.ts'
import type { Permission, Role } from './permissions.ts'
import {
  contactPermissions,
  permissions,
  recentSignInMs,
  rolePermissions,
  sensitivePermissions,
} from './permissions.ts'

/** What the rule reads of an actor. */
export type Asker = Pick<Actor, 'kind' | 'permissions' | 'authenticatedAt'>

/** Facts a decision can depend on. */
export interface AccessContext {
  /** Now; without it a sensitive permission is refused to members. */
  readonly now?: Date
}

/** Whether it is allowed. `reauthentication_required`: yes, after signing in again. */
export type AccessDecision =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'refused'; readonly reason: 'not_permitted' | 'reauthentication_required' }

/**
 * The one rule of who may do what. Members, keys and hosts may do what their `permissions` name; sensitive things only
 * shortly after a member's sign-in. Customers and the assistant may touch a fixed list, which deciders narrow to their
 * own. The system may do everything. Pure and total.
 */
export function decideAccess(
  actor: Asker,
  permission: Permission,
  context: AccessContext = {},
): AccessDecision {
  if (!grantedTo(actor).includes(permission)) return { kind: 'refused', reason: 'not_permitted' }
  if (actor.kind !== 'staff' || !sensitivePermissions.includes(permission))
    return { kind: 'allowed' }
  return isRecentSignIn(actor.authenticatedAt, context.now)
    ? { kind: 'allowed' }
    : { kind: 'refused', reason: 'reauthentication_required' }
}

/** Whether {@link decideAccess} allows it. */
export function isAllowed(
  actor: Asker,
  permission: Permission,
  context: AccessContext = {},
): boolean {
  return decideAccess(actor, permission, context).kind === 'allowed'
}

/** Throws `not_permitted` or `reauthentication_required` unless {@link decideAccess} allows it. */
export function assertAllowed(
  actor: Asker,
  permission: Permission,
  context: AccessContext = {},
): void {
  const decision = decideAccess(actor, permission, context)
  if (decision.kind === 'refused') {
    throw new AuronxError(decision.reason, `This needs the permission ${permission}`, {
      details: { permission },
    })
  }
}

/** Whether somebody with `held` may hand out `wanted`: nobody grants what they lack. */
export function mayGrant(held: readonly Permission[], wanted: readonly Permission[]): boolean {
  return wanted.every((permission) => held.includes(permission))
}

/** Whether somebody with `held` may make another one `role`. */
export function mayGrantRole(held: readonly Permission[], role: Role): boolean {
  return mayGrant(held, rolePermissions[role])
}

/** Whether a text names a permission. */
export function isPermission(text: string): text is Permission {
  return permissions.some((permission) => permission === text)
}

function grantedTo(actor: Asker): readonly Permission[] {
  switch (actor.kind) {
    case 'system':
      return permissions
    case 'customer':
    case 'ai':
      return contactPermissions
    case 'staff':
    case 'integration':
      return actor.permissions ?? []
  }
}

/** Whether a sign-in counts as recent; an unknown one does not. */
export function isRecentSignIn(at: Date | undefined, now: Date | undefined): boolean {
  if (at === undefined || now === undefined) return false
  const age = now.getTime() - at.getTime()
  return age >= 0 && age <= recentSignInMs
}
