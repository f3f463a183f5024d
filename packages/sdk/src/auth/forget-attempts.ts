import type { Clock } from '../kernel/index.ts'
import type { IdentityWork } from './store.ts'

/** How long attempts to sign in are kept after they expired, for counting: one hour, in milliseconds. */
export const attemptKeepMs = 3_600_000
const batch = 1_000

/**
 * Deletes attempts that expired an hour ago or more, with the addresses that they name; returns how many. Call it daily; may be
 * stopped and called again.
 */
export async function forgetAttempts(
  { identity, clock }: { readonly identity: IdentityWork; readonly clock: Clock },
  signal: AbortSignal,
): Promise<number> {
  const before = new Date(clock.now().getTime() - attemptKeepMs)
  let deleted = 0
  while (!signal.aborted) {
    const some = await identity.run(({ attempts }) => attempts.prune(before, batch))
    deleted += some
    if (some < batch) break
  }
  return deleted
}
