import { asId, isAuronxError } from '../kernel/index.ts'
import type { InboxEventId, JobId, TenantId } from '../kernel/index.ts'
import type { AcceptItem, InboxStore } from '../inbox/index.ts'
import type { ContractCase, StoreSubject } from '../testing/contract.ts'
import type { JobQueue, JobStore } from './jobs.ts'
import type { LaneGrant, LaneQueue, LaneStore, WaitingEvent } from './store.ts'

/** What the lane contract is run against. */
export interface LaneSubject extends StoreSubject<{
  readonly lanes: LaneStore
  readonly jobs: JobStore
}> {
  readonly inbox: InboxStore
  readonly laneQueue: LaneQueue
  readonly jobQueue: JobQueue
}

const leaseMs = 60_000

/** Promises of {@link LaneQueue} and {@link LaneStore}. */
export const laneContract: readonly ContractCase<LaneSubject>[] = [
  {
    name: 'grants a lane to one caller at a time and hands its events out in order',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const items = await accept(subject, tenantId, 'a', 3)
      const now = subject.clock.now()
      const [grant, ...others] = await subject.laneQueue.claim({ limit: 10, leaseMs, now })
      assert.equal(others.length, 0)
      assert.deepEqual(await subject.laneQueue.claim({ limit: 10, leaseMs, now }), [])
      const waiting = await readWaiting(subject, need(grant), 10)
      assert.deepEqual(
        waiting.map((event) => event.id),
        items.map((item) => item.id),
      )
      assert.deepEqual([...(waiting[0]?.payload ?? [])], [...(items[0]?.payload ?? [])])
    },
  },
  {
    name: 'completes events, gives the lane back after the last one and keeps the trace without the payload',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const [first, second] = await accept(subject, tenantId, 'a', 2)
      const grant = await claimOne(subject)
      const at = subject.clock.now()
      const trace = [{ step: 'contact', outcome: 'created' }]
      const done = (id: InboxEventId): Promise<boolean> =>
        subject.work.run(tenantId, ({ lanes }) => lanes.complete(grant, [{ id, trace }], at))
      assert.equal(await done(need(first).id), false)
      assert.equal(await done(need(second).id), true)
      assert.equal(await subject.laneQueue.nextDue(at), undefined)
      const traces = await subject.work.run(tenantId, ({ lanes }) => lanes.traces([need(first).id]))
      assert.deepEqual([...traces.values()], [trace])
    },
  },
  {
    name: 'refuses everything under an older epoch once the lease ran out and the lane was granted again',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const [item] = await accept(subject, tenantId, 'a', 1)
      const stale = await claimOne(subject)
      subject.clock.advance(leaseMs + 1)
      const fresh = await claimOne(subject)
      assert.ok(fresh.epoch > stale.epoch)
      const at = subject.clock.now()
      await assert.rejects(
        subject.work.run(tenantId, ({ lanes }) =>
          lanes.complete(stale, [{ id: need(item).id, trace: [] }], at),
        ),
        (error) => isAuronxError(error, 'lease_lost'),
      )
      const [event] = await readWaiting(subject, fresh, 1)
      assert.equal(event?.attempts, 1, 'the crash counts as an attempt')
    },
  },
  {
    name: 'keeps the order of a lane while its first event waits for a retry',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const [first] = await accept(subject, tenantId, 'a', 2)
      const grant = await claimOne(subject)
      const at = subject.clock.now()
      const retryAt = new Date(at.getTime() + 5_000)
      await subject.work.run(tenantId, ({ lanes }) =>
        lanes.fail(grant, need(first).id, { errorCode: 'timeout', at, retryAt }),
      )
      assert.deepEqual(await subject.laneQueue.claim({ limit: 1, leaseMs, now: at }), [])
      assert.equal((await subject.laneQueue.nextDue(at))?.getTime(), retryAt.getTime())
      subject.clock.advance(5_000)
      const again = await claimOne(subject)
      const waiting = await readWaiting(subject, again, 10)
      assert.deepEqual(
        waiting.map((event) => event.attempts),
        [1, 0],
      )
      assert.equal(waiting[0]?.id, need(first).id)
    },
  },
  {
    name: 'lets the lane go on past a dead event, shows it, and replays it once',
    async run(subject, assert) {
      const [tenantId, other] = subject.tenants
      const [first, second] = await accept(subject, tenantId, 'a', 2)
      const grant = await claimOne(subject)
      const at = subject.clock.now()
      await subject.work.run(tenantId, ({ lanes }) =>
        lanes.fail(grant, need(first).id, { errorCode: 'internal', at }),
      )
      const rest = await readWaiting(subject, grant, 10)
      assert.deepEqual(
        rest.map((event) => event.id),
        [need(second).id],
      )
      const dead = await subject.work.run(tenantId, ({ lanes }) => lanes.dead(10))
      assert.deepEqual(
        dead.map((event) => [event.id, event.errorCode]),
        [[need(first).id, 'internal']],
      )
      const replay = (tenant: TenantId): Promise<boolean> =>
        subject.work.run(tenant, ({ lanes }) => lanes.replay(need(first).id, at))
      assert.equal(await replay(other), false, 'another tenant cannot replay it')
      assert.equal(await replay(tenantId), true)
      assert.equal(await replay(tenantId), false)
      const waiting = await readWaiting(subject, grant, 10)
      assert.deepEqual(
        waiting.map((event) => event.id),
        [need(first).id, need(second).id],
      )
    },
  },
  {
    name: 'hands out the events of several lanes together, and nothing under a stale grant or one of another tenant',
    async run(subject, assert) {
      const [tenantId, other] = subject.tenants
      const [stale] = await acceptAndClaim(subject, tenantId, ['c'])
      subject.clock.advance(leaseMs + 1)
      const [first, second] = await accept(subject, tenantId, 'a', 2)
      const [third] = await accept(subject, tenantId, 'b', 1)
      const [c, a, b] = (await claimAll(subject)).toSorted((one, two) =>
        two.laneKey.startsWith('c') ? 1 : one.laneKey.localeCompare(two.laneKey),
      )
      assert.equal(c?.laneKey, stale?.laneKey)
      const wanted = [
        { grant: need(b), limit: 10 },
        { grant: need(stale), limit: 10 },
        { grant: need(a), limit: 1 },
        { grant: need(a), limit: 10 },
      ]
      const read = await subject.work.run(tenantId, ({ lanes }) => lanes.waiting(wanted))
      assert.deepEqual(
        read.map((events) => events?.map(({ id }) => id)),
        [[third?.id], undefined, [first?.id], [first?.id, second?.id]],
      )
      const theirs = await subject.work.run(other, ({ lanes }) => lanes.waiting(wanted))
      assert.deepEqual(theirs, [undefined, undefined, undefined, undefined])
    },
  },
  {
    name: 'completes turns of lanes of several tenants at once and says what became of each lane',
    async run(subject, assert) {
      const [tenantId, other] = subject.tenants
      const [stale] = await acceptAndClaim(subject, tenantId, ['d'])
      subject.clock.advance(leaseMs + 1)
      const at = subject.clock.now()
      const [, empty, waits, kept] = [
        ...(await claimAll(subject)),
        ...(await acceptAndClaim(subject, other, ['a'], 1)),
        ...(await acceptAndClaim(subject, tenantId, ['b'], 2)),
        ...(await acceptAndClaim(subject, tenantId, ['c'], 2)),
      ]
      const trace = [{ step: 'record', outcome: 'x' }]
      const turn = async (grant: LaneGrant, keep: boolean) => {
        const [event] = await readWaiting(subject, grant, 1)
        return { grant, handled: [{ id: need(event).id, trace }], keep }
      }
      const turns = [
        await turn(need(waits), false),
        {
          grant: need(stale),
          handled: [{ id: subject.ids.next('InboxEventId'), trace }],
          keep: true,
        },
        await turn(need(empty), true),
        await turn(need(kept), true),
      ]
      const after = await subject.laneQueue.complete(turns, at)
      assert.deepEqual(after, ['waits', 'lost', 'empty', 'kept'])
      assert.deepEqual(
        (await claimAll(subject)).map(({ laneKey }) => laneKey),
        [waits?.laneKey],
      )
      const [left] = await readWaiting(subject, need(kept), 10)
      assert.ok(left !== undefined && left.id !== turns[3]?.handled[0]?.id)
      const { id } = need(turns[2]?.handled[0])
      const traces = await subject.work.run(other, ({ lanes }) => lanes.traces([id]))
      assert.deepEqual([...traces.values()], [trace])
    },
  },
  {
    name: 'completes none of several turns when an event of one is no longer waiting',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const at = subject.clock.now()
      const [a, b] = await acceptAndClaim(subject, tenantId, ['a', 'b'], 2)
      const [first] = await readWaiting(subject, need(a), 1)
      const [second] = await readWaiting(subject, need(b), 1)
      const done = { id: need(first).id, trace: [] }
      await subject.work.run(tenantId, ({ lanes }) => lanes.complete(need(a), [done], at))
      const turns = [
        { grant: need(b), handled: [{ id: need(second).id, trace: [] }], keep: false },
        { grant: need(a), handled: [done], keep: false },
      ]
      await assert.rejects(subject.laneQueue.complete(turns, at), (error) =>
        isAuronxError(error, 'lease_lost'),
      )
      assert.equal((await readWaiting(subject, need(b), 10)).length, 2)
    },
  },
  {
    name: 'finds what waits in a lane that is never empty, past duplicates, dead events and replayed ones',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const at = subject.clock.now()
      const [one, two] = await accept(subject, tenantId, 'a', 2)
      const grant = await claimOne(subject)
      const again = { ...need(one), id: subject.ids.next('InboxEventId') }
      const late = [again, testItem(subject, tenantId, 'a'), testItem(subject, tenantId, 'a')]
      await subject.inbox.accept(late, { now: at })
      const [, three, four] = late
      const waiting = async () => (await readWaiting(subject, grant, 10)).map(({ id }) => id)
      const complete = (id: InboxEventId) =>
        subject.work.run(tenantId, ({ lanes }) => lanes.complete(grant, [{ id, trace: [] }], at))
      await complete(need(one).id)
      assert.deepEqual(await waiting(), [two?.id, three?.id, four?.id])
      await subject.work.run(tenantId, ({ lanes }) =>
        lanes.fail(grant, need(two).id, { errorCode: 'internal', at }),
      )
      await subject.laneQueue.complete(
        [{ grant, handled: [{ id: need(three).id, trace: [] }], keep: true }],
        at,
      )
      assert.deepEqual(await waiting(), [four?.id])
      await subject.work.run(tenantId, ({ lanes }) => lanes.replay(need(two).id, at))
      assert.deepEqual(await waiting(), [two?.id, four?.id])
      await complete(need(four).id)
      assert.deepEqual(await waiting(), [two?.id], 'also when a later one was completed before it')
      assert.equal(await complete(need(two).id), true)
      const [five] = await accept(subject, tenantId, 'a', 1)
      assert.deepEqual(
        (await readWaiting(subject, await claimOne(subject), 10)).map(({ id }) => id),
        [five?.id],
      )
    },
  },
  {
    name: 'replays the last event of a lane that is empty',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const at = subject.clock.now()
      const items = await accept(subject, tenantId, 'a', 3)
      const grant = await claimOne(subject)
      const [one, two, three] = items.map(({ id }) => id)
      await subject.work.run(tenantId, async ({ lanes }) => {
        await lanes.fail(grant, need(one), { errorCode: 'internal', at })
        const rest = [need(two), need(three)].map((id) => ({ id, trace: [] }))
        await lanes.complete(grant, rest, at)
      })
      assert.deepEqual(await claimAll(subject), [])
      await subject.work.run(tenantId, ({ lanes }) => lanes.replay(need(one), at))
      const again = await claimOne(subject)
      assert.deepEqual(
        (await readWaiting(subject, again, 10)).map(({ id }) => id),
        [one],
      )
      assert.equal(again.epoch > grant.epoch, true)
    },
  },
  {
    name: 'does not release or extend under a stale grant',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      await accept(subject, tenantId, 'a', 1)
      const stale = await claimOne(subject)
      subject.clock.advance(leaseMs + 1)
      const fresh = await claimOne(subject)
      const now = subject.clock.now()
      await subject.laneQueue.release([stale], now)
      assert.equal(await subject.laneQueue.extend(stale, leaseMs, now), undefined)
      assert.deepEqual(await subject.laneQueue.claim({ limit: 1, leaseMs, now }), [])
      await subject.laneQueue.release([fresh], now)
      assert.equal((await subject.laneQueue.claim({ limit: 1, leaseMs, now })).length, 1)
    },
  },
  {
    name: 'serves the lane that waits longest first',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const [old] = await accept(subject, tenantId, 'a', 1)
      subject.clock.advance(10)
      await accept(subject, tenantId, 'b', 1)
      const grant = await claimOne(subject)
      assert.equal(grant.laneKey, need(old).laneKey)
    },
  },
  {
    name: 'runs a due job once, moves it by its natural key and forgets it when cancelled',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const now = subject.clock.now()
      const later = new Date(now.getTime() + 1_000)
      const schedule = (naturalKey: string, runAt: Date): Promise<void> =>
        subject.work.run(tenantId, ({ jobs }) =>
          jobs.schedule({
            id: subject.ids.next('JobId'),
            kind: 'k',
            naturalKey,
            runAt,
            data: { n: 1 },
          }),
        )
      await schedule('one', now)
      await schedule('one', later)
      await schedule('two', later)
      assert.deepEqual(await subject.jobQueue.claim({ limit: 9, leaseMs, now }), [])
      assert.equal(await subject.work.run(tenantId, ({ jobs }) => jobs.cancel('two')), true)
      subject.clock.advance(1_000)
      const [grant, ...more] = await subject.jobQueue.claim({ limit: 9, leaseMs, now: later })
      assert.equal(more.length, 0)
      const job = await subject.work.run(tenantId, ({ jobs }) => jobs.take(need(grant)))
      assert.deepEqual([job.kind, job.naturalKey, job.data], ['k', 'one', { n: 1 }])
      await subject.work.run(tenantId, ({ jobs }) => jobs.complete(need(grant)))
      await assert.rejects(
        subject.work.run(tenantId, ({ jobs }) => jobs.take(need(grant))),
        (error) => isAuronxError(error, 'lease_lost'),
      )
      assert.equal(await subject.jobQueue.nextDue(later), undefined)
    },
  },
  {
    name: 'gives a job whose holder died to the next caller and keeps a dead one from running',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const runAt = subject.clock.now()
      await subject.work.run(tenantId, ({ jobs }) =>
        jobs.schedule({
          id: subject.ids.next('JobId'),
          kind: 'k',
          naturalKey: 'one',
          runAt,
          data: {},
        }),
      )
      const [stale] = await subject.jobQueue.claim({ limit: 1, leaseMs, now: runAt })
      subject.clock.advance(leaseMs + 1)
      const now = subject.clock.now()
      const [fresh] = await subject.jobQueue.claim({ limit: 1, leaseMs, now })
      assert.equal(fresh?.attempts, 1)
      await assert.rejects(
        subject.work.run(tenantId, ({ jobs }) => jobs.complete(need(stale))),
        (error) => isAuronxError(error, 'lease_lost'),
      )
      await subject.work.run(tenantId, ({ jobs }) =>
        jobs.fail(need(fresh), { errorCode: 'internal' }),
      )
      assert.deepEqual(
        await subject.jobQueue.claim({
          limit: 1,
          leaseMs,
          now: new Date(now.getTime() + leaseMs * 9),
        }),
        [],
      )
    },
  },
  {
    name: 'leaves a job to its holder for as long as that one asks for it',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const now = subject.clock.now()
      await scheduleJob(subject, tenantId, 'one')
      const [grant] = await subject.jobQueue.claim({ limit: 1, leaseMs, now })
      const leaseUntil = new Date(now.getTime() + leaseMs * 2)
      await subject.work.run(tenantId, ({ jobs }) => jobs.take(need(grant), { leaseUntil }))
      const claimAt = (ms: number) =>
        subject.jobQueue.claim({ limit: 1, leaseMs, now: new Date(now.getTime() + ms) })
      assert.deepEqual(await claimAt(leaseMs + 1), [])
      assert.equal((await claimAt(leaseMs * 2))[0]?.attempts, 1)
      await assert.rejects(
        subject.work.run(tenantId, ({ jobs }) => jobs.take(need(grant), { leaseUntil })),
        (error) => isAuronxError(error, 'lease_lost'),
      )
    },
  },
  {
    name: 'shows dead jobs to their tenant, newest first, and runs or forgets each once',
    async run(subject, assert) {
      const [tenantId, other] = subject.tenants
      const now = subject.clock.now()
      const die = async (naturalKey: string): Promise<JobId> => {
        await scheduleJob(subject, tenantId, naturalKey)
        const [grant] = await subject.jobQueue.claim({ limit: 1, leaseMs, now })
        await subject.work.run(tenantId, ({ jobs }) =>
          jobs.fail(need(grant), { errorCode: 'internal' }),
        )
        return need(grant).jobId
      }
      const [first, second] = [await die('one'), await die('two')]
      const dead = (of: TenantId) => subject.work.run(of, ({ jobs }) => jobs.dead(100))
      const shown = { kind: 'k', runAt: now, data: { n: 1 }, attempts: 1, errorCode: 'internal' }
      assert.deepEqual(await dead(tenantId), [
        { id: second, ...shown },
        { id: first, ...shown },
      ])
      assert.deepEqual(await dead(other), [])
      const settle = (of: TenantId, id: JobId, runAt?: Date) =>
        subject.work.run(of, ({ jobs }) => jobs.settleDead(id, runAt))
      assert.equal(await settle(other, first, now), false)
      assert.equal(await settle(other, first), false)
      assert.equal(await settle(tenantId, first, now), true)
      assert.equal(await settle(tenantId, first, now), false)
      assert.equal(await settle(tenantId, second), true)
      assert.equal(await settle(tenantId, second), false)
      assert.deepEqual(await dead(tenantId), [])
      const [again, ...more] = await subject.jobQueue.claim({ limit: 9, leaseMs, now })
      assert.deepEqual([again?.jobId, again?.attempts, more.length], [first, 0, 0])
    },
  },
]

function scheduleJob(subject: LaneSubject, tenantId: TenantId, naturalKey: string): Promise<void> {
  const job = { kind: 'k', naturalKey, runAt: subject.clock.now(), data: { n: 1 } }
  return subject.work.run(tenantId, ({ jobs }) =>
    jobs.schedule({ id: subject.ids.next('JobId'), ...job }),
  )
}

/** What waits in a granted lane; fails under a stale grant. */
export async function readWaiting(
  subject: LaneSubject,
  grant: LaneGrant,
  limit: number,
): Promise<readonly WaitingEvent[]> {
  const [events] = await subject.work.run(grant.tenantId, ({ lanes }) =>
    lanes.waiting([{ grant, limit }]),
  )
  return need(events)
}

async function claimOne(subject: LaneSubject): Promise<LaneGrant> {
  const grants = await subject.laneQueue.claim({ limit: 1, leaseMs, now: subject.clock.now() })
  return need(grants[0])
}

async function claimAll(subject: LaneSubject): Promise<readonly LaneGrant[]> {
  return subject.laneQueue.claim({ limit: 100, leaseMs, now: subject.clock.now() })
}

/** Accepts `each` events in each of the lanes and claims these, in the order of their names. */
async function acceptAndClaim(
  subject: LaneSubject,
  tenantId: TenantId,
  names: readonly string[],
  each = 1,
): Promise<readonly LaneGrant[]> {
  for (const name of names) await accept(subject, tenantId, name, each)
  const grants = await claimAll(subject)
  return grants.toSorted((one, two) => one.laneKey.localeCompare(two.laneKey))
}

async function accept(
  subject: LaneSubject,
  tenantId: TenantId,
  lane: string,
  count: number,
): Promise<readonly AcceptItem[]> {
  const items = Array.from({ length: count }, () => testItem(subject, tenantId, lane))
  await subject.inbox.accept(items, { now: subject.clock.now() })
  return items
}

/** An event to accept, with a payload of its own. */
export function testItem(subject: LaneSubject, tenantId: TenantId, lane: string): AcceptItem {
  const id = subject.ids.next('InboxEventId')
  return {
    tenantId,
    channelId: asId('ChannelId', tenantId),
    id,
    dedupHash: id.replaceAll('-', '').padEnd(64, '0'),
    laneKey: lane.padEnd(64, '0'),
    kind: 'message',
    payload: new TextEncoder().encode(`payload of ${id}`),
    receivedAt: subject.clock.now(),
  }
}

function need<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('The contract expected a value here')
  return value
}
