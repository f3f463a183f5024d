import type { AuronxError } from '@auronx/sdk'

/** A value bound to a statement's parameter; arrays bind PostgreSQL arrays, objects bind `jsonb` when serialised first. */
export type SqlValue =
  | string
  | number
  | bigint
  | boolean
  | Date
  | Uint8Array
  | null
  | readonly (string | number | bigint | boolean | Date | Uint8Array | null)[]

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
}

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
