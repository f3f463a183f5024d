import { Buffer } from 'node:buffer'
import * as http from 'node:http'
import * as https from 'node:https'

/** Posts bytes to a webhook over kept-alive connections. */
export interface Poster {
  /** Resolves to the HTTP status, or to 0 when there was no answer within `timeoutMs` or no connection. */
  post(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<number>
  /** Ends all connections; pending posts resolve to 0. */
  close(): void
}

/** A poster with its own connection pool. */
export function createPoster({ timeoutMs }: { readonly timeoutMs: number }): Poster {
  const plain = new http.Agent({ keepAlive: true })
  const secure = new https.Agent({ keepAlive: true })
  const open = new Set<http.ClientRequest>()
  return {
    post: (url, headers, body) =>
      new Promise((resolve) => {
        const bytes = Buffer.from(body, 'utf8')
        const options = {
          method: 'POST',
          headers: { ...headers, 'content-length': String(bytes.length) },
          timeout: timeoutMs,
        }
        const isSecure = url.startsWith('https:')
        const request = isSecure
          ? https.request(url, { ...options, agent: secure })
          : http.request(url, { ...options, agent: plain })
        open.add(request)
        const settle = (status: number): void => {
          open.delete(request)
          resolve(status)
        }
        request.on('response', (response) => {
          response.resume()
          response.on('close', () => settle(response.statusCode ?? 0))
        })
        request.on('timeout', () => request.destroy())
        request.on('error', () => settle(0))
        request.end(bytes)
      }),
    close() {
      for (const request of open) request.destroy()
      plain.destroy()
      secure.destroy()
    },
  }
}
