import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createMemoryDatabase } from './index.ts'

const key = fc.constantFrom('a', 'b', 'c', 'd', 'e')
const change = fc.oneof(
  fc.record({ kind: fc.constant('set' as const), key, row: fc.nat(9) }),
  fc.record({ kind: fc.constant('delete' as const), key }),
  fc.record({ kind: fc.constant('clear' as const) }),
)
type Change = typeof change extends fc.Arbitrary<infer Value> ? Value : never

function apply(rows: Map<string, number>, changes: readonly Change[]): void {
  for (const one of changes) {
    if (one.kind === 'set') rows.set(one.key, one.row)
    else if (one.kind === 'delete') rows.delete(one.key)
    else rows.clear()
  }
}

test('whatever a transaction did before it failed, every table is as before, in the same order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(change),
      fc.array(change),
      fc.array(change),
      async (first, failed, last) => {
        const database = createMemoryDatabase()
        const rows = database.table<number>('rows')
        const expected = new Map<string, number>()
        apply(expected, first)
        await database.transaction(async () => apply(rows, first))
        const failing = database.transaction(async () => {
          apply(rows, failed)
          database.table<number>('new').set('a', 1)
          throw new Error('no')
        })
        await expect(failing).rejects.toThrow('no')
        expect([...rows]).toEqual([...expected])
        expect([...database.table('new')]).toEqual([])
        apply(expected, last)
        await database.transaction(async () => apply(rows, last))
        expect([...rows]).toEqual([...expected])
      },
    ),
  )
})
