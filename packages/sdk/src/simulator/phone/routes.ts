import type { IncomingMessage, ServerResponse } from 'node:http'
import { isAuronxError } from '../../kernel/index.ts'
import type { Core, SimulatorEvent } from '../core.ts'
import type { Customers } from '../customers.ts'
import { readBody, sendBytes, sendJson } from '../http.ts'
import type { JsonObject } from '../json.ts'
import { isObject, parseJson } from '../json.ts'
import { createFromDialog, phoneActions } from './actions.ts'
import { readPhoneAsset } from './assets.ts'
import { createLive } from './live.ts'
import { customerView, productView, viewOf } from './view.ts'

/** The phone page and its API. */
export interface Phone {
  /** Answers requests under the prefix; `false` for other paths. */
  handle(request: IncomingMessage, response: ServerResponse): boolean
  close(): void
}

/** What the phone needs. */
export interface PhoneDeps {
  readonly core: Core
  readonly customers: Customers
  readonly subscribe: (listener: (event: SimulatorEvent) => void) => () => void
  /** For example `/phone`. */
  readonly prefix: string
}

interface PageRequest {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** Path segments after `api`. */
  readonly path: readonly string[]
}

const securityHeaders = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
}
const largestPicture = 5 * 1024 * 1024

/** The phone under `prefix`, for example `/phone`. */
export function createPhone(deps: PhoneDeps): Phone {
  const { core, customers, prefix } = deps
  const live = createLive(core, deps.subscribe)

  const read = (response: ServerResponse, path: readonly string[]): void => {
    const [first = '', second = '', third = ''] = path
    if (first === 'events') return live.open(response)
    if (first === 'state') return sendJson(response, 200, pageState(core), securityHeaders)
    if (first === 'media') return sendMedia(core, response, second)
    if (first === 'customers' && third === 'messages') {
      const messages = customers.messages(second).filter((message) => message.type !== 'reaction')
      return sendJson(
        response,
        200,
        messages.map((each) => viewOf(core.state, each)),
        securityHeaders,
      )
    }
    notFound(response)
  }

  const answer = async (
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
  ): Promise<void> => {
    try {
      const parts = path.split('/').map(decodeURIComponent)
      if (parts[0] !== 'api') return await sendAsset(response, path === '' ? 'index.html' : path)
      if (request.method === 'POST')
        return await write(deps, { request, response, path: parts.slice(1) })
      read(response, parts.slice(1))
    } catch (error) {
      fail(core, response, error)
    }
  }

  return {
    handle(request, response) {
      const path = (request.url ?? '').split('?')[0] ?? ''
      if (path === prefix) {
        sendBytes(response, 302, new Uint8Array(), { location: `${prefix}/` })
        return true
      }
      if (!path.startsWith(`${prefix}/`)) return false
      void answer(request, response, path.slice(prefix.length + 1))
      return true
    },
    close: () => live.close(),
  }
}

async function write(
  { core, customers }: PhoneDeps,
  { request, response, path }: PageRequest,
): Promise<void> {
  const [first = '', id = '', name = ''] = path
  const body = await readBody(request, largestPicture)
  if (body === undefined) return problem(response, 413, 'too large')
  if (!isOwnPage(request)) return problem(response, 403, 'only the phone page may do this')
  if (first !== 'customers') return notFound(response)
  if (id === '') {
    const customer = createFromDialog(customers, bodyOf(body))
    return sendJson(response, 201, customerView(core.state, customer), securityHeaders)
  }
  const mimeType = request.headers['content-type'] ?? ''
  const action = Object.hasOwn(phoneActions, name) ? phoneActions[name] : undefined
  if (action === undefined) return notFound(response)
  if (mimeType.startsWith('image/')) customers.sendImage(id, { bytes: body, mimeType })
  else action(customers, id, bodyOf(body))
  sendBytes(response, 204, new Uint8Array(), securityHeaders)
}

function pageState(core: Core): JsonObject {
  const { state, business } = core
  return {
    business: { name: business.verifiedName, number: business.displayPhoneNumber },
    customers: [...state.customers.values()].map((customer) => customerView(state, customer)),
    catalog: state.catalog.products.map(productView),
  }
}

/** Only pictures and sounds, and never as something that a browser would run. */
function sendMedia(core: Core, response: ServerResponse, id: string): void {
  const item = core.state.media.get(id)
  if (item === undefined) return notFound(response)
  const isShown = /^(image\/(png|jpeg|webp)|audio\/|video\/)/.test(item.mimeType)
  sendBytes(response, 200, item.bytes, {
    ...securityHeaders,
    'content-security-policy': "default-src 'none'; sandbox",
    'content-type': isShown ? item.mimeType : 'application/octet-stream',
    'content-disposition': isShown ? 'inline' : 'attachment',
  })
}

async function sendAsset(response: ServerResponse, name: string): Promise<void> {
  const asset = await readPhoneAsset(name)
  if (asset === undefined) return notFound(response)
  sendBytes(response, 200, asset.bytes, { ...securityHeaders, 'content-type': asset.contentType })
}

/**
 * Browsers say where a request comes from; other clients do not send the header. The content types are those that a
 * foreign page cannot send without asking first.
 */
function isOwnPage(request: IncomingMessage): boolean {
  const site = request.headers['sec-fetch-site']
  const type = request.headers['content-type'] ?? ''
  const isFamiliar = site === undefined || site === 'same-origin' || site === 'none'
  return isFamiliar && /^(application\/json|image\/(png|jpeg))\b/.test(type)
}

function bodyOf(bytes: Uint8Array): JsonObject {
  const parsed = parseJson(new TextDecoder().decode(bytes))
  return isObject(parsed) ? parsed : {}
}

function fail(core: Core, response: ServerResponse, error: unknown): void {
  if (isAuronxError(error, 'not_found')) return problem(response, 404, error.message)
  if (isAuronxError(error, 'conflict')) return problem(response, 409, error.message)
  if (isAuronxError(error, 'invalid_input')) return problem(response, 422, error.message)
  core.logger.error('simulated phone failed', {
    error: error instanceof Error ? error.name : 'unknown',
  })
  problem(response, 500, 'The simulated phone failed')
}

function notFound(response: ServerResponse): void {
  problem(response, 404, 'not found')
}

function problem(response: ServerResponse, status: number, title: string): void {
  sendJson(response, status, { title, status }, securityHeaders)
}
