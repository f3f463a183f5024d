import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A server in a process of its own. */
export interface Child {
  readonly port: number
  readonly pid: number
  /** CPU time it used so far, in microseconds. */
  cpu(): Promise<number>
  stop(): Promise<void>
}

/** Starts a file of this folder that reports its port when it listens, and its CPU time when asked. */
export async function startChild(file: string, args: readonly string[]): Promise<Child> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args, {
    execArgv: ['--conditions=source'],
  })
  const ended = once(child, 'exit')
  const first = await Promise.race([
    once(child, 'message'),
    ended.then(() => Promise.reject(new Error(`${file} ${args[0] ?? ''} ended while starting`))),
  ])
  return {
    port: numberIn(first[0], 'port'),
    pid: child.pid ?? 0,
    async cpu() {
      const answer = once(child, 'message')
      child.send('cpu')
      return numberIn((await answer)[0], 'cpu')
    },
    async stop() {
      if (child.exitCode !== null) return
      child.disconnect()
      await ended
    },
  }
}

function numberIn(message: unknown, name: string): number {
  const found = Object.entries(Object(message)).find(([key]) => key === name)
  return Number(found?.[1] ?? 0)
}
