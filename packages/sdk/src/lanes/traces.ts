import { assertAllowed } from '../kernel/index.ts'
import type { Actor, Clock, InboxEventId, JobId, UnitOfWork } from '../kernel/index.ts'
import type { DeadJob, JobStore } from './jobs.ts'
import type { DeadEvent, LaneStore, TraceStep } from './store.ts'

/**
 * What happened to inbound events, and to what was to be done later. Throws `not_permitted` without `conversation:read`;
 * what changes something, without `conversation:reply`.
 */
export interface Traces {
  /** Steps of handled events, by id. */
  ofEvents(
    actor: Actor,
    ids: readonly InboxEventId[],
  ): Promise<ReadonlyMap<InboxEventId, readonly TraceStep[]>>
  /** Events that could not be handled, newest first. */
  dead(actor: Actor, limit: number): Promise<readonly DeadEvent[]>
  /** Puts a dead event back in front of its lane. Returns false when it is not dead. */
  replay(actor: Actor, id: InboxEventId): Promise<boolean>
  /** Jobs that failed for good, newest first. `limit` 1 to 100. */
  deadJobs(actor: Actor, limit: number): Promise<readonly DeadJob[]>
  /** Runs a dead job again, now. Returns false when it is not dead. */
  replayJob(actor: Actor, id: JobId): Promise<boolean>
  /** Forgets a dead job. Returns false when it is not dead. */
  discardJob(actor: Actor, id: JobId): Promise<boolean>
}

/** Creates the service; `wake` is called when an event waits again. */
export function createTraces(
  work: UnitOfWork<{ readonly lanes: LaneStore; readonly jobs: JobStore }>,
  clock: Clock,
  wake: () => void,
): Traces {
  return {
    async ofEvents(actor, ids) {
      assertAllowed(actor, 'conversation:read')
      return work.run(actor.tenantId, ({ lanes }) => lanes.traces(ids))
    },
    async dead(actor, limit) {
      assertAllowed(actor, 'conversation:read')
      return work.run(actor.tenantId, ({ lanes }) => lanes.dead(limit))
    },
    async replay(actor, id) {
      assertAllowed(actor, 'conversation:reply')
      const replayed = await work.run(actor.tenantId, ({ lanes }) => lanes.replay(id, clock.now()))
      if (replayed) wake()
      return replayed
    },
    async deadJobs(actor, limit) {
      assertAllowed(actor, 'conversation:read')
      return work.run(actor.tenantId, ({ jobs }) => jobs.dead(limit))
    },
    async replayJob(actor, id) {
      assertAllowed(actor, 'conversation:reply')
      const replayed = await work.run(actor.tenantId, ({ jobs }) =>
        jobs.settleDead(id, clock.now()),
      )
      if (replayed) wake()
      return replayed
    },
    async discardJob(actor, id) {
      assertAllowed(actor, 'conversation:reply')
      return work.run(actor.tenantId, ({ jobs }) => jobs.settleDead(id))
    },
  }
}
