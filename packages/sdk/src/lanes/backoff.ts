/** How failed events and jobs are tried again. */
export interface BackoffPolicy {
  /** Wait before the second attempt, in milliseconds. Default 1,000. */
  readonly firstMs?: number
  /** Longest wait, in milliseconds. Default 10 minutes. */
  readonly maxMs?: number
  /** Attempts in all before an event is dead. Default 8. */
  readonly maxAttempts?: number
}

/**
 * When to try again after `attempts` failures, or nothing when it was the last: doubling waits with up to a quarter
 * taken off by `jitter` (0 ≤ jitter < 1), so that many lanes that failed together do not come back together.
 */
export function retryAt(
  now: Date,
  attempts: number,
  jitter: number,
  policy: BackoffPolicy = {},
): Date | undefined {
  const { firstMs = 1_000, maxMs = 600_000 } = policy
  if (attempts >= mostAttempts(policy)) return undefined
  const wait = Math.min(maxMs, firstMs * 2 ** (attempts - 1))
  return new Date(now.getTime() + Math.round(wait * (1 - jitter / 4)))
}

/** How often something is tried in all. */
export function mostAttempts({ maxAttempts = 8 }: BackoffPolicy = {}): number {
  return maxAttempts
}
