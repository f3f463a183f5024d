import { assert, describe, test } from 'vitest'
import { createMemoryContactStore } from '../contacts/index.ts'
import { createMemoryConversationStore } from '../conversations/index.ts'
import { asId, createIds, createMemoryDatabase, createMemoryWork } from '../kernel/index.ts'
import { createFakeClock } from '../testing/clock.ts'
import { createSeededRandom } from '../testing/random.ts'
import { runContract } from '../testing/run-contract.ts'
import { createMemoryTurnStore, turnContract } from './index.ts'
import type { TurnSubject } from './index.ts'

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

async function open(): Promise<TurnSubject> {
  const clock = createFakeClock()
  const random = createSeededRandom()
  return {
    clock,
    random,
    ids: createIds(clock, random),
    tenants: [asId('TenantId', 'tenant-a'), asId('TenantId', 'tenant-b')],
    work: createMemoryWork(createMemoryDatabase(), (database, tenantId) => ({
      contacts: createMemoryContactStore(database, tenantId),
      conversations: createMemoryConversationStore(database, tenantId),
      turns: createMemoryTurnStore(database, tenantId),
    })),
  }
}

describe('turns in memory', () => runContract({ test, assert: contractAssert, open }, turnContract))
