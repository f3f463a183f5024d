import type { TokenState } from './graph/router.ts'

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
}): Tokens {
  let state = { token: given.accessToken, isExpired: false, appSecret: given.appSecret }
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
