import type pg from 'pg'
import { sqlState, translateError } from './errors.ts'
import type { Sql, SqlClient, SqlStatement } from './sql.ts'

/** What a unit of work could forget, and where that must show. */
export const carelessness = [
  // Tenant and role are set for the session: they stay when the transaction is over.
  { kind: 'session-wide', leak: 'strayed', seed: 21 },
  // Tenant and role are set on whichever connection comes first, and the body runs on another.
  { kind: 'elsewhere', leak: 'foreignRead', seed: 22 },
  // The connection goes back as it is when the body throws.
  { kind: 'no-rollback', leak: 'revived', seed: 23 },
] as const
type Carelessness = (typeof carelessness)[number]['kind']

/** A client that forgets one thing. Whatever watches over units of work has to notice it. */
export function carelessClient(pool: pg.Pool, kind: Carelessness): SqlClient {
  return {
    ...sqlOver(pool),
    async transaction(prologue, body) {
      const opening = kind === 'no-rollback' ? prologue : prologue.map(forSession)
      if (kind === 'elsewhere') await runAll(sqlOver(pool), opening)
      const client = await pool.connect()
      const ignore = (): void => undefined
      client.on('error', ignore)
      const sql = sqlOver(client)
      const ended = { isBroken: false }
      try {
        await runAll(sql, [{ name: '', text: 'begin', values: [] }])
        if (kind !== 'elsewhere') await runAll(sql, opening)
        const post = (): never => {
          throw new Error('Nothing is posted here')
        }
        const result = await body({ ...sql, post, rows: () => post })
        await client.query('commit')
        return result
      } catch (error) {
        const isForgotten = kind === 'no-rollback' && sqlState(error) === undefined
        if (!isForgotten) {
          await client.query('rollback').catch(() => {
            ended.isBroken = true
          })
        }
        throw error
      } finally {
        client.removeListener('error', ignore)
        client.release(ended.isBroken)
      }
    },
    end: () => pool.end(),
  }
}

function forSession(statement: SqlStatement): SqlStatement {
  return { ...statement, name: '', text: statement.text.replaceAll(', true)', ', false)') }
}

async function runAll(sql: Sql, statements: readonly SqlStatement[]): Promise<void> {
  for (const statement of statements) await sql.query(statement)
}

function sqlOver(queryable: Pick<pg.Pool | pg.PoolClient, 'query'>): Sql {
  return {
    async query({ text, values }) {
      try {
        return (await queryable.query({ text, values: [...values] })).rows
      } catch (error) {
        throw translateError(error)
      }
    },
  }
}
