import type { Clock } from '../kernel/index.ts'
import type { WorkSource } from './worker.ts'

/** Something every worker process does again and again; safe to do in several processes at once. */
export interface PeriodicTask {
  readonly name: string
  /** Time between two runs in this process, in milliseconds. */
  readonly everyMs: number
  run(): Promise<void>
}

/** Periodic tasks as a source of work. The first run is due at once. */
export function createPeriodicSource(tasks: readonly PeriodicTask[], clock: Clock): WorkSource {
  const due = new Map(tasks.map((task) => [task.name, 0]))
  return {
    name: 'periodic',
    async claim(limit) {
      const now = clock.now().getTime()
      const ready = tasks.filter((task) => (due.get(task.name) ?? 0) <= now).slice(0, limit)
      for (const task of ready) due.set(task.name, now + task.everyMs)
      return ready.map((task) => () => task.run())
    },
    nextDue: async () => undefined,
  }
}
