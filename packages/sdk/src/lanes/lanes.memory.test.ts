import { assert, describe, test } from 'vitest'
import { createMemoryInboxStore, inboxContract } from '../inbox/index.ts'
import { asId, createIds, createMemoryDatabase, createMemoryWork } from '../kernel/index.ts'
import { createFakeClock } from '../testing/clock.ts'
import { runContract } from '../testing/run-contract.ts'
import { createSeededRandom } from '../testing/random.ts'
import {
  createMemoryJobQueue,
  createMemoryJobStore,
  createMemoryLaneQueue,
  createMemoryLaneStore,
  laneContract,
} from './index.ts'
import type { LaneSubject } from './index.ts'

const contractAssert = {
  equal: assert.strictEqual,
  deepEqual: assert.deepStrictEqual,
  ok: assert.ok,
  async rejects(promise: Promise<unknown>, check: (error: unknown) => boolean): Promise<void> {
    const outcome = await promise.then(
      () => 'resolved',
      (error: unknown) => (check(error) ? 'expected' : error),
    )
    assert.strictEqual(outcome, 'expected')
  },
}

async function open(): Promise<LaneSubject> {
  const database = createMemoryDatabase()
  const clock = createFakeClock()
  const random = createSeededRandom()
  return {
    clock,
    random,
    ids: createIds(clock, random),
    tenants: [asId('TenantId', 'tenant-a'), asId('TenantId', 'tenant-b')],
    work: createMemoryWork(database, (db, tenantId) => ({
      lanes: createMemoryLaneStore(db, tenantId),
      jobs: createMemoryJobStore(db, tenantId),
    })),
    inbox: createMemoryInboxStore(database),
    laneQueue: createMemoryLaneQueue(database),
    jobQueue: createMemoryJobQueue(database),
  }
}

describe('lanes in memory', () => runContract({ test, assert: contractAssert, open }, laneContract))
describe('inbox in memory', () =>
  runContract({ test, assert: contractAssert, open }, inboxContract))
