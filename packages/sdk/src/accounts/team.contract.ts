import { isAuronxError } from '../kernel/index.ts'
import type { TenantId } from '../kernel/index.ts'
import type { ContractCase, StoreSubject } from '../testing/contract.ts'
import type { AccessDirectory, Invitation, Member, TeamStore } from './member.ts'

/** What the team contract is run against. */
export interface TeamSubject extends StoreSubject<{ readonly team: TeamStore }> {
  readonly access: AccessDirectory
}

/** Promises of {@link TeamStore} and of the directory's answers about people and invitations. */
export const teamContract: readonly ContractCase<TeamSubject>[] = [
  {
    name: 'keeps a member and replaces it only by its next version',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const member = memberOf(subject)
      await save(subject, tenantId, member)
      const next: Member = { ...member, role: 'agent', version: 2 }
      await save(subject, tenantId, next)
      await subject.work.run(tenantId, async ({ team }) => {
        assert.deepEqual(await team.member(member.id, { lock: true }), next)
        assert.deepEqual(await team.memberOf(member.userId), next)
        assert.deepEqual(await team.members(), [next])
      })
      await assert.rejects(save(subject, tenantId, next), (error) =>
        isAuronxError(error, 'version_conflict'),
      )
    },
  },
  {
    name: 'has a user once per tenant, and again after removal',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const member = memberOf(subject)
      const again = { ...memberOf(subject), userId: member.userId }
      await save(subject, tenantId, member)
      await assert.rejects(save(subject, tenantId, again), (error) =>
        isAuronxError(error, 'conflict'),
      )
      await save(subject, tenantId, { ...member, status: 'removed', version: 2 })
      await save(subject, tenantId, again)
      await subject.work.run(tenantId, async ({ team }) =>
        assert.deepEqual(await team.members(), [again]),
      )
    },
  },
  {
    name: 'locks exactly the active owners, in the order of their ids',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const owners = [memberOf(subject), memberOf(subject)]
      for (const member of [
        ...owners,
        memberOf(subject, { role: 'admin' }),
        memberOf(subject, { status: 'suspended' }),
      ])
        await save(subject, tenantId, member)
      await subject.work.run(tenantId, async ({ team }) =>
        assert.deepEqual(await team.lockOwners(), owners),
      )
    },
  },
  {
    name: 'finds invitations by token and the open ones by address',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const member = memberOf(subject)
      await save(subject, tenantId, member)
      const invitation = invitationOf(subject, member)
      await subject.work.run(tenantId, async ({ team }) => {
        await team.saveInvitation(invitation)
        assert.deepEqual(await team.invitations({ tokenHash: invitation.tokenHash }), [invitation])
        assert.deepEqual(await team.invitations({}), [invitation])
        assert.deepEqual(await team.invitations({ email: invitation.email }), [invitation])
        assert.deepEqual(await team.invitations({ email: 'other@example.test' }), [])
        await team.saveInvitation({ ...invitation, status: 'accepted' })
        assert.deepEqual(await team.invitations({}), [])
        const [used] = await team.invitations({ tokenHash: invitation.tokenHash })
        assert.equal(used?.status, 'accepted')
      })
      assert.equal(await subject.access.tenantOfInvitation(invitation.tokenHash), tenantId)
      assert.equal(await subject.access.tenantOfInvitation('unknown'), undefined)
    },
  },
  {
    name: 'tells the places of a user that are active, over all tenants',
    async run(subject, assert) {
      const [tenantId, other] = subject.tenants
      const here = memberOf(subject)
      const there = memberOf(subject, { userId: here.userId, role: 'viewer' })
      await save(subject, tenantId, here)
      await save(subject, other, there)
      assert.deepEqual(await subject.access.membershipsOf(here.userId), [
        { tenantId, memberId: here.id, role: 'owner' },
        { tenantId: other, memberId: there.id, role: 'viewer' },
      ])
      await save(subject, other, { ...there, status: 'suspended', version: 2 })
      assert.equal((await subject.access.membershipsOf(here.userId)).length, 1)
    },
  },
  {
    name: 'shows a tenant its own people and invitations only',
    async run(subject, assert) {
      const [tenantId, other] = subject.tenants
      const member = memberOf(subject)
      const invitation = invitationOf(subject, member)
      await save(subject, tenantId, member)
      await subject.work.run(tenantId, ({ team }) => team.saveInvitation(invitation))
      await subject.work.run(other, async ({ team }) => {
        assert.equal(await team.member(member.id), undefined)
        assert.equal(await team.memberOf(member.userId), undefined)
        assert.deepEqual(await team.members(), [])
        assert.deepEqual(await team.lockOwners(), [])
        assert.deepEqual(await team.invitations({ tokenHash: invitation.tokenHash }), [])
      })
    },
  },
]

/** A member of the contract's making. */
export function memberOf(
  { ids, clock }: Pick<TeamSubject, 'ids' | 'clock'>,
  change: Partial<Member> = {},
): Member {
  const at = clock.now()
  return {
    id: ids.next('MemberId'),
    userId: ids.next('UserId'),
    email: 'ann@example.test',
    name: 'Ann',
    role: 'owner',
    status: 'active',
    createdAt: at,
    updatedAt: at,
    version: 1,
    ...change,
  }
}

/** An open invitation of the contract's making. */
export function invitationOf(
  { ids, clock }: Pick<TeamSubject, 'ids' | 'clock'>,
  { id: invitedBy }: Pick<Member, 'id'>,
): Invitation {
  const at = clock.now()
  return {
    id: ids.next('MemberId'),
    email: 'ben@example.test',
    role: 'agent',
    tokenHash: 'b'.repeat(64),
    invitedBy,
    status: 'pending',
    createdAt: at,
    expiresAt: new Date(at.getTime() + 1_000),
  }
}

function save(subject: TeamSubject, tenantId: TenantId, member: Member): Promise<void> {
  return subject.work.run(tenantId, ({ team }) => team.saveMember(member))
}
