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

/** Jobs of one tenant inside a transaction. */
export interface JobStore {
  /** Schedules a job, or moves the waiting one with the same natural key. */
  schedule(job: Job): Promise<void>
  /** Removes a waiting job. Returns whether there was one. */
  cancel(naturalKey: string): Promise<boolean>
  /** The job of a grant, locked. Throws `lease_lost` when the grant is stale. */
  take(grant: JobGrant): Promise<Job>
  /** Removes a job that ran. Throws `lease_lost`. */
  complete(grant: JobGrant): Promise<void>
  /** Records a failure; without `retryAt` the job is dead. Throws `lease_lost`. */
  fail(
    grant: JobGrant,
    failure: { readonly errorCode: string; readonly retryAt?: Date },
  ): Promise<void>
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
