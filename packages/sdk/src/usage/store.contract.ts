import { asId } from '../kernel/index.ts'
import type { Actor, TenantId } from '../kernel/index.ts'
import type { ContractCase, StoreSubject } from '../testing/contract.ts'
import { createUsage, keptSince } from './service.ts'
import type { Usage, UsageSealer } from './service.ts'
import type { UsageDirectory, UsageStore } from './store.ts'

/** What the usage contract is run against. */
export interface UsageSubject extends StoreSubject<{ readonly usage: UsageStore }> {
  readonly directory: UsageDirectory
}

const memberId = (digit: number): string => `019aae60-0000-7000-8000-00000000000${digit}`

function member(tenantId: TenantId, digit = 1): Actor {
  return { tenantId, kind: 'staff', id: memberId(digit), via: 'dashboard' }
}

// Stands for a sealer where only the store is in question.
const openSealer: UsageSealer = {
  seal: async (_place, bytes) => bytes,
  open: async (_place, sealed) => sealed,
}

function usageOf(subject: UsageSubject): Usage {
  return createUsage({ ...subject, sealer: openSealer })
}

const yearMs = 366 * 24 * 3_600_000

/** Promises of {@link UsageStore} and its directory. */
export const usageContract: readonly ContractCase<UsageSubject>[] = [
  {
    name: 'counts uses and people by month, and nobody of another tenant',
    async run(subject, assert) {
      const [tenantId, other] = subject.tenants
      const usage = usageOf(subject)
      for (const digit of [1, 2, 2]) await usage.record(member(tenantId, digit), 'page.live')
      await usage.record(member(tenantId), 'feature.reply')
      await usage.record(member(other), 'page.live')
      const month = subject.clock.now().toISOString().slice(0, 7)
      assert.deepEqual(await usage.totals(member(tenantId)), [
        { name: 'feature.reply', month, uses: 1, people: 1 },
        { name: 'page.live', month, uses: 3, people: 2 },
      ])
      assert.deepEqual(await usage.totals(member(other)), [
        { name: 'page.live', month, uses: 1, people: 1 },
      ])
    },
  },
  {
    name: 'the same person has another pseudonym in another tenant, and the same one tomorrow',
    async run(subject, assert) {
      const [tenantId, other] = subject.tenants
      for (const tenant of [tenantId, other]) {
        await usageOf(subject).record(member(tenant), 'page.team')
        await usageOf(subject).record(member(tenant), 'page.team')
      }
      const keys = await Promise.all(
        [tenantId, other].map((tenant) => subject.work.run(tenant, ({ usage }) => usage.key())),
      )
      assert.ok(keys[0]?.length === 32 && keys[1]?.length === 32)
      assert.ok(String(keys[0]) !== String(keys[1]))
      const [total] = await usageOf(subject).totals(member(tenantId))
      assert.equal(total?.people, 1)
    },
  },
  {
    name: 'an objection ends counting and deletes what was counted of that member only',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const usage = usageOf(subject)
      await usage.record(member(tenantId, 1), 'page.live')
      await usage.record(member(tenantId, 2), 'page.live')
      await usage.setObjected(member(tenantId, 1), true)
      assert.equal(await usage.isObjected(member(tenantId, 1)), true)
      assert.equal(await usage.isObjected(member(tenantId, 2)), false)
      assert.equal(await usage.record(member(tenantId, 1), 'page.live'), false)
      const [total] = await usage.totals(member(tenantId))
      assert.equal(total?.uses, 1)
      await usage.setObjected(member(tenantId, 1), false)
      assert.equal(await usage.record(member(tenantId, 1), 'page.live'), true)
    },
  },
  {
    name: 'events of more than thirteen months become totals once, and the sums stay',
    async run(subject, assert) {
      const [tenantId, other] = subject.tenants
      const usage = usageOf(subject)
      await usage.record(member(tenantId, 1), 'page.live')
      await usage.record(member(tenantId, 2), 'page.live')
      const before = await usage.totals(member(tenantId))
      const { signal } = new AbortController()
      assert.equal(await usage.roll(signal), 0)
      subject.clock.advance(2 * yearMs)
      await usage.record(member(tenantId, 1), 'page.keys')
      await usage.record(member(other, 1), 'page.keys')
      const since = keptSince(subject.clock.now())
      assert.deepEqual(await subject.directory.due(since, 10), [tenantId])
      assert.equal(await usage.roll(signal), 2)
      assert.equal(await usage.roll(signal), 0)
      assert.deepEqual((await usage.totals(member(tenantId))).slice(0, 1), before)
      assert.equal((await usage.totals(member(tenantId))).length, 2)
    },
  },
  {
    name: 'of two who make a key one wins, and a key is replaced only by who saw it',
    async run({ work, tenants, random }, assert) {
      const [tenantId] = tenants
      const [a, b, c] = [random.bytes(40), random.bytes(40), random.bytes(40)]
      const key = (make: Parameters<UsageStore['key']>[0]) =>
        work.run(tenantId, ({ usage }) => usage.key(make))
      assert.deepEqual(await key({ sealed: a }), a)
      assert.deepEqual(await key({ sealed: b }), a)
      assert.deepEqual(await key({ sealed: c, instead: b }), a)
      assert.deepEqual(await key({ sealed: c, instead: a }), c)
      assert.equal(
        await work.run(tenantId, ({ usage }) => usage.isObjected(asId('MemberId', memberId(1)))),
        false,
      )
    },
  },
]
