import type { TokenState } from './graph/router.ts'

const defaultAppId = '1550000000000001'
const defaultScopes = ['whatsapp_business_messaging', 'whatsapp_business_management']

/** The access token that Graph asks for. */
export interface Tokens {
  state(): TokenState
  /** Makes the token count as expired. */
  expire(): void
  /** Makes `token` (default: the one in use) good. */
  renew(token?: string): void
}

/** One good token. */
export function createTokens(given: {
  readonly accessToken: string
  readonly appSecret: string
  readonly appId?: string
  readonly tokenScopes?: readonly string[]
}): Tokens {
  let state: TokenState = {
    token: given.accessToken,
    isExpired: false,
    appSecret: given.appSecret,
    appId: given.appId ?? defaultAppId,
    scopes: given.tokenScopes ?? defaultScopes,
  }
  return {
    state: () => state,
    expire() {
      state = { ...state, isExpired: true }
    },
    renew(token = state.token) {
      state = { ...state, token, isExpired: false }
    },
  }
}
