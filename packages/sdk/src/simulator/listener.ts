import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { AuronxError } from '../kernel/index.ts'
import { isLoopbackHost, sendBytes, sendJson } from './http.ts'

/** An HTTP server on loopback. */
export interface Listener {
  /** Starts and returns the address without trailing slash. Throws `network_failed` when the port is taken. */
  listen(port: number): Promise<string>
  close(): Promise<void>
}

/** A server for `handler`; `/` leads to `home`, other paths and foreign host names are refused. */
export function createListener(
  handler: (request: IncomingMessage, response: ServerResponse) => boolean,
  home: string,
): Listener {
  const server = createServer((request, response) => {
    if (!isLoopbackHost(request.headers.host)) {
      sendJson(response, 403, { error: { message: 'The simulator answers to this machine only' } })
      return
    }
    if (handler(request, response)) return
    if (request.url === '/') {
      sendBytes(response, 302, new Uint8Array(), { location: home })
      return
    }
    sendJson(response, 404, {
      error: { message: 'Unknown path components', type: 'OAuthException', code: 2500 },
    })
  })
  return {
    listen: (port) =>
      new Promise((resolve, reject) => {
        server.once('error', (cause) => {
          reject(
            new AuronxError('network_failed', `The simulator cannot listen on port ${port}`, {
              cause,
            }),
          )
        })
        server.listen(port, '127.0.0.1', () => {
          const address = server.address()
          const bound = typeof address === 'object' && address !== null ? address.port : port
          resolve(`http://127.0.0.1:${bound}`)
        })
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
