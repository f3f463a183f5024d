import { setTimeout as after } from 'node:timers/promises'
import pg from 'pg'
import { PgBoss } from 'pg-boss'
import { addressOf, poolSize } from './database.ts'
import type { BenchDatabase } from './database.ts'
import { createWatch, warmUp } from './deliveries.ts'
import type { Queued, Watch } from './deliveries.ts'

const fetchers = 4
const batchSize = 32

/**
 * Stores the messages as jobs of groups, then handles them with pg-boss until all are done or the time is up. It is
 * asked again at once after every batch, so that its polling interval costs it nothing.
 */
export async function runPgBoss(
  { host }: BenchDatabase,
  queue: readonly Queued[],
  open: () => Watch,
  maxMs: number,
): Promise<{ readonly watch: Watch; readonly ms: number }> {
  const boss = new PgBoss({ ...addressOf(host), max: poolSize, supervise: false, schedule: false })
  boss.on('error', (error) => console.error(error.message))
  await boss.start()
  // Opens the connections before the time counts.
  await drain(boss, await fill(boss, warmUp), createWatch(), { count: warmUp.length, maxMs })
  const name = await fill(boss, queue)
  await analyze(host)
  const watch = open()
  const ms = await drain(boss, name, watch, { count: queue.length, maxMs })
  await boss.stop({ graceful: false })
  return { watch, ms }
}

async function fill(boss: PgBoss, queue: readonly Queued[]): Promise<string> {
  const name = `bench_${queue.length}_${Math.trunc(performance.now())}`
  await boss.createQueue(name)
  for (let index = 0; index < queue.length; index += 1_000) {
    const part = queue.slice(index, index + 1_000)
    await boss.insert(
      name,
      part.map((data) => ({ data, group: { id: data.conversation } })),
    )
  }
  return name
}

async function analyze(host: string): Promise<void> {
  const admin = new pg.Client(addressOf(host))
  await admin.connect()
  await admin.query('analyze')
  await admin.end()
}

async function drain(
  boss: PgBoss,
  name: string,
  watch: Watch,
  { count, maxMs }: { readonly count: number; readonly maxMs: number },
): Promise<number> {
  const from = performance.now()
  const isOver = (): boolean => watch.handled >= count || performance.now() - from > maxMs
  const loop = async (): Promise<void> => {
    while (!isOver()) {
      const jobs = await boss.fetch<Queued>(name, { batchSize, groupConcurrency: 1 })
      if (jobs.length === 0) {
        await after(5)
        continue
      }
      await Promise.all(jobs.map((job) => watch.handle(job.data)))
      await boss.complete(
        name,
        jobs.map((job) => job.id),
      )
    }
  }
  await Promise.all(Array.from({ length: fetchers }, loop))
  const ms = performance.now() - from
  await boss.deleteQueue(name)
  return ms
}
