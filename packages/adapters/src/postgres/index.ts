export { createPostgresAccountStore, createPostgresChannelDirectory } from './accounts.ts'
export { createPostgresApiKeyStore } from './api-keys.ts'
export { createPostgresAssignmentStore } from './assignments.ts'
export { createPostgresAuditStore } from './audit.ts'
export { createPostgresBlobStore } from './blobs.ts'
export { checkDatabase, oldestPostgres } from './check.ts'
export { isTransient, sqlState, translateError } from './errors.ts'
export {
  createPostgresAppDirectory,
  createPostgresCredentialStore,
  createPostgresSealedCredentials,
} from './credentials.ts'
export { createPostgresEventStore } from './events.ts'
export { createPostgresIdempotencyStore } from './idempotency.ts'
export { createPostgresIdentityWork } from './identity.ts'
export { createPostgresInboxStore } from './inbox.ts'
export { createPostgresJobQueue, createPostgresJobStore } from './jobs.ts'
export { createPostgresLaneQueue, createPostgresLaneStore } from './lanes.ts'
export type { Migration, MigrationConnection } from './migrate.ts'
export { migrate, migrateOver, migrations } from './migrate.ts'
export { createPostgresOutboxQueue, createPostgresOutboxStore } from './outbox.ts'
export type { PgClientOptions, PgConnection, PgPool, PgPoolClient, PgQueryable } from './pg.ts'
export { createPgClient, fromPgPool, fromPgTransaction } from './pg.ts'
export type {
  RowKind,
  Sql,
  SqlClient,
  SqlRow,
  SqlScalar,
  SqlStatement,
  SqlValue,
  Transaction,
} from './sql.ts'
export type { Tail, TransactionReads } from './read-ahead.ts'
export { createTransactionReads } from './read-ahead.ts'
export { createPostgresSessionStore, accessAssertion } from './sessions.ts'
export { createPostgresSealedColumns } from './sealed-columns.ts'
export { createPostgresSealingKeyDirectory, createPostgresSealingKeyStore } from './sealing-keys.ts'
export { createPostgresStorage, openPostgresStores } from './storage.ts'
export type { DatabaseNames } from './tenant.ts'
export type { SecuredConnection } from './tls.ts'
export { secureConnection } from './tls.ts'
export { defaultNames, quoteIdentifier, tenantPrologue } from './tenant.ts'
export { createPostgresAccessDirectory, createPostgresTeamStore } from './team.ts'
export { createPostgresUsageDirectory, createPostgresUsageStore } from './usage.ts'
export type { WorkOptions } from './work.ts'
export { createPostgresWork } from './work.ts'
