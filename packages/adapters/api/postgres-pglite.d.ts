// @auronx/adapters/postgres/pglite exports: PgliteClient, PgliteOptions, createPgliteClient

export declare function createPgliteClient({ dataDir, snapshot, }: PgliteOptions): Promise<PgliteClient>;

export interface PgliteClient extends SqlClient {
    /** For `migrateOver`. */
    readonly migrationConnection: MigrationConnection;
}

export interface PgliteOptions {
    /** Folder of the data; without it everything is in memory and gone with the process. */
    readonly dataDir?: string;
    /** Data to start from, as PGlite's `dumpDataDir` gives it; only without `dataDir`. */
    readonly snapshot?: globalThis.Blob;
}

// named by the above

export interface MigrationConnection {
    query(text: string): Promise<unknown>;
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
