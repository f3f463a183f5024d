import type { Storage, Stores, TenantId } from '@auronx/sdk'
import { createPostgresAccountStore, createPostgresChannelDirectory } from './accounts.ts'
import { createPostgresCatalogStore } from './catalog.ts'
import { createPostgresContactStore } from './contacts.ts'
import { createPostgresConversationStore } from './conversations.ts'
import { createPostgresEventStore } from './events.ts'
import { createPostgresInboxStore } from './inbox.ts'
import { createPostgresJobQueue, createPostgresJobStore } from './jobs.ts'
import { createPostgresLaneQueue, createPostgresLaneStore } from './lanes.ts'
import {
  createPostgresActionDirectory,
  createPostgresActionStore,
  createPostgresOrderStore,
} from './orders.ts'
import { createPostgresOutboxQueue, createPostgresOutboxStore } from './outbox.ts'
import type { Sql, SqlClient } from './sql.ts'
import type { DatabaseNames } from './tenant.ts'
import { defaultNames } from './tenant.ts'
import { createPostgresTurnStore } from './turns.ts'
import { createPostgresWork } from './work.ts'

/** Every store of one tenant on one connection. */
export function openPostgresStores(sql: Sql, tenantId: TenantId): Stores {
  return {
    accounts: createPostgresAccountStore(sql, tenantId),
    contacts: createPostgresContactStore(sql, tenantId),
    conversations: createPostgresConversationStore(sql, tenantId),
    catalog: createPostgresCatalogStore(sql, tenantId),
    orders: createPostgresOrderStore(sql, tenantId),
    actions: createPostgresActionStore(sql, tenantId),
    outbox: createPostgresOutboxStore(sql, tenantId),
    lanes: createPostgresLaneStore(sql, tenantId),
    jobs: createPostgresJobStore(sql, tenantId),
    events: createPostgresEventStore(sql, tenantId),
    turns: createPostgresTurnStore(sql, tenantId),
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
    inbox: createPostgresInboxStore(client, schema),
    lanes: createPostgresLaneQueue(client, schema),
    jobs: createPostgresJobQueue(client, schema),
    outbox: createPostgresOutboxQueue(client, schema),
    directory: createPostgresChannelDirectory(client, schema),
    actions: createPostgresActionDirectory(client, schema),
    ...(listen === undefined ? {} : { listen: (wake: () => void) => listen('auronx_wake', wake) }),
  }
}
