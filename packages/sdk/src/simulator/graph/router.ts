import { createHmac } from 'node:crypto'
import type { Core } from '../core.ts'
import type { GraphFault } from '../faults.ts'
import type { Ladder } from '../ladder.ts'
import {
  businessProfile,
  changePin,
  deregisterNumber,
  describeAccount,
  describeNumber,
  listNumbers,
  registerNumber,
  subscribedApps,
} from './account.ts'
import { bearerOf, debugToken, isSame } from './debug-token.ts'
import { deleteMedia, describeMedia, downloadMedia, uploadMedia } from './media.ts'
import type { GraphAnswer, GraphRequest } from './request.ts'
import { ok, refuse, unknownObject } from './request.ts'
import { sendMessage } from './send.ts'
import { createTemplate, deleteTemplates, listTemplates, templateJson } from './templates.ts'

/** The simulated Graph API: one function from request to answer. */
export interface Graph {
  handle(request: GraphRequest): Promise<GraphAnswer>
}

/** Whose token is good, asked anew for each request. */
export interface TokenState {
  readonly token: string
  readonly isExpired: boolean
  readonly appSecret: string
  readonly appId: string
  readonly scopes: readonly string[]
}

/** Graph over a simulator's state. */
export function createGraph(
  core: Core,
  ladder: Ladder,
  options: { readonly tokenState: () => TokenState; readonly approvesTemplates: boolean },
): Graph {
  const route = async (request: GraphRequest): Promise<GraphAnswer> => {
    const [node = '', edge = ''] = request.path
    if (node === 'debug_token' && edge === '' && request.method === 'GET')
      return debugToken(core, request, options.tokenState())
    const refusal = checkToken(core, request, options.tokenState())
    if (refusal !== undefined) return refusal
    if (node === 'whatsapp_business' && edge === 'attachments') return downloadMedia(core, request)
    if (node === core.business.phoneNumberId) return numberRoute(core, ladder, request)
    if (node === core.business.wabaId) {
      const { appId } = options.tokenState()
      return accountRoute(core, request, { appId, approves: options.approvesTemplates })
    }
    return objectRoute(core, request)
  }
  return {
    async handle(request) {
      const fault = core.faults.take(faultGroup(request.path))
      return withFault(core, fault, () => route(request))
    },
  }
}

async function numberRoute(
  core: Core,
  ladder: Ladder,
  request: GraphRequest,
): Promise<GraphAnswer> {
  const [node = '', edge = ''] = request.path
  switch (`${request.method} ${edge}`) {
    case 'GET ':
      return describeNumber(core, request)
    case 'POST ':
      return changePin(core, request)
    case 'POST messages':
      return sendMessage(core, ladder, request)
    case 'POST media':
      return uploadMedia(core, request)
    case 'POST register':
      return registerNumber(core, request)
    case 'POST deregister':
      return deregisterNumber(core)
    case 'GET whatsapp_business_profile':
    case 'POST whatsapp_business_profile':
      return businessProfile(core, request)
    default:
      return unknownObject(core, request.method, node)
  }
}

function accountRoute(
  core: Core,
  request: GraphRequest,
  { appId, approves }: { readonly appId: string; readonly approves: boolean },
): GraphAnswer {
  const [node = '', edge = ''] = request.path
  switch (`${request.method} ${edge}`) {
    case 'GET ':
      return describeAccount(core, request)
    case 'GET phone_numbers':
      return listNumbers(core)
    case 'GET message_templates':
      return listTemplates(core, request)
    case 'POST message_templates':
      return createTemplate(core, request, approves)
    case 'DELETE message_templates':
      return deleteTemplates(core, request)
    case 'GET subscribed_apps':
    case 'POST subscribed_apps':
    case 'DELETE subscribed_apps':
      return subscribedApps(core, request, appId)
    default:
      return unknownObject(core, request.method, node)
  }
}

function objectRoute(core: Core, request: GraphRequest): GraphAnswer {
  const [node = '', edge = ''] = request.path
  const item = core.state.media.get(node)
  if (item !== undefined && edge === '') {
    if (request.method === 'GET') return describeMedia(core, request, item)
    if (request.method === 'DELETE') return deleteMedia(core, item)
  }
  const template = core.state.templates.get(node)
  if (template !== undefined && edge === '' && request.method === 'GET')
    return ok(templateJson(template))
  return unknownObject(core, request.method, node)
}

function checkToken(core: Core, request: GraphRequest, state: TokenState): GraphAnswer | undefined {
  const token = bearerOf(request)
  if (!isSame(token, state.token)) {
    return refuse(core, 190, { message: 'Invalid OAuth access token - Cannot parse access token' })
  }
  if (state.isExpired) {
    return refuse(core, 190, {
      subcode: 463,
      message: 'Error validating access token: Session has expired.',
    })
  }
  const proof = request.query.get('appsecret_proof')
  const expected = createHmac('sha256', state.appSecret).update(token).digest('hex')
  return proof === null || isSame(proof, expected)
    ? undefined
    : refuse(core, 100, { message: 'Invalid appsecret_proof provided in the API argument' })
}

function faultGroup(path: readonly string[]): 'messages' | 'media' | 'other' {
  if (path[1] === 'messages') return 'messages'
  return path[1] === 'media' || path[1] === 'attachments' ? 'media' : 'other'
}

async function withFault(
  core: Core,
  fault: GraphFault | undefined,
  answer: () => Promise<GraphAnswer>,
): Promise<GraphAnswer> {
  if (fault === undefined) return answer()
  if (fault.kind === 'slow') {
    await core.scheduler.wait(fault.delayMs ?? 1000)
    return answer()
  }
  const shown = shownFor(core, fault)
  return fault.kind.endsWith('_after') ? carryOut(await answer(), shown) : shown
}

function shownFor(core: Core, fault: GraphFault): GraphAnswer {
  switch (fault.kind) {
    case 'timeout_before':
    case 'timeout_after':
      return { kind: 'hang' }
    case 'reset_before':
    case 'reset_after':
      return { kind: 'reset' }
    case 'http_500_before':
    case 'http_500_after':
      return serverError(core, fault)
    default:
      return refuse(core, fault.code ?? 131000)
  }
}

/** The request has its effect, but the client sees something else. */
function carryOut(answer: GraphAnswer, shown: GraphAnswer): GraphAnswer {
  if (answer.kind === 'json') answer.after?.()
  return shown
}

function serverError(core: Core, fault: GraphFault): GraphAnswer {
  const { body = 'json' } = fault
  if (body === 'json') return refuse(core, 131000)
  const html = body === 'html' ? '<html><body><h1>Bad Gateway</h1></body></html>' : ''
  const bytes = new TextEncoder().encode(html)
  return { kind: 'bytes', status: body === 'html' ? 502 : 500, bytes, contentType: 'text/html' }
}
