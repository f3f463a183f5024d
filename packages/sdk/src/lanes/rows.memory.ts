import type {
  ChannelId,
  InboxEventId,
  JobId,
  MemoryDatabase,
  MemoryTable,
  TenantId,
} from '../kernel/index.ts'
import type { Job } from './jobs.ts'
import type { TraceStep } from './store.ts'

/** A lane as the in-memory stores keep it. */
export interface LaneRow {
  readonly tenantId: TenantId
  readonly laneKey: string
  readonly nextOrdinal: number
  readonly pending: number
  readonly readyAt: number
  readonly leaseUntil?: number
  readonly epoch: number
}

/** An event as the in-memory stores keep it. */
export interface EventRow {
  readonly tenantId: TenantId
  readonly channelId: ChannelId
  readonly id: InboxEventId
  readonly dedupHash: string
  readonly laneKey: string
  readonly ordinal: number
  readonly kind: string
  readonly payload?: Uint8Array
  readonly receivedAt: Date
  readonly state: 'waiting' | 'done' | 'dead'
  readonly attempts: number
  readonly errorCode?: string
  readonly trace: readonly TraceStep[]
  readonly doneAt?: Date
}

/** A job as the in-memory stores keep it. */
export interface JobRow extends Job {
  readonly tenantId: TenantId
  readonly jobId: JobId
  readonly state: 'waiting' | 'dead'
  readonly attempts: number
  readonly epoch: number
  readonly leaseUntil?: number
  readonly errorCode?: string
}

/** The tables that inbox and lanes share. */
export function laneTables(database: MemoryDatabase): {
  readonly lanes: MemoryTable<LaneRow>
  readonly events: MemoryTable<EventRow>
  readonly jobs: MemoryTable<JobRow>
} {
  return {
    lanes: database.table<LaneRow>('lanes'),
    events: database.table<EventRow>('inbox'),
    jobs: database.table<JobRow>('jobs'),
  }
}

/** Key of a lane in its table. */
export function laneId(tenantId: TenantId, laneKey: string): string {
  return `${tenantId}/${laneKey}`
}
