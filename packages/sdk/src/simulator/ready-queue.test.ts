import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createReadyQueue } from './ready-queue.ts'

const itemArb = fc.record({
  attempt: fc.constantFrom(0, 0, 0, 1),
  holdFor: fc.constantFrom(0, 0, 1, 3),
})

describe('the queue of ready webhooks', () => {
  it('gives every item out once, keeps those in order that are not held, and sends retries alone', () => {
    fc.assert(
      fc.property(
        fc.array(itemArb, { maxLength: 60 }),
        fc.integer({ min: 1, max: 9 }),
        (given, size) => {
          const queue = createReadyQueue()
          const items = given.map((item) => ({ ...item, changes: [] }))
          const free = new Set(given.flatMap((item, index) => (item.holdFor === 0 ? [index] : [])))
          for (const item of items) queue.push(item)
          const order: number[] = []
          while (queue.size() > 0) {
            const batch = queue.take(size)
            expect(batch.length).toBeGreaterThan(0)
            expect(batch.length).toBeLessThanOrEqual(size)
            if (batch.some((item) => item.attempt > 0)) expect(batch.length).toBe(1)
            for (const item of batch) order.push(items.findIndex((each) => each === item))
          }
          expect([...order].sort((a, b) => a - b)).toEqual(items.map((_item, index) => index))
          const freeOrder = order.filter((index) => free.has(index))
          expect(freeOrder).toEqual([...freeOrder].sort((a, b) => a - b))
        },
      ),
    )
  })

  it('lets later items pass one that is held', () => {
    const queue = createReadyQueue()
    queue.push({ changes: [{ field: 'held', value: {} }], attempt: 0, holdFor: 2 })
    for (const name of ['a', 'b', 'c']) {
      queue.push({ changes: [{ field: name, value: {} }], attempt: 0, holdFor: 0 })
    }
    const order: (string | undefined)[] = []
    while (queue.size() > 0) order.push(queue.take(1)[0]?.changes[0]?.field)
    expect(order).toEqual(['a', 'b', 'held', 'c'])
  })
})
