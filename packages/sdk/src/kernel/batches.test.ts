import { assert, test } from 'vitest'
import { createBatches } from './index.ts'

test('what is asked for together is done together, and later what came meanwhile', async () => {
  const batches: (readonly number[])[] = []
  const double = createBatches<number, number>({
    flights: 1,
    most: 3,
    async run(items) {
      batches.push(items)
      await new Promise((resolve) => setImmediate(resolve))
      return items.map((item) => item * 2)
    },
  })
  const first = [1, 2, 3, 4].map((item) => double(item))
  await first[0]
  const second = [5, 6].map((item) => double(item))
  assert.deepStrictEqual(await Promise.all([...first, ...second]), [2, 4, 6, 8, 10, 12])
  assert.deepStrictEqual(batches, [
    [1, 2, 3],
    [4, 5, 6],
  ])
})

test('the failure of a batch is that of its callers, and of one item of its caller alone', async () => {
  const check = createBatches<string, string>({
    flights: 2,
    most: 10,
    async run(items) {
      if (items.includes('all')) throw new Error('all of it')
      return items.map((item) =>
        item === 'one' ? Promise.reject(new Error('this one')) : Promise.resolve(item),
      )
    },
  })
  const apart = await Promise.allSettled(['a', 'one', 'b'].map((item) => check(item)))
  assert.deepStrictEqual(
    apart.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  )
  const together = await Promise.allSettled(['a', 'all'].map((item) => check(item)))
  assert.deepStrictEqual(
    together.map(({ status }) => status),
    ['rejected', 'rejected'],
  )
})
