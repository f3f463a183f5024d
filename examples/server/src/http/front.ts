import { randomUUID } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Webhook, WebhookReply } from '@auronx/sdk/webhook'
import { readBody } from './body.ts'
import type { Guard, Passage, Refusal } from './guard.ts'
import { sendProblem } from './problem.ts'

/** What stands behind the front. */
export interface FrontDeps {
  readonly webhook: Webhook
  readonly guard: Guard
  /** The simulated phone; answers `true` when the request was its own. */
  readonly phone?: (request: IncomingMessage, response: ServerResponse) => boolean
  /** Signs the browser in that opened a one-time link; returns its `Set-Cookie` lines. */
  readonly enter?: () => Promise<readonly string[]>
  /** Sees every request but webhooks before anything is decided. */
  readonly watch?: (request: IncomingMessage) => void
  /** Everything else. */
  readonly pages: RequestListener
  /** Called when a browser without session asked for a page, so that a fresh link can be shown. */
  readonly onLocked: () => void
}

/** Where Meta delivers. */
export const webhookPath = '/webhooks/whatsapp'
const openPaths = new Set(['/healthz', '/readyz', '/page.css', '/.well-known/jwks.json'])

/**
 * The listener of the HTTP server: webhooks go straight to the SDK with their raw bytes, everything else but health
 * passes the guard first.
 */
export function createFront(deps: FrontDeps): RequestListener {
  return (request, response) => {
    const requestId = randomUUID()
    const path = pathOf(request)
    if (path === webhookPath) {
      void answerWebhook(deps.webhook, { request, response, requestId })
      return
    }
    deps.watch?.(request)
    response.setHeader('x-request-id', requestId)
    if (openPaths.has(path)) {
      deps.pages(request, response)
      return
    }
    passGuard(deps, request, response)
  }
}

function passGuard(deps: FrontDeps, request: IncomingMessage, response: ServerResponse): void {
  const passage = deps.guard(request)
  switch (passage.kind) {
    case 'opened':
      void open(deps, response, passage)
      return
    case 'refused':
      if (passage.reason === 'no_session' || passage.reason === 'used_link') deps.onLocked()
      sendProblem(request, response, {
        status: passage.reason === 'foreign_host' ? 421 : 403,
        title: titles[passage.reason],
        code: passage.reason,
        detail: details[passage.reason],
      })
      return
    case 'allowed':
      if (deps.phone?.(request, response) !== true) deps.pages(request, response)
  }
}

async function open(
  { enter }: FrontDeps,
  response: ServerResponse,
  { cookie, isFresh }: Extract<Passage, { kind: 'opened' }>,
): Promise<void> {
  // A database that is away costs the session, not the way in: the start page then asks to sign in.
  const session = isFresh ? await enter?.().catch(() => []) : undefined
  response.writeHead(303, {
    location: '/',
    'set-cookie': [cookie, ...(session ?? [])],
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
  })
  response.end()
}

const titles: Readonly<Record<Refusal, string>> = {
  foreign_host: 'Unknown host name',
  no_session: 'This page is locked',
  used_link: 'This link was used already',
  foreign_origin: 'This request came from another site',
}

const unlock =
  'Anybody could read the codes that this demonstration shows, so only the browser that opens the one-time link sees its pages. A fresh link has been printed in the terminal where the server runs.'

const details: Readonly<Record<Refusal, string>> = {
  foreign_host: 'This server answers under its own address, localhost and 127.0.0.1 only.',
  no_session: unlock,
  used_link: unlock,
  foreign_origin: 'Commands are taken from the pages of this server only.',
}

interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly requestId: string
}

async function answerWebhook(webhook: Webhook, exchange: Exchange): Promise<void> {
  const { request, response } = exchange
  const early = webhook.begin({
    method: request.method ?? '',
    query: queryOf(request),
    contentLength: request.headers['content-length'],
  })
  if (early !== undefined) return sendReply(exchange, early)
  const body = await readBody(request, webhook.maxBytes)
  if (body.kind === 'aborted') {
    response.destroy()
    return
  }
  if (body.kind === 'too_large') return sendReply(exchange, webhook.tooLarge())
  // Node joins a doubled header by a comma, which the signature check refuses.
  const signature = request.headers['x-hub-signature-256']
  sendReply(exchange, await webhook.receive(body.bytes, signature))
}

// A flat list and no header set before: Node writes such a head without building a table of it.
function sendReply({ request, response, requestId }: Exchange, reply: WebhookReply): void {
  const length = String(reply.body === '' ? 0 : Buffer.byteLength(reply.body))
  const head = ['x-request-id', requestId, 'content-length', length]
  for (const [name, value] of Object.entries(reply.headers)) head.push(name, value)
  // An unread body would be taken for the next request of a kept connection.
  if (!request.complete && request.method === 'POST') head.push('connection', 'close')
  response.writeHead(reply.status, head)
  response.end(reply.body)
}

const noQuery = new URLSearchParams()

function queryOf({ url = '' }: IncomingMessage): URLSearchParams {
  const start = url.indexOf('?')
  return start < 0 ? noQuery : new URLSearchParams(url.slice(start))
}

function pathOf({ url = '/' }: IncomingMessage): string {
  const query = url.indexOf('?')
  return query < 0 ? url : url.slice(0, query)
}
