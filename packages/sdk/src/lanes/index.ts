export type { BackoffPolicy } from './backoff.ts'
export { retryAt } from './backoff.ts'
export type { JobHandler, JobRule, JobRunner, JobSourceDeps } from './job-source.ts'
export { createJobSource } from './job-source.ts'
export type { DeadJob, Job, JobGrant, JobQueue, JobStore } from './jobs.ts'
export { createMemoryJobQueue, createMemoryJobStore } from './jobs.memory.ts'
export type { LaneHandler, LaneSource, LaneSourceDeps, TurnEnd } from './lane-source.ts'
export { createLaneSource } from './lane-source.ts'
export type { PeriodicTask } from './periodic-source.ts'
export { createPeriodicSource } from './periodic-source.ts'
export type { EventRow, LaneRow } from './rows.memory.ts'
export { laneId, laneTables } from './rows.memory.ts'
export type { LaneSubject } from './store.contract.ts'
export { laneContract, readWaiting, testItem } from './store.contract.ts'
export { createMemoryLaneQueue, createMemoryLaneStore } from './store.memory.ts'
export type {
  DeadEvent,
  HandledEvent,
  HandledTurn,
  LaneAfterTurn,
  LaneGrant,
  LaneQueue,
  LaneStore,
  TraceStep,
  WaitingEvent,
} from './store.ts'
export type { Task, Worker, WorkerDeps, WorkSource } from './worker.ts'
export { createWorker } from './worker.ts'
export type { Traces } from './traces.ts'
export { createTraces } from './traces.ts'
