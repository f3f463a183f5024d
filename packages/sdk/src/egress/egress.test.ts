import {
  createServer,
  type IncomingHttpHeaders,
  type RequestListener,
  type Server,
} from 'node:http'
import { createServer as createSocketServer } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { isAuronxError } from '../kernel/index.ts'
import { createEgress, neverLeft } from './index.ts'

const graph = { host: 'graph.facebook.com', purpose: 'Messages', subProcessor: 'Meta' }
const open: Server[] = []

afterEach(() => {
  for (const server of open.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

describe('which addresses it goes to', () => {
  const denied = [
    ['a host that is not listed', 'https://example.com/'],
    ['a listed host without TLS', 'http://graph.facebook.com/'],
    ['a listed host on another port', 'https://graph.facebook.com:8443/'],
    ['a host that only starts like a listed one', 'https://graph.facebook.com.example.com/'],
    ['an address with credentials', 'https://user:secret@graph.facebook.com/'],
    ['an address with a listed host as user name', 'https://graph.facebook.com@example.com/'],
    ['this machine', 'http://127.0.0.1:1/'],
    ['this machine by number', 'http://2130706433:1/'],
    ['a file', 'file:///etc/hosts'],
    ['something that is no URL', 'graph.facebook.com'],
  ] as const
  test.each(denied)('refuses %s before anything leaves', async (_name, address) => {
    let calls = 0
    const egress = createEgress({
      hosts: [graph],
      fetch: async () => {
        calls += 1
        return new Response('')
      },
    })
    const error = await failure(egress.fetch(address))
    expect(isAuronxError(error, 'egress_denied')).toBe(true)
    expect(neverLeft(error)).toBe(true)
    expect(calls).toBe(0)
  })

  test('never names the credentials of a refused address', async () => {
    const egress = createEgress({ hosts: [] })
    const error = await failure(egress.fetch('https://user:secret@example.com/'))
    expect(JSON.stringify(error)).not.toContain('secret')
  })

  test('goes to a listed host in any spelling of its case', async () => {
    const egress = createEgress({ hosts: [graph], fetch: async () => new Response('ok') })
    expect((await egress.fetch('https://Graph.Facebook.com:443/v25.0')).status).toBe(200)
  })

  test('loopback permission does not reach other private addresses', async () => {
    const egress = createEgress({ hosts: [], allowLoopback: true })
    for (const address of ['http://10.0.0.1/', 'http://169.254.169.254/', 'http://0.0.0.0/']) {
      expect(isAuronxError(await failure(egress.fetch(address)), 'egress_denied')).toBe(true)
    }
  })

  test('the list is the register', () => {
    expect(createEgress({ hosts: [graph] }).register()).toEqual([graph])
  })

  test('a host entry with a path is a wrong configuration', () => {
    const wrong = { ...graph, host: 'graph.facebook.com/v25.0' }
    expect(() => createEgress({ hosts: [wrong] })).toThrow('bare host name')
  })
})

describe('redirects', () => {
  test('a GET follows a redirect on the same origin with its Authorization', async () => {
    const seen: IncomingHttpHeaders[] = []
    const base = await listen((request, response) => {
      seen.push(request.headers)
      if (request.url === '/a') response.writeHead(302, { location: '/b' })
      response.end('done')
    })
    const response = await loopback().fetch(`${base}/a`, { headers: { authorization: 'Bearer t' } })
    expect(await response.text()).toBe('done')
    expect(seen.map((headers) => headers.authorization)).toEqual(['Bearer t', 'Bearer t'])
  })

  test('Authorization does not cross to another origin', async () => {
    const seen: (string | undefined)[] = []
    const other = await listen((request, response) => {
      seen.push(request.headers.authorization)
      response.end('done')
    })
    const base = await listen((_request, response) => {
      response.writeHead(307, { location: `${other}/x` }).end()
    })
    await loopback().fetch(base, { headers: { authorization: 'Bearer t' } })
    expect(seen).toEqual([undefined])
  })

  test('a redirect to a host that is not listed is refused', async () => {
    const base = await listen((_request, response) => {
      response.writeHead(302, { location: 'https://example.com/' }).end()
    })
    expect(isAuronxError(await failure(loopback().fetch(base)), 'egress_denied')).toBe(true)
  })

  test('a POST is never repeated for a redirect', async () => {
    let calls = 0
    const base = await listen((_request, response) => {
      calls += 1
      response.writeHead(307, { location: '/again' }).end()
    })
    const response = await loopback().fetch(base, { method: 'POST', body: 'x' })
    expect([response.status, calls]).toEqual([307, 1])
  })

  test('a circle of redirects ends', async () => {
    let calls = 0
    const base = await listen((_request, response) => {
      calls += 1
      response.writeHead(302, { location: '/' }).end()
    })
    expect(isAuronxError(await failure(loopback().fetch(base)), 'network_failed')).toBe(true)
    expect(calls).toBe(4)
  })
})

describe('failures', () => {
  test('a refused connection surely never left', async () => {
    const base = await listen(() => undefined)
    for (const server of open.splice(0)) server.close()
    const error = await failure(loopback().fetch(base, { method: 'POST', body: 'x' }))
    expect(isAuronxError(error, 'network_failed') && error.details['sent']).toBe(false)
  })

  test('a name that does not resolve surely never left', async () => {
    const cause = Object.assign(new Error('x'), { code: 'ENOTFOUND', syscall: 'getaddrinfo' })
    const egress = createEgress({
      hosts: [graph],
      fetch: () => Promise.reject(new TypeError('fetch failed', { cause })),
    })
    expect(neverLeft(await failure(egress.fetch('https://graph.facebook.com/')))).toBe(true)
  })

  test('a mixed failure over several addresses is not sure', async () => {
    const refused = Object.assign(new Error('x'), { code: 'ECONNREFUSED', syscall: 'connect' })
    const reset = Object.assign(new Error('x'), { code: 'ECONNRESET', syscall: 'read' })
    const fetching = (errors: Error[]) =>
      createEgress({
        hosts: [graph],
        fetch: () =>
          Promise.reject(new TypeError('fetch failed', { cause: new AggregateError(errors) })),
      }).fetch('https://graph.facebook.com/')
    expect(neverLeft(await failure(fetching([refused, refused])))).toBe(true)
    expect(neverLeft(await failure(fetching([refused, reset])))).toBe(false)
  })

  test('a reset connection may have been served', async () => {
    const server = createSocketServer((socket) =>
      socket.once('data', () => socket.resetAndDestroy()),
    )
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const error = await failure(
      loopback().fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: 'x' }),
    )
    server.close()
    expect(isAuronxError(error, 'network_failed')).toBe(true)
    expect(neverLeft(error)).toBe(false)
  })

  test('silence ends with a timeout', async () => {
    const base = await listen(() => undefined)
    const error = await failure(loopback().fetch(base, { timeoutMs: 50 }))
    expect(isAuronxError(error, 'timeout')).toBe(true)
  })

  test('the caller can give up', async () => {
    const base = await listen(() => undefined)
    const error = await failure(loopback().fetch(base, { signal: AbortSignal.abort() }))
    expect(isAuronxError(error, 'aborted')).toBe(true)
  })
})

function loopback() {
  return createEgress({ hosts: [], allowLoopback: true, timeoutMs: 5_000 })
}

async function listen(handler: RequestListener): Promise<string> {
  const server = createServer(handler)
  open.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
}

async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  )
}
