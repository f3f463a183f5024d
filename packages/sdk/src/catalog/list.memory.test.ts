import { describe, test } from 'vitest'
import { nodeAssert } from '../conversations/node-assert.fixture.ts'
import { createIds, createMemoryDatabase, createMemoryWork } from '../kernel/index.ts'
import { createFakeClock, createSeededRandom, runContract } from '../testing/index.ts'
import type { CatalogListSubject } from './list.contract.ts'
import { catalogListContract } from './list.contract.ts'
import { createMemoryCatalogLists } from './list.memory.ts'
import { createMemoryCatalogStore } from './store.memory.ts'

async function open(): Promise<CatalogListSubject> {
  const clock = createFakeClock()
  const random = createSeededRandom()
  const ids = createIds(clock, random)
  const work = createMemoryWork(createMemoryDatabase(), (database, tenantId) => ({
    catalog: createMemoryCatalogStore(database, tenantId),
    catalogLists: createMemoryCatalogLists(database, tenantId),
  }))
  return { work, tenants: [ids.next('TenantId'), ids.next('TenantId')], clock, ids, random }
}

describe('lists of the catalog in memory', () =>
  runContract({ test, assert: nodeAssert, open }, catalogListContract))
