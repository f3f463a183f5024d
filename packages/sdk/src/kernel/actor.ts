import type { TenantId } from './brand.ts'
import type { Permission, Role } from './permissions.ts'
import { rolePermissions } from './permissions.ts'

/** Through which door a command came. */
export type ActorVia = 'whatsapp' | 'dashboard' | 'api' | 'job' | 'host'

/** Conversations that a member is limited to. */
export type Reach = 'assigned' | 'queue'

/** What caused a command; mandatory for a customer's commitment. */
export interface Evidence {
  /** What kind of thing `id` names. */
  readonly kind: 'message' | 'action_token' | 'request' | 'verbal'
  /** Id of that thing; never a provider message id, which embeds a phone number. */
  readonly id: string
}

/**
 * Who acts, and on whose behalf. Every service takes one; the tenant it names is the only tenant the call can see.
 *
 * `customer`: the contact itself. `ai`: the assistant, on behalf of a contact. `staff`: a member of the tenant.
 * `system`: our own jobs. `integration`: an API key or the embedding host.
 */
export interface Actor {
  readonly tenantId: TenantId
  readonly kind: 'customer' | 'ai' | 'staff' | 'system' | 'integration'
  /** Id of the contact, member, key or job; `'system'` for our own jobs. */
  readonly id: string
  /** The contact an `ai` actor speaks for. */
  readonly onBehalfOf?: string
  readonly via: ActorVia
  readonly evidence?: Evidence
  /**
   * What a `staff` or `integration` actor may do, read fresh for this call. Without it: nothing. Not stored with events.
   */
  readonly permissions?: readonly Permission[]
  /**
   * Which conversations a `staff` or `integration` actor reaches. `assigned`: its own; `queue`: its own and those that wait for anybody.
   * Absent: all. Not stored with events.
   */
  readonly reach?: Reach
  /** When a `staff` actor last proved who it is; sensitive commands want it recent. Not stored with events. */
  readonly authenticatedAt?: Date
}

/** Our own jobs and the pipeline, for one tenant. */
export function systemActor(tenantId: TenantId, via: ActorVia = 'job'): Actor {
  return { tenantId, kind: 'system', id: 'system', via }
}

/** A member with the permissions of a role; for hosts that keep their own users. `id` is the host's id of the person. */
export function staffActor(
  tenantId: TenantId,
  member: {
    readonly id: string
    readonly role: Role
    /** Default `host`. */
    readonly via?: ActorVia
    readonly authenticatedAt?: Date
  },
): Actor {
  const { id, role, via = 'host', authenticatedAt } = member
  const signedIn = authenticatedAt === undefined ? {} : { authenticatedAt }
  return { tenantId, kind: 'staff', id, via, permissions: rolePermissions[role], ...signedIn }
}

/** The embedding host's own code, which may do what an owner may. */
export function hostActor(tenantId: TenantId, id = 'host'): Actor {
  return { tenantId, kind: 'integration', id, via: 'host', permissions: rolePermissions.owner }
}

/** The actor as it is kept with events: who it was, without what it was allowed at that time. */
export function withoutGrants(actor: Actor): Actor {
  const { permissions: _permissions, authenticatedAt: _at, reach: _reach, ...who } = actor
  return who
}
