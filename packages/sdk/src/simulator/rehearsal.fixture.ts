import { Buffer } from 'node:buffer'
import { createServer } from 'node:http'
import { createIds } from '../kernel/index.ts'
import type { Random } from '../kernel/index.ts'
import { createDice } from './dice.ts'
import { parseJson } from './json.ts'
import type { Simulator, SimulatorAddress, SimulatorOptions } from './options.ts'
import type { ManualTime } from './scheduler.ts'
import { createManualTime } from './scheduler.ts'
import { createSimulator } from './simulator.ts'

/** One webhook POST as it came in. */
export interface ReceivedPost {
  readonly signature: string
  readonly body: string
  readonly json: unknown
}

/** A simulator that listens, with a webhook receiver and time that stands still. */
export interface Rehearsal {
  readonly simulator: Simulator
  readonly address: SimulatorAddress
  readonly time: ManualTime
  readonly received: readonly ReceivedPost[]
  /** All statuses received, as `message id: status`. */
  statuses(): readonly string[]
  /** The `value` of every change received. */
  values(): readonly Readonly<Record<string, unknown>>[]
  /** HTTP statuses for the next webhooks; 200 when used up. */
  answerWith(...statuses: readonly number[]): void
  /** A Graph request with the good token. */
  graph(method: string, path: string, body?: unknown): Promise<GraphReply>
  /** Sends a text to `to`. */
  text(to: string, body: string, more?: object): Promise<GraphReply>
  stop(): Promise<void>
}

/** What Graph answered. */
export interface GraphReply {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
  readonly headers: Headers
}

/** Random bytes that repeat for the same seed. */
export function seededRandom(seed: number): Random {
  const dice = createDice(seed)
  return { bytes: (length) => Uint8Array.from({ length }, () => dice.between(0, 255)) }
}

/** Starts a rehearsal; the caller stops it. */
export async function startRehearsal(more: Partial<SimulatorOptions> = {}): Promise<Rehearsal> {
  const time = createManualTime()
  const random = seededRandom(7)
  const simulator = createSimulator({
    clock: time.clock,
    scheduler: time,
    random,
    ids: createIds(time.clock, random),
    appSecret: 'test_app_secret',
    accessToken: 'test-token',
    phoneNumberId: '106540352242922',
    wabaId: '102290129340398',
    displayPhoneNumber: '15550100001',
    ...more,
  })
  const received: ReceivedPost[] = []
  const answers: number[] = []
  const receiver = createServer((request, response) => {
    const chunks: Uint8Array[] = []
    request.on('data', (chunk: Uint8Array) => chunks.push(chunk))
    request.on('end', () => {
      const body = new TextDecoder().decode(Buffer.concat(chunks))
      const signature = String(request.headers['x-hub-signature-256'])
      received.push({ signature, body, json: parseJson(body) })
      response.writeHead(answers.shift() ?? 200).end()
    })
  })
  const port = await new Promise<number>((resolve) => {
    receiver.listen(0, '127.0.0.1', () => {
      const address = receiver.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
  const address = await simulator.listen()
  simulator.setWebhook(`http://127.0.0.1:${port}/webhook`)

  const graph: Rehearsal['graph'] = async (method, path, body) => {
    const response = await fetch(`${address.graphUrl}/${path}`, {
      method,
      headers: { authorization: 'Bearer test-token', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const parsed = await response.text().then(parseJson)
    return { status: response.status, body: recordOf(parsed), headers: response.headers }
  }
  const values = (): readonly Readonly<Record<string, unknown>>[] =>
    received.flatMap((post) =>
      list(recordOf(post.json)['entry'])
        .flatMap((entry) => list(recordOf(entry)['changes']))
        .map((change) => recordOf(recordOf(change)['value'])),
    )

  return {
    simulator,
    address,
    time,
    received,
    values,
    statuses: () =>
      values()
        .flatMap((value) => list(value['statuses']))
        .map(
          (status) => `${String(recordOf(status)['id'])}: ${String(recordOf(status)['status'])}`,
        ),
    answerWith: (...statuses) => void answers.push(...statuses),
    graph,
    text: (to, body, extra = {}) =>
      graph('POST', '106540352242922/messages', {
        messaging_product: 'whatsapp',
        to,
        type: 'text',
        text: { body },
        ...extra,
      }),
    async stop() {
      await simulator.close()
      receiver.closeAllConnections()
      await new Promise((resolve) => receiver.close(resolve))
    },
  }
}

/** The value as a record; an empty one when it is none. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {}
}

/** The value as a list; an empty one when it is none. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
