// @auronx/adapters/postgres exports: DatabaseNames, Migration, MigrationConnection, PgClientOptions, PgConnection, PgPool, PgPoolClient, PgQueryable, Sql, SqlClient, SqlRow, SqlStatement, SqlValue, checkDatabase, createPgClient, createPostgresAccountStore, createPostgresBlobStore, createPostgresChannelDirectory, createPostgresEventStore, createPostgresIdempotencyStore, createPostgresInboxStore, createPostgresJobQueue, createPostgresJobStore, createPostgresLaneQueue, createPostgresLaneStore, createPostgresOutboxQueue, createPostgresOutboxStore, createPostgresStorage, createPostgresWork, defaultNames, fromPgPool, fromPgTransaction, isTransient, migrate, migrateOver, migrations, oldestPostgres, openPostgresStores, quoteIdentifier, sqlState, tenantPrologue, translateError

export declare const defaultNames: DatabaseNames;

export declare const oldestPostgres = 150000;

export declare function checkDatabase(client: SqlClient, names: DatabaseNames): Promise<void>;

export declare function createPgClient(options: PgClientOptions): SqlClient;

export declare function createPostgresAccountStore(sql: Sql, tenantId: TenantId): AccountStore;

export declare function createPostgresBlobStore(client: SqlClient, names: DatabaseNames, clock: Clock): BlobStore;

export declare function createPostgresChannelDirectory(sql: Sql, schema: string): ChannelDirectory;

export declare function createPostgresEventStore(sql: Sql, tenantId: TenantId): EventStore;

export declare function createPostgresIdempotencyStore(sql: Sql, tenantId: TenantId): IdempotencyStore;

export declare function createPostgresInboxStore(sql: Sql, schema: string): InboxStore;

export declare function createPostgresJobQueue(sql: Sql, schema: string): JobQueue;

export declare function createPostgresJobStore(sql: Sql, tenantId: TenantId): JobStore;

export declare function createPostgresLaneQueue(sql: Sql, schema: string): LaneQueue;

export declare function createPostgresLaneStore(sql: Sql, tenantId: TenantId): LaneStore;

export declare function createPostgresOutboxQueue(sql: Sql, schema: string): OutboxQueue;

export declare function createPostgresOutboxStore(sql: Sql, tenantId: TenantId): OutboxStore;

export declare function createPostgresStorage(client: SqlClient, names?: DatabaseNames): Storage;

export declare function createPostgresWork<Stores>(client: SqlClient, names: DatabaseNames, open: (sql: Sql, tenantId: TenantId) => Stores, { random }?: {
    readonly random?: Random;
}): UnitOfWork<Stores>;

export declare function fromPgPool(pool: PgPool, { statementTimeoutMs }?: {
    readonly statementTimeoutMs?: number;
}): SqlClient;

export declare function fromPgTransaction(client: PgQueryable): SqlClient;

export declare function isTransient(error: unknown): boolean;

export declare function migrate(connection: PgConnection, names: DatabaseNames): Promise<readonly string[]>;

export declare function migrateOver(client: MigrationConnection, names: DatabaseNames): Promise<readonly string[]>;

export declare function migrations(names: DatabaseNames): Promise<readonly Migration[]>;

export declare function openPostgresStores(sql: Sql, tenantId: TenantId): Stores;

export declare function quoteIdentifier(name: string): string;

export declare function sqlState(error: unknown): string | undefined;

export declare function tenantPrologue(tenantId: TenantId, names: DatabaseNames): SqlStatement;

export declare function translateError(error: unknown): AuronxError;

export interface DatabaseNames {
    /** Schema of every table. Default `auronx`. */
    readonly schema: string;
    /** Prefix of the roles. Default the schema's name. */
    readonly rolePrefix: string;
    /**
     * `single-tenant`: for a host that cannot create roles. No role is taken, and the database refuses a second tenant.
     */
    readonly isolation: 'roles' | 'single-tenant';
}

export interface Migration {
    readonly name: string;
    readonly sql: string;
}

export interface MigrationConnection {
    query(text: string): Promise<unknown>;
}

export interface PgClientOptions extends PgConnection {
    /** Most connections. Default 10. */
    readonly maxConnections?: number;
    /** Milliseconds before the server cancels a statement of a transaction. Default 30,000. */
    readonly statementTimeoutMs?: number;
    /** Address for LISTEN, when `connectionString` goes through a transaction pooler. */
    readonly directConnectionString?: string;
}

export interface PgPool extends PgQueryable {
    connect(): Promise<PgPoolClient>;
}

export interface Sql {
    query(statement: SqlStatement): Promise<readonly SqlRow[]>;
}

export interface SqlClient extends Sql {
    /**
     * Runs `body` in one transaction on one connection, with the statements of `prologue` first. Commits when it
     * resolves, rolls back when it rejects. Throws `storage_unavailable` (retryable) when no connection can be had.
     */
    transaction<Result>(prologue: readonly SqlStatement[], body: (sql: Sql) => Promise<Result>): Promise<Result>;
    /** Calls `wake` for each notification on `channel`, where the driver can listen; returns how to stop. */
    listen?(channel: string, wake: (payload: string) => void): Promise<() => Promise<void>>;
    /** Closes what this client opened; a pool handed in by a host stays open. */
    end(): Promise<void>;
}

// named by the above

export interface PgConnection {
    /** Address of the server; or the single members. */
    readonly connectionString?: string;
    /** Socket folder or host name. */
    readonly host?: string;
    readonly user?: string;
    readonly database?: string;
    readonly password?: string;
    readonly port?: number;
}

export interface PgPoolClient extends PgQueryable {
    on(event: 'error', listener: (error: Error) => void): unknown;
    removeListener(event: 'error', listener: (error: Error) => void): unknown;
    release(error?: Error | boolean): void;
}

export interface PgQueryable {
    query(config: {
        name?: string;
        text: string;
        values: unknown[];
    }): Promise<{
        rows: SqlRow[];
        command?: string;
    }>;
    /** Whether statements started together share a flight; absent in older versions. */
    readonly pipeline?: boolean;
}

export interface SqlStatement {
    readonly name: string;
    readonly text: string;
    readonly values: readonly SqlValue[];
}

export type SqlRow = Readonly<Record<string, unknown>>;

export type SqlValue = string | number | bigint | boolean | Date | Uint8Array | null | readonly (string | number | bigint | boolean | Date | Uint8Array | null)[];
