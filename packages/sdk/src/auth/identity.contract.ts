import type { User } from '../accounts/index.ts'
import { isAuronxError } from '../kernel/index.ts'
import type { Clock, Ids } from '../kernel/index.ts'
import type { ContractCase } from '../testing/contract.ts'
import type { IdentityWork, Passkey, SignInAttempt, SigningKey } from './store.ts'

/** What the contract of people and their proofs is run against. */
export interface IdentitySubject {
  readonly identity: IdentityWork
  readonly clock: Clock & { advance(ms: number): void }
  readonly ids: Ids
}

/** Promises of the stores in {@link IdentityWork}. */
export const identityContract: readonly ContractCase<IdentitySubject>[] = [
  {
    name: 'keeps a user, one per address, and replaces it only by its next version',
    async run({ identity, ids, clock }, assert) {
      const user = userOf({ ids, clock })
      const next: User = {
        ...user,
        phone: '+15550100042',
        operatorRole: 'support',
        emailVerifiedAt: clock.now(),
        version: 2,
      }
      await identity.run(async ({ users }) => {
        await users.save(user)
        assert.deepEqual(await users.get(user.id), user)
        await users.save(next)
        assert.deepEqual(await users.byEmail(user.email), next)
        assert.equal(await users.byEmail('other@example.test'), undefined)
      })
      await assert.rejects(
        identity.run(({ users }) => users.save(next)),
        (error) => isAuronxError(error, 'version_conflict'),
      )
      await assert.rejects(
        identity.run(({ users }) => users.save({ ...user, id: ids.next('UserId') })),
        (error) => isAuronxError(error, 'conflict'),
      )
    },
  },
  {
    name: 'keeps attempts by browser and deletes what expired',
    async run({ identity, ids, clock }, assert) {
      const attempt = attemptOf({ ids, clock })
      const at = clock.now()
      await identity.run(async ({ attempts }) => {
        await attempts.insert(attempt)
        await attempts.insert({
          ...attemptOf({ ids, clock }),
          browserHash: 'other',
          purpose: 'passkey',
        })
        const verified = { ...attempt, tries: 1, verifiedAt: at, userId: ids.next('UserId') }
        await attempts.update(verified)
        assert.deepEqual(await attempts.lock(attempt.browserHash), verified)
        assert.equal(await attempts.lock('unknown'), undefined)
        assert.equal(await attempts.prune(attempt.expiresAt, 10), 0)
        assert.equal(await attempts.prune(new Date(attempt.expiresAt.getTime() + 1), 1), 1)
        assert.equal(await attempts.prune(new Date(attempt.expiresAt.getTime() + 1), 10), 1)
      })
      await identity.run(({ attempts }) => attempts.insert(attempt))
      await assert.rejects(
        identity.run(({ attempts }) => attempts.insert({ ...attempt, id: ids.next('UserId') })),
        (error) => isAuronxError(error, 'conflict'),
      )
    },
  },
  {
    name: 'counts codes by address, network and known browser',
    async run({ identity, ids, clock }, assert) {
      const [ann, ben] = ['ann@example.test', 'ben@example.test']
      const at = clock.now()
      const asked: readonly Partial<SignInAttempt>[] = [
        { email: ann, network: 'one' },
        { email: ann, network: 'two' },
        { email: ann },
        { email: ben, network: 'one' },
        { email: ann, network: 'one', device: 'known' },
        { email: ben, network: 'one', device: 'other' },
        { network: 'one', purpose: 'passkey' },
      ]
      await identity.run(async ({ attempts }) => {
        for (const [index, given] of asked.entries()) {
          const attempt = { ...attemptOf({ ids, clock }), ...given, browserHash: `${index}` }
          await attempts.insert(attempt)
          assert.deepEqual(await attempts.lock(`${index}`), attempt)
        }
        assert.deepEqual(
          await attempts.countCodes(at, { email: ann, network: 'one', device: 'known' }),
          {
            toAddress: 3,
            toAddressFromNetwork: 1,
            fromNetwork: 2,
            toStrangers: 4,
            fromDevice: 1,
            toDevices: 2,
          },
        )
        const none = {
          toAddress: 0,
          toAddressFromNetwork: 0,
          fromNetwork: 0,
          toStrangers: 0,
          fromDevice: 0,
          toDevices: 0,
        }
        assert.deepEqual(await attempts.countCodes(at, { email: 'eve@example.test' }), {
          ...none,
          toStrangers: 4,
          toDevices: 2,
        })
        assert.deepEqual(
          await attempts.countCodes(new Date(at.getTime() + 1), { email: ann, network: 'one' }),
          none,
        )
      })
    },
  },
  {
    name: 'keeps passkeys of a user, and none under two users',
    async run({ identity, ids, clock }, assert) {
      const user = userOf({ ids, clock })
      const other = { ...userOf({ ids, clock }), email: 'ben@example.test' }
      const passkey = passkeyOf({ clock }, user)
      const used = { ...passkey, counter: 7, lastUsedAt: clock.now() }
      await identity.run(async ({ users, passkeys }) => {
        await users.save(user)
        await users.save(other)
        await passkeys.save(passkey)
        await passkeys.save(used)
        const found = await passkeys.get(passkey.id)
        assert.deepEqual(
          { ...found, publicKey: [...(found?.publicKey ?? [])] },
          { ...used, publicKey: [1, 2, 3] },
        )
        assert.equal((await passkeys.list(user.id)).length, 1)
        assert.equal(await passkeys.delete(other.id, passkey.id), 0)
      })
      await assert.rejects(
        identity.run(({ passkeys }) => passkeys.save({ ...passkey, userId: other.id })),
        (error) => isAuronxError(error, 'conflict'),
      )
      assert.equal(await identity.run(({ passkeys }) => passkeys.delete(user.id)), 1)
    },
  },
  {
    name: 'keeps sessions of operators, and ends one or all of a person',
    async run({ identity, ids, clock }, assert) {
      const user = userOf({ ids, clock })
      const at = clock.now()
      const session = { tokenHash: 'a', userId: user.id, createdAt: at, expiresAt: at }
      await identity.run(async ({ users, operatorSessions }) => {
        await users.save(user)
        for (const tokenHash of ['a', 'b', 'c'])
          await operatorSessions.insert({ ...session, tokenHash })
        assert.deepEqual(await operatorSessions.get('a'), session)
        assert.equal(await operatorSessions.get('unknown'), undefined)
        assert.equal(await operatorSessions.delete(ids.next('UserId'), 'a'), 0)
        assert.equal(await operatorSessions.delete(user.id, 'a'), 1)
        assert.equal(await operatorSessions.delete(user.id), 2)
        assert.equal(await operatorSessions.get('b'), undefined)
      })
    },
  },
  {
    name: 'keeps signing keys, at most one that signs and one that waits',
    async run({ identity, clock }, assert) {
      const next = signingKeyOf({ clock }, 'kid-1')
      const read = () =>
        identity
          .run(({ signingKeys }) => signingKeys.list({ lock: true }))
          .then((keys) => keys.map(({ kid, state }) => `${kid} ${state}`))
      await identity.run(async ({ signingKeys }) => {
        await signingKeys.save(next)
        await signingKeys.save({ ...next, state: 'active' })
        await signingKeys.save(signingKeyOf({ clock }, 'kid-2'))
      })
      assert.deepEqual(await read(), ['kid-1 active', 'kid-2 next'])
      await assert.rejects(
        identity.run(({ signingKeys }) => signingKeys.save(signingKeyOf({ clock }, 'kid-3'))),
        (error) => isAuronxError(error, 'conflict'),
      )
      await identity.run(({ signingKeys }) => signingKeys.delete('kid-1'))
      assert.deepEqual(await read(), ['kid-2 next'])
    },
  },
]

/** A user of the contract's making. */
export function userOf({ ids, clock }: Pick<IdentitySubject, 'ids' | 'clock'>): User {
  const at = clock.now()
  return {
    id: ids.next('UserId'),
    email: 'ann@example.test',
    name: 'Ann',
    locale: 'en',
    status: 'active',
    createdAt: at,
    updatedAt: at,
    version: 1,
  }
}

function attemptOf({ ids, clock }: Pick<IdentitySubject, 'ids' | 'clock'>): SignInAttempt {
  const at = clock.now()
  return {
    id: ids.next('UserId'),
    browserHash: 'browser',
    purpose: 'code',
    audience: 'tenant',
    email: 'ann@example.test',
    locale: 'en',
    secretHash: 'secret',
    tries: 0,
    createdAt: at,
    expiresAt: new Date(at.getTime() + 1_000),
  }
}

function passkeyOf({ clock }: Pick<IdentitySubject, 'clock'>, user: User): Passkey {
  return {
    id: 'credential',
    userId: user.id,
    publicKey: Uint8Array.of(1, 2, 3),
    counter: 0,
    transports: ['internal'],
    name: 'Laptop',
    createdAt: clock.now(),
  }
}

function signingKeyOf({ clock }: Pick<IdentitySubject, 'clock'>, kid: string): SigningKey {
  const at = clock.now()
  return {
    kid,
    state: 'next',
    publicKey: 'x',
    sealed: Uint8Array.of(9),
    createdAt: at,
    since: at,
  }
}
