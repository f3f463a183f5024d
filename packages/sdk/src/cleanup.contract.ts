import { memberOf } from './accounts/team.contract.ts'
import type { TeamStore } from './accounts/index.ts'
import { userOf } from './auth/identity.contract.ts'
import { refreshOf, sessionOf } from './auth/session.contract.ts'
import type { AccessDirectory } from './accounts/index.ts'
import type { IdentityWork, Session, SessionStore } from './auth/index.ts'
import type { Cleanup } from './cleanup.ts'
import type { IdempotencyStore, SessionId, TenantId } from './kernel/index.ts'
import type { ContractCase, StoreSubject } from './testing/contract.ts'

/** What the contract of the cleanup is run against. */
export interface CleanupSubject extends StoreSubject<{
  readonly team: TeamStore
  readonly sessions: SessionStore
  readonly idempotency: IdempotencyStore
}> {
  readonly cleanup: Cleanup
  readonly identity: IdentityWork
  readonly access: AccessDirectory
}

// Long ago by any clock, because a database may refuse to delete what is not old by its own.
const day = (number: number): Date => new Date(Date.UTC(2020, 0, number))
const later = new Date(Date.UTC(2120, 0, 1))

/** Promises of {@link Cleanup}. */
export const cleanupContract: readonly ContractCase<CleanupSubject>[] = [
  {
    name: 'deletes sessions of all tenants by when they ended, oldest first and no more than asked, with their refresh tokens',
    async run(subject, assert) {
      const { cleanup, access } = subject
      const [tenantId, other] = subject.tenants
      const over = { idleExpiresAt: day(5), expiresAt: day(9) }
      const revoked = await open(subject, tenantId, { ...over, revokedAt: day(1) }, '1')
      const idle = await open(subject, other, over, '2')
      const ended = await open(subject, tenantId, { idleExpiresAt: later, expiresAt: day(6) }, '3')
      const live = await open(subject, tenantId, { idleExpiresAt: later, expiresAt: later }, '4')
      const left = async (): Promise<readonly boolean[]> =>
        Promise.all(
          [revoked, idle, ended, live].map(async ([tenant, id, hash]) => {
            const known = (await access.tenantOfRefreshToken(hash)) !== undefined
            const found = await subject.work.run(tenant, ({ sessions }) => sessions.get(id))
            assert.equal(found !== undefined, known)
            return known
          }),
        )
      assert.equal(await cleanup.sessions(day(1), 10), 0)
      assert.equal(await cleanup.sessions(day(7), 1), 1)
      assert.deepEqual(await left(), [false, true, true, true])
      assert.equal(await cleanup.sessions(day(6), 10), 1)
      assert.deepEqual(await left(), [false, false, true, true])
      assert.equal(await cleanup.sessions(day(7), 10), 1)
      assert.equal(await cleanup.sessions(day(7), 10), 0)
      assert.deepEqual(await left(), [false, false, false, true])
    },
  },
  {
    name: 'deletes keys of commands of all tenants once they expired',
    async run(subject, assert) {
      const { cleanup, tenants } = subject
      const keyOf = (key: string, expiresAt: Date) => ({
        principal: 'member:1',
        key,
        fingerprint: 'f',
        at: day(1),
        expiresAt,
      })
      const asked = [keyOf('a', day(2)), keyOf('b', day(3)), keyOf('c', later)]
      for (const tenantId of tenants)
        for (const request of asked)
          await subject.work.run(tenantId, async ({ idempotency }) => {
            await idempotency.claim(request)
            await idempotency.settle(request, 'done')
          })
      assert.equal(await cleanup.idempotencyKeys(day(2), 10), 0)
      assert.equal(await cleanup.idempotencyKeys(day(4), 3), 3)
      assert.equal(await cleanup.idempotencyKeys(day(4), 10), 1)
      assert.equal(await cleanup.idempotencyKeys(day(4), 10), 0)
      for (const tenantId of tenants) {
        const kept = await subject.work.run(tenantId, ({ idempotency }) =>
          idempotency.claim(keyOf('c', later)),
        )
        assert.equal(kept.kind, 'replay')
      }
    },
  },
  {
    name: 'deletes sessions of operators once they expired',
    async run({ identity, ids, clock }, assert) {
      const user = userOf({ ids, clock })
      await identity.run(async ({ users, operatorSessions }) => {
        await users.save(user)
        for (const [tokenHash, expiresAt] of [
          ['a', day(1)],
          ['b', day(2)],
          ['c', later],
        ] as const)
          await operatorSessions.insert({
            tokenHash,
            userId: user.id,
            createdAt: day(1),
            expiresAt,
          })
        assert.equal(await operatorSessions.prune(day(1), 10), 0)
        assert.equal(await operatorSessions.prune(day(3), 1), 1)
        assert.equal(await operatorSessions.prune(day(3), 10), 1)
        assert.equal((await operatorSessions.get('c'))?.tokenHash, 'c')
      })
    },
  },
]

async function open(
  subject: CleanupSubject,
  tenantId: TenantId,
  ends: Pick<Session, 'idleExpiresAt' | 'expiresAt' | 'revokedAt'>,
  digit: string,
): Promise<readonly [TenantId, SessionId, string]> {
  const member = memberOf(subject, { email: `member${digit}@example.test` })
  const session: Session = { ...sessionOf(subject, member), ...ends }
  const token = { ...refreshOf(subject, session), hash: digit.repeat(64) }
  await subject.work.run(tenantId, async ({ team, sessions }) => {
    await team.saveMember(member)
    await sessions.save(session)
    await sessions.saveRefresh(token)
  })
  return [tenantId, session.id, token.hash]
}
