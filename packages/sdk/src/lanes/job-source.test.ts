import { assert, test } from 'vitest'
import {
  asId,
  createIds,
  createMemoryDatabase,
  createMemoryWork,
  silentLogger,
} from '../kernel/index.ts'
import { createFakeClock } from '../testing/clock.ts'
import { createSeededRandom } from '../testing/random.ts'
import { createJobSource, createMemoryJobQueue, createMemoryJobStore } from './index.ts'
import type { JobRule, JobRunner, JobStore } from './index.ts'

const tenantId = asId('TenantId', 'tenant-a')
const signal = new AbortController().signal

function setup(runner: JobRunner, rule: JobRule<{ readonly jobs: JobStore }> = {}) {
  const database = createMemoryDatabase()
  const clock = createFakeClock()
  const random = createSeededRandom()
  const ids = createIds(clock, random)
  const queue = createMemoryJobQueue(database)
  const work = createMemoryWork(database, (db, tenant) => ({
    jobs: createMemoryJobStore(db, tenant),
  }))
  const source = createJobSource({
    queue,
    work,
    clock,
    random,
    logger: silentLogger,
    handlers: new Map(),
    runners: new Map([['outside', runner]]),
    rules: new Map([['outside', rule]]),
  })
  const schedule = () =>
    work.run(tenantId, ({ jobs }) =>
      jobs.schedule({
        id: ids.next('JobId'),
        kind: 'outside',
        naturalKey: 'once',
        runAt: clock.now(),
        data: { n: 1 },
      }),
    )
  const run = async (): Promise<number> => {
    const tasks = await source.claim(10)
    for (const task of tasks) await task(signal)
    return tasks.length
  }
  return { work, clock, queue, schedule, run }
}

test('a runner works outside of a transaction and completes its job itself', async () => {
  const seen: unknown[] = []
  const shop = setup(async (grant, job, options) => {
    seen.push([job.naturalKey, job.data, options.signal === signal])
    // Would wait for ever inside of a transaction of the in-memory database.
    await shop.work.run(tenantId, ({ jobs }) => jobs.complete(grant))
  })
  await shop.schedule()
  assert.strictEqual(await shop.run(), 1)
  assert.deepStrictEqual(seen, [['once', { n: 1 }, true]])
  assert.strictEqual(await shop.queue.nextDue(shop.clock.now()), undefined)
})

test('scheduling the job again while its runner works refuses what the runner wants to commit', async () => {
  let runs = 0
  const shop = setup(async (grant) => {
    runs += 1
    if (runs === 1) await shop.schedule()
    await shop.work.run(tenantId, ({ jobs }) => jobs.complete(grant))
  })
  await shop.schedule()
  assert.deepStrictEqual([await shop.run(), await shop.run(), await shop.run()], [1, 1, 0])
  assert.strictEqual(runs, 2)
})

test('a runner that throws is tried again later; one that never ends is taken up after its lease', async () => {
  const attempts: number[] = []
  const shop = setup(async (grant) => {
    attempts.push(grant.attempts)
    if (grant.attempts === 0) throw new Error('no')
    if (grant.attempts === 2) await shop.work.run(tenantId, ({ jobs }) => jobs.complete(grant))
  })
  await shop.schedule()
  await shop.run()
  assert.strictEqual(await shop.run(), 0)
  shop.clock.advance(1_000)
  await shop.run()
  assert.strictEqual(await shop.run(), 0)
  shop.clock.advance(60_000)
  await shop.run()
  assert.deepStrictEqual(attempts, [0, 1, 2])
})

const dead = ({ work }: ReturnType<typeof setup>) => work.run(tenantId, ({ jobs }) => jobs.dead(10))

test('a kind of job has its own number of attempts, and what it was for is seen to when it is dead', async () => {
  const seen: unknown[] = []
  const shop = setup(() => Promise.reject(new Error('broken')), {
    backoff: { maxAttempts: 2 },
    async whenDead(actor, job, { jobs }) {
      seen.push([actor.kind, job.data, (await jobs.dead(10)).length])
      return () => seen.push('after the commit')
    },
  })
  await shop.schedule()
  await shop.run()
  assert.deepEqual([seen, await dead(shop)], [[], []])
  shop.clock.advance(1_000)
  await shop.run()
  assert.deepEqual(seen, [['system', { n: 1 }, 1], 'after the commit'])
  assert.deepEqual(
    (await dead(shop)).map(({ kind, attempts, errorCode }) => [kind, attempts, errorCode]),
    [['outside', 2, 'internal']],
  )
})

test('a job is dead and seen also when what it was for cannot be seen to', async () => {
  const shop = setup(() => Promise.reject(new Error('broken')), {
    backoff: { maxAttempts: 1 },
    whenDead: () => Promise.reject(new Error('broken as well')),
  })
  await shop.schedule()
  await shop.run()
  assert.equal((await dead(shop)).length, 1)
})

test('a job whose holders died again and again is dead, and not started once more', async () => {
  let starts = 0
  let seen = 0
  const shop = setup(
    () => {
      starts += 1
      return new Promise(() => undefined)
    },
    {
      backoff: { maxAttempts: 2 },
      async whenDead() {
        seen += 1
        return () => undefined
      },
    },
  )
  await shop.schedule()
  for (let round = 0; round < 4; round += 1) {
    void shop.run()
    await new Promise((resolve) => setImmediate(resolve))
    shop.clock.advance(60_000)
  }
  assert.deepEqual([starts, seen], [2, 1])
  assert.equal((await dead(shop))[0]?.errorCode, 'timeout')
})
