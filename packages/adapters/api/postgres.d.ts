// @auronx/adapters/postgres exports: DatabaseNames, Migration, MigrationConnection, PgClientOptions, PgConnection, PgPool, PgPoolClient, PgQueryable, RowKind, SecuredConnection, Sql, SqlClient, SqlRow, SqlScalar, SqlStatement, SqlValue, Tail, Transaction, TransactionReads, WorkOptions, accessAssertion, checkDatabase, createPgClient, createPostgresAccessDirectory, createPostgresAccountStore, createPostgresApiKeyStore, createPostgresAppDirectory, createPostgresAssignmentStore, createPostgresAuditStore, createPostgresBlobStore, createPostgresChannelDirectory, createPostgresCredentialStore, createPostgresEventStore, createPostgresIdempotencyStore, createPostgresIdentityWork, createPostgresInboxStore, createPostgresJobQueue, createPostgresJobStore, createPostgresLaneQueue, createPostgresLaneStore, createPostgresOutboxQueue, createPostgresOutboxStore, createPostgresSealedColumns, createPostgresSealedCredentials, createPostgresSealingKeyDirectory, createPostgresSealingKeyStore, createPostgresSessionStore, createPostgresStorage, createPostgresTeamStore, createPostgresUsageDirectory, createPostgresUsageStore, createPostgresWork, createTransactionReads, defaultNames, fromPgPool, fromPgTransaction, isTransient, migrate, migrateOver, migrations, oldestPostgres, openPostgresStores, quoteIdentifier, secureConnection, sqlState, tenantPrologue, translateError

export declare const defaultNames: DatabaseNames;

export declare const oldestPostgres = 150000;

export declare function accessAssertion(claim: AccessClaim, at: Date): SqlStatement;

export declare function checkDatabase(client: SqlClient, names: DatabaseNames): Promise<void>;

export declare function createPgClient(options: PgClientOptions): SqlClient;

export declare function createPostgresAccessDirectory(sql: Sql, schema: string): AccessDirectory;

export declare function createPostgresAccountStore(sql: Sql, tenantId: TenantId): AccountStore;

export declare function createPostgresApiKeyStore(sql: Sql, tenantId: TenantId): ApiKeyStore;

export declare function createPostgresAppDirectory(sql: Sql, schema: string): AppDirectory;

export declare function createPostgresAssignmentStore(sql: Sql, tenantId: TenantId): AssignmentStore;

export declare function createPostgresAuditStore(sql: Transaction, tenantId: TenantId): AuditStore;

export declare function createPostgresBlobStore(client: SqlClient, names: DatabaseNames, clock: Clock): BlobStore;

export declare function createPostgresChannelDirectory(sql: Sql, schema: string): ChannelDirectory;

export declare function createPostgresCredentialStore(sql: Sql, tenantId: TenantId): CredentialStore;

export declare function createPostgresEventStore(sql: Transaction, tenantId: TenantId): EventStore;

export declare function createPostgresIdempotencyStore(sql: Sql, tenantId: TenantId): IdempotencyStore;

export declare function createPostgresIdentityWork(client: SqlClient, names: DatabaseNames): IdentityWork;

export declare function createPostgresInboxStore(sql: Sql, schema: string): InboxStore;

export declare function createPostgresJobQueue(sql: Sql, schema: string): JobQueue;

export declare function createPostgresJobStore(sql: Transaction, tenantId: TenantId): JobStore;

export declare function createPostgresLaneQueue(sql: Sql, schema: string): LaneQueue;

export declare function createPostgresLaneStore(sql: Transaction, tenantId: TenantId): LaneStore;

export declare function createPostgresOutboxQueue(sql: Sql, schema: string): OutboxQueue;

export declare function createPostgresOutboxStore(sql: Transaction, tenantId: TenantId, reads: TransactionReads): OutboxStore;

export declare function createPostgresSealedColumns(sql: Sql, tenantId: TenantId): readonly SealedColumn[];

export declare function createPostgresSealedCredentials(sql: Sql, tenantId: TenantId): SealedColumn;

export declare function createPostgresSealingKeyDirectory(sql: Sql, schema: string): SealingKeyDirectory;

export declare function createPostgresSealingKeyStore(sql: Sql, tenantId: TenantId): SealingKeyStore;

export declare function createPostgresSessionStore(sql: Sql, tenantId: TenantId): SessionStore;

export declare function createPostgresStorage(client: SqlClient, names?: DatabaseNames): Storage;

export declare function createPostgresTeamStore(sql: Sql, tenantId: TenantId): TeamStore;

export declare function createPostgresUsageDirectory(sql: Sql, schema: string): UsageDirectory;

export declare function createPostgresUsageStore(sql: Sql, tenantId: TenantId): UsageStore;

export declare function createPostgresWork<Stores>(client: SqlClient, names: DatabaseNames, open: (sql: Transaction, tenantId: TenantId) => Stores, { random, assertion }?: WorkOptions): UnitOfWork<Stores>;

export declare function createTransactionReads(sql: Transaction, tenantId: TenantId): TransactionReads;

export declare function fromPgPool(pool: PgPool, { statementTimeoutMs }?: {
    readonly statementTimeoutMs?: number;
}): SqlClient;

export declare function fromPgTransaction(connected: PgQueryable): SqlClient;

export declare function isTransient(error: unknown): boolean;

export declare function migrate(connection: PgConnection, names: DatabaseNames): Promise<readonly string[]>;

export declare function migrateOver(client: MigrationConnection, names: DatabaseNames): Promise<readonly string[]>;

export declare function migrations(names: DatabaseNames): Promise<readonly Migration[]>;

export declare function openPostgresStores(sql: Transaction, tenantId: TenantId): Stores;

export declare function quoteIdentifier(name: string): string;

export declare function secureConnection(connection: PgConnection): SecuredConnection;

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

export interface RowKind<Row> {
    /** What other rows refer to is written before them: kinds leave in this order. */
    readonly rank: number;
    /** The statements that write them; more than one only where their order matters. */
    statements(rows: readonly Row[]): readonly SqlStatement[];
    /** Which row two of the same key come to. */
    join?(earlier: Row, later: Row): Row;
    /** Turns the failure of a statement into a clearer one. */
    explain?(error: AuronxError): AuronxError;
    /**
     * Is given what the statement of these rows will return. A kind that asks for it has one statement, which also leaves
     * when the transaction does nothing else for a moment.
     */
    answered?(written: readonly Row[], answer: Promise<readonly SqlRow[]>): void;
}

export interface Sql {
    query(statement: SqlStatement): Promise<readonly SqlRow[]>;
}

export interface SqlClient extends Sql {
    /**
     * Runs `body` in one transaction on one connection, with the statements of `prologue` first. Commits when it
     * resolves and everything it started succeeded, rolls back otherwise. Throws `storage_unavailable` (retryable) when no connection can be had.
     */
    transaction<Result>(prologue: readonly SqlStatement[], body: (sql: Transaction) => Promise<Result>): Promise<Result>;
    /** Calls `wake` for each notification on `channel`, where the driver can listen; returns how to stop. */
    listen?(channel: string, wake: (payload: string) => void): Promise<() => Promise<void>>;
    /** Closes what this client opened; a pool handed in by a host stays open. */
    end(): Promise<void>;
}

export interface Tail {
    readonly sequence: number;
    readonly busy: boolean;
}

export interface TransactionReads {
    readonly ahead: ReadAhead;
    /** The contacts that own any of the identities, as the store gives them. */
    contacts(identities: readonly Identity[]): Promise<readonly KnownContact[] | undefined>;
    lockedConversation(id: ConversationId): Conversation | undefined;
    latest(contactId: ContactId, channelId: ChannelId): Promise<{
        readonly conversation: Conversation | undefined;
    } | undefined>;
    /** Rows of messages with their `position`, newest first. */
    thread(query: ThreadQuery): Promise<readonly SqlRow[] | undefined>;
    tail(conversationId: ConversationId): Promise<Tail | undefined>;
    noteLocked(conversation: Conversation): void;
    noteSaved(conversation: Conversation): void;
    noteAppended(messages: readonly Message[]): void;
    noteInserted(contactId: ContactId, identities: readonly Identity[]): void;
    /** A contact's row was changed, or identities given to it. */
    noteChanged(contactId: ContactId, identities: readonly Identity[]): void;
    noteQueued(entries: readonly OutboxEntry[]): void;
    /** Rows changed beside their stores: nothing is known any more. */
    forget(): void;
}

export interface WorkOptions {
    readonly random?: Random;
    /** Runs right after the tenant is set, in the same flight; its failure fails the transaction. */
    readonly assertion?: () => SqlStatement;
}

export type SecuredConnection = {
    readonly kind: 'ready';
    readonly config: pg.ClientConfig;
    readonly isEncrypted: boolean;
} | {
    readonly kind: 'refused';
    readonly problem: string;
};

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
    /** Root certificates to trust instead of the platform's, as PEM; `sslrootcert` in the address names a file of them. */
    readonly rootCertificates?: string;
}

export interface PgPoolClient extends PgQueryable {
    /** The socket below, where the client shows it. */
    readonly connection?: {
        readonly stream?: {
            cork?(): void;
            uncork?(): void;
        };
    };
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

export interface Transaction extends Sql {
    /**
     * Sends a statement whose rows nobody needs, without waiting for it: what a transaction writes leaves together with
     * its COMMIT. When it fails, the transaction fails with its error, which `explain` may turn into a clearer one.
     */
    post(statement: SqlStatement, explain?: (error: AuronxError) => AuronxError): void;
    /**
     * How rows of one kind are written: like {@link Transaction.post}, in one statement with those of the kind that come before
     * the next other statement. A row under the `key` of one that still waits becomes one with it.
     */
    rows<Row>(kind: RowKind<Row>): (row: Row, key?: string) => void;
}

export type SqlRow = Readonly<Record<string, unknown>>;

export type SqlScalar = string | number | bigint | boolean | Date | Uint8Array | null;

export type SqlValue = SqlScalar | readonly SqlScalar[];

type ThreadQuery = {
    readonly contactId: ContactId;
    readonly channelId: ChannelId;
    readonly limit: number;
    readonly cursor: string | undefined;
    readonly providerMessageId: string | undefined;
};
