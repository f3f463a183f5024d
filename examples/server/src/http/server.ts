import { createServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'

/** A listening HTTP server. */
export interface HttpServer {
  readonly port: number
  /**
   * Hands requests to `listener` from now on. Until then `/healthz` says that the process is alive, and every other
   * request is answered 503.
   */
  serve(listener: RequestListener): void
  /** Takes no new connections, lets requests in hand finish for at most `graceMs`, then cuts the rest. */
  stop(graceMs: number): Promise<void>
}

/** Listens, by default on the loopback interface. Throws `invalid_config` when the port is taken or not allowed. */
export async function listen(port: number, host = '127.0.0.1'): Promise<HttpServer> {
  let current: RequestListener = (request, response) => {
    if (request.url === '/healthz') {
      response.writeHead(200, { 'content-type': 'application/json', connection: 'close' })
      response.end('{"status":"ok"}')
      return
    }
    response.writeHead(503, { 'retry-after': '2', connection: 'close' }).end()
  }
  const server = createServer(
    { requestTimeout: 30_000, headersTimeout: 10_000 },
    (request, response) => current(request, response),
  )
  await start(server, port, host)
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    serve(listener) {
      current = listener
    },
    async stop(graceMs) {
      if (!server.listening) return
      const cut = setTimeout(() => server.closeAllConnections(), graceMs)
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeIdleConnections()
      })
      clearTimeout(cut)
    },
  }
}

async function start(server: Server, port: number, host: string): Promise<void> {
  const failure = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
    server.once('error', resolve)
    server.listen(port, host, () => resolve(undefined))
  })
  if (failure === undefined) return
  // Loaded for a failure only: health is answered before the rest of the code is there.
  const { AuronxError } = await import('@auronx/sdk')
  throw new AuronxError('invalid_config', reasonOf(failure, port), { cause: failure })
}

function reasonOf(cause: NodeJS.ErrnoException, port: number): string {
  if (cause.code === 'EADDRINUSE') {
    return `PORT: ${port} is in use on this machine; stop the other program or set PORT to a free one`
  }
  if (cause.code === 'EACCES')
    return `PORT: this user may not listen on ${port}; set PORT to 1024 or higher`
  return `PORT: cannot listen on ${port} (${cause.code ?? 'unknown'})`
}
