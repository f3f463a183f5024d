import { AuronxError } from '../kernel/index.ts'
import type { MemoryDatabase, TenantId } from '../kernel/index.ts'
import type { Job, JobGrant, JobQueue, JobStore } from './jobs.ts'
import type { JobRow } from './rows.memory.ts'
import { laneTables } from './rows.memory.ts'

/** Due jobs over an in-memory database. */
export function createMemoryJobQueue(database: MemoryDatabase): JobQueue {
  const { jobs } = laneTables(database)
  return {
    claim: ({ limit, leaseMs, now }) =>
      database.transaction(async () => {
        const at = now.getTime()
        const due = [...jobs.entries()]
          .filter(([, job]) => job.state === 'waiting' && dueAt(job) <= at)
          .toSorted(([, a], [, b]) => a.runAt.getTime() - b.runAt.getTime())
          .slice(0, limit)
        return due.map(([key, job]) => {
          const attempts = job.leaseUntil === undefined ? job.attempts : job.attempts + 1
          jobs.set(key, { ...job, attempts, epoch: job.epoch + 1, leaseUntil: at + leaseMs })
          return { tenantId: job.tenantId, jobId: job.id, epoch: job.epoch + 1, attempts }
        })
      }),
    nextDue: async () => {
      const times = [...jobs.values()].filter((job) => job.state === 'waiting').map(dueAt)
      return times.length === 0 ? undefined : new Date(Math.min(...times))
    },
  }
}

/** Jobs of one tenant over an in-memory database. */
export function createMemoryJobStore(database: MemoryDatabase, tenantId: TenantId): JobStore {
  const { jobs } = laneTables(database)
  const keyOf = (naturalKey: string): string => `${tenantId}/${naturalKey}`
  const held = (grant: JobGrant): readonly [string, JobRow] => {
    const found = [...jobs.entries()].find(
      ([, job]) => job.tenantId === tenantId && job.id === grant.jobId && job.epoch === grant.epoch,
    )
    if (found === undefined || found[1].state !== 'waiting' || grant.tenantId !== tenantId) {
      throw new AuronxError('lease_lost', 'The job was moved, cancelled or taken by somebody else')
    }
    return found
  }
  return {
    async schedule(job: Job) {
      const existing = jobs.get(keyOf(job.naturalKey))
      const id = existing?.state === 'waiting' ? existing.id : job.id
      const epoch = (existing?.epoch ?? 0) + 1
      jobs.set(keyOf(job.naturalKey), {
        ...job,
        id,
        tenantId,
        jobId: id,
        state: 'waiting',
        attempts: 0,
        epoch,
      })
    },
    async cancel(naturalKey) {
      if (jobs.get(keyOf(naturalKey))?.state !== 'waiting') return false
      return jobs.delete(keyOf(naturalKey))
    },
    async take(grant, lease) {
      const [key, job] = held(grant)
      const { id, kind, naturalKey, runAt, data } = job
      if (lease !== undefined) jobs.set(key, { ...job, leaseUntil: lease.leaseUntil.getTime() })
      return { id, kind, naturalKey, runAt, data }
    },
    async complete(grant) {
      jobs.delete(held(grant)[0])
    },
    async fail(grant, { errorCode, retryAt }) {
      const [key, job] = held(grant)
      const { leaseUntil: _released, ...free } = job
      const attempts = job.attempts + 1
      if (retryAt === undefined) jobs.set(key, { ...free, attempts, errorCode, state: 'dead' })
      else jobs.set(key, { ...free, attempts, errorCode, runAt: retryAt })
    },
    dead: async (limit) =>
      [...jobs.values()]
        .filter((job) => job.tenantId === tenantId && job.state === 'dead')
        .toSorted((a, b) => (a.id < b.id ? 1 : -1))
        .slice(0, limit)
        .map(({ id, kind, runAt, data, attempts, errorCode = 'internal' }) => {
          return { id, kind, runAt, data, attempts, errorCode }
        }),
    async settleDead(id, runAt) {
      const found = [...jobs.entries()].find(
        ([, job]) => job.tenantId === tenantId && job.id === id && job.state === 'dead',
      )
      if (found === undefined) return false
      const [key, { errorCode: _settled, ...job }] = found
      if (runAt === undefined) return jobs.delete(key)
      jobs.set(key, { ...job, state: 'waiting', attempts: 0, runAt })
      return true
    },
  }
}

function dueAt(job: JobRow): number {
  return Math.max(job.runAt.getTime(), job.leaseUntil ?? 0)
}
