import type { JobId, Json, TenantId } from '../kernel/index.ts'

/** Something to do at a time. `naturalKey` makes it unique: scheduling the same key again moves the job. */
export interface Job {
  readonly id: JobId
  /** Name of the handler. */
  readonly kind: string
  readonly naturalKey: string
  readonly runAt: Date
  /** Ids and numbers only. */
  readonly data: { readonly [key: string]: Json }
}

/** A job that failed for good, as a person sees it. */
export interface DeadJob extends Pick<Job, 'id' | 'kind' | 'runAt' | 'data'> {
  readonly attempts: number
  readonly errorCode: string
}

/** Jobs of one tenant inside a transaction. */
export interface JobStore {
  /** Schedules a job, or moves the waiting one with the same natural key. */
  schedule(job: Job): Promise<void>
  /** Removes a waiting job. Returns whether there was one. */
  cancel(naturalKey: string): Promise<boolean>
  /**
   * The job of a grant, locked; with `leaseUntil` nobody else gets it before then. Throws `lease_lost` when the grant is
   * stale.
   */
  take(grant: JobGrant, lease?: { readonly leaseUntil: Date }): Promise<Job>
  /** Removes a job that ran. Throws `lease_lost`. */
  complete(grant: JobGrant): Promise<void>
  /** Records a failure; without `retryAt` the job is dead. Throws `lease_lost`. */
  fail(
    grant: JobGrant,
    failure: { readonly errorCode: string; readonly retryAt?: Date },
  ): Promise<void>
  /** Dead jobs, newest first. `limit` 1 to 100. */
  dead(limit: number): Promise<readonly DeadJob[]>
  /**
   * Ends that a job is dead: it runs at `runAt` as if it never had, or is forgotten without one. Returns false when it is
   * not dead.
   */
  settleDead(id: JobId, runAt?: Date): Promise<boolean>
}

/** The right to run one job. */
export interface JobGrant {
  readonly tenantId: TenantId
  readonly jobId: JobId
  readonly epoch: number
  readonly attempts: number
}

/** Due jobs across tenants; ids only. */
export interface JobQueue {
  /** Grants at most `limit` due jobs. Concurrent callers never get the same one. */
  claim(request: {
    readonly limit: number
    readonly leaseMs: number
    readonly now: Date
  }): Promise<readonly JobGrant[]>
  /** When the next job is due, or nothing. */
  nextDue(now: Date): Promise<Date | undefined>
}
