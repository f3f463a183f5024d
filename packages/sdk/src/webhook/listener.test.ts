import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, request as startRequest } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AuronxError } from '../kernel/index.ts'
import type { InboundEvent } from './event.ts'
import type { EventInbox } from './inbox-webhook.ts'
import { createWebhookListener } from './listener.ts'
import { readOwnFixtures } from './node-fixtures.ts'

const text = readOwnFixtures().find(({ name }) => name === 'message-text')?.text ?? ''
const app = { appId: 'app-1', appSecret: 'secret', verifyToken: 'token' }
const signed = (body: string) => ({
  'x-hub-signature-256': `sha256=${createHmac('sha256', app.appSecret).update(body).digest('hex')}`,
})
const stored: { readonly events: readonly InboundEvent[]; readonly appId: string }[] = []
const unreadable: string[] = []
const logged: string[] = []
const log = (message: string): void => void logged.push(message)
let failure: Error | undefined
const inbox: EventInbox = {
  async accept(events, { appId }) {
    if (failure !== undefined) throw failure
    stored.push({ events, appId })
    return { accepted: events.length }
  },
  async keepUnreadable(bytes, { appId }) {
    unreadable.push(`${appId} ${new TextDecoder().decode(bytes)}`)
  },
}
const listener = createWebhookListener({
  inbox,
  ...app,
  maxBytes: 4_096,
  logger: { debug: log, info: log, warn: log, error: log },
})
const servers: Server[] = []
beforeEach(() => {
  stored.length = 0
  unreadable.length = 0
  logged.length = 0
  failure = undefined
})
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
})

async function listen(
  handle: (request: IncomingMessage, response: ServerResponse) => void = listener,
): Promise<string> {
  const server = createServer(handle).listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/hook`
}

const post = async (url: string, body: string, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', body, headers })

describe('a Node server with the listener', () => {
  test('answers the challenge', async () => {
    const query = 'hub.mode=subscribe&hub.challenge=42&hub.verify_token=token'
    const response = await fetch(`${await listen()}?${query}`)
    expect([response.status, await response.text()]).toEqual([200, '42'])
  })

  test('puts the events of a signed body into the inbox, under its app', async () => {
    const response = await post(await listen(), text, signed(text))
    expect(response.status).toBe(200)
    expect(stored).toMatchObject([{ appId: 'app-1', events: [{ kind: 'message' }] }])
  })

  test('turns away what is not signed, and what is signed twice', async () => {
    const url = await listen()
    expect((await post(url, text)).status).toBe(401)
    const twice = startRequest(url, {
      method: 'POST',
      headers: { 'x-hub-signature-256': [String(signed(text)['x-hub-signature-256']), 'x'] },
    })
    const answered = once(twice, 'response')
    twice.end(text)
    const [response]: IncomingMessage[] = await answered
    expect(response?.statusCode).toBe(401)
    expect(stored).toEqual([])
  })

  test('keeps a signed body that cannot be read', async () => {
    expect((await post(await listen(), '{"entry"', signed('{"entry"'))).status).toBe(200)
    expect(unreadable).toEqual(['app-1 {"entry"'])
  })

  test('asks for the webhook again while the inbox cannot store', async () => {
    failure = new AuronxError('storage_unavailable', 'down', { retryable: true })
    const response = await post(await listen(), text, signed(text))
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '10'])
  })

  test('does not read on when an unannounced body grows too large', async () => {
    const url = await listen()
    const endless = startRequest(url, { method: 'POST' })
    const answered = once(endless, 'response')
    endless.on('error', () => undefined)
    for (let sent = 0; sent < 4; sent += 1) endless.write('x'.repeat(2_048))
    const [response]: IncomingMessage[] = await answered
    expect(response?.statusCode).toBe(413)
    endless.destroy()
  })

  test('says so in the log when something has read the body first', async () => {
    const url = await listen((request, response) => {
      void buffer(request).then(() => listener(request, response))
    })
    expect((await post(url, text, signed(text))).status).toBe(500)
    expect(logged).toEqual(['A body parser read the webhook before it was verified'])
  })

  test('outlives a sender that goes away in the middle of its body', async () => {
    const url = await listen()
    const broken = startRequest(url, { method: 'POST', headers: { 'content-length': '100' } })
    broken.on('error', () => undefined)
    broken.write('half', () => broken.destroy())
    await new Promise((resolve) => void broken.once('close', resolve))
    expect((await post(url, text, signed(text))).status).toBe(200)
  })
})
