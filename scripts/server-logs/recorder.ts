import { channel } from 'node:diagnostics_channel'
import { appendFileSync } from 'node:fs'

/** Where tests say which secret somebody was given: `{ kind, value }`. */
export const plantedSecrets = 'auronx.test.secret'
/** Where tests publish what servers in processes of their own print: text. */
export const serverOutput = 'auronx.test.server-output'

/** One line of a record. */
export type Line =
  | { readonly kind: 'log'; readonly text: string }
  | { readonly kind: 'secret'; readonly of: string; readonly value: string }

/** Writes down what servers log, until it is closed. */
export interface LogRecorder {
  /** Stops, and gives standard output back. */
  close(): void
}

/**
 * Records the structured log lines of servers in this process, which no longer reach standard output, those of servers
 * whose output tests publish, and the secrets that tests say were given out.
 */
export function openLogRecorder(output: string): LogRecorder {
  const note = (line: Line): void => appendFileSync(output, `${JSON.stringify(line)}\n`)
  const seen = new Set<string>()
  const onSecret = (message: unknown): void => {
    if (typeof message !== 'object' || message === null) return
    const [of, value] = [Reflect.get(message, 'kind'), Reflect.get(message, 'value')].map(String)
    if (of === undefined || value === undefined || seen.has(value)) return
    seen.add(value)
    note({ kind: 'secret', of, value })
  }
  const onOutput = (message: unknown): void => {
    for (const text of String(message).split('\n')) if (isLog(text)) note({ kind: 'log', text })
  }
  const { stdout } = process
  const write = stdout.write.bind(stdout)
  // A logger that finds this writes through it instead of to the file below.
  const record = (chunk: string | Uint8Array, ...rest: readonly unknown[]): boolean => {
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString()
    if (!isLog(text)) return Reflect.apply(write, stdout, [chunk, ...rest])
    onOutput(text)
    const done = rest.at(-1)
    if (typeof done === 'function') Reflect.apply(done, undefined, [])
    return true
  }
  stdout.write = record
  const [secrets, outputs] = [channel(plantedSecrets), channel(serverOutput)]
  secrets.subscribe(onSecret)
  outputs.subscribe(onOutput)
  return {
    close() {
      stdout.write = write
      secrets.unsubscribe(onSecret)
      outputs.unsubscribe(onOutput)
    },
  }
}

function isLog(text: string): boolean {
  return text.startsWith('{"level":')
}
