import { assert, test } from 'vitest'
import { createSystemClock, silentLogger, sleep } from '../kernel/index.ts'
import { createFakeClock } from '../testing/clock.ts'
import { createWorker } from './index.ts'
import type { Task, WorkSource } from './index.ts'

/** A source with one task, which is found while others are still being asked. */
function sourceOf(task: Task): WorkSource {
  const tasks = [task]
  return { name: 'one', claim: async () => tasks.splice(0), nextDue: async () => undefined }
}

const asksLong: WorkSource = {
  name: 'asks long',
  async claim() {
    await sleep(5, new AbortController().signal)
    return []
  },
  nextDue: async () => undefined,
}

test('what a task hands in at its end is done before a drain ends, also while the sources are asked', async () => {
  const done: string[] = []
  const worker = createWorker({
    clock: createFakeClock(),
    logger: silentLogger,
    sources: [
      sourceOf(async () => {
        // Two rounds of asking, so that it ends while the loop asks and finds nothing else to do.
        await sleep(8, new AbortController().signal)
        worker.submit(async () => void done.push('handed in'))
      }),
      asksLong,
    ],
  })
  await worker.drain({ maxMs: 5_000 })
  assert.deepStrictEqual(done, ['handed in'])
})

test('a time it was told of is waited for instead of the next poll', async () => {
  const stopping = new AbortController()
  const clock = createSystemClock()
  let due = Infinity
  const started: number[] = []
  const worker = createWorker({
    clock,
    logger: silentLogger,
    pollMs: 60_000,
    sources: [
      {
        name: 'due',
        async claim() {
          if (clock.now().getTime() < due) return []
          due = Infinity
          return [
            async () => {
              started.push(clock.now().getTime())
              stopping.abort()
            },
          ]
        },
        nextDue: async () => undefined,
      },
    ],
  })
  const working = worker.run({ signal: stopping.signal })
  due = clock.now().getTime() + 30
  worker.wakeAt(new Date(due))
  await working
  assert.strictEqual(started.length, 1)
})

test('what a task hands in after the stop is done before the worker ends', async () => {
  const done: string[] = []
  const stopping = new AbortController()
  const worker = createWorker({
    clock: createFakeClock(),
    logger: silentLogger,
    sources: [
      sourceOf(async () => {
        stopping.abort()
        await sleep(1, new AbortController().signal)
        worker.submit(async () => void done.push('handed in'))
      }),
    ],
  })
  await worker.run({ signal: stopping.signal })
  assert.deepStrictEqual(done, ['handed in'])
})

test('a task that left its slot lets the next one start, and the worker ends after both', async () => {
  const seen: string[] = []
  const tasks: Task[] = [
    async (_signal, slot) => {
      slot?.leave()
      await sleep(10, new AbortController().signal)
      seen.push('noted')
    },
    async () => void seen.push('next'),
  ]
  const worker = createWorker({
    clock: createFakeClock(),
    logger: silentLogger,
    slots: 1,
    sources: [
      {
        name: 'two',
        claim: async (limit) => tasks.splice(0, limit),
        nextDue: async () => undefined,
      },
    ],
  })
  await worker.drain({ maxMs: 5_000 })
  assert.deepStrictEqual(seen, ['next', 'noted'])
})

test('what is used up at once is claimed in greater numbers, up to four times the slots', async () => {
  const asked: number[] = []
  let left = 2_000
  const worker = createWorker({
    clock: createFakeClock(),
    logger: silentLogger,
    slots: 8,
    sources: [
      {
        name: 'many',
        async claim(limit) {
          asked.push(limit)
          const count = Math.min(limit, left)
          left -= count
          return Array.from({ length: count }, () => async () => undefined)
        },
        nextDue: async () => undefined,
      },
    ],
  })
  await worker.drain({ maxMs: 5_000 })
  assert.strictEqual(left, 0)
  assert.strictEqual(asked[0], 8)
  assert.strictEqual(Math.max(...asked), 32)
})

test('what takes long is claimed as it has room', async () => {
  const asked: number[] = []
  const clock = createFakeClock()
  let left = 40
  const worker = createWorker({
    clock,
    logger: silentLogger,
    slots: 4,
    sources: [
      {
        name: 'slow',
        async claim(limit) {
          asked.push(limit)
          const count = Math.min(limit, left)
          left -= count
          return Array.from({ length: count }, () => async () => clock.advance(300))
        },
        nextDue: async () => undefined,
      },
    ],
  })
  await worker.drain({ maxMs: 60_000 })
  assert.strictEqual(left, 0)
  assert.ok(Math.max(...asked) <= 5, String(asked))
})
