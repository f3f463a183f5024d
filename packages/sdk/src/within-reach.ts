import { getWithin, keepReachable } from './conversations/index.ts'
import type { ConversationStore } from './conversations/index.ts'
import type { UnitOfWork } from './kernel/index.ts'
import type { Traces } from './lanes/index.ts'
import type { OutboxStore, ParkedSends } from './outbox/index.ts'

/** Sends of which a member sees and touches only those in its reach. */
export function sendsWithin(
  sends: ParkedSends,
  work: UnitOfWork<{ readonly conversations: ConversationStore; readonly outbox: OutboxStore }>,
): ParkedSends {
  const guarded =
    (act: ParkedSends['resend']): ParkedSends['resend'] =>
    async (actor, id) => {
      if (actor.reach === undefined) return act(actor, id)
      const isThere = await work.run(actor.tenantId, async ({ conversations, outbox }) => {
        const entry = await outbox.get(id)
        const found = entry && (await getWithin(conversations, actor, entry.conversationId))
        return found !== undefined
      })
      return isThere ? act(actor, id) : { kind: 'refused', reason: 'not_found' }
    }
  return {
    async list(actor, limit) {
      const entries = await sends.list(actor, limit)
      return work.run(actor.tenantId, ({ conversations }) =>
        keepReachable(conversations, actor, entries),
      )
    },
    resend: guarded((actor, id) => sends.resend(actor, id)),
    discard: guarded((actor, id) => sends.discard(actor, id)),
  }
}

/** Traces for a member with a limited reach: what could not be handled belongs to no conversation yet, so it is not there. */
export function tracesWithin(traces: Traces): Traces {
  return {
    ofEvents: (actor, ids) => traces.ofEvents(actor, ids),
    dead: async (actor, limit) => {
      const events = await traces.dead(actor, limit)
      return actor.reach === undefined ? events : []
    },
    replay: (actor, id) =>
      actor.reach === undefined ? traces.replay(actor, id) : Promise.resolve(false),
    deadJobs: async (actor, limit) => {
      const jobs = await traces.deadJobs(actor, limit)
      return actor.reach === undefined ? jobs : []
    },
    replayJob: (actor, id) =>
      actor.reach === undefined ? traces.replayJob(actor, id) : Promise.resolve(false),
    discardJob: (actor, id) =>
      actor.reach === undefined ? traces.discardJob(actor, id) : Promise.resolve(false),
  }
}
