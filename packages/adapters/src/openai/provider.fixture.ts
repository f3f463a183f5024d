import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { ModelControl, WireAnswer, WireCall, WireUsage } from '@auronx/sdk/testing'

/** One request as it came over the wire. */
export interface RecordedRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Answers one request, whose body has been read. */
export type ProviderListener = (
  request: IncomingMessage,
  response: ServerResponse,
  body: string,
) => void

/** A provider on loopback that speaks as much of the Responses API as the tests need. */
export interface LoopbackProvider extends ModelControl {
  readonly baseUrl: string
  readonly requests: readonly RecordedRequest[]
  /** Answers from now on with whatever `listener` does; requests are recorded all the same. */
  serve(listener: ProviderListener): void
  /** Bytes of the last answer that were handed to the connection before it ended. */
  written(): number
  close(): Promise<void>
}

/** Starts a provider on a free port. */
export async function startProvider(): Promise<LoopbackProvider> {
  const requests: RecordedRequest[] = []
  let listener: ProviderListener = (_request, response) => void response.writeHead(500).end()
  let socketBytes = () => 0
  const server = createServer((request, response) => {
    const { socket } = request
    const before = socket.bytesWritten
    socketBytes = () => socket.bytesWritten - before
    void record(request).then((recorded) => {
      requests.push(recorded)
      listener(request, response, recorded.body)
    })
  })
  const port = await listen(server, 0)
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    async next(answer) {
      if (answer.kind === 'unreachable') return stop(server)
      if (!server.listening) await listen(server, port)
      listener = (request, response, body) => play(answer, request, response, body)
    },
    asked: async () => requests.map(({ body }) => body),
    serve(next) {
      listener = next
    },
    written: () => socketBytes(),
    close: () => stop(server),
  }
}

/** A whole answer, with the given items as its output. */
export function responseWith(output: readonly unknown[], change: object = {}): object {
  return {
    id: 'resp_1',
    object: 'response',
    created_at: 1_790_000_000,
    model: 'test-model',
    status: 'completed',
    error: null,
    incomplete_details: null,
    output,
    usage: {
      input_tokens: 10,
      input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
      output_tokens: 5,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: 15,
    },
    ...change,
  }
}

/** An output item: a message of the model with one part. */
export function messageItem(part: object, change: object = {}): object {
  const item = { id: 'msg_1', type: 'message', role: 'assistant', status: 'completed' }
  return { ...item, content: [part], ...change }
}

/** A part of a message: text. */
export function textPart(text: string): object {
  return { type: 'output_text', text, annotations: [] }
}

/** Sends a value as JSON. */
export function sendJson(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}

/** An output item: a call of a function. */
export function callItem(call: WireCall): object {
  const { callId, name } = call
  const item = { id: `fc_${callId}`, type: 'function_call', status: 'completed' }
  return { ...item, call_id: callId, name, arguments: call.arguments }
}

const json = { 'content-type': 'application/json' }
const whole = JSON.stringify(responseWith([messageItem(textPart('We open at nine.'))]))

const refusal = responseWith([messageItem({ type: 'refusal', refusal: 'I will not say that.' })])
const cutOff = responseWith([messageItem(textPart('We open at'), { status: 'incomplete' })], {
  status: 'incomplete',
  incomplete_details: { reason: 'max_output_tokens' },
})

function play(
  answer: WireAnswer,
  request: IncomingMessage,
  response: ServerResponse,
  body: string,
): void {
  switch (answer.kind) {
    case 'text':
    case 'calls':
      return sendJson(response, responseWith(outputOf(answer), { usage: usageOf(answer.usage) }))
    case 'refusal':
      return sendJson(response, refusal)
    case 'cut_off':
      return sendJson(response, cutOff)
    case 'status':
      return sendStatus(response, answer, body)
    case 'not_json':
      return void response.writeHead(200, json).end('<html>Maintenance</html>')
    case 'wrong_shape':
      return sendJson(response, { object: 'response', status: 'completed', output: 'Hello' })
    case 'half_json':
      return void response.writeHead(200, json).end(whole.slice(0, whole.length / 2))
    case 'huge':
      return sendHuge(response)
    case 'silent':
      return
    case 'stalled':
      return void response.writeHead(200, json).write(whole.slice(0, whole.length / 2))
    case 'dripping':
      return drip(response)
    case 'reset':
      return void request.socket.resetAndDestroy()
    case 'unreachable':
      return
  }
}

function outputOf(answer: Extract<WireAnswer, { usage: WireUsage }>): readonly object[] {
  return 'text' in answer ? [messageItem(textPart(answer.text))] : answer.calls.map(callItem)
}

function usageOf(usage: WireUsage): object {
  return {
    input_tokens: usage.input,
    input_tokens_details: { cached_tokens: usage.cachedInput, cache_write_tokens: 0 },
    output_tokens: usage.output,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: usage.input + usage.output,
  }
}

// Providers quote the request in their errors; what they quote must not come out of the adapter.
function sendStatus(
  response: ServerResponse,
  { status, retryAfter }: Extract<WireAnswer, { kind: 'status' }>,
  body: string,
): void {
  response.setHeader('x-request-id', 'req_1')
  if (retryAfter !== undefined) response.setHeader('retry-after', retryAfter)
  sendJson(response, { error: { message: `Not this: ${body}`, code: 'some_code' } }, status)
}

function sendHuge(response: ServerResponse): void {
  response.writeHead(200, json)
  const chunk = Buffer.alloc(64 * 1024, ' ')
  let left = 20 * 1024 * 1024
  const more = (): void => {
    while (left > 0 && !response.destroyed) {
      left -= chunk.length
      if (!response.write(chunk)) return void response.once('drain', more)
    }
    response.end()
  }
  more()
}

function drip(response: ServerResponse): void {
  response.writeHead(200, json)
  const timer = setInterval(() => response.write(' '), 50)
  response.on('close', () => clearInterval(timer))
}

async function record(request: IncomingMessage): Promise<RecordedRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk)
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)])
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks).toString(),
  }
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
