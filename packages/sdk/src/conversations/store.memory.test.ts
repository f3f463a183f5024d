import { describe, test } from 'vitest'
import { createMemoryContactStore } from '../contacts/index.ts'
import { createIds, createMemoryDatabase, createMemoryWork } from '../kernel/index.ts'
import { createFakeClock, createSeededRandom, runContract } from '../testing/index.ts'
import { nodeAssert } from './node-assert.fixture.ts'
import type { AssignmentSubject } from './assignments.contract.ts'
import { assignmentContract } from './assignments.contract.ts'
import { createMemoryAssignmentStore } from './assignments.memory.ts'
import type { ConversationSubject } from './store.contract.ts'
import { conversationContract } from './store.contract.ts'
import { createMemoryConversationStore } from './store.memory.ts'

async function open(): Promise<ConversationSubject & AssignmentSubject> {
  const clock = createFakeClock()
  const random = createSeededRandom()
  const ids = createIds(clock, random)
  const work = createMemoryWork(createMemoryDatabase(), (database, tenantId) => ({
    contacts: createMemoryContactStore(database, tenantId),
    conversations: createMemoryConversationStore(database, tenantId),
    assignments: createMemoryAssignmentStore(database, tenantId),
  }))
  return { work, tenants: [ids.next('TenantId'), ids.next('TenantId')], clock, ids, random }
}

describe('conversations in memory', () =>
  runContract({ test, assert: nodeAssert, open }, conversationContract))

describe('held conversations in memory', () =>
  runContract({ test, assert: nodeAssert, open }, assignmentContract))
