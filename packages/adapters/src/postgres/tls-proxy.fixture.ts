import { connect, createServer } from 'node:net'
import type { NetConnectOpts, Socket } from 'node:net'
import { TLSSocket, createSecureContext } from 'node:tls'
import type { SecureContextOptions } from 'node:tls'

/** A door to a PostgreSQL that asks for TLS as PostgreSQL itself does, or says that it has none. */
export interface TlsProxy {
  readonly port: number
  /** Bytes of the PostgreSQL protocol that clients sent behind their TLS request. */
  received(): number
  close(): Promise<void>
}

/** The eight bytes with which a client asks for TLS. https://www.postgresql.org/docs/current/protocol-message-formats.html */
const tlsRequest = Buffer.from('0000000804d2162f', 'hex')

/** Opens the door on loopback; without `tls` it answers that there is none. */
export async function startTlsProxy(
  target: NetConnectOpts,
  tls: SecureContextOptions | undefined,
): Promise<TlsProxy> {
  const sockets = new Set<Socket>()
  let bytes = 0
  const pass = (client: Socket): void => {
    const server = connect(target)
    client.on('data', (chunk: Buffer) => {
      bytes += chunk.length
    })
    client.pipe(server).pipe(client)
    for (const one of [client, server]) {
      sockets.add(one)
      one.on('error', () => {
        client.destroy()
        server.destroy()
      })
    }
  }
  const listener = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.once('data', (first: Buffer) => {
      if (!first.equals(tlsRequest)) {
        socket.pause()
        socket.unshift(first)
        return pass(socket)
      }
      socket.write(tls === undefined ? 'N' : 'S')
      if (tls === undefined) return pass(socket)
      pass(new TLSSocket(socket, { isServer: true, secureContext: createSecureContext(tls) }))
    })
  })
  await new Promise<void>((resolve) => {
    listener.listen(0, '127.0.0.1', resolve)
  })
  const address = listener.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    received: () => bytes,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => {
        listener.close(resolve)
      })
    },
  }
}
