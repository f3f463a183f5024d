import { equalText } from './opaque.ts'
import type { SignInAttempt } from './store.ts'

/** How long an attempt is open, and then how long its proof may be used: ten minutes, in milliseconds. */
export const attemptMs = 10 * 60_000
/** How often a wrong code may be given. */
export const attemptTries = 5

/** How many codes are mailed. */
export interface CodeBudget {
  /** To one address within {@link budgetWindowMs}. Default 5. */
  readonly perAddress: number
  /** In all within {@link budgetWindowMs}. Default 2,000. */
  readonly inAll: number
}

/** Default of {@link CodeBudget}. */
export const codeBudget: CodeBudget = { perAddress: 5, inAll: 2_000 }
/** The time over which codes are counted: fifteen minutes, in milliseconds. */
export const budgetWindowMs = 15 * 60_000

/** What giving a secret to an attempt means. */
export type AttemptDecision =
  | { readonly kind: 'verified' }
  | { readonly kind: 'refused'; readonly reason: 'wrong_code'; readonly triesLeft: number }
  | { readonly kind: 'refused'; readonly reason: 'over' }

/**
 * Judges a secret. `over`: expired, used, verified before, or tried too often. An attempt that was never begun looks the
 * same. Pure.
 */
export function decideAttempt(
  attempt: SignInAttempt | undefined,
  secretHash: string,
  at: Date,
): AttemptDecision {
  if (attempt === undefined || !isOpen(attempt, at)) return { kind: 'refused', reason: 'over' }
  if (equalText(attempt.secretHash, secretHash)) return { kind: 'verified' }
  return { kind: 'refused', reason: 'wrong_code', triesLeft: attemptTries - attempt.tries - 1 }
}

/** Whether a verified attempt can still be exchanged for something, once. */
export function isRedeemable(attempt: SignInAttempt | undefined, at: Date): boolean {
  if (attempt?.verifiedAt === undefined || attempt.usedAt !== undefined) return false
  return at.getTime() - attempt.verifiedAt.getTime() < attemptMs
}

function isOpen(attempt: SignInAttempt, at: Date): boolean {
  const isFresh = attempt.verifiedAt === undefined && attempt.usedAt === undefined
  return isFresh && at < attempt.expiresAt && attempt.tries < attemptTries
}
