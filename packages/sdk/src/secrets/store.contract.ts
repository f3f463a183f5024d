import type { ContractCase, StoreSubject } from '../testing/contract.ts'
import type { SealingKey, SealingKeyDirectory, SealingKeyStore } from './store.ts'

/** What the contract of sealing keys is run against. */
export interface SealingKeySubject extends StoreSubject<{ readonly sealingKeys: SealingKeyStore }> {
  readonly directory: SealingKeyDirectory
}

/** Promises of {@link SealingKeyStore} and {@link SealingKeyDirectory}. */
export const sealingKeyContract: readonly ContractCase<SealingKeySubject>[] = [
  {
    name: 'adds versions once, and retires the one before',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const first = keyOf(subject, 1, 1)
      assert.equal(await add(subject, tenantId, first), true)
      assert.equal(await add(subject, tenantId, keyOf(subject, 1, 1, 9)), false)
      subject.clock.advance(1_000)
      const second = keyOf(subject, 2, 1)
      assert.equal(await add(subject, tenantId, second), true)
      assert.deepEqual(await list(subject, tenantId), [
        { ...first, retiredAt: second.createdAt },
        second,
      ])
    },
  },
  {
    name: 'lets one of two writers add a version',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      await add(subject, tenantId, keyOf(subject, 1, 1))
      const outcomes = await Promise.all(
        [3, 4].map((fill) => add(subject, tenantId, keyOf(subject, 2, 1, fill))),
      )
      assert.deepEqual(outcomes.filter((isAdded) => isAdded).length, 1)
      const open = (await list(subject, tenantId)).filter((key) => key.retiredAt === undefined)
      assert.deepEqual(
        open.map((key) => key.version),
        [2],
      )
    },
  },
  {
    name: 'lets one of many writers add the very first version',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const writers = Array.from({ length: 12 }, (_none, fill) => keyOf(subject, 1, 1, fill + 1))
      const outcomes = await Promise.all(writers.map((key) => add(subject, tenantId, key)))
      assert.equal(outcomes.filter((isAdded) => isAdded).length, 1)
      assert.equal((await list(subject, tenantId)).length, 1)
    },
  },
  {
    name: 'shows and changes the keys of its own scope only',
    async run(subject, assert) {
      const [tenantId, other] = subject.tenants
      const key = keyOf(subject, 1, 1)
      await add(subject, tenantId, key)
      assert.deepEqual(await list(subject, other), [])
      const foreign = await subject.work.run(other, async ({ sealingKeys }) => [
        await sealingKeys.get(1),
        await sealingKeys.rewrap(1, key.wrapped.bytes, { rootVersion: 2, bytes: bytes(7) }),
        await sealingKeys.destroy(1),
      ])
      assert.deepEqual(foreign, [undefined, false, false])
      assert.deepEqual(await list(subject, tenantId), [key])
    },
  },
  {
    name: 'replaces a wrapping only while it is the expected one',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const key = keyOf(subject, 1, 1)
      await add(subject, tenantId, key)
      const wrapped = { rootVersion: 2, bytes: bytes(5) }
      const rewrap = (before: Uint8Array): Promise<boolean> =>
        subject.work.run(tenantId, ({ sealingKeys }) => sealingKeys.rewrap(1, before, wrapped))
      assert.equal(await rewrap(bytes(6)), false)
      assert.equal(await rewrap(key.wrapped.bytes), true)
      assert.equal(await rewrap(key.wrapped.bytes), false)
      assert.deepEqual(await list(subject, tenantId), [{ ...key, wrapped }])
    },
  },
  {
    name: 'destroys retired versions only',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const destroy = (version: number): Promise<boolean> =>
        subject.work.run(tenantId, ({ sealingKeys }) => sealingKeys.destroy(version))
      await add(subject, tenantId, keyOf(subject, 1, 1))
      assert.equal(await destroy(1), false)
      await add(subject, tenantId, keyOf(subject, 2, 1))
      assert.equal(await destroy(1), true)
      assert.equal(await destroy(1), false)
      assert.equal((await list(subject, tenantId)).length, 1)
    },
  },
  {
    name: 'finds keys of all scopes by the version of their root key, page by page',
    async run(subject, assert) {
      const [tenantId, other] = subject.tenants
      await add(subject, tenantId, keyOf(subject, 1, 1))
      await add(subject, tenantId, keyOf(subject, 2, 2))
      await add(subject, other, keyOf(subject, 1, 1))
      assert.deepEqual(await subject.directory.rootVersions(), [
        { rootVersion: 1, keys: 2 },
        { rootVersion: 2, keys: 1 },
      ])
      const first = await subject.directory.wrappedOtherwise(2, undefined, 1)
      const second = await subject.directory.wrappedOtherwise(2, first[0], 5)
      const expected = [tenantId, other].map((id) => ({ tenantId: id, version: 1 }))
      assert.deepEqual(
        [...first, ...second],
        expected.toSorted((a, b) => (a.tenantId < b.tenantId ? -1 : 1)),
      )
      assert.deepEqual(await subject.directory.wrappedOtherwise(1, undefined, 5), [
        { tenantId, version: 2 },
      ])
    },
  },
]

type Tenant = SealingKeySubject['tenants'][0]

function add(subject: SealingKeySubject, tenantId: Tenant, key: SealingKey): Promise<boolean> {
  return subject.work.run(tenantId, ({ sealingKeys }) => sealingKeys.add(key))
}

function list(subject: SealingKeySubject, tenantId: Tenant): Promise<readonly SealingKey[]> {
  return subject.work.run(tenantId, ({ sealingKeys }) => sealingKeys.list())
}

function keyOf(
  { clock }: SealingKeySubject,
  version: number,
  rootVersion: number,
  fill = version,
): SealingKey {
  return { version, wrapped: { rootVersion, bytes: bytes(fill) }, createdAt: clock.now() }
}

function bytes(fill: number): Uint8Array {
  return new Uint8Array(66).fill(fill)
}
