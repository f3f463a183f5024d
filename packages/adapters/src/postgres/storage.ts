import type { Storage, Stores, TenantId } from '@auronx/sdk'
import { createPostgresAccountStore, createPostgresChannelDirectory } from './accounts.ts'
import { createPostgresApiKeyStore } from './api-keys.ts'
import { createPostgresAssignmentStore } from './assignments.ts'
import { createPostgresAuditStore } from './audit.ts'
import { createPostgresCatalogLists } from './catalog-lists.ts'
import { createPostgresCatalogStore } from './catalog.ts'
import { createPostgresCleanup } from './cleanup.ts'
import { createPostgresContactLists } from './contact-lists.ts'
import { createPostgresContactStore } from './contacts.ts'
import { createPostgresConversationStore } from './conversations.ts'
import { createPostgresEventStore } from './events.ts'
import { createPostgresIdempotencyStore } from './idempotency.ts'
import { createPostgresIdentityWork } from './identity.ts'
import { createPostgresInboxStore } from './inbox.ts'
import { createPostgresJobQueue, createPostgresJobStore } from './jobs.ts'
import { createPostgresLaneQueue, createPostgresLaneStore } from './lanes.ts'
import {
  createPostgresActionDirectory,
  createPostgresActionStore,
  createPostgresOrderStore,
} from './orders.ts'
import { createPostgresOutboxQueue, createPostgresOutboxStore } from './outbox.ts'
import { createTransactionReads } from './read-ahead.ts'
import { accessAssertion, createPostgresSessionStore } from './sessions.ts'
import type { SqlClient, Transaction } from './sql.ts'
import { createPostgresAccessDirectory, createPostgresTeamStore } from './team.ts'
import type { DatabaseNames } from './tenant.ts'
import { defaultNames } from './tenant.ts'
import { createPostgresTurnStore } from './turns.ts'
import { createPostgresWork } from './work.ts'

/** Every store of one tenant on one connection. */
export function openPostgresStores(sql: Transaction, tenantId: TenantId): Stores {
  const reads = createTransactionReads(sql, tenantId)
  return {
    ahead: reads.ahead,
    accounts: createPostgresAccountStore(sql, tenantId),
    team: createPostgresTeamStore(sql, tenantId),
    sessions: createPostgresSessionStore(sql, tenantId),
    apiKeys: createPostgresApiKeyStore(sql, tenantId),
    assignments: createPostgresAssignmentStore(sql, tenantId),
    contacts: createPostgresContactStore(sql, tenantId, reads),
    conversations: createPostgresConversationStore(sql, tenantId, reads),
    catalog: createPostgresCatalogStore(sql, tenantId),
    orders: createPostgresOrderStore(sql, tenantId),
    actions: createPostgresActionStore(sql, tenantId),
    outbox: createPostgresOutboxStore(sql, tenantId, reads),
    lanes: createPostgresLaneStore(sql, tenantId),
    jobs: createPostgresJobStore(sql, tenantId),
    events: createPostgresEventStore(sql, tenantId),
    turns: createPostgresTurnStore(sql, tenantId),
    idempotency: createPostgresIdempotencyStore(sql, tenantId),
    audit: createPostgresAuditStore(sql, tenantId),
    contactLists: createPostgresContactLists(sql, tenantId),
    catalogLists: createPostgresCatalogLists(sql, tenantId),
  }
}

/**
 * AuronX' storage on a PostgreSQL that was migrated before. With a client made by `fromPgTransaction` everything happens
 * in the host's transaction.
 *
 * @param names schema and roles, as given to `migrate`; default schema `auronx`
 */
export function createPostgresStorage(
  client: SqlClient,
  names: DatabaseNames = defaultNames,
): Storage {
  const { schema } = names
  const { listen } = client
  return {
    work: createPostgresWork(client, names, openPostgresStores),
    identity: createPostgresIdentityWork(client, names),
    access: createPostgresAccessDirectory(client, schema),
    cleanup: createPostgresCleanup(client, schema),
    workFor: (claim, clock) =>
      createPostgresWork(client, names, openPostgresStores, {
        assertion: () => accessAssertion(claim, clock.now()),
      }),
    inbox: createPostgresInboxStore(client, schema),
    lanes: createPostgresLaneQueue(client, schema),
    jobs: createPostgresJobQueue(client, schema),
    outbox: createPostgresOutboxQueue(client, schema),
    directory: createPostgresChannelDirectory(client, schema),
    actions: createPostgresActionDirectory(client, schema),
    ...(listen === undefined ? {} : { listen: (wake) => listen('auronx_wake', wake) }),
  }
}
