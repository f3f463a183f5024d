import { createMemoryCleanup } from '../cleanup.memory.ts'
import {
  createMemoryAccessDirectory,
  createMemoryAccountStore,
  createMemoryChannelDirectory,
  createMemoryTeamStore,
  isMemoryChannelStopped,
} from '../accounts/index.ts'
import { createMemoryTurnStore } from '../assistant/index.ts'
import { createMemoryAuditStore } from '../audit/index.ts'
import {
  assertMemoryAccess,
  createMemoryApiKeyStore,
  createMemoryIdentityWork,
  createMemorySessionStore,
} from '../auth/stores.memory.ts'
import type { Storage, Stores } from '../auronx.ts'
import { createMemoryCatalogLists, createMemoryCatalogStore } from '../catalog/index.ts'
import { createMemoryContactLists, createMemoryContactStore } from '../contacts/index.ts'
import {
  createMemoryAssignmentStore,
  createMemoryConversationStore,
} from '../conversations/index.ts'
import { createMemoryInboxStore } from '../inbox/index.ts'
import {
  createMemoryDatabase,
  createMemoryEventStore,
  createMemoryIdempotencyStore,
  createMemoryWork,
} from '../kernel/index.ts'
import type { MemoryDatabase, TenantId } from '../kernel/index.ts'
import {
  createMemoryJobQueue,
  createMemoryJobStore,
  createMemoryLaneQueue,
  createMemoryLaneStore,
} from '../lanes/index.ts'
import {
  createMemoryActionDirectory,
  createMemoryActionStore,
  createMemoryOrderStore,
} from '../orders/index.ts'
import { createMemoryOutboxQueue, createMemoryOutboxStore } from '../outbox/index.ts'

/** Complete storage in memory, for tests and demonstrations: gone with the process, one transaction at a time. */
export function createMemoryStorage(database: MemoryDatabase = createMemoryDatabase()): Storage {
  return {
    work: createMemoryWork(database, openMemoryStores),
    identity: createMemoryIdentityWork(database),
    access: createMemoryAccessDirectory(database),
    cleanup: createMemoryCleanup(database),
    workFor: (claim, clock) =>
      createMemoryWork(database, (tables, tenantId) => {
        assertMemoryAccess(tables, tenantId, claim, clock.now())
        return openMemoryStores(tables, tenantId)
      }),
    inbox: createMemoryInboxStore(database),
    lanes: createMemoryLaneQueue(database),
    jobs: createMemoryJobQueue(database),
    outbox: createMemoryOutboxQueue(database, (tenantId, channelId) =>
      isMemoryChannelStopped(database, tenantId, channelId),
    ),
    directory: createMemoryChannelDirectory(database),
    actions: createMemoryActionDirectory(database),
  }
}

function openMemoryStores(database: MemoryDatabase, tenantId: TenantId): Stores {
  return {
    ahead: { messages: () => undefined },
    accounts: createMemoryAccountStore(database, tenantId),
    team: createMemoryTeamStore(database, tenantId),
    sessions: createMemorySessionStore(database, tenantId),
    apiKeys: createMemoryApiKeyStore(database, tenantId),
    assignments: createMemoryAssignmentStore(database, tenantId),
    contacts: createMemoryContactStore(database, tenantId),
    conversations: createMemoryConversationStore(database, tenantId),
    catalog: createMemoryCatalogStore(database, tenantId),
    orders: createMemoryOrderStore(database, tenantId),
    actions: createMemoryActionStore(database, tenantId),
    outbox: createMemoryOutboxStore(database, tenantId),
    lanes: createMemoryLaneStore(database, tenantId),
    jobs: createMemoryJobStore(database, tenantId),
    events: createMemoryEventStore(database, tenantId),
    turns: createMemoryTurnStore(database, tenantId),
    idempotency: createMemoryIdempotencyStore(database, tenantId),
    audit: createMemoryAuditStore(database, tenantId),
    contactLists: createMemoryContactLists(database, tenantId),
    catalogLists: createMemoryCatalogLists(database, tenantId),
  }
}
