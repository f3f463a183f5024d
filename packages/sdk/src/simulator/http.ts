import { Buffer } from 'node:buffer'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Json } from '../kernel/index.ts'

/** Largest body taken, in bytes: Meta's largest document plus its multipart frame. */
export const largestBody = 101 * 1024 * 1024

/** Reads a whole body; `undefined` when it is longer than `limit` bytes or the client went away. */
export async function readBody(
  request: IncomingMessage,
  limit = largestBody,
): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const piece of request) {
      const chunk = Buffer.from(piece)
      size += chunk.length
      if (size > limit) return undefined
      chunks.push(chunk)
    }
  } catch {
    return undefined
  }
  return new Uint8Array(Buffer.concat(chunks))
}

/** Answers with JSON. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: Json,
  headers: Readonly<Record<string, string>> = {},
): void {
  const bytes = Buffer.from(JSON.stringify(body), 'utf8')
  sendBytes(response, status, bytes, {
    'content-type': 'application/json; charset=UTF-8',
    ...headers,
  })
}

/** Answers with bytes. */
export function sendBytes(
  response: ServerResponse,
  status: number,
  bytes: Uint8Array,
  headers: Readonly<Record<string, string>>,
): void {
  if (response.destroyed || response.headersSent) return
  response.writeHead(status, {
    ...headers,
    'content-length': String(bytes.length),
    'x-content-type-options': 'nosniff',
  })
  response.end(bytes)
}

/** Whether a `Host` header names this machine, so that a foreign name that resolves here is refused. */
export function isLoopbackHost(host: string | undefined): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i.test(host ?? '')
}

/** Headers with one value each. */
export function plainHeaders(
  request: IncomingMessage,
): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  )
}
