import { once } from 'node:events'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import type { SignedBody } from './webhooks.ts'

/** What a volley of requests took. */
export interface Volley {
  readonly perSecond: number
  /** Median time from writing a request to its answer, in milliseconds. */
  readonly p50Ms: number
}

/** A complete HTTP request. */
export function toRequest({ bytes, signature }: SignedBody): Buffer {
  const head = [
    'POST /webhooks/whatsapp HTTP/1.1',
    'host: 127.0.0.1',
    'content-type: application/json',
    `content-length: ${bytes.length}`,
    `x-hub-signature-256: ${signature}`,
    '',
    '',
  ].join('\r\n')
  return Buffer.concat([Buffer.from(head), bytes])
}

/** Sends all requests over kept connections, one at a time on each. Throws unless every answer is 200. */
export async function fire(
  port: number,
  requests: readonly Buffer[],
  connections: number,
): Promise<Volley> {
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)))
  const times: number[] = []
  const pending = requests.values()
  const from = performance.now()
  await Promise.all(
    sockets.map(async (socket) => {
      for (const request of pending) {
        const sent = performance.now()
        await exchange(socket, request)
        times.push(performance.now() - sent)
      }
    }),
  )
  const seconds = (performance.now() - from) / 1_000
  for (const socket of sockets) socket.destroy()
  times.sort((a, b) => a - b)
  return {
    perSecond: requests.length / seconds,
    p50Ms: times[Math.floor(times.length / 2)] ?? 0,
  }
}

async function open(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.setNoDelay(true)
  await once(socket, 'connect')
  return socket
}

function exchange(socket: Socket, request: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const read = (chunk: Buffer): void => {
      answer += chunk.toString('latin1')
      if (!answer.includes('\r\n\r\n')) return
      socket.off('data', read)
      if (answer.startsWith('HTTP/1.1 200')) resolve()
      else reject(new Error(`A server answered ${answer.slice(0, 60)}`))
    }
    socket.on('data', read)
    socket.write(request)
  })
}
