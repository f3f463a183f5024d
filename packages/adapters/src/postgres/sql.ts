import type { AuronxError } from '@auronx/sdk'

/** A single value bound to a statement's parameter. */
export type SqlScalar = string | number | bigint | boolean | Date | Uint8Array | null

/** A value bound to a statement's parameter; arrays bind PostgreSQL arrays, objects bind `jsonb` when serialised first. */
export type SqlValue = SqlScalar | readonly SqlScalar[]

/** One row as the driver gives it; read it through `row.ts`. */
export type SqlRow = Readonly<Record<string, unknown>>

/** One statement. `name` lets the driver prepare it once per connection; it must be unique to its text. */
export interface SqlStatement {
  readonly name: string
  readonly text: string
  readonly values: readonly SqlValue[]
}

/**
 * One connection inside a transaction. Queries of one connection may be started together and awaited together; a
 * driver that pipelines sends them in one flight.
 */
export interface Sql {
  query(statement: SqlStatement): Promise<readonly SqlRow[]>
}

/** An open transaction. */
export interface Transaction extends Sql {
  /**
   * Sends a statement whose rows nobody needs, without waiting for it: what a transaction writes leaves together with
   * its COMMIT. When it fails, the transaction fails with its error, which `explain` may turn into a clearer one.
   */
  post(statement: SqlStatement, explain?: (error: AuronxError) => AuronxError): void
  /**
   * How rows of one kind are written: like {@link Transaction.post}, in one statement with those of the kind that come before
   * the next other statement. A row under the `key` of one that still waits becomes one with it.
   */
  rows<Row>(kind: RowKind<Row>): (row: Row, key?: string) => void
}

/** Rows that one statement can write, however many there are. */
export interface RowKind<Row> {
  /** What other rows refer to is written before them: kinds leave in this order. */
  readonly rank: number
  /** The statements that write them; more than one only where their order matters. */
  statements(rows: readonly Row[]): readonly SqlStatement[]
  /** Which row two of the same key come to. */
  join?(earlier: Row, later: Row): Row
  /** Turns the failure of a statement into a clearer one. */
  explain?(error: AuronxError): AuronxError
  /**
   * Is given what the statement of these rows will return. A kind that asks for it has one statement, which also leaves
   * when the transaction does nothing else for a moment.
   */
  answered?(written: readonly Row[], answer: Promise<readonly SqlRow[]>): void
}

/** The order in which kinds of rows are written. */
export const rowRanks = {
  contacts: 1,
  conversations: 2,
  messages: 3,
  intents: 4,
  outcomes: 5,
  events: 6,
  completions: 7,
} as const

/** A database. Everything the stores ask of a driver. */
export interface SqlClient extends Sql {
  /**
   * Runs `body` in one transaction on one connection, with the statements of `prologue` first. Commits when it
   * resolves and everything it started succeeded, rolls back otherwise. Throws `storage_unavailable` (retryable) when no connection can be had.
   */
  transaction<Result>(
    prologue: readonly SqlStatement[],
    body: (sql: Transaction) => Promise<Result>,
  ): Promise<Result>
  /** Calls `wake` for each notification on `channel`, where the driver can listen; returns how to stop. */
  listen?(channel: string, wake: (payload: string) => void): Promise<() => Promise<void>>
  /** Closes what this client opened; a pool handed in by a host stays open. */
  end(): Promise<void>
}
