import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type {
  ArrivedMessage,
  MessengerControl,
  MessengerFault,
} from '../outbox/messenger.contract.ts'
import { textAt } from './graph-json.ts'

/** What a server does with a request; what it returns is not looked at. */
export type ServerHandler = (request: IncomingMessage, response: ServerResponse) => unknown

/** A server on loopback that ends with its test. */
export interface LoopbackServer {
  readonly url: string
  listen(): Promise<void>
  close(): Promise<void>
}

/** Starts a server on a free loopback port; closing and listening again keeps the port. */
export async function startServer(handler: ServerHandler): Promise<LoopbackServer> {
  const server = createServer((request, response) => void handler(request, response))
  const listen = (port: number) =>
    new Promise<void>((resolve) => {
      server.listen(port, '127.0.0.1', resolve)
    })
  await listen(0)
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    listen: () => listen(port),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** A small Graph for the client's own tests: messages, read receipts and media of one number. */
export interface LoopbackGraph extends MessengerControl {
  readonly url: string
  close(): Promise<void>
}

/** Starts the small Graph. */
export async function startGraph(): Promise<LoopbackGraph> {
  const arrived: ArrivedMessage[] = []
  const files = new Map<string, { readonly bytes: Buffer; readonly mimeType: string }>()
  let fault: MessengerFault = { kind: 'accept' }
  let open = true
  let made = 0

  const takeFault = (): MessengerFault => {
    const taken = fault
    fault = { kind: 'accept' }
    return taken
  }

  const messages = async (request: IncomingMessage, path: string): Promise<Reply> => {
    const body: unknown = JSON.parse((await bytesOf(request)).toString())
    if (textAt(body, 'status') === 'read') return { status: 200, json: { success: true } }
    const taken = takeFault()
    if (taken.kind === 'error') return errorReply(taken.status, taken.code)
    if (taken.kind === 'gateway') return { status: 502, html: '<html>Bad gateway</html>' }
    arrived.push(arrivedOf(path.split('/')[1] ?? '', body))
    made += 1
    if (taken.kind === 'lost') return 'reset'
    if (taken.kind === 'no_id') return { status: 200, json: { success: true } }
    const to = textAt(body, 'to')
    const known = to === undefined ? { user_id: textAt(body, 'recipient') } : { wa_id: to.slice(1) }
    const contacts = [{ input: to ?? textAt(body, 'recipient'), ...known }]
    return { status: 200, json: { contacts, messages: [{ id: `wamid.loop-${made}` }] } }
  }

  const media = async (request: IncomingMessage, path: string): Promise<Reply> => {
    if (path.endsWith('/media')) {
      const form = await new Response(new Uint8Array(await bytesOf(request)), {
        headers: { 'content-type': request.headers['content-type'] ?? '' },
      }).formData()
      const file = form.get('file')
      if (!(file instanceof Blob) || form.get('messaging_product') !== 'whatsapp')
        return errorReply(400, 100)
      const id = `${4_000 + files.size}`
      files.set(id, { bytes: Buffer.from(await file.arrayBuffer()), mimeType: file.type })
      return { status: 200, json: { id } }
    }
    const id = path.split('/').at(-1) ?? ''
    const file = files.get(id)
    if (file === undefined) return errorReply(400, 100)
    if (path.startsWith('bytes/')) return { status: 200, bytes: file.bytes }
    if (request.method === 'DELETE') return { status: 200, json: { success: files.delete(id) } }
    const sha256 = createHash('sha256').update(file.bytes).digest('hex')
    const url = `${server.url}/bytes/${id}`
    return { status: 200, json: { url, mime_type: file.mimeType, sha256, id } }
  }

  const server = await startServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname.slice(1)
    const authorised = request.headers.authorization === 'Bearer loopback-token'
    const answer = path.endsWith('/messages') ? messages : media
    void Promise.resolve(authorised ? answer(request, path) : errorReply(401, 190)).then(
      (reply) => {
        if (reply === 'reset') return void request.socket.resetAndDestroy()
        response.statusCode = reply.status
        if ('json' in reply) return void response.end(JSON.stringify(reply.json))
        response.end('html' in reply ? reply.html : reply.bytes)
      },
    )
  })

  return {
    url: server.url,
    async next(next) {
      fault = next
      if (next.kind === 'unreachable') await server.close()
      else if (!open) await server.listen()
      open = next.kind !== 'unreachable'
    },
    arrived: async () => arrived,
    close: () => (open ? server.close() : Promise.resolve()),
  }
}

type Reply =
  | { readonly status: number; readonly json: object }
  | { readonly status: number; readonly html: string }
  | { readonly status: number; readonly bytes: Buffer }
  | 'reset'

function errorReply(status: number, code: number): Reply {
  return { status, json: { error: { message: `(#${code}) refused`, code, fbtrace_id: 'Trace1' } } }
}

function arrivedOf(phoneNumberId: string, body: unknown): ArrivedMessage {
  const to = textAt(body, 'to')
  const userId = textAt(body, 'recipient')
  const replyTo = textAt(body, 'context', 'message_id')
  return {
    phoneNumberId,
    ...(to === undefined ? {} : { phone: to.slice(1) }),
    ...(userId === undefined ? {} : { userId }),
    opaque: textAt(body, 'biz_opaque_callback_data') ?? '',
    ...(replyTo === undefined ? {} : { replyTo }),
  }
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}
