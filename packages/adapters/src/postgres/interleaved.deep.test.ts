import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fates, interleave } from './interleaved.fixture.ts'
import { openReuse, reuses } from './reuse.fixture.ts'
import { openPostgres } from './testing.ts'
import type { TestEngine } from './testing.ts'

const transactions = 10_000

let engine: TestEngine
beforeAll(async () => {
  engine = await openPostgres()
})
afterAll(() => engine.close())

describe.each(reuses)(
  'ten thousand transactions over two connections of $name',
  ({ name, seed }) => {
    test('read, write and leave behind nothing of another tenant', async () => {
      const client = openReuse(engine, name)
      const counted = await interleave({ engine, client, seed: seed * 1_000, transactions })
      await client.end()
      console.log(`T-RLS ${name}, seed ${seed * 1_000}: ${JSON.stringify(counted)}`)
      const { foreignRead, foreignWritten, strayed, revived } = counted
      expect({ foreignRead, foreignWritten, strayed, revived }).toEqual({
        foreignRead: 0,
        foreignWritten: 0,
        strayed: 0,
        revived: 0,
      })
      for (const fate of fates) expect(counted.ends[fate], fate).toBeGreaterThan(transactions / 200)
      expect(counted.ends['hit-by-another']).toBeLessThan(transactions / 20)
    })
  },
)
