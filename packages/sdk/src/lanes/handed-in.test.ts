import { assert, test } from 'vitest'
import { silentLogger, sleep } from '../kernel/index.ts'
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
