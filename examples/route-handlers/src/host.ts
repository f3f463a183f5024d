import { createServer } from 'node:http'
import type { IncomingMessage, Server } from 'node:http'
import { buffer } from 'node:stream/consumers'

/** One `route.ts`, as a file router loads it. */
export interface RouteModule {
  readonly GET?: (request: Request) => Promise<Response>
  readonly POST?: (request: Request) => Promise<Response>
}

/** A stand-in for the file router of a framework: maps paths to modules. */
export function createHost(routes: ReadonlyMap<string, RouteModule>): Server {
  return createServer((request, response) => {
    void answer(routes, request).then(async (answered) => {
      response.writeHead(answered.status, Object.fromEntries(answered.headers))
      response.end(Buffer.from(await answered.arrayBuffer()))
    })
  })
}

async function answer(
  routes: ReadonlyMap<string, RouteModule>,
  incoming: IncomingMessage,
): Promise<Response> {
  const { method = 'GET', headers } = incoming
  const url = new URL(incoming.url ?? '/', 'http://localhost')
  const module = routes.get(url.pathname)
  const handle = new Map([
    ['GET', module?.GET],
    ['POST', module?.POST],
  ]).get(method)
  if (handle === undefined) return new Response(null, { status: 404 })
  const sent = new Headers()
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) sent.set(name, String(value))
  }
  const body = method === 'POST' ? { body: new Uint8Array(await buffer(incoming)) } : {}
  try {
    return await handle(new Request(url, { method, headers: sent, ...body }))
  } catch {
    return Response.json({ code: 'internal' }, { status: 500 })
  }
}
