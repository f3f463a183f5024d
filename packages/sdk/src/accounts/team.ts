import { decideAccess } from '../kernel/index.ts'
import type {
  AccessDecision,
  Actor,
  Clock,
  EventStore,
  Ids,
  MemberId,
  Permission,
  Random,
  Role,
  UnitOfWork,
} from '../kernel/index.ts'
import { assertAllowed } from '../kernel/index.ts'
import type { Mailer } from '../notifications/index.ts'
import { mayHoldConversations, releaseConversations } from './assignments.ts'
import type { AssignmentStore } from './assignments.ts'
import { decideMember } from './decide-team.ts'
import type { MemberCommand } from './decide-team.ts'
import type { InviteOutcome } from './invite.ts'
import { invite, revokeInvitation } from './invite.ts'
import type { Invitation, Member, TeamStore } from './member.ts'
import { recordMember } from './record-member.ts'
import type { AccountStore } from './store.ts'

/** What ends together with a membership, as far as the team service reaches into it. */
export interface MemberEndings {
  /** Ends everything of a member; returns how many. */
  revokeOf(memberId: MemberId, at: Date, reason: string): Promise<number>
}

/** The stores the team service needs in a transaction. */
export interface TeamStores {
  readonly accounts: AccountStore
  readonly team: TeamStore
  readonly sessions: MemberEndings
  readonly apiKeys: MemberEndings
  readonly assignments: AssignmentStore
  readonly events: EventStore
}

/** What {@link createTeam} needs. */
export interface TeamDeps {
  readonly work: UnitOfWork<TeamStores>
  readonly mailer: Mailer
  readonly clock: Clock
  readonly ids: Ids
  readonly random: Random
  /** Address of the page that shows an invitation. */
  readonly invitationLink?: (token: string) => string
}

/** What changing a member did. `stronger`: the role, old or new, is above the one who asks. */
export type MemberOutcome =
  | { readonly kind: 'changed'; readonly member: Member }
  | {
      readonly kind: 'refused'
      readonly reason:
        | 'not_found'
        | 'not_permitted'
        | 'reauthentication_required'
        | 'stronger'
        | 'last_owner'
        | 'illegal_transition'
    }

/** An invitation as members see it, without its token. */
export type InvitationView = Omit<Invitation, 'tokenHash'>

/**
 * Who works here. Every change acts on the next request: permissions are read fresh, and who is suspended or removed
 * loses sessions and API keys in the same transaction; conversations of who cannot answer any more wait in the queue again.
 */
export interface Team {
  /** Everybody not removed. Throws `not_permitted` without `member:read`. */
  members(actor: Actor): Promise<readonly Member[]>
  /** Open invitations. Throws `not_permitted` without `member:read`. */
  invitations(actor: Actor): Promise<readonly InvitationView[]>
  /**
   * Invites an address; an open invitation of the address is replaced. Takes `member:invite`, and a role that the one
   * who asks could have. Throws `invalid_input` for what is no address.
   */
  invite(
    actor: Actor,
    request: { readonly email: string; readonly role: Role },
  ): Promise<InviteOutcome>
  /** Takes an open invitation back; returns false when there is none. Throws `not_permitted` without `member:invite`. */
  revokeInvitation(actor: Actor, id: string): Promise<boolean>
  /** Gives a member another role. Takes `member:change_role` and a recent sign-in. */
  changeRole(actor: Actor, id: MemberId, role: Role): Promise<MemberOutcome>
  /** Suspends, lets in again or removes a member, with `member:remove`; `leave` is for oneself. */
  act(
    actor: Actor,
    id: MemberId,
    command: 'suspend' | 'reactivate' | 'remove' | 'leave',
  ): Promise<MemberOutcome>
}

/** The team service. */
export function createTeam(deps: TeamDeps): Team {
  const { work } = deps
  return {
    async members(actor) {
      assertAllowed(actor, 'member:read')
      return work.run(actor.tenantId, ({ team }) => team.members())
    },
    async invitations(actor) {
      assertAllowed(actor, 'member:read')
      const open = await work.run(actor.tenantId, ({ team }) => team.invitations({}))
      return open.map(({ tokenHash: _hash, ...view }) => view)
    },
    invite: (actor, request) => invite(deps, actor, request),
    revokeInvitation: (actor, id) => revokeInvitation(deps, actor, id),
    changeRole: (actor, id, role) => change(deps, actor, id, { kind: 'change_role', role }),
    act: (actor, id, command) => change(deps, actor, id, { kind: command }),
  }
}

async function change(
  deps: TeamDeps,
  actor: Actor,
  id: MemberId,
  command: MemberCommand,
): Promise<MemberOutcome> {
  const isSelf = actor.kind === 'staff' && actor.id === id
  const access = mayTry(actor, command, isSelf, deps.clock.now())
  if (access.kind === 'refused') return access
  return deps.work.run(actor.tenantId, async (stores): Promise<MemberOutcome> => {
    const now = deps.clock.now()
    const owners = await stores.team.lockOwners()
    const member = await stores.team.member(id, { lock: true })
    if (member === undefined || member.status === 'removed')
      return { kind: 'refused', reason: 'not_found' }
    const held = actor.permissions ?? []
    const decision = decideMember(member, command, { held, isSelf, owners })
    if (decision.kind === 'refused') return decision
    const { change: changed } = decision
    const next = { ...member, ...changed, updatedAt: now, version: member.version + 1 }
    await stores.team.saveMember(next)
    if (next.status !== 'active') {
      await stores.sessions.revokeOf(id, now, `member_${next.status}`)
      await stores.apiKeys.revokeOf(id, now, `member_${next.status}`)
    }
    if (!mayHoldConversations(next)) await releaseConversations(deps, stores, actor, id)
    await recordMember(deps, stores.events, actor, next, `member.${verbs[command.kind]}`)
    return { kind: 'changed', member: next }
  })
}

const verbs: Readonly<Record<MemberCommand['kind'], string>> = {
  change_role: 'role_changed',
  suspend: 'suspended',
  reactivate: 'reactivated',
  remove: 'removed',
  leave: 'left',
}

function mayTry(actor: Actor, command: MemberCommand, isSelf: boolean, now: Date): AccessDecision {
  if (command.kind === 'leave' && isSelf) return { kind: 'allowed' }
  const needed: Permission = command.kind === 'change_role' ? 'member:change_role' : 'member:remove'
  return decideAccess(actor, needed, { now })
}
