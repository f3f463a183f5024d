import type { BenchDatabase } from './database.ts'
import { createWatch, queueOf } from './deliveries.ts'
import type { Queued } from './deliveries.ts'
import { runLanes } from './lanes-own.ts'
import { runPgBoss } from './lanes-pg-boss.ts'
import type { Measured } from './report.ts'
import { interleave, median, ratio } from './rounds.ts'

interface LaneSample {
  readonly perSecond: number
  readonly us: number
  readonly outOfOrder: number
  readonly overlaps: number
  readonly coldP99Ms: number
}

type Samples = (name: string) => readonly LaneSample[]

/** T9, T10 and T11: handling queued messages in the order of their conversation, beside pg-boss with groups. */
export async function measureLanes(
  database: BenchDatabase,
  rounds: number,
  scale: number,
): Promise<readonly Measured[]> {
  const cold = 3_000 * scale
  const uniform = await compare(database, queueOf(cold, 1), rounds)
  const deep = await compare(database, queueOf(cold / 10, 10), rounds)
  const hot = await compare(database, queueOf(cold, 1, cold / 2), rounds)
  const own = [uniform, deep, hot].flatMap((samples) => samples('own'))
  return [
    faster('T9', 'worker, 1 message a conversation, vs pg-boss groups', uniform, 2),
    faster('T10', 'worker, 10 messages a conversation, vs pg-boss groups', deep, 5),
    faster('T11', 'worker, one hot conversation first, vs pg-boss groups', hot, 10),
    {
      id: 'T11',
      what: 'p99 of the cold ones beside a hot one vs without it',
      value: ratio(
        hot('own').map(({ coldP99Ms }) => coldP99Ms),
        uniform('own').map(({ coldP99Ms }) => coldP99Ms),
      ),
      target: 2,
      better: 'lower',
      unit: 'x',
      figures: `${median(hot('own').map(({ coldP99Ms }) => coldP99Ms)).toFixed(0)} ms`,
    },
    exact('messages out of order', sum(own.map(({ outOfOrder }) => outOfOrder))),
    exact('two messages of a conversation at once', sum(own.map(({ overlaps }) => overlaps))),
  ]
}

function exact(what: string, value: number): Measured {
  const figures = 'over all rounds of T9 to T11'
  return { id: 'T11', what, value, target: 0, better: 'exact', unit: '', figures }
}

function faster(id: string, what: string, samples: Samples, target: number): Measured {
  const speeds = (name: string): readonly number[] =>
    samples(name).map(({ perSecond }) => perSecond)
  return {
    id,
    what,
    value: ratio(speeds('own'), speeds('pg-boss')),
    target,
    better: 'higher',
    unit: 'x',
    figures: `${describe(samples('own'))}; other ${describe(samples('pg-boss'))}`,
    why: 'turns that write nothing are completed together, but every message keeps a trace and its key for deduplication in rows under row-level security, and claim, reading and completion are three statements with a fence in each',
  }
}

function describe(samples: readonly LaneSample[]): string {
  const of = (pick: (sample: LaneSample) => number): string => median(samples.map(pick)).toFixed(0)
  const bad = sum(samples.map(({ outOfOrder, overlaps }) => outOfOrder + overlaps))
  return `${of(({ perSecond }) => perSecond)}/s, CPU ${of(({ us }) => us)} us, ${bad} violations`
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

// The slower one is cut off and its rate so far counts.
const longestMs = 6_000

function compare(
  database: BenchDatabase,
  queue: readonly Queued[],
  rounds: number,
): Promise<Samples> {
  const measure = (run: typeof runLanes) => async (): Promise<LaneSample> => {
    // Storing comes before; the time counts from the first handler on.
    let [cpu, node] = [0, process.cpuUsage()]
    const open = (): ReturnType<typeof createWatch> => {
      cpu = database.cpu()
      node = process.cpuUsage()
      return createWatch()
    }
    const { watch, ms } = await run(database, queue, open, longestMs)
    const { user, system } = process.cpuUsage(node)
    const { handled, outOfOrder, overlaps } = watch
    return {
      perSecond: handled / (ms / 1_000),
      us: (user + system + database.cpu() - cpu) / handled,
      outOfOrder,
      overlaps,
      coldP99Ms: watch.coldP99Ms(),
    }
  }
  return interleave(
    [
      { name: 'own', run: measure(runLanes) },
      { name: 'pg-boss', run: measure(runPgBoss) },
    ],
    rounds,
  )
}
