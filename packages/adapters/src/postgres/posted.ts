import type { Sql, SqlStatement, Transaction } from './sql.ts'
import { sqlState, translateError } from './errors.ts'

/** The statements that one transaction sent without waiting for them. */
export interface Posted {
  /** The transaction as its stores see it. */
  readonly transaction: Transaction
  /** Waits for all of them. Throws the failure of the first that failed: the later ones only report its consequence. */
  settled(): Promise<void>
}

/** Keeps account of what a transaction over `sql` posts. */
export function createPosted(sql: Sql): Posted {
  const sent: Promise<unknown>[] = []
  const keep = (one: Promise<unknown>): void => {
    one.catch(() => undefined)
    sent.push(one)
  }
  return {
    transaction: {
      query: (statement) => sql.query(statement),
      post(statement, explain) {
        keep(
          sql.query(statement).catch((error: unknown) => {
            const translated = translateError(error)
            throw explain === undefined ? translated : explain(translated)
          }),
        )
      },
    },
    async settled() {
      for (const one of sent) await one
    },
  }
}

/** Whether an error only says that an earlier statement of the transaction failed. */
export function isConsequence(error: unknown): boolean {
  return sqlState(error) === '25P02'
}

/** A writing statement with `returning 1` that must touch `rows` rows; otherwise the transaction fails with `sqlState`. */
export function requireRows(
  statement: SqlStatement,
  rows: number,
  state: 'AX001' | 'AX002' | 'AX003',
): SqlStatement {
  return {
    ...statement,
    text: `with saved as (${statement.text}) select require_rows(count(*), ${Math.trunc(rows)}, '${state}') from saved`,
  }
}
