import type { Core } from '../core.ts'
import type { JsonObject } from '../json.ts'
import { isObject, textAt } from '../json.ts'
import type { GraphAnswer, GraphRequest } from './request.ts'
import { membersOf, ok, refuse } from './request.ts'

/** `GET /{PHONE_NUMBER_ID}`, with `fields` as a filter. */
export function describeNumber(core: Core, request: GraphRequest): GraphAnswer {
  return ok(pick(numberJson(core), request.query.get('fields')))
}

/** `GET /{WABA_ID}/phone_numbers`. */
export function listNumbers(core: Core): GraphAnswer {
  const { health_status: _health, ...number } = numberJson(core)
  return ok({ data: [number], paging: { cursors: { before: '0', after: '1' } } })
}

/** `GET /{WABA_ID}`. */
export function describeAccount(core: Core, request: GraphRequest): GraphAnswer {
  const { wabaId, verifiedName } = core.business
  const account = {
    id: wabaId,
    name: verifiedName,
    timezone_id: '1',
    message_template_namespace: wabaId,
    account_review_status: 'APPROVED',
    health_status: healthOf(core),
  }
  return ok(pick(account, request.query.get('fields')))
}

/** `POST /{PHONE_NUMBER_ID}` with a new PIN of six digits. */
export function changePin(core: Core, request: GraphRequest): GraphAnswer {
  const pin = textAt(membersOf(request), 'pin')
  if (pin === undefined || !/^\d{6}$/.test(pin)) return malformedPin(core)
  core.state.account = { ...core.state.account, pin }
  return ok({ success: true })
}

/** `POST /{PHONE_NUMBER_ID}/register` with a PIN of six digits, which must stay the same. */
export function registerNumber(core: Core, request: GraphRequest): GraphAnswer {
  const body = membersOf(request)
  const pin = textAt(body, 'pin')
  if (textAt(body, 'messaging_product') !== 'whatsapp') {
    return refuse(core, 100, { message: '(#100) The parameter messaging_product is required.' })
  }
  if (pin === undefined || !/^\d{6}$/.test(pin)) return malformedPin(core)
  const nowMs = core.clock.now().getTime()
  const recent = (core.state.account.registrations ?? []).filter(
    (atMs) => atMs > nowMs - registrationWindowMs,
  )
  if (recent.length >= mostRegistrations) return refuse(core, 133016)
  core.state.account = { ...core.state.account, registrations: [...recent, nowMs] }
  const known = core.state.account.pin
  if (known !== undefined && known !== pin) return refuse(core, 133005)
  core.state.account = { ...core.state.account, registered: true, pin }
  return ok({ success: true })
}

/** `POST /{PHONE_NUMBER_ID}/deregister`. */
export function deregisterNumber(core: Core): GraphAnswer {
  core.state.account = { ...core.state.account, registered: false }
  return ok({ success: true })
}

/** `GET`, `POST` and `DELETE /{WABA_ID}/subscribed_apps`. While unsubscribed no webhook is made. */
export function subscribedApps(core: Core, request: GraphRequest, appId: string): GraphAnswer {
  if (request.method === 'GET') {
    const app = { id: appId, name: 'Simulated app', link: 'https://example.com/' }
    return ok({ data: core.state.account.subscribed ? [{ whatsapp_business_api_data: app }] : [] })
  }
  core.state.account = { ...core.state.account, subscribed: request.method === 'POST' }
  return ok({ success: true })
}

/** `GET` and `POST /{PHONE_NUMBER_ID}/whatsapp_business_profile`. */
export function businessProfile(core: Core, request: GraphRequest): GraphAnswer {
  if (request.method === 'GET') {
    return ok({ data: [{ messaging_product: 'whatsapp', ...core.state.account.profile }] })
  }
  const body = membersOf(request) ?? {}
  for (const [member, limit] of Object.entries(profileLimits)) {
    const value = textAt(body, member)
    if (value !== undefined && value.length > limit) {
      return refuse(core, 100, { details: `${member} has more than ${limit} characters` })
    }
  }
  const { messaging_product: _product, ...changes } = body
  core.state.account = {
    ...core.state.account,
    profile: { ...core.state.account.profile, ...changes },
  }
  return ok({ success: true })
}

/** Longest values of a profile. https://developers.facebook.com/docs/whatsapp/cloud-api/reference/business-profiles */
const profileLimits = { about: 139, address: 256, description: 512, email: 128 } as const

// Meta allows ten registrations of a number within 72 hours. Read 2026-11-23.
// https://developers.facebook.com/docs/whatsapp/cloud-api/reference/registration
const mostRegistrations = 10
const registrationWindowMs = 72 * 3_600_000

function malformedPin(core: Core): GraphAnswer {
  return refuse(core, 100, { message: '(#100) Param pin must be a string of 6 digits' })
}

function numberJson(core: Core): JsonObject {
  return {
    verified_name: core.business.verifiedName,
    display_phone_number: core.business.displayPhoneNumber,
    code_verification_status: 'VERIFIED',
    quality_rating: 'GREEN',
    platform_type: 'CLOUD_API',
    throughput: { level: 'STANDARD' },
    name_status: 'APPROVED',
    status: core.state.account.registered ? 'CONNECTED' : 'DISCONNECTED',
    health_status: healthOf(core),
    id: core.business.phoneNumberId,
  }
}

function healthOf(core: Core): JsonObject {
  const canSend = core.state.account.registered ? 'AVAILABLE' : 'BLOCKED'
  return {
    can_send_message: canSend,
    entities: [
      { entity_type: 'PHONE_NUMBER', id: core.business.phoneNumberId, can_send_message: canSend },
      { entity_type: 'WABA', id: core.business.wabaId, can_send_message: 'AVAILABLE' },
    ],
  }
}

/** Without `fields` Graph leaves out what is costly, such as the health status. */
function pick(node: JsonObject, fields: string | null): JsonObject {
  if (fields === null) {
    const { health_status: _health, ...rest } = node
    return rest
  }
  const names = new Set(['id', ...fields.split(',').map((field) => field.trim())])
  const kept = Object.entries(node).filter(([name]) => names.has(name))
  const picked: unknown = Object.fromEntries(kept)
  return isObject(picked) ? picked : {}
}
