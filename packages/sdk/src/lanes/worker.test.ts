import { assert, describe, test } from 'vitest'
import { createMemoryInboxStore } from '../inbox/index.ts'
import {
  AuronxError,
  asId,
  createIds,
  createMemoryDatabase,
  createMemoryWork,
  silentLogger,
} from '../kernel/index.ts'
import type { InboxEventId } from '../kernel/index.ts'
import { createFakeClock } from '../testing/clock.ts'
import { createSeededRandom } from '../testing/random.ts'
import {
  createLaneSource,
  createMemoryJobQueue,
  createMemoryJobStore,
  createMemoryLaneQueue,
  createMemoryLaneStore,
  createWorker,
  testItem,
} from './index.ts'
import type { HandledTurn, LaneQueue, WaitingEvent } from './index.ts'

const tenantId = asId('TenantId', 'tenant-a')

function setup(handle: (event: WaitingEvent) => Promise<void>, writes = true, maxAttempts = 3) {
  const database = createMemoryDatabase()
  const clock = createFakeClock()
  const random = createSeededRandom()
  const work = createMemoryWork(database, (db, tenant) => ({
    lanes: createMemoryLaneStore(db, tenant),
    jobs: createMemoryJobStore(db, tenant),
  }))
  const completions: (readonly HandledTurn[])[] = []
  const memoryQueue = createMemoryLaneQueue(database)
  const laneQueue: LaneQueue = {
    ...memoryQueue,
    complete(turns, at) {
      completions.push(turns)
      return memoryQueue.complete(turns, at)
    },
  }
  const subject = {
    clock,
    random,
    work,
    laneQueue,
    ids: createIds(clock, random),
    tenants: [tenantId, asId('TenantId', 'tenant-b')] as const,
    inbox: createMemoryInboxStore(database),
    jobQueue: createMemoryJobQueue(database),
  }
  const lanes = createLaneSource({
    queue: laneQueue,
    work,
    clock,
    random,
    logger: silentLogger,
    backoff: { maxAttempts },
    handle: async (grant, events) => {
      for (const event of events) await handle(event)
      const handled = events.map(({ id }) => ({ id, trace: [] }))
      if (!writes) return { kind: 'handled', events: handled }
      const complete = work.run(tenantId, ({ lanes: store }) =>
        store.complete(grant, handled, clock.now()),
      )
      return { kind: 'committed', released: await complete }
    },
  })
  const worker = createWorker({ sources: [lanes], clock, logger: silentLogger })
  const accept = async (lane: string, count: number): Promise<readonly InboxEventId[]> => {
    const items = Array.from({ length: count }, () => testItem(subject, tenantId, lane))
    await subject.inbox.accept(items, { now: clock.now() })
    return items.map((item) => item.id)
  }
  return { ...subject, worker, accept, completions }
}

describe.each([
  ['commits what it writes', true],
  ['writes nothing', false],
] as const)('a handler that %s', (_, writes) => {
  test('drains every lane in its order and says that nothing is left', async () => {
    const seen: string[] = []
    const { worker, accept } = setup(async (event) => {
      seen.push(event.id)
    }, writes)
    const a = await accept('a', 20)
    const b = await accept('b', 5)
    assert.deepStrictEqual(await worker.drain({ maxMs: 5_000 }), {})
    assert.deepStrictEqual(
      seen.filter((id) => a.some((known) => known === id)),
      [...a],
    )
    assert.deepStrictEqual(
      seen.filter((id) => b.some((known) => known === id)),
      [...b],
    )
  })

  test('retries a failing event with growing waits, then lets the lane go on without it', async () => {
    const seen: string[] = []
    const { worker, accept, clock, work } = setup(async (event) => {
      seen.push(event.id)
      if (event.id === seen[0]) throw new AuronxError('internal', 'no')
    }, writes)
    const [bad, good] = await accept('a', 2)
    const { nextDue } = await worker.drain({ maxMs: 5_000 })
    assert.ok(nextDue !== undefined && nextDue > clock.now())
    clock.advance(1_000)
    await worker.drain({ maxMs: 5_000 })
    clock.advance(2_000)
    assert.deepStrictEqual(await worker.drain({ maxMs: 5_000 }), {})
    // The first time both were tried in one transaction, which was undone.
    assert.deepStrictEqual(seen, [bad ?? '', bad ?? '', bad ?? '', bad ?? '', good ?? ''])
    const dead = await work.run(tenantId, ({ lanes }) => lanes.dead(5))
    assert.deepStrictEqual(
      dead.map((event) => event.id),
      [bad],
    )
  })

  test('keeps other lanes moving while one is slow', async () => {
    const gate: { open: () => void } = { open: () => undefined }
    const blocked = new Promise<void>((resolve) => {
      gate.open = resolve
    })
    const seen: string[] = []
    let first = ''
    const { worker, accept } = setup(async (event) => {
      if (first === '') first = event.id
      if (event.id === first) await blocked
      seen.push(event.id)
      if (seen.length === 4) gate.open()
    }, writes)
    await accept('a', 1)
    await accept('b', 4)
    await worker.drain({ maxMs: 5_000 })
    assert.strictEqual(seen.length, 5)
    assert.strictEqual(seen[4], first)
  })
})

test('gives an event up that its process died of again and again, and not one that was merely in hand a few times', async () => {
  const seen: string[] = []
  const { worker, accept, laneQueue, clock, work } = setup(async (event) => {
    seen.push(event.id)
  })
  const [poison] = await accept('a', 1)
  const die = async (times: number): Promise<void> => {
    for (let time = 0; time < times; time += 1) {
      await laneQueue.claim({ limit: 1, leaseMs: 1_000, now: clock.now() })
      clock.advance(1_001)
    }
  }
  // The first claim takes a free lane; each later one finds a holder that is gone.
  await die(1 + 3 * 4)
  await worker.drain({ maxMs: 5_000 })
  assert.deepStrictEqual(seen, [])
  const dead = await work.run(tenantId, ({ lanes }) => lanes.dead(5))
  assert.deepStrictEqual(
    dead.map((event) => event.id),
    [poison],
  )
  await accept('b', 1)
  await die(5)
  await worker.drain({ maxMs: 5_000 })
  assert.strictEqual(seen.length, 1)
})

test('stops between two turns when told and leaves the rest to others', async () => {
  const stop = new AbortController()
  const seen: string[] = []
  const { worker, accept, laneQueue, clock } = setup(async (event) => {
    seen.push(event.id)
    stop.abort()
  })
  await accept('a', 20)
  await worker.run({ signal: stop.signal })
  assert.strictEqual(seen.length, 16)
  const grants = await laneQueue.claim({ limit: 1, leaseMs: 1_000, now: clock.now() })
  assert.strictEqual(grants.length, 1, 'the lane was given back at once')
})

test('completes the turns of many lanes together when their handlers wrote nothing', async () => {
  const { worker, accept, completions } = setup(async () => undefined, false)
  for (const lane of 'abcdefgh') await accept(lane, 2)
  await worker.drain({ maxMs: 5_000 })
  assert.deepStrictEqual(
    completions.map((turns) => turns.length),
    [8],
  )
})

test('a turn that cannot be completed fails alone', async () => {
  const seen: string[] = []
  const gone = new Set<string>()
  const { worker, accept, completions, work, clock } = setup(async (event) => {
    seen.push(event.id)
    if (!gone.has(event.id)) return
    // Somebody completes it while it is handled, which its holder cannot know.
    await work.run(tenantId, async ({ lanes }) => {
      const grant = { tenantId, laneKey: 'b'.padEnd(64, '0'), epoch: 1, leaseUntil: clock.now() }
      await lanes.complete(grant, [{ id: event.id, trace: [] }], clock.now())
    })
  }, false)
  await accept('a', 1)
  gone.add((await accept('b', 2))[0] ?? '')
  await accept('c', 1)
  await worker.drain({ maxMs: 5_000 })
  assert.deepStrictEqual(completions[0]?.length, 3)
  assert.strictEqual(seen.length, 4)
  const dead = await work.run(tenantId, ({ lanes }) => lanes.dead(5))
  assert.deepStrictEqual(dead, [])
})

test('a lane that has more than its turn is kept while nothing else waits, and given back while something does', async () => {
  const { worker, accept, completions } = setup(async () => undefined, false)
  await accept('hot', 100)
  await worker.drain({ maxMs: 5_000 })
  const kept = completions.flat().map(({ handled, keep }) => [handled.length, keep])
  assert.deepStrictEqual(kept.slice(0, 3), [
    [16, true],
    [16, true],
    [16, true],
  ])
  assert.strictEqual(
    kept.reduce((sum, [count]) => sum + Number(count), 0),
    100,
  )
  completions.length = 0
  await accept('hot', 20)
  for (let lane = 0; lane < 40; lane += 1) await accept(`cold ${lane}-`, 1)
  await worker.drain({ maxMs: 5_000 })
  const [hot] = completions.flat().filter(({ handled }) => handled.length > 1)
  assert.deepStrictEqual([hot?.handled.length, hot?.keep], [16, false])
})
