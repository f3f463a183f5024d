import { assertAllowed } from '../kernel/index.ts'
import type { Actor, Clock, InboxEventId, UnitOfWork } from '../kernel/index.ts'
import type { DeadEvent, LaneStore, TraceStep } from './store.ts'

/** What happened to inbound events. Throws `not_permitted` without `conversation:read`, `replay` without `conversation:reply`. */
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
}

/** Creates the service; `wake` is called when an event waits again. */
export function createTraces(
  work: UnitOfWork<{ readonly lanes: LaneStore }>,
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
  }
}
