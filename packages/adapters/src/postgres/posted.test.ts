import { asId, isAuronxError } from '@auronx/sdk'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fromPgPool, fromPgTransaction } from './pg.ts'
import { requireRows } from './posted.ts'
import type { RowKind, SqlClient, SqlStatement } from './sql.ts'
import { defaultNames, tenantPrologue } from './tenant.ts'
import { openPglite, openPostgres } from './testing.ts'
import type { TestEngine } from './testing.ts'

const prologue = [
  tenantPrologue(asId('TenantId', '01900000-0000-7000-8000-00000000000a'), defaultNames),
]
const say = (text: string): SqlStatement => ({ name: '', text, values: [] })
const count = say('select count(*)::integer as n from public.posts')

for (const [name, openEngine] of [
  ['PostgreSQL', openPostgres],
  ['PGlite', openPglite],
] as const) {
  describe(`statements that nobody waits for on ${name}`, () => {
    let engine: TestEngine
    let client: SqlClient
    beforeAll(async () => {
      engine = await openEngine()
      client = engine.client
      await engine.admin('create table public.posts (id integer primary key)')
      await engine.admin('grant all on public.posts to public')
    })
    afterAll(() => engine.close())

    test('are committed with everything else, and seen by what is read after them', async () => {
      const seen = await client.transaction(prologue, async (sql) => {
        sql.post(say('insert into public.posts values (1)'))
        return sql.query(count)
      })
      expect(seen).toEqual([{ n: 1 }])
      expect(await client.query(count)).toEqual([{ n: 1 }])
    })

    test('fail the transaction when one fails, with its error and not with a consequence', async () => {
      const failed = client.transaction(prologue, async (sql) => {
        sql.post(say('insert into public.posts values (2)'))
        sql.post(say('insert into public.posts values (1)'))
        sql.post(say('insert into public.posts values (3)'))
      })
      await expect(failed).rejects.toSatisfy(
        (error) => isAuronxError(error, 'storage_constraint') && error.details['code'] === '23505',
      )
      const read = client.transaction(prologue, async (sql) => {
        sql.post(say('insert into public.posts values (1)'))
        return sql.query(count)
      })
      await expect(read).rejects.toSatisfy((error) => isAuronxError(error, 'storage_constraint'))
      expect(await client.query(count)).toEqual([{ n: 1 }])
    })

    test('fail the transaction when they touch fewer rows than they must', async () => {
      const failed = client.transaction(prologue, async (sql) => {
        sql.post(say('insert into public.posts values (4)'))
        const update = say('update public.posts set id = 5 where id = 99 returning 1')
        sql.post(requireRows(update, 1, 'AX002'))
      })
      await expect(failed).rejects.toSatisfy((error) => isAuronxError(error, 'version_conflict'))
      expect(await client.query(count)).toEqual([{ n: 1 }])
    })

    test('hold rows until the next statement: those of a kind leave in one, lower ranks first', async () => {
      const sent: string[] = []
      const kind = (rank: number, sign: number): RowKind<number> => ({
        rank,
        statements: (ids) => {
          sent.push(`${sign} ${ids.join(' ')}`)
          const values = ids.map((id) => `(${sign * id})`).join(', ')
          return [say(`insert into public.posts values ${values}`)]
        },
        join: (_earlier, later) => later,
      })
      const seen = await client.transaction(prologue, async (sql) => {
        const [late, early] = [sql.rows(kind(2, 1)), sql.rows(kind(1, -1))]
        late(20)
        early(20)
        late(21)
        late(22, 'same')
        late(23, 'same')
        expect(sent).toEqual([])
        const rows = await sql.query(count)
        late(24)
        return rows
      })
      expect(sent).toEqual(['-1 20', '1 20 21 23', '1 24'])
      expect(seen).toEqual([{ n: 5 }])
      expect(await client.query(count)).toEqual([{ n: 6 }])
    })

    test('hold rows of a transaction that is rolled back for ever', async () => {
      const failed = client.transaction(prologue, async (sql) => {
        sql.rows<number>({
          rank: 1,
          statements: (ids) => ids.map((id) => say(`insert into public.posts values (${id})`)),
        })(99)
        throw new Error('No')
      })
      await expect(failed).rejects.toThrow('No')
      expect(await client.query(count)).toEqual([{ n: 6 }])
    })
  })
}

describe('statements that nobody waits for on a host’s own connections', () => {
  let engine: TestEngine
  let pool: pg.Pool
  beforeAll(async () => {
    engine = await openPostgres()
    pool = new pg.Pool({ ...engine.connection, max: 2 })
    await engine.admin('create table public.posts (id integer primary key)')
    await engine.admin('grant all on public.posts to public')
  })
  afterAll(async () => {
    await pool.end()
    await engine.close()
  })

  test('go one after the other where the pool does not pipeline', async () => {
    const client = fromPgPool(pool)
    await client.transaction(prologue, async (sql) => {
      for (const id of [1, 2, 3]) sql.post(say(`insert into public.posts values (${id})`))
    })
    expect(await client.query(count)).toEqual([{ n: 3 }])
  })

  test('undo only the savepoint of a host’s transaction', async () => {
    const host = await pool.connect()
    await host.query('begin')
    await host.query('insert into public.posts values (10)')
    const client = fromPgTransaction(host)
    const failed = client.transaction(prologue, async (sql) => {
      sql.post(say('insert into public.posts values (11)'))
      sql.post(say('insert into public.posts values (10)'))
    })
    await expect(failed).rejects.toSatisfy((error) => isAuronxError(error, 'storage_constraint'))
    await host.query('commit')
    host.release()
    const { rows } = await pool.query('select id from public.posts where id >= 10')
    expect(rows).toEqual([{ id: 10 }])
  })
})
