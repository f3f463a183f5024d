import { AuronxError, isAuronxError, systemActor } from '../kernel/index.ts'
import type { Actor, Clock, Logger, Random, UnitOfWork } from '../kernel/index.ts'
import type { BackoffPolicy } from './backoff.ts'
import { mostAttempts, retryAt } from './backoff.ts'
import type { Job, JobGrant, JobQueue, JobStore } from './jobs.ts'
import type { WorkSource } from './worker.ts'

/** Does one kind of job inside the job's transaction; must not reach outside the stores. */
export type JobHandler<Stores> = (actor: Actor, job: Job, stores: Stores) => Promise<void>

/**
 * Does one kind of job outside of a transaction, because it asks something outside. It takes and completes the grant in
 * transactions of its own, which is the fence against a job that was moved meanwhile; what it throws is recorded as a
 * failure of the job. It ends soon after `signal` fires.
 */
export type JobRunner = (
  grant: JobGrant,
  job: Job,
  options: { readonly signal: AbortSignal },
) => Promise<void>

/** How jobs of one kind are tried again, and what happens to what they were for. */
export interface JobRule<Stores> {
  /** Default: that of the source. */
  readonly backoff?: BackoffPolicy
  /**
   * Runs in the transaction in which the job becomes dead; what it returns is called after the commit. When it throws, the
   * job is dead all the same.
   */
  readonly whenDead?: (actor: Actor, job: Job, stores: Stores) => Promise<() => void>
}

/** What {@link createJobSource} needs. */
export interface JobSourceDeps<Stores extends { readonly jobs: JobStore }> {
  readonly queue: JobQueue
  readonly work: UnitOfWork<Stores>
  /** Handlers by kind; a job of another kind is dead at once. */
  readonly handlers: ReadonlyMap<string, JobHandler<Stores>>
  /** Runners by kind, for jobs that reach outside the stores. Default: none. */
  readonly runners?: ReadonlyMap<string, JobRunner>
  /** Rules by kind. Default: none. */
  readonly rules?: ReadonlyMap<string, JobRule<Stores>>
  readonly clock: Clock
  readonly random: Random
  readonly logger: Logger
  /** Lease of a job in milliseconds. Default 60,000. */
  readonly leaseMs?: number
  readonly backoff?: BackoffPolicy
  /** Called after a job ran, because it may have left work of any kind. */
  readonly wake?: () => void
}

/** Due jobs as a source of work: each is handled and removed in one transaction, or given to its runner. */
export function createJobSource<Stores extends { readonly jobs: JobStore }>(
  deps: JobSourceDeps<Stores>,
): WorkSource {
  const { queue, work, handlers, clock, logger, leaseMs = 60_000 } = deps
  const ruleOf = ({ kind }: Job): JobRule<Stores> => ({
    ...(deps.backoff === undefined ? {} : { backoff: deps.backoff }),
    ...deps.rules?.get(kind),
  })

  // Gives the job back when a runner does it.
  const handle = (grant: JobGrant): Promise<Job | undefined> =>
    work.run(grant.tenantId, async (stores) => {
      const job = await stores.jobs.take(grant)
      // Whoever had it died each time, and may have died of it.
      if (grant.attempts >= mostAttempts(ruleOf(job).backoff))
        throw new AuronxError('timeout', 'The job outlived its holders too often')
      if (deps.runners?.has(job.kind) === true) return job
      const handler = handlers.get(job.kind)
      if (handler === undefined) {
        logger.error('jobs: nobody handles this kind', { kind: job.kind })
        await stores.jobs.fail(grant, { errorCode: 'not_found' })
        return undefined
      }
      // Removed first, so that the handler may schedule the same natural key again.
      await stores.jobs.complete(grant)
      await handler(systemActor(grant.tenantId), job, stores)
      return undefined
    })

  const attempt = async (grant: JobGrant, signal: AbortSignal): Promise<void> => {
    const job = await handle(grant)
    if (job !== undefined) await deps.runners?.get(job.kind)?.(grant, job, { signal })
  }

  // Returns what is left to do after the commit.
  const record = (
    grant: JobGrant,
    errorCode: string,
    { isLast = false }: { readonly isLast?: boolean } = {},
  ): Promise<(() => void) | undefined> =>
    work.run(grant.tenantId, async (stores) => {
      const job = await stores.jobs.take(grant)
      const { backoff, whenDead } = ruleOf(job)
      const jitter = (deps.random.bytes(1)[0] ?? 0) / 256
      const again = retryAt(clock.now(), grant.attempts + 1, jitter, backoff)
      const facts = { jobId: grant.jobId, kind: job.kind, code: errorCode }
      logger.warn('jobs: a job failed', { ...facts, dead: again === undefined })
      await stores.jobs.fail(grant, {
        errorCode,
        ...(again === undefined ? {} : { retryAt: again }),
      })
      const isDead = again === undefined && !isLast
      return isDead ? whenDead?.(systemActor(grant.tenantId), job, stores) : undefined
    })

  const fail = async (grant: JobGrant, error: unknown): Promise<void> => {
    const errorCode = codeOf(error)
    try {
      const rest = await record(grant, errorCode)
      rest?.()
    } catch (failure) {
      if (isAuronxError(failure, 'lease_lost')) return
      logger.error('jobs: what a dead job was for is left undone', {
        jobId: grant.jobId,
        code: codeOf(failure),
      })
      await record(grant, errorCode, { isLast: true })
    }
  }

  return {
    name: 'jobs',
    async claim(limit) {
      const grants = await queue.claim({ limit, leaseMs, now: clock.now() })
      return grants.map((grant) => async (signal) => {
        try {
          await attempt(grant, signal)
          deps.wake?.()
        } catch (error) {
          if (!isAuronxError(error, 'lease_lost')) await fail(grant, error)
        }
      })
    },
    nextDue: () => queue.nextDue(clock.now()),
  }
}

function codeOf(error: unknown): string {
  return isAuronxError(error) ? error.code : 'internal'
}
