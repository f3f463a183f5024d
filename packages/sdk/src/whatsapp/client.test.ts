import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { createServer } from 'node:net'
import { afterEach, assert, describe, expect, test } from 'vitest'
import { createEgress } from '../egress/index.ts'
import { asId, AuronxError } from '../kernel/index.ts'
import type { SendOutcome, SendRequest } from '../outbox/index.ts'
import type { MessengerSubject } from '../outbox/messenger.contract.ts'
import { messengerContract } from '../outbox/messenger.contract.ts'
import { runContract } from '../testing/run-contract.ts'
import type { WhatsAppDeps } from './client.ts'
import { createWhatsAppMessenger } from './client.ts'
import type { LoopbackGraph, ServerHandler } from './graph-loopback.fixture.ts'
import { startGraph, startServer } from './graph-loopback.fixture.ts'
import type { GraphNotice } from './notices.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const contractAssert = {
  equal: assert.strictEqual,
  deepEqual: assert.deepEqual,
  ok: assert.ok,
  async rejects(promise: Promise<unknown>, check: (error: unknown) => boolean) {
    const thrown = await promise.then(
      () => undefined,
      (error: unknown) => ({ error }),
    )
    assert.ok(thrown !== undefined && check(thrown.error))
  },
}

describe('the client keeps the messenger contract over a loopback Graph', () =>
  runContract<MessengerSubject & { readonly graph: LoopbackGraph }>(
    {
      test,
      assert: contractAssert,
      async open() {
        const graph = await startGraph()
        return {
          messenger: messengerOn(graph.url),
          control: graph,
          graph,
          phoneNumberId: '100200300',
          phone: '15550100123',
          userId: 'US.13491208655302741918',
          inboundMessageId: 'wamid.in-1',
        }
      },
      close: ({ graph }) => graph.close(),
    },
    messengerContract,
  ))

describe('the request', () => {
  test('is one JSON call to the pinned version, authorised, with every common member', async () => {
    const seen: { url?: string; headers?: object; body: string }[] = []
    const url = await answering(200, accepted, (request, body) => {
      seen.push({ url: request.url ?? '', headers: request.headers, body })
    })
    await send(messengerOn(url), { replyTo: 'wamid.in-1' })
    expect(seen).toHaveLength(1)
    expect(seen[0]?.url).toBe('/v25.0/100200300/messages')
    expect(seen[0]?.headers).toMatchObject({
      authorization: 'Bearer loopback-token',
      'content-type': 'application/json',
    })
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: '+15550100123',
      type: 'text',
      text: { body: 'Hello' },
      context: { message_id: 'wamid.in-1' },
      biz_opaque_callback_data: 'opaque',
    })
  })

  test('goes to the configured version and base path', async () => {
    const paths: string[] = []
    const url: string = await answering(
      200,
      accepted,
      (request) => void paths.push(request.url ?? ''),
    )
    await send(messengerOn(`${url}/proxy/`, { version: 'v26.0' }), {})
    expect(paths).toEqual(['/proxy/v26.0/100200300/messages'])
  })

  test('cannot be led to another path by a number id', async () => {
    const paths: string[] = []
    const url: string = await answering(
      200,
      accepted,
      (request) => void paths.push(request.url ?? ''),
    )
    await send(messengerOn(url), { phoneNumberId: '1/../2?x=#' })
    expect(paths).toEqual(['/v25.0/1%2F..%2F2%3Fx%3D%23/messages'])
  })

  test.each(['25.0', 'v25', 'v25.0/..', ''])(
    'is refused at creation with version %j',
    (version) => {
      expect(() => messengerOn('http://127.0.0.1:1', { version })).toThrow('must look like v25.0')
    },
  )

  test('carries typing only when asked', async () => {
    const bodies: unknown[] = []
    const url = await answering(200, { success: true }, (_request, body) =>
      bodies.push(JSON.parse(body)),
    )
    const messenger = messengerOn(url)
    const receipt = { phoneNumberId: '1', messageId: 'wamid.in-1' }
    expect(await messenger.markRead(receipt, options())).toBe('done')
    await messenger.markRead({ ...receipt, typing: true }, options())
    const read = { messaging_product: 'whatsapp', status: 'read', message_id: 'wamid.in-1' }
    expect(bodies).toEqual([read, { ...read, typing_indicator: { type: 'text' } }])
  })
})

describe('what never leaves', () => {
  test('a message from a host that is not listed', async () => {
    const egress = createEgress({ hosts: [] })
    const outcome = await send(createWhatsAppMessenger({ egress, tokens: async () => 't' }), {})
    expect(outcome).toMatchObject({ code: 'egress_denied', advice: { action: 'stop_channel' } })
  })

  const tokenless: readonly (readonly [string, () => Promise<string>, string])[] = [
    ['a token that cannot stand in a header', async () => 'secret\r\nx: y', 'stop_channel'],
    ['no token', async () => '', 'stop_channel'],
    ['a token that is gone', () => failing(false), 'stop_channel'],
    ['a token that cannot be read now', () => failing(true), 'hold'],
  ]
  test.each(tokenless)('a message with %s', async (_name, tokens, action) => {
    const outcome = await send(messengerOn('http://127.0.0.1:1', { tokens }), {})
    expect(outcome).toMatchObject({ kind: 'refused', code: 'no_token', advice: { action } })
    expect(JSON.stringify(outcome)).not.toContain('secret')
  })

  test.each([
    ['an empty correlation id', { opaque: '' }],
    ['a correlation id of 513 characters', { opaque: 'x'.repeat(513) }],
    [
      'a blob nobody can read',
      { message: { kind: 'image', media: { blobId: asId('BlobId', 'b') } } },
    ],
  ] as const)('a message with %s', async (_name, change) => {
    const outcome = await send(messengerOn('http://127.0.0.1:1'), change)
    expect(outcome).toMatchObject({ kind: 'refused', advice: { action: 'fail' } })
  })
})

describe('answers', () => {
  test('503 with HTML is unknown', async () => {
    expect(await send(messengerOn(await answering(503, '<html></html>')), {})).toEqual({
      kind: 'unknown',
      reason: 'http_503',
    })
  })

  test('an empty 500 is unknown', async () => {
    expect((await send(messengerOn(await answering(500, '')), {})).kind).toBe('unknown')
  })

  test('an endless answer is not read to its end', async () => {
    const { promise: ended, resolve: closed } = Promise.withResolvers<void>()
    const url = await serving((_request, response) => {
      response.on('close', closed)
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      }
      response.on('drain', more)
      more()
    })
    expect(await send(messengerOn(url), {})).toEqual({ kind: 'unknown', reason: 'no_message_id' })
    await ended
  })

  test('silence is unknown after the timeout', async () => {
    const url = await serving(() => undefined)
    expect(await send(messengerOn(url, { timeoutMs: 60 }), {})).toEqual({
      kind: 'unknown',
      reason: 'timeout',
    })
  })

  test('an answer that stops half-way is unknown after the timeout', async () => {
    const url = await serving((_request, response) => {
      response.writeHead(200, { 'content-length': '500' })
      response.write('{"messages":[{"id":')
    })
    expect(await send(messengerOn(url, { timeoutMs: 60 }), {})).toEqual({
      kind: 'unknown',
      reason: 'timeout',
    })
  })

  test('a connection cut in the middle of the answer is unknown', async () => {
    const url = await serving((request, response) => {
      response.writeHead(200, { 'content-length': '500' })
      response.write('{"messages":[{"id":', () => request.socket.resetAndDestroy())
    })
    expect(await send(messengerOn(url), {})).toEqual({ kind: 'unknown', reason: 'connection_lost' })
  })

  test('giving up while waiting is unknown', async () => {
    const stop = new AbortController()
    const url = await serving(() => stop.abort())
    const outcome = await messengerOn(url).send(request({}), { signal: stop.signal })
    expect(outcome).toEqual({ kind: 'unknown', reason: 'aborted' })
  })

  test('a closed keep-alive connection does not send a message twice', async () => {
    let requests = 0
    const sockets: Socket[] = []
    const server = createServer((socket) => {
      sockets.push(socket)
      socket.on('error', () => undefined)
      socket.on('data', (data) => {
        if (!data.toString().includes('POST ')) return
        requests += 1
        if (requests > 1) return void socket.resetAndDestroy()
        const body = JSON.stringify(accepted)
        socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body}`)
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closing.push(async () => {
      server.close()
      for (const socket of sockets) socket.destroy()
    })
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const messenger = messengerOn(`http://127.0.0.1:${port}`)
    expect((await send(messenger, {})).kind).toBe('accepted')
    expect((await send(messenger, {})).kind).toBe('unknown')
    expect(requests).toBe(2)
  })

  test('a redirect is not followed', async () => {
    let requests = 0
    const url = await serving((_request, response) => {
      requests += 1
      response.writeHead(307, { location: '/elsewhere' }).end()
    })
    expect(await send(messengerOn(url), {})).toEqual({ kind: 'unknown', reason: 'http_307' })
    expect(requests).toBe(1)
  })

  test('quotas and version warnings are told, and a wait is kept', async () => {
    const usage = [
      {
        type: 'whatsapp',
        call_count: 100,
        total_cputime: 25,
        total_time: 25,
        estimated_time_to_regain_access: 7,
      },
    ]
    const notices: GraphNotice[] = []
    const url = await serving((_request, response) => {
      response.writeHead(400, {
        'x-ad-api-version-warning': 'The call has been auto-upgraded',
        'facebook-api-version': 'v26.0',
        'x-app-usage': '{"call_count":28,"total_time":1,"total_cputime":2}',
        'x-business-use-case-usage': JSON.stringify({ '1': usage }),
      })
      response.end('{"error":{"code":80007}}')
    })
    const onNotice = (notice: GraphNotice) => void notices.push(notice)
    const outcome = await send(messengerOn(url, { onNotice }), {})
    expect(outcome).toMatchObject({ advice: { action: 'retry', afterMs: 420_000 } })
    const phoneNumberId = '100200300'
    expect(notices).toEqual([
      { kind: 'version_upgraded', served: 'v26.0', phoneNumberId },
      {
        kind: 'app_usage',
        quota: { callPercent: 28, cpuPercent: 2, timePercent: 1 },
        phoneNumberId,
      },
      {
        kind: 'account_usage',
        type: 'whatsapp',
        quota: { callPercent: 100, cpuPercent: 25, timePercent: 25 },
        regainAccessMs: 420_000,
        phoneNumberId,
      },
    ])
  })
})

describe('a message with a blob', () => {
  const blobId = asId('BlobId', 'b')
  const message = { kind: 'document', media: { blobId }, filename: 'quote.pdf' } as const
  const content = { bytes: new Uint8Array([1, 2, 3]), mimeType: 'application/pdf' }

  test('is uploaded first and sent by its id', async () => {
    const bodies: string[] = []
    const url = await serving(async (request, response) => {
      let body = ''
      for await (const chunk of request) body += String(chunk)
      bodies.push(body)
      response.end(JSON.stringify(request.url?.endsWith('/media') ? { id: '77' } : accepted))
    })
    const readBlob = async () => content
    const outcome = await send(messengerOn(url, { readBlob }), { message })
    expect(outcome.kind).toBe('accepted')
    expect(bodies[0]).toContain('Content-Type: application/pdf')
    expect(JSON.parse(bodies[1] ?? '')).toMatchObject({
      document: { id: '77', filename: 'quote.pdf' },
    })
  })

  test.each([
    ['refused', { error: { code: 131053 } }, 400, 'fail'],
    ['lost', '', 502, 'retry'],
  ])('is not sent when its upload is %s', async (_name, answer, status, action) => {
    const paths: string[] = []
    const url = await answering(status, answer, (request) => paths.push(request.url ?? ''))
    const outcome = await send(messengerOn(url, { readBlob: async () => content }), { message })
    expect(outcome).toMatchObject({ kind: 'refused', advice: { action } })
    expect(paths).toEqual(['/v25.0/100200300/media'])
  })
})

const accepted = { messages: [{ id: 'wamid.1' }] }

function messengerOn(baseUrl: string, deps: Partial<WhatsAppDeps> = {}) {
  return createWhatsAppMessenger({
    egress: createEgress({ hosts: [], allowLoopback: true }),
    tokens: async () => 'loopback-token',
    baseUrl,
    allowLoopbackMedia: true,
    ...deps,
  })
}

function request(change: Partial<SendRequest>): SendRequest {
  return {
    phoneNumberId: '100200300',
    to: { phone: '15550100123' },
    message: { kind: 'text', body: 'Hello' },
    opaque: 'opaque',
    ...change,
  }
}

function send(
  messenger: ReturnType<typeof createWhatsAppMessenger>,
  change: Partial<SendRequest>,
): Promise<SendOutcome> {
  return messenger.send(request(change), options())
}

function options() {
  return { signal: AbortSignal.timeout(10_000) }
}

function failing(retryable: boolean): Promise<string> {
  const code = retryable ? 'storage_unavailable' : 'not_found'
  return Promise.reject(new AuronxError(code, 'no token', { retryable }))
}

async function serving(handler: ServerHandler): Promise<string> {
  const server = await startServer(handler)
  closing.push(server.close)
  return server.url
}

function answering(
  status: number,
  answer: object | string,
  see: (request: IncomingMessage, body: string) => void = () => undefined,
): Promise<string> {
  return serving(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    see(request, body)
    response.statusCode = status
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer))
  })
}
