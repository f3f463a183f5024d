import { channel } from 'node:diagnostics_channel'
import { appendFileSync } from 'node:fs'
import type { Line } from './scan.ts'

/** Where models of the tests publish each request as `{ request, returned }` before they answer it. */
export const modelRequests = 'auronx.test.model-request'

/** Writes down what is sent to models, until it is closed. */
export interface Recorder {
  /** Stops, and writes what is left. */
  close(): void
}

// Enough to write seldom, little enough to lose nothing that matters when a process dies.
const mostLines = 500

/**
 * Records what this process sends to models: what their stand-ins publish, and each HTTP request to a Responses API,
 * whoever makes it.
 */
export function openRecorder(output: string, file: string): Recorder {
  const lines: Line[] = [{ kind: 'file', file }]
  const ids = new Map<string, number>()
  const known = new WeakMap<object, number>()
  const idOf = (text: string): number => {
    const id = ids.get(text) ?? ids.size
    if (id === ids.size) {
      ids.set(text, id)
      lines.push({ kind: 'text', id, text })
    }
    return id
  }
  const idOfValue = (value: unknown): number => {
    if (typeof value !== 'object' || value === null) return idOf(String(value))
    const id = known.get(value) ?? idOf(JSON.stringify(value))
    known.set(value, id)
    return id
  }
  const flush = (): void => {
    appendFileSync(output, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
    lines.length = 0
  }
  const note = (texts: readonly number[], returned: number): void => {
    lines.push({ kind: 'request', texts, returned })
    if (lines.length >= mostLines) flush()
  }
  const onPort = (message: unknown): void => {
    const returned = new Set(listOf(member(message, 'returned')))
    const { input, ...fixed } = recordOf(member(message, 'request'))
    const items = listOf(input).filter((item) => !returned.has(item))
    const texts = [...Object.entries(fixed).flatMap(([key, value]) => [key, value]), ...items]
    note(texts.map(idOfValue), listOf(input).length - items.length)
  }
  const bodies = new WeakMap<object, string>()
  const onChunk = (message: unknown): void => {
    const request = recordOf(member(message, 'request'))
    const chunk = member(message, 'chunk')
    const text = chunk instanceof Uint8Array ? Buffer.from(chunk).toString() : String(chunk)
    bodies.set(request, (bodies.get(request) ?? '') + text)
  }
  const onSent = (message: unknown): void => {
    const request = recordOf(member(message, 'request'))
    const url = String(member(request, 'path'))
    if (!url.endsWith('/responses')) return
    const head = JSON.stringify({ url, headers: withoutKey(listOf(member(request, 'headers'))) })
    note([idOf(head), idOf(bodies.get(request) ?? '')], 0)
  }
  const watched: readonly [string, (message: unknown) => void][] = [
    [modelRequests, onPort],
    ['undici:request:bodyChunkSent', onChunk],
    ['undici:request:bodySent', onSent],
  ]
  for (const [name, listener] of watched) channel(name).subscribe(listener)
  return {
    close() {
      for (const [name, listener] of watched) channel(name).unsubscribe(listener)
      flush()
    },
  }
}

/** Names and values in turn, without the header that has to carry the key. */
function withoutKey(headers: readonly unknown[]): readonly unknown[] {
  return headers.filter(
    (_one, at) => String(headers[at - (at % 2)]).toLowerCase() !== 'authorization',
  )
}

function recordOf(value: unknown): object & Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {}
}

function isRecord(value: unknown): value is object & Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function member(value: unknown, name: string): unknown {
  return recordOf(value)[name]
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
