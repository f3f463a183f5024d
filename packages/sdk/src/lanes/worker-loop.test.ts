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
