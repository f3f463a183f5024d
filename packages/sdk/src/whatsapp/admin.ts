import type { NumberAccess, NumberAdmin } from '../numbers/index.ts'
import { numberFactsOf, outcomeOf, succeeded, tokenFactsOf } from './admin-decode.ts'
import type { GraphAnswer, GraphDeps, GraphRequest } from './graph.ts'
import { createGraph } from './graph.ts'
import { hmacSha256Hex } from './hmac.ts'
import { member, textAt } from './graph-json.ts'

/** What {@link createWhatsAppAdmin} takes. */
export interface WhatsAppAdminDeps extends Omit<GraphDeps, 'tokens'> {
  /** Time for one call in milliseconds. Default 20,000. */
  readonly timeoutMs?: number
}

const numberFields =
  'id,display_phone_number,verified_name,status,quality_rating,throughput,name_status,health_status'
const mostNumbers = 100

/**
 * Administers business numbers over Meta's Graph API. A call is made once and never repeated; none of the methods
 * throws. Tokens travel in the `Authorization` header, except the one that is being inspected, which Meta takes in the
 * query only.
 *
 * @see https://developers.facebook.com/docs/graph-api/reference/debug_token
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference/registration
 */
export function createWhatsAppAdmin(deps: WhatsAppAdminDeps): NumberAdmin {
  const { timeoutMs = 20_000 } = deps

  const call = async (
    token: string,
    request: Pick<GraphRequest, 'method' | 'path' | 'query' | 'json' | 'signal'>,
  ): Promise<GraphAnswer> => {
    const graph = createGraph({ ...deps, tokens: async () => token })
    return graph.call({ ...request, phoneNumberId: '', timeoutMs })
  }
  const proven = async (
    { accessToken, appSecret }: NumberAccess,
    request: Pick<GraphRequest, 'method' | 'path' | 'query' | 'json' | 'signal'>,
  ): Promise<GraphAnswer> => {
    const token = accessToken.reveal()
    const appsecret_proof = await hmacSha256Hex(appSecret.reveal(), token)
    return call(token, { ...request, query: { ...request.query, appsecret_proof } })
  }

  return {
    async inspectToken({ appId, appSecret, accessToken }, signal) {
      const query = { input_token: accessToken.reveal() }
      const answer = await call(`${appId}|${appSecret.reveal()}`, {
        method: 'GET',
        path: ['debug_token'],
        query,
        signal,
      })
      return outcomeOf(answer, (body) => tokenFactsOf(member(body, 'data')))
    },
    async numbersOf(access, businessAccountId, signal) {
      const query = { fields: 'id', limit: String(mostNumbers) }
      const path = [businessAccountId, 'phone_numbers']
      const answer = await proven(access, { method: 'GET', path, query, signal })
      return outcomeOf(answer, (body) => {
        const data = member(body, 'data')
        return Array.isArray(data) ? data.flatMap((one) => textAt(one, 'id') ?? []) : undefined
      })
    },
    async readNumber(access, phoneNumberId, signal) {
      const query = { fields: numberFields }
      const answer = await proven(access, { method: 'GET', path: [phoneNumberId], query, signal })
      return outcomeOf(answer, numberFactsOf)
    },
    async subscribe(access, { businessAccountId, on }, signal) {
      const path = [businessAccountId, 'subscribed_apps']
      const method = on ? 'POST' : 'DELETE'
      return succeeded(await proven(access, { method, path, signal }))
    },
    async register(access, { phoneNumberId, pin }, signal) {
      const json = { messaging_product: 'whatsapp', pin: pin.reveal() }
      const path = [phoneNumberId, 'register']
      return succeeded(await proven(access, { method: 'POST', path, json, signal }))
    },
    async deregister(access, phoneNumberId, signal) {
      const path = [phoneNumberId, 'deregister']
      return succeeded(await proven(access, { method: 'POST', path, signal }))
    },
  }
}
