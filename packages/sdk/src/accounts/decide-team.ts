import { mayGrantRole } from '../kernel/index.ts'
import type { Permission, Role } from '../kernel/index.ts'
import type { Invitation, Member } from './member.ts'

/** What can be done with a member. */
export type MemberCommand =
  | { readonly kind: 'change_role'; readonly role: Role }
  | { readonly kind: 'suspend' | 'reactivate' | 'remove' | 'leave' }

/** Facts a decision about a member needs. */
export interface TeamFacts {
  /** What the one who asks may do; it is irrelevant for leaving. */
  readonly held: readonly Permission[]
  /** Whether the one who asks is the member itself. */
  readonly isSelf: boolean
  /** The tenant's active owners, locked. */
  readonly owners: readonly Pick<Member, 'id'>[]
}

/** Why not. `stronger`: the role, old or new, is above the one who asks. `last_owner`: the tenant would lose its last. */
export type MemberDecision =
  | { readonly kind: 'allowed'; readonly change: Pick<Member, 'role' | 'status'> }
  | {
      readonly kind: 'refused'
      readonly reason: 'stronger' | 'last_owner' | 'illegal_transition'
    }

/**
 * Whether a member may change like this. Nobody touches somebody stronger, nobody grants what they lack, and a tenant
 * keeps an active owner. Pure and total.
 */
export function decideMember(
  member: Member,
  command: MemberCommand,
  facts: TeamFacts,
): MemberDecision {
  const change = outcomeOf(member, command)
  if (change === undefined) return { kind: 'refused', reason: 'illegal_transition' }
  if (command.kind === 'leave' ? !facts.isSelf : !isWithinReach(member, change.role, facts.held)) {
    return { kind: 'refused', reason: 'stronger' }
  }
  const wasOwner = member.role === 'owner' && member.status === 'active'
  const staysOwner = change.role === 'owner' && change.status === 'active'
  const others = facts.owners.filter(({ id }) => id !== member.id)
  if (wasOwner && !staysOwner && others.length === 0)
    return { kind: 'refused', reason: 'last_owner' }
  return { kind: 'allowed', change }
}

/** Why an invitation cannot be accepted; nothing when it can. Pure. */
export function whyNotAccept(
  invitation: Invitation | undefined,
  facts: {
    readonly email: string
    readonly now: Date
    /** What the inviter may do now; empty when it is gone. */
    readonly inviterHolds: readonly Permission[]
  },
): 'unknown' | 'expired' | 'other_address' | 'void' | undefined {
  if (invitation === undefined) return 'unknown'
  if (invitation.status !== 'pending') return 'void'
  if (facts.now >= invitation.expiresAt) return 'expired'
  if (invitation.email !== facts.email) return 'other_address'
  return mayInvite(facts.inviterHolds, invitation.role) ? undefined : 'void'
}

/** Whether somebody may invite to a role. */
export function mayInvite(held: readonly Permission[], role: Role): boolean {
  return held.includes('member:invite') && mayGrantRole(held, role)
}

function isWithinReach(member: Member, role: Role, held: readonly Permission[]): boolean {
  return mayGrantRole(held, member.role) && mayGrantRole(held, role)
}

function outcomeOf(
  { role, status }: Member,
  command: MemberCommand,
): Pick<Member, 'role' | 'status'> | undefined {
  if (status === 'removed') return undefined
  switch (command.kind) {
    case 'change_role':
      // The same role again would be a change to whoever counts from the last one.
      return command.role === role ? undefined : { role: command.role, status }
    case 'suspend':
      return status === 'active' ? { role, status: 'suspended' } : undefined
    case 'reactivate':
      return status === 'suspended' ? { role, status: 'active' } : undefined
    case 'remove':
    case 'leave':
      return { role, status: 'removed' }
  }
}
