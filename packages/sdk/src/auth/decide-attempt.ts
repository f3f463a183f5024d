import { equalText } from './opaque.ts'
import type { SignInAttempt } from './store.ts'

/** How long an attempt is open, and then how long its proof may be used: ten minutes, in milliseconds. */
export const attemptMs = 10 * 60_000
/** How long attempts are kept after they expired, for counting: one hour, in milliseconds. */
export const attemptKeepMs = 3_600_000
/** How often a wrong code may be given. */
export const attemptTries = 5

/**
 * How many codes are mailed within {@link budgetWindowMs}. Whoever has a known browser draws on a share of its own, so that nobody
 * who floods an address or the server keeps its people out; the other shares are those of strangers.
 */
export interface CodeBudget {
  /** To one address, asked for from one network. Default 5. */
  readonly perAddress: number
  /** To one address, from all networks. Default 15. */
  readonly perAddressInAll: number
  /** Asked for from one network, to any address. Default 60. */
  readonly perNetwork: number
  /** Asked for in one known browser. Default 5. */
  readonly perDevice: number
  /** To strangers in all, and as many again to known browsers. Default 2,000. */
  readonly inAll: number
}

/** Default of {@link CodeBudget}. */
export const codeBudget: CodeBudget = {
  perAddress: 5,
  perAddressInAll: 15,
  perNetwork: 60,
  perDevice: 5,
  inAll: 2_000,
}
/** The time over which codes are counted: fifteen minutes, in milliseconds. */
export const budgetWindowMs = 15 * 60_000

/** How many codes were mailed since a moment; those of known browsers count in the last two only. */
export interface CodeCounts {
  readonly toAddress: number
  readonly toAddressFromNetwork: number
  readonly fromNetwork: number
  readonly toStrangers: number
  readonly fromDevice: number
  readonly toDevices: number
}

/** Whether one more code is mailed. Without a network, only the address and the sum count. Pure. */
export function isWithinBudget(
  { network, device }: Pick<SignInAttempt, 'network' | 'device'>,
  counts: CodeCounts,
  budget: CodeBudget,
): boolean {
  if (device !== undefined)
    return counts.fromDevice < budget.perDevice && counts.toDevices < budget.inAll
  const hasShare =
    network === undefined
      ? counts.toAddress < budget.perAddress
      : counts.toAddressFromNetwork < budget.perAddress &&
        counts.toAddress < budget.perAddressInAll &&
        counts.fromNetwork < budget.perNetwork
  return hasShare && counts.toStrangers < budget.inAll
}

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
