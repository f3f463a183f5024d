import type { Secret } from '../secrets/index.ts'
import type { NumberFacts, TokenFacts } from './admin.ts'
import type { ConnectRequest } from './connect.ts'
import type { NumberDeps } from './deps.ts'
import { findApp } from './deps.ts'
import { refuse, refusedAt } from './refusal.ts'
import type { NumberRefusal } from './refusal.ts'

/** A request that is well formed and knows its app's secret. */
export interface ReadyRequest extends ConnectRequest {
  readonly appSecret: Secret
  /** Whether the app is the tenant's own, so that its secrets are to be stored. */
  readonly own?: { readonly appSecret: Secret; readonly verifyToken: Secret }
}

/** Permissions a token must have. */
export const neededScopes = ['whatsapp_business_messaging', 'whatsapp_business_management'] as const

/** The request with the secret of its app, or what is wrong with it. */
export function readyRequest(
  deps: NumberDeps,
  request: ConnectRequest,
): ReadyRequest | NumberRefusal {
  const { phoneNumberId, businessAccountId, appId, pin, accessToken } = request
  if (![phoneNumberId, businessAccountId, appId].every((id) => /^\d{1,32}$/.test(id))) {
    return refuse(
      'input',
      'id-malformed',
      'Ids of Meta are digits only; a phone number is not its phone number id.',
    )
  }
  if (pin !== undefined && !/^\d{6}$/.test(pin.reveal()))
    return refuse('input', 'pin-malformed', 'The two-step PIN has exactly six digits.')
  const app = findApp(deps, appId) ?? request
  const { appSecret, verifyToken } = app
  if (isEmpty(accessToken) || isEmpty(appSecret) || isEmpty(verifyToken)) {
    return refuse(
      'input',
      'credentials-missing',
      'Access token, app secret and verify token are all needed.',
    )
  }
  if (app !== request) return { ...request, appSecret }
  return { ...request, appSecret, own: { appSecret, verifyToken } }
}

/** What Meta said about a token and number that may be connected, or why they may not. */
export async function checkWithMeta(
  { admin }: NumberDeps,
  request: ReadyRequest,
  signal: AbortSignal,
): Promise<
  | { readonly kind: 'checked'; readonly facts: NumberFacts; readonly token: TokenFacts }
  | NumberRefusal
> {
  const { phoneNumberId, businessAccountId } = request
  const token = await admin.inspectToken(request, signal)
  if (token.kind === 'refused') return refusedAt('token', token)
  const fault = findTokenFault(token.value, request)
  if (fault !== undefined) return fault
  const numbers = await admin.numbersOf(request, businessAccountId, signal)
  if (numbers.kind === 'refused') return refusedAt('account', numbers)
  if (!numbers.value.includes(phoneNumberId)) {
    const words = 'The business account has no number with this id.'
    return refuse('account', 'number-not-in-account', words)
  }
  const facts = await admin.readNumber(request, phoneNumberId, signal)
  if (facts.kind === 'refused') return refusedAt('number', facts)
  if (facts.value.status !== 'CONNECTED' && request.pin === undefined) {
    return refuse(
      'register',
      'pin-needed',
      'The number is not registered yet; give the six digits that are to be its two-step PIN.',
    )
  }
  return { kind: 'checked', facts: facts.value, token: token.value }
}

/** What is wrong with a token for this app and account, if anything. */
export function findTokenFault(
  token: TokenFacts,
  { appId, businessAccountId }: Pick<ConnectRequest, 'appId' | 'businessAccountId'>,
): NumberRefusal | undefined {
  if (!token.isValid) {
    const words = 'The access token is not valid any more; make a new one.'
    return refuse('token', 'token-invalid', words)
  }
  if (token.appId !== appId) {
    const words = 'The access token belongs to another Meta app than the app id.'
    return refuse('token', 'app-mismatch', words)
  }
  const missing = neededScopes.filter((scope) => !token.scopes.includes(scope))
  if (missing.length > 0) {
    const words = `The access token lacks ${missing.join(' and ')}.`
    return refuse('token', 'permission-missing', words)
  }
  if (token.businessAccountIds?.includes(businessAccountId) === false) {
    return refuse(
      'token',
      'permission-missing',
      'The access token is not good for this WhatsApp business account; assign it to its system user.',
    )
  }
  return undefined
}

function isEmpty(secret: Secret | undefined): secret is undefined {
  return secret === undefined || secret.reveal().trim() === ''
}
