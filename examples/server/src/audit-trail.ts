import { createAuditor } from '@auronx/sdk'
import type { Actor, AuditEvent, Clock, Random } from '@auronx/sdk'
import type { Desk } from './live/desk.ts'
import type { Vault } from './vault.ts'

/** Writes who did what into the log of the actor's business. */
export type Trail = (actor: Actor, event: AuditEvent) => Promise<void>

/** Creates the trail. */
export function createTrail(deps: {
  readonly vault: Pick<Vault, 'work'>
  readonly clock: Clock
  readonly random: Random
}): Trail {
  const auditor = createAuditor(deps)
  return async (actor, event) => {
    await deps.vault.work.run(actor.tenantId, (stores) => auditor.record(stores, actor, event))
  }
}

/** One person's looking at one thing within this time is one entry, in milliseconds: a quarter of an hour. */
export const readNoteMs = 15 * 60_000
const mostNotes = 10_000

/** A trail for reads, which pages repeat every few seconds: the first is written, the next after a quarter of an hour. */
export function createReadNotes(trail: Trail, clock: Clock): Trail {
  const notes = new Map<string, number>()
  return async (actor, event) => {
    const key = `${actor.tenantId}/${actor.id}/${event.action}/${event.target.id}`
    const now = clock.now().getTime()
    const last = notes.get(key)
    if (last !== undefined && now - last < readNoteMs) return
    await trail(actor, event)
    notes.delete(key)
    notes.set(key, now)
    const [oldest] = notes.keys()
    if (notes.size > mostNotes && oldest !== undefined) notes.delete(oldest)
  }
}

/** A desk that writes down which conversations were read. Lists show no whole conversation and are not. */
export function withTrail(desk: Desk, actor: Actor, noteRead: Trail): Desk {
  return {
    ...desk,
    async thread(id) {
      const thread = await desk.thread(id)
      // Written before anything is shown: what could not be written down is not shown.
      if (thread !== undefined)
        await noteRead(actor, noted('conversation.read', 'conversation', id))
      return thread
    },
  }
}

/** An event without facts: what was done to what. */
export function noted(action: string, type: string, id: string): AuditEvent {
  return { action, target: { type, id } }
}
