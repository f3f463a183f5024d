import { createServer } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import { connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createSystemClock } from '@auronx/sdk'
import { createWebhook } from '@auronx/sdk/webhook'
import { createFront } from '../src/http/front.ts'
import { createGuard } from '../src/http/guard.ts'
import { listen } from '../src/http/server.ts'
import { createSessions } from '../src/http/session.ts'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

async function start(change: Partial<Parameters<typeof createGuard>[0]> = {}) {
  const clock = createSystemClock()
  const sessions = createSessions({ key: new Uint8Array(32).fill(7), clock })
  let locked = 0
  let bytesRead = 0
  const webhook = createWebhook({
    appSecrets: ['secret'],
    verifyTokens: ['verify'],
    clock,
    accept: async () => undefined,
    onRefused: () => {
      bytesRead += 1
    },
  })
  const http = await listen(0)
  http.serve(
    createFront({
      webhook,
      guard: createGuard({ sessions, ...change }),
      onLocked: () => {
        locked += 1
      },
      pages: (_request, response) => response.end('page'),
    }),
  )
  stops.push(() => http.stop(0))
  const url = `http://127.0.0.1:${http.port}`
  const open = async (): Promise<string> => {
    const response = await fetch(`${url}${sessions.issueLink()}`, { redirect: 'manual' })
    return (response.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  }
  return { url, port: http.port, sessions, open, locked: () => locked, refusals: () => bytesRead }
}

test('a page is locked for who did not open the one-time link', async () => {
  const { url, locked } = await start()
  const response = await fetch(url, { headers: { accept: 'text/html' } })
  expect(response.status).toBe(403)
  expect(await response.text()).toContain('A fresh link has been printed in the terminal')
  expect(locked()).toBe(1)
})

test('the one-time link gives a cookie that scripts cannot read, and works once', async () => {
  const { url, sessions } = await start()
  const link = `${url}${sessions.issueLink()}`
  const first = await fetch(link, { redirect: 'manual' })
  expect(first.status).toBe(303)
  expect(first.headers.get('location')).toBe('/')
  expect(first.headers.get('set-cookie')).toMatch(
    /^auronx_\d+=\S+; Path=\/; HttpOnly; SameSite=Lax/,
  )
  expect((await fetch(link, { redirect: 'manual' })).status).toBe(403)
  const cookie = (first.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  expect((await fetch(link, { redirect: 'manual', headers: { cookie } })).status).toBe(303)
  expect(await (await fetch(url, { headers: { cookie } })).text()).toBe('page')
})

test('a forged session is refused', async () => {
  const { url, open } = await start()
  const cookie = await open()
  const forged = cookie.replace(/=\d+/, '=9999999999999')
  expect((await fetch(url, { headers: { cookie: forged } })).status).toBe(403)
  expect((await fetch(url, { headers: { cookie: `${cookie.split('=')[0]}=` } })).status).toBe(403)
})

test('a foreign Host header is refused, which ends DNS rebinding', async () => {
  const { port, open } = await start()
  const cookie = await open()
  const answer = await raw(
    port,
    `GET / HTTP/1.1\r\nHost: evil.example:${port}\r\nCookie: ${cookie}\r\nConnection: close\r\n\r\n`,
  )
  expect(answer).toMatch(/^HTTP\/1.1 421 /)
})

test('a command needs to come from our own pages', async () => {
  const { url, open } = await start()
  const cookie = await open()
  const post = async (headers: IncomingHttpHeaders) => {
    const flat = Object.fromEntries(
      Object.entries(headers).map(([key, value]) => [key, String(value)]),
    )
    return (await fetch(url, { method: 'POST', headers: { cookie, ...flat } })).status
  }
  expect(await post({})).toBe(403)
  expect(await post({ origin: 'http://evil.example' })).toBe(403)
  expect(await post({ origin: url, 'sec-fetch-site': 'cross-site' })).toBe(403)
  expect(await post({ origin: 'null' })).toBe(403)
  expect(await post({ origin: url })).toBe(200)
})

test('where people can sign in, pages need no link, and the simulated phone still does', async () => {
  const { url, open } = await start({ isOpen: true })
  expect((await fetch(url)).status).toBe(200)
  expect((await fetch(`${url}/phone/`)).status).toBe(403)
  const cookie = await open()
  expect((await fetch(`${url}/phone/`, { headers: { cookie } })).status).toBe(200)
})

test('a program reaches the API with its key, and nothing else', async () => {
  const { url } = await start()
  const headers = { authorization: 'Bearer axk_live_x' }
  expect((await fetch(`${url}/v1/orders`, { method: 'POST', headers })).status).toBe(200)
  for (const path of ['/', '/sign-in', '/phone/', '/auth/code', '/v10/orders'])
    expect((await fetch(`${url}${path}`, { headers })).status).toBe(403)
})

test('the host of the public address is ours, and its neighbours are not', async () => {
  const { port } = await start({ isOpen: true, publicUrl: 'https://shop.example' })
  const ask = (host: string): Promise<string> =>
    raw(port, `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
  expect(await ask('shop.example')).toMatch(/^HTTP\/1.1 200 /)
  expect(await ask('evil.shop.example')).toMatch(/^HTTP\/1.1 421 /)
})

test('health and webhooks need no session', async () => {
  const { url } = await start()
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
  expect(
    (
      await fetch(
        `${url}/webhooks/whatsapp?hub.mode=subscribe&hub.verify_token=verify&hub.challenge=42`,
      )
    ).status,
  ).toBe(200)
  expect((await fetch(`${url}/webhooks/whatsapp`, { method: 'POST', body: '{}' })).status).toBe(401)
  expect((await fetch(`${url}/webhooks/whatsapp`, { method: 'PUT' })).status).toBe(405)
})

test('a webhook announced as too large is refused before its body, and the connection ends', async () => {
  const { port } = await start()
  const answer = await raw(
    port,
    `POST /webhooks/whatsapp HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n`,
  )
  expect(answer).toMatch(/^HTTP\/1.1 413 /)
  expect(answer.toLowerCase()).toContain('connection: close')
})

test('a webhook that turns out too large while it is read is refused', async () => {
  const { url } = await start()
  const chunk = new Uint8Array(1024 * 1024)
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let count = 0; count < 4; count += 1) controller.enqueue(chunk)
      controller.close()
    },
  })
  const init = { method: 'POST', body, duplex: 'half' }
  const outcome = await fetch(`${url}/webhooks/whatsapp`, init).then(
    (response) => response.status,
    () => 'cut',
  )
  expect([413, 'cut']).toContain(outcome)
})

test('a doubled signature header is refused', async () => {
  const { port } = await start()
  const line = `X-Hub-Signature-256: sha256=${'0'.repeat(64)}\r\n`
  const answer = await raw(
    port,
    `POST /webhooks/whatsapp HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n${line}${line}\r\n{}`,
  )
  expect(answer).toMatch(/^HTTP\/1.1 401 /)
})

test('a port in use is one clear line', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => {
    other.listen(0, '127.0.0.1', resolve)
  })
  const address = other.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  await expect(listen(port)).rejects.toMatchObject({
    code: 'invalid_config',
    message: `PORT: ${port} is in use on this machine; stop the other program or set PORT to a free one`,
  })
  other.close()
})

function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    socket.setEncoding('utf8')
    socket.on('data', (part) => (answer += part))
    socket.on('error', reject)
    socket.on('close', () => resolve(answer))
  })
}
