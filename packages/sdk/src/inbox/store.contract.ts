import type { LaneSubject } from '../lanes/index.ts'
import { readWaiting, testItem } from '../lanes/index.ts'
import type { ContractCase } from '../testing/contract.ts'
import type { AcceptItem } from './store.ts'

/** What the inbox contract is run against: the same storage as the lanes. */
export type InboxSubject = LaneSubject

const leaseMs = 60_000

/** Promises of `InboxStore`. */
export const inboxContract: readonly ContractCase<InboxSubject>[] = [
  {
    name: 'stores an event once, however often it is delivered',
    async run(subject, assert) {
      const [tenantId, other] = subject.tenants
      const item = testItem(subject, tenantId, 'a')
      const now = subject.clock.now()
      const again = { ...item, id: subject.ids.next('InboxEventId') }
      const [first, second] = await Promise.all([
        subject.inbox.accept([item], { now }),
        subject.inbox.accept([again], { now }),
      ])
      assert.equal(first.accepted.length + second.accepted.length, 1)
      const inOneBatch = testItem(subject, tenantId, 'a')
      const twice = await subject.inbox.accept(
        [inOneBatch, { ...inOneBatch, id: subject.ids.next('InboxEventId') }],
        { now },
      )
      assert.equal(twice.accepted.length, 1)
      const elsewhere = { ...item, tenantId: other, id: subject.ids.next('InboxEventId') }
      const theirs = await subject.inbox.accept([elsewhere], { now })
      assert.equal(theirs.accepted.length, 1, 'tenants do not share keys')
    },
  },
  {
    name: 'grants idle lanes to the caller who asks, with their events in order, and busy ones to nobody',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const now = subject.clock.now()
      const items = [
        testItem(subject, tenantId, 'a'),
        testItem(subject, tenantId, 'b'),
        testItem(subject, tenantId, 'a'),
      ]
      const result = await subject.inbox.accept(items, { now, leaseMs })
      const byLane = new Map(
        result.grants.map(({ grant, eventIds }) => [grant.laneKey.slice(0, 1), eventIds]),
      )
      assert.deepEqual(byLane.get('a'), [items[0]?.id, items[2]?.id])
      assert.deepEqual(byLane.get('b'), [items[1]?.id])
      const more = await subject.inbox.accept([testItem(subject, tenantId, 'a')], { now, leaseMs })
      assert.equal(more.accepted.length, 1)
      assert.equal(more.grants.length, 0)
      assert.deepEqual(await subject.laneQueue.claim({ limit: 9, leaseMs, now }), [])
    },
  },
  {
    name: 'leaves a lane as it was when all its events were delivered before, and grants it for the new ones among them',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const now = subject.clock.now()
      const first = testItem(subject, tenantId, 'a')
      const again = (): AcceptItem => ({ ...first, id: subject.ids.next('InboxEventId') })
      await completeFirst(subject, first, true)
      const repeated = await subject.inbox.accept([again(), again()], { now, leaseMs })
      assert.deepEqual([repeated.accepted, repeated.grants], [[], []])
      const alone = await subject.inbox.accept([again()], { now, leaseMs })
      assert.deepEqual([alone.accepted, alone.grants], [[], []])
      assert.equal(await subject.laneQueue.nextDue(now), undefined)
      assert.deepEqual(await subject.laneQueue.claim({ limit: 9, leaseMs, now }), [])
      const fresh = testItem(subject, tenantId, 'a')
      const mixed = await subject.inbox.accept([again(), fresh, again()], { now, leaseMs })
      assert.deepEqual(
        mixed.grants.map(({ eventIds }) => eventIds),
        [[fresh.id]],
      )
      const grant = mixed.grants[0]?.grant
      if (grant === undefined) throw new Error('The lane was not granted')
      const released = await subject.work.run(tenantId, ({ lanes }) =>
        lanes.complete(grant, [{ id: fresh.id, trace: [] }], now),
      )
      assert.equal(released, true, 'nothing else waits')
    },
  },
  {
    name: 'does not grant a lane that its holder has emptied and not given back, even in the same millisecond',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const now = subject.clock.now()
      await completeFirst(subject, testItem(subject, tenantId, 'a'), false)
      const next = await subject.inbox.accept([testItem(subject, tenantId, 'a')], { now, leaseMs })
      assert.equal(next.accepted.length, 1)
      assert.deepEqual(next.grants, [])
    },
  },
  {
    name: 'makes the lanes of a caller who does not ask claimable at once',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const now = subject.clock.now()
      const result = await subject.inbox.accept([testItem(subject, tenantId, 'a')], { now })
      assert.equal(result.grants.length, 0)
      assert.equal((await subject.laneQueue.claim({ limit: 9, leaseMs, now })).length, 1)
    },
  },
  {
    name: 'orders a lane by acceptance over concurrent batches',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const now = subject.clock.now()
      const batches = Array.from({ length: 12 }, () => [
        testItem(subject, tenantId, 'a'),
        testItem(subject, tenantId, 'a'),
      ])
      await Promise.all(batches.map((batch) => subject.inbox.accept(batch, { now })))
      const [grant] = await subject.laneQueue.claim({ limit: 1, leaseMs, now })
      if (grant === undefined) throw new Error('The lane was not granted')
      const waiting = await readWaiting(subject, grant, 100)
      assert.equal(waiting.length, 24)
      const positions = new Map<string, number>(waiting.map((event, index) => [event.id, index]))
      for (const [first, second] of batches) {
        const gap = (positions.get(second?.id ?? '') ?? -1) - (positions.get(first?.id ?? '') ?? -9)
        assert.equal(gap, 1, 'events of one batch stay together and in order')
      }
      const ordinals = waiting.map((event) => event.ordinal)
      assert.deepEqual(
        ordinals,
        [...new Set(ordinals)].toSorted((a, b) => a - b),
      )
    },
  },
  {
    name: 'prunes handled events after their time and never waiting ones',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const now = subject.clock.now()
      const items = [testItem(subject, tenantId, 'a'), testItem(subject, tenantId, 'a')]
      const { grants } = await subject.inbox.accept(items, { now, leaseMs })
      const grant = grants[0]?.grant
      const [done] = items
      if (grant === undefined || done === undefined) throw new Error('The lane was not granted')
      await subject.work.run(tenantId, ({ lanes }) =>
        lanes.complete(grant, [{ id: done.id, trace: [] }], now),
      )
      assert.equal(await subject.inbox.prune(now, 10), 0)
      assert.equal(await subject.inbox.prune(new Date(now.getTime() + 1), 10), 1)
      const again = await subject.inbox.accept(
        [{ ...done, id: subject.ids.next('InboxEventId') }],
        { now },
      )
      assert.equal(again.accepted.length, 1, 'its key is forgotten too')
    },
  },
  {
    name: 'counts refused events and keeps unreadable bodies without failing',
    async run(subject, assert) {
      const at = subject.clock.now()
      const refusal = {
        appId: 'app',
        phoneNumberId: '1',
        reason: 'unknown_number',
        at,
        count: 2,
      } as const
      await subject.inbox.countRefused(refusal)
      await subject.inbox.countRefused(refusal)
      const keepUntil = new Date(at.getTime() + 1)
      await subject.inbox.keepUnreadable({
        appId: 'app',
        bytes: new Uint8Array([0, 255]),
        at,
        keepUntil,
      })
      assert.equal(await subject.inbox.prune(at, 10), 0)
    },
  },
]

async function completeFirst(
  { inbox, work, clock }: InboxSubject,
  item: AcceptItem,
  release: boolean,
): Promise<void> {
  const at = clock.now()
  const { grants } = await inbox.accept([item], { now: at, leaseMs })
  const grant = grants[0]?.grant
  if (grant === undefined) throw new Error('The lane was not granted')
  await work.run(item.tenantId, async ({ lanes }) => {
    if (release) await lanes.complete(grant, [{ id: item.id, trace: [] }], at)
    else await lanes.fail(grant, item.id, { errorCode: 'internal', at })
  })
}
