import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { carelessClient, carelessness } from './careless.fixture.ts'
import { fates, interleave, timeoutMs } from './interleaved.fixture.ts'
import type { Interleaved } from './interleaved.fixture.ts'
import { openReuse, reuses } from './reuse.fixture.ts'
import { openPostgres } from './testing.ts'
import type { TestEngine } from './testing.ts'

const transactions = 400

let engine: TestEngine
beforeAll(async () => {
  engine = await openPostgres()
})
afterAll(() => engine.close())

const leaksOf = ({ foreignRead, foreignWritten, strayed, revived }: Interleaved) => ({
  foreignRead,
  foreignWritten,
  strayed,
  revived,
})
const none = { foreignRead: 0, foreignWritten: 0, strayed: 0, revived: 0 }

describe.each(reuses)('two connections of $name', ({ name, seed }) => {
  test('show no tenant another one’s row, whatever its transactions end with', async () => {
    const client = openReuse(engine, name)
    const counted = await interleave({ engine, client, seed, transactions })
    await client.end()
    expect(leaksOf(counted)).toEqual(none)
    expect(counted.ownRead).toBeGreaterThan(transactions)
    expect(counted.foreignTried).toBeGreaterThan(transactions)
    for (const fate of fates) expect(counted.ends[fate], fate).toBeGreaterThan(0)
  })
})

describe('the run of transactions notices a unit of work that', () => {
  test.each(carelessness)('is careless: $kind', async ({ kind, seed, leak }) => {
    const pool = new pg.Pool({ ...engine.connection, max: 2, statement_timeout: timeoutMs })
    pool.on('error', () => undefined)
    const client = carelessClient(pool, kind)
    const counted = await interleave({ engine, client, seed, transactions })
    await client.end()
    expect(counted[leak]).toBeGreaterThan(0)
  })
})
