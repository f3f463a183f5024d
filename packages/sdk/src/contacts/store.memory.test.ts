import { describe, test } from 'vitest'
import { createMemoryConversationStore } from '../conversations/index.ts'
import { createIds, createMemoryDatabase, createMemoryWork } from '../kernel/index.ts'
import { createFakeClock, createSeededRandom, runContract } from '../testing/index.ts'
import { nodeAssert } from '../conversations/node-assert.fixture.ts'
import { contactListContract } from './list.contract.ts'
import type { ContactListSubject } from './list.contract.ts'
import { createMemoryContactLists } from './list.memory.ts'
import type { ContactSubject } from './store.contract.ts'
import { contactContract } from './store.contract.ts'
import { createMemoryContactStore } from './store.memory.ts'

async function open(): Promise<ContactSubject & ContactListSubject> {
  const clock = createFakeClock()
  const random = createSeededRandom()
  const ids = createIds(clock, random)
  const work = createMemoryWork(createMemoryDatabase(), (database, tenantId) => ({
    contacts: createMemoryContactStore(database, tenantId),
    contactLists: createMemoryContactLists(database, tenantId),
    conversations: createMemoryConversationStore(database, tenantId),
  }))
  return { work, tenants: [ids.next('TenantId'), ids.next('TenantId')], clock, ids, random }
}

describe('contacts in memory', () =>
  runContract({ test, assert: nodeAssert, open }, contactContract))

describe('lists of contacts in memory', () =>
  runContract({ test, assert: nodeAssert, open }, contactListContract))
