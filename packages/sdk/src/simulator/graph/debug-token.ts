import { timingSafeEqual } from 'node:crypto'
import type { Core } from '../core.ts'
import type { GraphAnswer, GraphRequest } from './request.ts'
import { ok, refuse } from './request.ts'
import type { TokenState } from './router.ts'

/**
 * `GET /debug_token?input_token=…`, asked with the app's own token (`id|secret`) or with the token itself.
 *
 * @see https://developers.facebook.com/docs/graph-api/reference/debug_token
 */
export function debugToken(core: Core, request: GraphRequest, state: TokenState): GraphAnswer {
  const asking = bearerOf(request)
  const isApp = isSame(asking, `${state.appId}|${state.appSecret}`)
  if (!isApp && !isSame(asking, state.token)) {
    return refuse(core, 190, { message: 'Invalid OAuth access token signature.' })
  }
  const given = request.query.get('input_token')
  if (given === null) {
    return refuse(core, 100, { message: '(#100) The parameter input_token is required.' })
  }
  if (!isSame(given, state.token)) {
    const error = { code: 190, message: 'Invalid OAuth access token.' }
    return ok({ data: { error, is_valid: false, scopes: [] } })
  }
  const { wabaId, verifiedName } = core.business
  return ok({
    data: {
      app_id: state.appId,
      type: 'SYSTEM_USER',
      application: verifiedName,
      data_access_expires_at: 0,
      expires_at: 0,
      is_valid: !state.isExpired,
      issued_at: 1_700_000_000,
      scopes: [...state.scopes],
      granular_scopes: state.scopes.map((scope) => ({ scope, target_ids: [wabaId] })),
      user_id: '122100000000000001',
    },
  })
}

/** The token a request carries, in its header or its query. */
export function bearerOf(request: GraphRequest): string {
  const header = request.headers['authorization'] ?? ''
  return /^Bearer\s+(.+)$/i.exec(header)?.[1] ?? request.query.get('access_token') ?? ''
}

/** Whether two texts are the same, in constant time for one length. */
export function isSame(left: string, right: string): boolean {
  const [a, b] = [new TextEncoder().encode(left), new TextEncoder().encode(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}
