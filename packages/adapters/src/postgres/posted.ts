import type { AuronxError } from '@auronx/sdk'
import type { RowKind, Sql, SqlRow, SqlStatement, Transaction } from './sql.ts'
import { sqlState, translateError } from './errors.ts'

/** What one transaction sent without waiting for it. */
export interface Posted {
  /** The transaction as its stores see it. */
  readonly transaction: Transaction
  /** Sends the rows that still wait for others of their kind. */
  flush(): void
  /** Waits for everything that was sent. Throws the failure of the first that failed: the later ones only report its consequence. */
  settled(): Promise<void>
}

/** Keeps account of what a transaction over `sql` posts. */
export function createPosted(sql: Sql): Posted {
  const sent: Promise<unknown>[] = []
  const send = (statement: SqlStatement, explain?: Explain): Promise<readonly SqlRow[]> => {
    const one = sql.query(statement).catch((error: unknown) => {
      const translated = translateError(error)
      throw explain === undefined ? translated : explain(translated)
    })
    one.catch(() => undefined)
    sent.push(one)
    return one
  }
  let waiting: WaitingRows[] = []
  const flush = (): void => {
    if (waiting.length === 0) return
    const leaving = waiting.toSorted((a, b) => a.rank - b.rank)
    waiting = []
    for (const { send } of leaving) send()
  }
  return {
    transaction: {
      query(statement) {
        flush()
        return sql.query(statement)
      },
      post(statement, explain) {
        flush()
        void send(statement, explain)
      },
      rows: (kind) =>
        collect(kind, send, (rows) => {
          waiting.push(rows)
          if (kind.answered !== undefined) setImmediate(flush)
        }),
    },
    flush,
    async settled() {
      for (const one of sent) await one
    },
  }
}

type Explain = (error: AuronxError) => AuronxError

interface WaitingRows {
  readonly rank: number
  readonly send: () => void
}

function collect<Row>(
  kind: RowKind<Row>,
  post: (statement: SqlStatement, explain?: Explain) => Promise<readonly SqlRow[]>,
  wait: (rows: WaitingRows) => void,
): (row: Row, key?: string) => void {
  let rows: Row[] = []
  let places = new Map<string, number>()
  const send = (): void => {
    const leaving = rows
    rows = []
    places = new Map()
    for (const statement of kind.statements(leaving)) {
      const answer = post(statement, (error) => kind.explain?.(error) ?? error)
      kind.answered?.(leaving, answer)
    }
  }
  return (row, key) => {
    const place = key === undefined ? undefined : places.get(key)
    const earlier = place === undefined ? undefined : rows[place]
    if (place !== undefined && earlier !== undefined) {
      rows[place] = kind.join === undefined ? row : kind.join(earlier, row)
      return
    }
    if (rows.length === 0) wait({ rank: kind.rank, send })
    if (key !== undefined) places.set(key, rows.length)
    rows.push(row)
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
