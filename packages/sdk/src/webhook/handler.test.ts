import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { AuronxError } from '../kernel/index.ts'
import type { InboundEvent } from './event.ts'
import type { Delivery, WebhookOptions } from './handler.ts'
import { createWebhook, createWebhookHandler } from './handler.ts'
import { readOwnFixtures } from './node-fixtures.ts'

const url = 'https://example.com/webhooks/whatsapp'
const text = readOwnFixtures().find(({ name }) => name === 'message-text')?.text ?? ''
const sign = (body: string | Uint8Array, secret: string): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`

interface Seen {
  readonly accepted: { readonly events: readonly InboundEvent[]; readonly delivery: Delivery }[]
  readonly unreadable: string[]
  readonly refused: string[]
  readonly logged: string[]
}

function endpoint(changes: Partial<WebhookOptions> = {}): {
  readonly options: WebhookOptions
  readonly seen: Seen
  readonly handle: (request: Request) => Promise<Response>
} {
  const seen: Seen = { accepted: [], unreadable: [], refused: [], logged: [] }
  const log = (message: string, fields?: object): void => {
    seen.logged.push(`${message} ${JSON.stringify(fields)}`)
  }
  const options: WebhookOptions = {
    appSecrets: ['secret-one', 'secret-two'],
    verifyTokens: ['token-one'],
    clock: { now: () => new Date(1_790_000_001_000) },
    accept: async (events, delivery) => void seen.accepted.push({ events, delivery }),
    onUnreadable: async (bytes, reason) => {
      seen.unreadable.push(`${reason} ${new TextDecoder().decode(bytes)}`)
    },
    onRefused: (code) => void seen.refused.push(code),
    logger: { debug: log, info: log, warn: log, error: log },
    ...changes,
  }
  return { options, seen, handle: createWebhookHandler(options) }
}

function post(body: string, headers: Record<string, string> = {}): Request {
  const signature = { 'x-hub-signature-256': sign(body, 'secret-one') }
  return new Request(url, { method: 'POST', body, headers: { ...signature, ...headers } })
}

function streaming(body: ReadableStream, headers: Record<string, string> = {}): Request {
  // Runtimes ask for it and type definitions do not know it, so it is no literal argument.
  const init = { method: 'POST', body, headers, duplex: 'half' }
  return new Request(url, init)
}

describe('a delivery', () => {
  test('is answered 200 with an empty body once its events are accepted', async () => {
    const { handle, seen } = endpoint()
    const response = await handle(post(text))
    expect([response.status, await response.text()]).toEqual([200, ''])
    expect(seen.accepted).toMatchObject([
      {
        events: [{ kind: 'message' }],
        delivery: { secretIndex: 0, receivedAtMs: 1_790_000_001_000 },
      },
    ])
    expect(seen.logged).toEqual([])
  })

  test('says which secret signed it', async () => {
    const { handle, seen } = endpoint()
    await handle(post(text, { 'x-hub-signature-256': sign(text, 'secret-two') }))
    expect(seen.accepted).toMatchObject([{ delivery: { secretIndex: 1 } }])
  })

  test('is not answered before accept has finished', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const { handle } = endpoint({ accept: () => promise })
    const order: string[] = []
    const answered = handle(post(text)).then(() => order.push('answered'))
    order.push('stored')
    resolve()
    await answered
    expect(order).toEqual(['stored', 'answered'])
  })

  test('without events is answered without calling accept', async () => {
    const { handle, seen } = endpoint()
    const response = await handle(post('{"object":"whatsapp_business_account","entry":[]}'))
    expect([response.status, seen.accepted]).toEqual([200, []])
  })

  test('with a forged signature is refused, counted and not looked at', async () => {
    const { handle, seen } = endpoint()
    const forged = post(text, { 'x-hub-signature-256': sign(text, 'other') })
    expect((await handle(forged)).status).toBe(401)
    const bare = new Request(url, { method: 'POST', body: text })
    expect((await handle(bare)).status).toBe(401)
    const doubled = post(text)
    doubled.headers.append('x-hub-signature-256', sign(text, 'secret-one'))
    expect((await handle(doubled)).status).toBe(401)
    expect(seen).toMatchObject({
      accepted: [],
      unreadable: [],
      refused: ['signature_mismatch', 'signature_missing', 'signature_malformed'],
    })
  })

  test('with no body at all is checked like any other', async () => {
    const { handle, seen } = endpoint()
    const headers = { 'x-hub-signature-256': sign('', 'secret-one') }
    expect((await handle(new Request(url, { method: 'POST', headers }))).status).toBe(200)
    expect(seen.unreadable).toEqual(['empty '])
  })

  test('that is signed and unreadable is kept, alarmed and answered 200', async () => {
    const { handle, seen } = endpoint()
    expect((await handle(post('{"entry":'))).status).toBe(200)
    expect(seen.unreadable).toEqual(['not_json {"entry":'])
    expect(seen.logged).toEqual([
      'A correctly signed webhook could not be read {"reason":"not_json","bytes":9}',
    ])
  })

  test.each([
    ['it may succeed later', new AuronxError('storage_unavailable', 'x', { retryable: true }), 503],
    ['it will not', new AuronxError('storage_constraint', 'x'), 500],
    ['nobody knows', new Error('15550100123'), 500],
  ])('whose acceptance fails is to be delivered again: %s', async (_case, error, status) => {
    const { handle, seen } = endpoint({ accept: () => Promise.reject(error), retryAfterSeconds: 7 })
    const response = await handle(post(text))
    expect(response.status).toBe(status)
    expect(response.headers.get('retry-after')).toBe(status === 503 ? '7' : null)
    expect(await response.text()).toBe('')
    expect(seen.logged.join()).not.toContain('15550100123')
  })

  test('whose unreadable bytes cannot be kept is to be delivered again', async () => {
    const error = new AuronxError('storage_unavailable', 'x', { retryable: true })
    const { handle } = endpoint({ onUnreadable: () => Promise.reject(error) })
    expect((await handle(post('{'))).status).toBe(503)
  })
})

describe('a body that is too large', () => {
  test('is refused by its announced length without reading a byte', async () => {
    const { handle, seen } = endpoint({ maxBytes: 100 })
    let pulled = 0
    const stream = new ReadableStream(
      { pull: (controller) => (pulled++, controller.enqueue(new Uint8Array(10))) },
      { highWaterMark: 0 },
    )
    const request = streaming(stream, { 'content-length': '101' })
    expect((await handle(request)).status).toBe(413)
    expect([pulled, seen.refused]).toEqual([0, ['payload_too_large']])
  })

  test('is refused as soon as it grows too large, and reading stops', async () => {
    const { handle, seen } = endpoint({ maxBytes: 100 })
    let pulled = 0
    let cancelled = false
    const stream = new ReadableStream(
      {
        pull: (controller) => (pulled++, controller.enqueue(new Uint8Array(40))),
        cancel: () => void (cancelled = true),
      },
      { highWaterMark: 0 },
    )
    const request = streaming(stream)
    expect((await handle(request)).status).toBe(413)
    expect({ pulled, cancelled, refused: seen.refused }).toEqual({
      pulled: 3,
      cancelled: true,
      refused: ['payload_too_large'],
    })
  })

  test('has no byte to spare: exactly the limit passes, one more does not', async () => {
    const { handle } = endpoint({ maxBytes: text.length + 2 })
    const ascii = text.replace(/[^\x20-\x7e\n]/g, '')
    const exact = ascii.padEnd(text.length + 2)
    expect((await handle(post(exact))).status).toBe(200)
    expect((await handle(post(`${exact} `))).status).toBe(413)
    const webhook = createWebhook(endpoint({ maxBytes: 1 }).options)
    expect((await webhook.receive(new Uint8Array(2), undefined)).status).toBe(413)
  })
})

describe('a body in pieces', () => {
  test('is put together before it is checked', async () => {
    const { handle, seen } = endpoint()
    const bytes = new TextEncoder().encode(text)
    const stream = new ReadableStream({
      start(controller) {
        for (let i = 0; i < bytes.length; i += 1) controller.enqueue(bytes.slice(i, i + 1))
        controller.close()
      },
    })
    const request = streaming(stream, { 'x-hub-signature-256': sign(text, 'secret-one') })
    expect((await handle(request)).status).toBe(200)
    expect(seen.accepted).toHaveLength(1)
  })
})

describe('other requests', () => {
  const challenge = `${url}?hub.mode=subscribe&hub.challenge=%3Cb%3E1&hub.verify_token=`

  test('a challenge is answered as plain text that no browser interprets', async () => {
    const { handle } = endpoint()
    const response = await handle(new Request(`${challenge}token-one`))
    expect([response.status, await response.text()]).toEqual([200, '<b>1'])
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  })

  test('a challenge with a wrong token is refused without its text', async () => {
    const { handle } = endpoint()
    const response = await handle(new Request(`${challenge}wrong`))
    expect([response.status, await response.text()]).toEqual([403, ''])
  })

  test.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'])('%s is not allowed', async (method) => {
    const { handle } = endpoint()
    const response = await handle(new Request(url, { method }))
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST'])
  })
})

test('an endpoint without a secret or a verify token cannot be made', () => {
  const { options } = endpoint()
  expect(() => createWebhook({ ...options, appSecrets: [] })).toThrow('app secret')
  expect(() => createWebhook({ ...options, appSecrets: [''] })).toThrow('app secret')
  expect(() => createWebhook({ ...options, verifyTokens: [] })).toThrow('verify token')
})
