import { AuronxError } from '../kernel/index.ts'
import type { MemoryDatabase, TenantId } from '../kernel/index.ts'
import type { AccessDirectory, Invitation, Member, TeamStore } from './member.ts'

interface Row<Value> {
  readonly tenantId: TenantId
  readonly value: Value
}

/** Members and invitations of a tenant over an in-memory database. */
export function createMemoryTeamStore(database: MemoryDatabase, tenantId: TenantId): TeamStore {
  const members = database.table<Row<Member>>('members')
  const invitations = database.table<Row<Invitation>>('invitations')
  const own = (): readonly Member[] =>
    [...members.values()]
      .filter((row) => row.tenantId === tenantId)
      .map(({ value }) => value)
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const present = (): readonly Member[] => own().filter(({ status }) => status !== 'removed')
  return {
    member: async (id) => own().find((member) => member.id === id),
    memberOf: async (userId) => present().find((member) => member.userId === userId),
    members: async () => present(),
    lockOwners: async () =>
      own().filter(({ role, status }) => role === 'owner' && status === 'active'),
    async saveMember(member) {
      const current = own().find(({ id }) => id === member.id)
      if ((current?.version ?? 0) !== member.version - 1) {
        throw new AuronxError('version_conflict', 'The member was changed meanwhile')
      }
      const isTwice = present().some(
        ({ id, userId }) => id !== member.id && userId === member.userId,
      )
      if (isTwice && member.status !== 'removed') {
        throw new AuronxError('conflict', 'The user is a member already')
      }
      members.set(`${tenantId}/${member.id}`, { tenantId, value: member })
    },
    async invitations(query) {
      return [...invitations.values()]
        .filter((row) => row.tenantId === tenantId)
        .map(({ value }) => value)
        .filter((one) =>
          'tokenHash' in query
            ? one.tokenHash === query.tokenHash
            : one.status === 'pending' && (query.email ?? one.email) === one.email,
        )
        .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    },
    async saveInvitation(invitation) {
      invitations.set(`${tenantId}/${invitation.id}`, { tenantId, value: invitation })
    },
  }
}

/** Places of a user and tenants of tokens, over an in-memory database. */
export function createMemoryAccessDirectory(database: MemoryDatabase): AccessDirectory {
  const tenantOf = <Value>(
    table: string,
    isIt: (value: Value) => boolean,
  ): Promise<TenantId | undefined> =>
    Promise.resolve(
      [...database.table<Row<Value>>(table).values()].find(({ value }) => isIt(value))?.tenantId,
    )
  return {
    async membershipsOf(userId) {
      return [...database.table<Row<Member>>('members').values()]
        .filter(({ value }) => value.userId === userId && value.status === 'active')
        .map(({ tenantId, value }) => ({ tenantId, memberId: value.id, role: value.role }))
        .toSorted((a, b) => (a.memberId < b.memberId ? -1 : 1))
    },
    tenantOfInvitation: (hash) =>
      tenantOf<{ readonly tokenHash: string }>(
        'invitations',
        ({ tokenHash }) => tokenHash === hash,
      ),
    tenantOfRefreshToken: (hash) =>
      tenantOf<{ readonly hash: string }>('refresh_tokens', (token) => token.hash === hash),
    tenantOfApiKey: (id) => tenantOf<{ readonly id: string }>('api_keys', (key) => key.id === id),
  }
}
