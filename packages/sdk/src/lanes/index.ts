export type { Job, JobGrant, JobQueue, JobStore } from './jobs.ts'
export type { DeadEvent, LaneGrant, LaneQueue, LaneStore, TraceStep, WaitingEvent } from './store.ts'
