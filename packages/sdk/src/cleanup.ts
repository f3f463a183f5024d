import { attemptKeepMs } from './auth/decide-attempt.ts'
import type { IdentityWork } from './auth/index.ts'
import type { Clock } from './kernel/index.ts'
import type { PeriodicTask } from './lanes/index.ts'

/** Rows of all tenants that are past their use. Several processes may ask at once. */
export interface Cleanup {
  /** Deletes sessions that ended before, with their refresh tokens; at most `limit` sessions. Returns how many. */
  sessions(before: Date, limit: number): Promise<number>
  /** Deletes keys of commands that expired before, with their kept responses; at most `limit`. Returns how many. */
  idempotencyKeys(before: Date, limit: number): Promise<number>
}

/** How long a session is kept after it ended, in milliseconds: thirty days, within which a break-in can be looked into. */
export const sessionKeepMs = 30 * 24 * 3_600_000

/** What {@link cleanUp} needs. */
export interface CleanupDeps {
  readonly identity: IdentityWork
  readonly cleanup: Cleanup
  readonly clock: Clock
}

/** How many rows of each kind were deleted. */
export interface CleanedUp {
  readonly attempts: number
  readonly operatorSessions: number
  readonly sessions: number
  readonly idempotencyKeys: number
}

const batch = 1_000
const rounds = 20
/** Time between two runs of the task, in milliseconds: ten minutes. */
const everyMs = 600_000

/**
 * Deletes what is past its use, at most 20,000 of each kind and 1,000 in one transaction: attempts to sign in (codes, challenges
 * and what is counted of them) an hour after they expired, operators' sessions once they expired, sessions of members with their
 * refresh tokens thirty days after they ended, keys of commands once they expired. The worker does it every ten minutes.
 */
export async function cleanUp({ identity, cleanup, clock }: CleanupDeps): Promise<CleanedUp> {
  const now = clock.now()
  const since = (ms: number): Date => new Date(now.getTime() - ms)
  return {
    attempts: await inBatches(() =>
      identity.run(({ attempts }) => attempts.prune(since(attemptKeepMs), batch)),
    ),
    operatorSessions: await inBatches(() =>
      identity.run(({ operatorSessions }) => operatorSessions.prune(now, batch)),
    ),
    sessions: await inBatches(() => cleanup.sessions(since(sessionKeepMs), batch)),
    idempotencyKeys: await inBatches(() => cleanup.idempotencyKeys(now, batch)),
  }
}

/** {@link cleanUp} as a task of the worker. */
export function createCleanupTask(deps: CleanupDeps): PeriodicTask {
  return {
    name: 'cleanup',
    everyMs,
    async run() {
      await cleanUp(deps)
    },
  }
}

async function inBatches(prune: () => Promise<number>): Promise<number> {
  let deleted = 0
  for (let round = 0; round < rounds; round += 1) {
    const some = await prune()
    deleted += some
    if (some < batch) break
  }
  return deleted
}
