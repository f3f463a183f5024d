// @auronx/adapters/postgres/embedded exports: EmbeddedPostgres, EmbeddedPostgresOptions, startEmbeddedPostgres

export declare function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres>;

export interface EmbeddedPostgres {
    /** For `createPgClient` and `migrate`. */
    readonly connection: {
        readonly host: string;
        readonly user: string;
        readonly database: string;
    };
    /** Whether the server of another living process is used; `stop` leaves that one alone. */
    readonly attached: boolean;
    /** Stops the server; close the clients before. */
    stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
    /** Folder of the cluster; made on first use. One server per folder. */
    readonly dataDir: string;
    readonly logger?: Logger;
    /** Extra server settings, for example `{ fsync: 'off' }` in tests. */
    readonly settings?: Readonly<Record<string, string>>;
    /** How long the server may take to come up, in milliseconds. Default 10,000. */
    readonly startTimeoutMs?: number;
    /** Process that the server lives for: it is stopped when that one ends. Default this process. */
    readonly ownerPid?: number;
}
