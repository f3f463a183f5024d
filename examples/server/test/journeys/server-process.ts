import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { publishOutput } from '../planted.ts'

/** A server in a process of its own. */
export interface ServerProcess {
  readonly child: ChildProcess
  /** The one-time link it printed. */
  readonly link: string
  readonly url: string
  /** Everything it printed so far. */
  output(): string
  /** Ends it by a signal and resolves with its exit code, or `null` after a signal. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

/**
 * Starts `src/main.ts`, or `file`, with exactly this environment, besides the path. Rejects with its output when it exits early;
 * `signal` ends it at any time.
 */
export function startProcess(
  env: Readonly<Record<string, string>>,
  { signal, file = main }: { readonly signal?: AbortSignal; readonly file?: string } = {},
): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['--conditions=source', file], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  signal?.addEventListener('abort', () => child.kill('SIGKILL'), { once: true })
  let output = ''
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString()
      publishOutput(chunk.toString())
      const link = /http:\/\/localhost:\d+\/open\/\S+/.exec(output)?.[0]
      if (link === undefined) return
      resolve({
        child,
        link,
        url: new URL(link).origin,
        output: () => output,
        end: (signal) => endProcess(child, signal),
      })
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('exit', (code) => reject(new Error(`exit ${code}: ${output}`)))
  })
}

function endProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode)
  return new Promise((resolve) => {
    child.once('exit', (code) => resolve(code))
    child.kill(signal)
  })
}
