import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import type { Egress } from '../egress/index.ts'
import { createEgress } from '../egress/index.ts'
import type { DownloadRequest } from '../outbox/index.ts'
import { createWhatsAppMessenger } from './client.ts'
import { startServer } from './graph-loopback.fixture.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const bytes = Buffer.from('the bytes of a picture')
const hex = createHash('sha256').update(bytes).digest('hex')
const base64 = createHash('sha256').update(bytes).digest('base64')

test('the lookup names the business number, and both steps carry the token', async () => {
  const seen: string[] = []
  const found = await download({
    seen: (request) => seen.push(`${request.url} ${request.headers.authorization}`),
  })
  expect(found.kind).toBe('downloaded')
  expect(seen).toEqual(['/v25.0/900?phone_number_id=100 Bearer t', '/file Bearer t'])
})

test.each([
  ['hex from Graph', { sha256: hex }, {}],
  ['upper-case hex', { sha256: hex.toUpperCase() }, {}],
  ['base64 from Graph', { sha256: base64 }, {}],
  ['base64 from the webhook', {}, { sha256: base64 }],
  ['hex and base64 together', { sha256: hex }, { sha256: base64 }],
])('accepts a matching digest, %s', async (_name, meta, request) => {
  expect(await download({ meta, request })).toMatchObject({ kind: 'downloaded', sha256Hex: hex })
})

test.each([
  ['the digest of Graph', { sha256: '0'.repeat(64) }, {}],
  ['the digest of the webhook', { sha256: hex }, { sha256: base64.replace(/^./, '!') }],
  ['one of two digests', { sha256: hex }, { sha256: '0'.repeat(64) }],
])('refuses bytes that do not match %s', async (_name, meta, request) => {
  expect(await download({ meta, request })).toMatchObject({ kind: 'failed', reason: 'corrupt' })
})

describe('size', () => {
  test('a declared size that is too large is not fetched', async () => {
    const seen: string[] = []
    const found = await download({
      meta: { file_size: '1000' },
      request: { maxBytes: 999 },
      seen: (request) => seen.push(request.url ?? ''),
    })
    expect(found).toMatchObject({ reason: 'too_large' })
    expect(seen).toHaveLength(1)
  })

  test('a size that was not declared is noticed while reading, and reading stops', async () => {
    const { promise: closed, resolve: ended } = Promise.withResolvers<void>()
    const found = await download({
      request: { maxBytes: 200_000 },
      file(_request, response) {
        response.on('close', ended)
        const more = (): void => {
          while (!response.destroyed && response.write(Buffer.alloc(65_536)));
        }
        response.on('drain', more)
        more()
      },
    })
    expect(found).toMatchObject({ reason: 'too_large' })
    await closed
  })

  test('a size that lies is noticed', async () => {
    const found = await download({
      meta: { file_size: 1 },
      request: { maxBytes: bytes.length - 1 },
    })
    expect(found).toMatchObject({ reason: 'too_large' })
  })
})

describe('where the token goes', () => {
  test.each([
    'https://example.com/file',
    'http://lookaside.fbsbx.com/file',
    'https://lookaside.fbsbx.com.example.com/file',
    'https://user@lookaside.fbsbx.com/file',
    'https://lookaside.fbsbx.com:8443/file',
    'file:///etc/hosts',
    'nonsense',
  ])('never to %s', async (url) => {
    const asked: string[] = []
    const egress = onlyLookup(asked, url)
    const messenger = createWhatsAppMessenger({ egress, tokens: async () => 't' })
    const found = await messenger.download({ phoneNumberId: '100', mediaId: '900' }, options())
    expect(found).toMatchObject({ kind: 'failed', reason: 'denied' })
    expect(asked).toEqual(['https://graph.facebook.com/v25.0/900?phone_number_id=100'])
  })

  test('to this machine only when that is allowed', async () => {
    const found = await download({ allowLoopbackMedia: false })
    expect(found).toMatchObject({ kind: 'failed', reason: 'denied' })
  })

  test('to the known host of Meta', async () => {
    const asked: string[] = []
    const egress = onlyLookup(
      asked,
      'https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1',
    )
    const messenger = createWhatsAppMessenger({ egress, tokens: async () => 't' })
    const found = await messenger.download({ phoneNumberId: '100', mediaId: '900' }, options())
    expect(found.kind).toBe('downloaded')
    expect(asked).toHaveLength(2)
  })

  test('not along with a redirect to another origin', async () => {
    const tokens: (string | undefined)[] = []
    const other = await startServer((request, response) => {
      tokens.push(request.headers.authorization)
      response.end(bytes)
    })
    closing.push(other.close)
    const found = await download({
      file: (_request, response) => response.writeHead(302, { location: other.url }).end(),
    })
    expect(found.kind).toBe('downloaded')
    expect(tokens).toEqual([undefined])
  })

  test('a redirect to a host that is not listed is refused', async () => {
    const found = await download({
      file: (_request, response) =>
        response.writeHead(302, { location: 'https://example.com/' }).end(),
    })
    expect(found).toMatchObject({ kind: 'failed', reason: 'denied' })
  })
})

describe('an address that is gone', () => {
  test('is asked for once more', async () => {
    let tries = 0
    const found = await download({
      file(_request, response) {
        tries += 1
        if (tries === 1) response.writeHead(404).end()
        else response.end(bytes)
      },
    })
    expect(found.kind).toBe('downloaded')
  })

  test('twice is gone', async () => {
    let tries = 0
    const found = await download({
      file(_request, response) {
        tries += 1
        response.writeHead(404).end()
      },
    })
    expect(found).toMatchObject({ kind: 'failed', reason: 'gone' })
    expect(tries).toBe(2)
  })
})

test.each([
  ['another number owns it', 400, { error: { code: 100, error_subcode: 33 } }, 'gone'],
  ['the token has expired', 401, { error: { code: 190 } }, 'denied'],
  ['Graph is overloaded', 400, { error: { code: 4 } }, 'unreachable'],
  ['Graph is down', 503, undefined, 'unreachable'],
  ['the answer has no address', 200, { id: '900' }, 'denied'],
])('a lookup fails when %s', async (_name, status, body, reason) => {
  const url = await serve((_request, response) => {
    response.statusCode = status
    response.end(JSON.stringify(body))
  })
  expect(await fetchFrom(url, true, {})).toMatchObject({ kind: 'failed', reason })
})

interface Scene {
  readonly meta?: object
  readonly request?: Partial<DownloadRequest>
  readonly allowLoopbackMedia?: boolean
  seen?(request: IncomingMessage): void
  file?(request: IncomingMessage, response: ServerResponse): void
}

async function download(scene: Scene) {
  const url = await serve((request, response) => {
    scene.seen?.(request)
    if (request.url !== '/file') {
      const meta = { url: `${url}/file`, mime_type: 'image/jpeg', ...scene.meta }
      return void response.end(JSON.stringify(meta))
    }
    if (scene.file === undefined) return void response.end(bytes)
    scene.file(request, response)
  })
  return fetchFrom(url, scene.allowLoopbackMedia ?? true, scene.request ?? {})
}

function fetchFrom(url: string, allowLoopbackMedia: boolean, change: Partial<DownloadRequest>) {
  const egress = createEgress({ hosts: [], allowLoopback: true })
  const tokens = async () => 't'
  const messenger = createWhatsAppMessenger({ egress, tokens, baseUrl: url, allowLoopbackMedia })
  return messenger.download({ phoneNumberId: '100', mediaId: '900', ...change }, options())
}

async function serve(handler: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = await startServer(handler)
  closing.push(server.close)
  return server.url
}

function onlyLookup(asked: string[], url: string): Egress {
  const hosts = ['graph.facebook.com', 'lookaside.fbsbx.com', 'example.com']
  return createEgress({
    hosts: hosts.map((host) => ({ host, purpose: 'test', subProcessor: 'test' })),
    async fetch(request) {
      asked.push(request.url)
      return asked.length === 1 ? Response.json({ url }) : new Response(new Uint8Array(bytes))
    },
  })
}

function options() {
  return { signal: AbortSignal.timeout(10_000) }
}
