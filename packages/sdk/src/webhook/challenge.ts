import { AuronxError } from '../kernel/index.ts'

/** Outcome of Meta's check that an endpoint is ours. */
export type ChallengeResult =
  | {
      readonly kind: 'verified'
      /** What to answer, as `text/plain`, unchanged. */
      readonly challenge: string
    }
  | { readonly kind: 'refused'; readonly reason: 'malformed' | 'wrong_token' }

/** Query parameters as `URLSearchParams` or as the objects that frameworks make of them. */
export type ChallengeQuery =
  | URLSearchParams
  | { readonly [name: string]: string | readonly string[] | undefined }

/**
 * Answers the GET request by which Meta verifies a webhook endpoint. Several tokens serve rotation and override
 * callbacks, which have their own; they are compared in constant time.
 *
 * Refuses as `malformed` a query without `hub.mode=subscribe`, `hub.challenge` or `hub.verify_token`, or with one of
 * them repeated; as `wrong_token` a token that is none of ours. Throws `invalid_config` without tokens or with an empty
 * one.
 *
 * @see https://developers.facebook.com/docs/graph-api/webhooks/getting-started#verification-requests
 */
export function verifyChallenge(query: ChallengeQuery, tokens: readonly string[]): ChallengeResult {
  checkTokens(tokens)
  const mode = readOne(query, 'hub.mode')
  const challenge = readOne(query, 'hub.challenge')
  const token = readOne(query, 'hub.verify_token')
  if (mode !== 'subscribe' || challenge === undefined || token === undefined) {
    return { kind: 'refused', reason: 'malformed' }
  }
  const matches = tokens.map((expected) => equalInConstantTime(token, expected))
  return matches.includes(true)
    ? { kind: 'verified', challenge }
    : { kind: 'refused', reason: 'wrong_token' }
}

/** Throws `invalid_config` unless there is at least one token and none is empty or blank. */
export function checkTokens(tokens: readonly string[]): void {
  const usable = tokens.every((token) => typeof token === 'string' && token.trim() !== '')
  if (tokens.length > 0 && usable) return
  throw new AuronxError(
    'invalid_config',
    'At least one verify token is needed, and none may be empty',
  )
}

function readOne(query: ChallengeQuery, name: string): string | undefined {
  if (query instanceof URLSearchParams) {
    const values = query.getAll(name)
    return values.length === 1 && values[0] !== '' ? values[0] : undefined
  }
  const value = query[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

function equalInConstantTime(given: string, expected: string): boolean {
  const left = encoder.encode(given)
  const right = encoder.encode(expected)
  let difference = left.length ^ right.length
  for (let i = 0; i < left.length; i += 1) {
    difference |= (left[i] ?? 0) ^ (right[i % right.length] ?? 0)
  }
  return difference === 0
}

const encoder = new TextEncoder()
