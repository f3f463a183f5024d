import type { MemberId, Permission, Reach, Role, TenantId, UserId } from '../kernel/index.ts'
import { optionalPermissions, rolePermissions } from '../kernel/index.ts'

/** One person's place in a tenant. Name and e-mail are copies, so that a tenant sees its own people and nobody else's. */
export interface Member {
  readonly id: MemberId
  readonly userId: UserId
  readonly email: string
  readonly name: string
  readonly role: Role
  /** `removed` is final; the person can be invited again and gets a new membership. */
  readonly status: 'active' | 'suspended' | 'removed'
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly version: number
}

/** An open question whether a person joins. The token exists in the mail only. */
export interface Invitation {
  readonly id: string
  /** Lower-cased. */
  readonly email: string
  readonly role: Role
  /** SHA-256 of the token, hex. */
  readonly tokenHash: string
  readonly invitedBy: MemberId
  /** Expired is what is pending and past `expiresAt`. */
  readonly status: 'pending' | 'accepted' | 'revoked'
  readonly createdAt: Date
  readonly expiresAt: Date
}

/** Members and invitations of a tenant, inside a transaction. */
export interface TeamStore {
  /** With `lock`, held until the transaction ends. */
  member(id: MemberId, options?: { readonly lock?: boolean }): Promise<Member | undefined>
  /** The membership of a user that is not removed. */
  memberOf(userId: UserId): Promise<Member | undefined>
  /** Everybody not removed, in the order they joined. */
  members(): Promise<readonly Member[]>
  /** The active owners, locked in the order of their ids, so that two who leave wait for each other. */
  lockOwners(): Promise<readonly Member[]>
  /** Creates or replaces; `version` must follow the stored one. Throws `version_conflict`, `conflict` when the user is a member already. */
  saveMember(member: Member): Promise<void>
  /** Invitations by token, locked; or the pending ones: all, or those of an e-mail, locked. */
  invitations(
    query: { readonly tokenHash: string } | { readonly email?: string },
  ): Promise<readonly Invitation[]>
  /** Creates or replaces. */
  saveInvitation(invitation: Invitation): Promise<void>
}

/** One of a user's places. */
export interface Membership {
  readonly tenantId: TenantId
  readonly memberId: MemberId
  readonly role: Role
}

/** Questions asked before a tenant is known; answered across tenants with ids only. */
export interface AccessDirectory {
  /** Active memberships of a user. */
  membershipsOf(userId: UserId): Promise<readonly Membership[]>
  /** The tenant of an invitation. */
  tenantOfInvitation(tokenHash: string): Promise<TenantId | undefined>
  /** The tenant of a refresh token. */
  tenantOfRefreshToken(tokenHash: string): Promise<TenantId | undefined>
  /** The tenant of an API key. */
  tenantOfApiKey(keyId: string): Promise<TenantId | undefined>
}

/** Switches of a tenant that give a role more or less. */
export interface AccessSettings {
  /** Whether agents see full phone numbers. Default `false`. */
  readonly agentsRevealIdentifiers?: boolean
  /** Which conversations agents reach. Default `all`. */
  readonly agentsReach?: 'all' | Reach
}

/** What a role may do in a tenant with these settings. */
export function permissionsOf(role: Role, settings: AccessSettings): readonly Permission[] {
  return settings.agentsRevealIdentifiers === true
    ? [...rolePermissions[role], ...optionalPermissions[role]]
    : rolePermissions[role]
}

/** Which conversations a role is limited to in a tenant with these settings; nothing for all of them. */
export function reachOf(role: Role, { agentsReach = 'all' }: AccessSettings): Reach | undefined {
  return role === 'agent' && agentsReach !== 'all' ? agentsReach : undefined
}
