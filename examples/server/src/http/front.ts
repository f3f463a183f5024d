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
    response.setHeader('x-request-id', randomUUID())
    const path = pathOf(request)
    if (path === webhookPath) {
      void answerWebhook(deps.webhook, request, response)
      return
    }
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

async function answerWebhook(
  webhook: Webhook,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { searchParams } = new URL(request.url ?? '/', 'http://localhost')
  const early = webhook.begin({
    method: request.method ?? '',
    query: searchParams,
    contentLength: request.headers['content-length'],
  })
  if (early !== undefined) return sendReply(request, response, early)
  const body = await readBody(request, webhook.maxBytes)
  if (body.kind === 'aborted') {
    response.destroy()
    return
  }
  if (body.kind === 'too_large') return sendReply(request, response, webhook.tooLarge())
  const signature = request.headersDistinct['x-hub-signature-256']
  sendReply(request, response, await webhook.receive(body.bytes, signature))
}

function sendReply(request: IncomingMessage, response: ServerResponse, reply: WebhookReply): void {
  // An unread body would be taken for the next request of a kept connection.
  const unread = !request.complete && request.method === 'POST'
  response.writeHead(reply.status, {
    ...reply.headers,
    'content-length': Buffer.byteLength(reply.body),
    ...(unread ? { connection: 'close' } : {}),
  })
  response.end(reply.body)
}

function pathOf(request: IncomingMessage): string {
  const url = request.url ?? '/'
  const query = url.indexOf('?')
  return query < 0 ? url : url.slice(0, query)
}
