import type { AccessDirectory, Member, TeamStore } from '../accounts/index.ts'
import { memberOf } from '../accounts/team.contract.ts'
import { isAuronxError } from '../kernel/index.ts'
import type { TenantId } from '../kernel/index.ts'
import type { ContractCase, StoreSubject } from '../testing/contract.ts'
import type { ApiKey, ApiKeyStore, RefreshToken, Session, SessionStore } from './store.ts'

/** What the contract of sessions and keys is run against. */
export interface SessionSubject extends StoreSubject<{
  readonly team: TeamStore
  readonly sessions: SessionStore
  readonly apiKeys: ApiKeyStore
}> {
  readonly access: AccessDirectory
}

/** Promises of {@link SessionStore} and {@link ApiKeyStore}. */
export const sessionContract: readonly ContractCase<SessionSubject>[] = [
  {
    name: 'keeps a session and its refresh tokens, and knows their tenant',
    async run(subject, assert) {
      const [tenantId, other] = subject.tenants
      const session = sessionOf(subject, await join(subject, tenantId))
      const token = refreshOf(subject, session)
      await subject.work.run(tenantId, async ({ sessions }) => {
        await sessions.save(session)
        await sessions.saveRefresh(token)
        assert.deepEqual(await sessions.get(session.id, { lock: true }), session)
        assert.deepEqual(await sessions.lockRefresh(token.hash), { token, session })
        const used = { ...token, usedAt: subject.clock.now() }
        await sessions.saveRefresh(used)
        assert.deepEqual((await sessions.lockRefresh(token.hash))?.token, used)
        assert.equal(await sessions.lockRefresh('unknown'), undefined)
      })
      assert.equal(await subject.access.tenantOfRefreshToken(token.hash), tenantId)
      assert.equal(await subject.access.tenantOfRefreshToken('unknown'), undefined)
      await subject.work.run(other, async ({ sessions }) => {
        assert.equal(await sessions.get(session.id), undefined)
        assert.equal(await sessions.lockRefresh(token.hash), undefined)
      })
    },
  },
  {
    name: 'lists live sessions newest first, and revokes those of one member with a new version',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const [ann, ben] = [await join(subject, tenantId), await join(subject, tenantId)]
      const first = sessionOf(subject, ann)
      const second = { ...sessionOf(subject, ann), device: 'Firefox' }
      const foreign = sessionOf(subject, ben)
      const at = subject.clock.now()
      await subject.work.run(tenantId, async ({ sessions }) => {
        for (const one of [first, second, foreign]) await sessions.save(one)
        assert.deepEqual(await sessions.live(ann.userId, at), [second, first])
        assert.deepEqual(await sessions.live(ann.userId, first.idleExpiresAt), [])
        assert.equal(await sessions.revokeOf(ann.id, at, 'test'), 2)
        assert.equal(await sessions.revokeOf(ann.id, at, 'test'), 0)
        const revoked = { ...first, revokedAt: at, revokedReason: 'test', version: 2 }
        assert.deepEqual(await sessions.get(first.id), revoked)
        assert.deepEqual(await sessions.live(ben.userId, at), [foreign])
      })
    },
  },
  {
    name: 'keeps API keys, notes their use and revokes those of one member',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const ann = await join(subject, tenantId)
      const key = keyOf(subject, ann, 'aaaaaaaaaaaa')
      const at = subject.clock.now()
      await subject.work.run(tenantId, async ({ apiKeys }) => {
        await apiKeys.save(key)
        const rotated = { ...key, previous: { secretHash: 'old', until: key.expiresAt } }
        await apiKeys.save(rotated)
        assert.deepEqual(await apiKeys.get(key.id, { lock: true }), rotated)
        await apiKeys.touch(key.id, at)
        assert.deepEqual(await apiKeys.list(), [{ ...rotated, lastUsedAt: at }])
        assert.equal(await apiKeys.revokeOf(ann.id, at), 1)
        assert.equal(await apiKeys.revokeOf(ann.id, at), 0)
        assert.deepEqual((await apiKeys.get(key.id))?.revokedAt, at)
      })
      assert.equal(await subject.access.tenantOfApiKey(key.id), tenantId)
      assert.equal(await subject.access.tenantOfApiKey('bbbbbbbbbbbb'), undefined)
    },
  },
  {
    name: 'keeps a key of one tenant from another, id and all',
    async run(subject, assert) {
      const [tenantId, other] = subject.tenants
      const key = keyOf(subject, await join(subject, tenantId), 'aaaaaaaaaaaa')
      await subject.work.run(tenantId, ({ apiKeys }) => apiKeys.save(key))
      const theirs = keyOf(subject, await join(subject, other), key.id)
      await assert.rejects(
        subject.work.run(other, ({ apiKeys }) => apiKeys.save(theirs)),
        (error) => isAuronxError(error, 'conflict'),
      )
      await subject.work.run(other, async ({ apiKeys }) => {
        assert.equal(await apiKeys.get(key.id), undefined)
        assert.deepEqual(await apiKeys.list(), [])
      })
    },
  },
]

/** A session of the contract's making. */
export function sessionOf(
  { ids, clock }: Pick<SessionSubject, 'ids' | 'clock'>,
  { id: memberId, userId }: Pick<Member, 'id' | 'userId'>,
): Session {
  const at = clock.now()
  return {
    id: ids.next('SessionId'),
    userId,
    memberId,
    methods: ['otp', 'hwk'],
    authenticatedAt: at,
    createdAt: at,
    idleExpiresAt: new Date(at.getTime() + 1_000),
    expiresAt: new Date(at.getTime() + 2_000),
    version: 1,
  }
}

/** A refresh token of the contract's making. */
export function refreshOf(
  { clock }: Pick<SessionSubject, 'clock'>,
  { id: sessionId }: Pick<Session, 'id'>,
): RefreshToken {
  return {
    hash: 'a'.repeat(64),
    sessionId,
    createdAt: clock.now(),
    successorSalt: 'c'.repeat(64),
  }
}

/** An API key of the contract's making. */
export function keyOf(
  { clock }: Pick<SessionSubject, 'clock'>,
  { id: createdBy }: Pick<Member, 'id'>,
  id: string,
): ApiKey {
  const at = clock.now()
  return {
    id,
    name: 'Till',
    scopes: ['order:read', 'order:write'],
    secretHash: 'd'.repeat(64),
    createdBy,
    createdAt: at,
    expiresAt: new Date(at.getTime() + 1_000),
  }
}

async function join(subject: SessionSubject, tenantId: TenantId): Promise<Member> {
  const member = memberOf(subject)
  await subject.work.run(tenantId, ({ team }) => team.saveMember(member))
  return member
}
