import { assert, describe, test } from 'vitest'
import { catalogContract } from '../catalog/index.ts'
import { runContract } from '../testing/run-contract.ts'
import { openShopFloor, testSettings } from './shop-floor.fixture.ts'
import type { OrderSubject } from './store.contract.ts'
import { orderContract } from './store.contract.ts'
import { createMemoryActionDirectory } from './store.memory.ts'

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

async function open(): Promise<OrderSubject> {
  const floor = await openShopFloor()
  const other = floor.ids.next('TenantId')
  await floor.work.run(other, ({ accounts }) =>
    accounts.saveTenant({ id: other, settings: testSettings, version: 1 }),
  )
  return {
    ...floor,
    tenants: [other, floor.ids.next('TenantId')],
    actionDirectory: createMemoryActionDirectory(floor.database),
    newContact: async () => floor.contact(),
  }
}

describe('catalog in memory', () =>
  runContract({ test, assert: contractAssert, open }, catalogContract))
describe('orders in memory', () =>
  runContract({ test, assert: contractAssert, open }, orderContract))
