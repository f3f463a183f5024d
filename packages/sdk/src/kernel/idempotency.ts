import { AuronxError } from './errors.ts'
import type { Json } from './events.ts'

/** One command that a caller may repeat. */
export interface IdempotentRequest {
  /** Who repeats: the member, API key or host. Keys of two principals never meet. */
  readonly principal: string
  /** The caller's key. */
  readonly key: string
  /** Digest of what is asked for; the same key with another fingerprint is refused. */
  readonly fingerprint: string
  readonly at: Date
  /** From then on the key counts as never used. */
  readonly expiresAt: Date
}

/** What claiming a key found. */
export type IdempotencyClaim =
  | { readonly kind: 'first' }
  | { readonly kind: 'replay'; readonly response: Json }

/** Keys of commands that ran, kept with their responses in the transaction of the effect. */
export interface IdempotencyStore {
  /**
   * Takes a key, or returns the response of the command that took it before. A caller with a key that is being used
   * waits until that transaction ends, at most 2 seconds.
   *
   * Throws `idempotency_mismatch` for another fingerprint, `idempotency_in_progress` (retryable) after the wait.
   */
  claim(request: IdempotentRequest): Promise<IdempotencyClaim>
  /** Stores the response of a key that this transaction took. */
  settle(request: IdempotentRequest, response: Json): Promise<void>
}

/** How long a key is kept by default: seven days, in milliseconds. */
export const idempotencyKeepMs = 7 * 24 * 60 * 60 * 1_000

/**
 * Runs `body` once per key and returns its response, now and for every repetition. Call it inside the unit of work of
 * the effect: when that rolls back, the key is free again.
 *
 * Throws what {@link IdempotencyStore.claim} throws, and what `body` throws.
 */
export async function runOnce(
  store: IdempotencyStore,
  request: IdempotentRequest,
  body: () => Promise<Json>,
): Promise<{ readonly replayed: boolean; readonly response: Json }> {
  const claim = await store.claim(request)
  if (claim.kind === 'replay') return { replayed: true, response: claim.response }
  const response = await body()
  await store.settle(request, response)
  return { replayed: false, response }
}

/** The refusal of a key that was used for something else. */
export function idempotencyMismatch(): AuronxError {
  return new AuronxError('idempotency_mismatch', 'The key was used for another request')
}

/** The refusal of a key whose first request is still running. */
export function idempotencyInProgress(): AuronxError {
  return new AuronxError(
    'idempotency_in_progress',
    'The first request with this key is still running',
    {
      retryable: true,
    },
  )
}
