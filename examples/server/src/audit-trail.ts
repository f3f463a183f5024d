import { createAuditor } from '@auronx/sdk'
import type { Actor, AuditEvent, Clock, Random } from '@auronx/sdk'
import type { Desk, DeskOutcome } from './live/desk.ts'
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

/** How a desk writes: every change, and a read once while somebody keeps looking. */
export interface DeskTrails {
  readonly trail: Trail
  readonly noteRead: Trail
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

const actions = {
  'take-over': 'conversation.taken-over',
  'give-back': 'conversation.given-back',
  resolve: 'conversation.resolved',
  resend: 'send.resent',
  discard: 'send.discarded',
} as const

const jobActions = { replay: 'job.replayed', discard: 'job.discarded' } as const

/** A desk that writes down which conversations were read and what was done. Lists show no whole conversation and are not. */
export function withTrail(desk: Desk, actor: Actor, { trail, noteRead }: DeskTrails): Desk {
  const note = async (
    action: string,
    target: AuditEvent['target'],
    outcome: Promise<DeskOutcome>,
  ): Promise<DeskOutcome> => {
    const done = await outcome
    if (done.kind === 'done') await trail(actor, { action, target })
    return done
  }
  return {
    ...desk,
    async thread(id) {
      const thread = await desk.thread(id)
      // Written before anything is shown: what could not be written down is not shown.
      if (thread !== undefined)
        await noteRead(actor, noted('conversation.read', 'conversation', id))
      return thread
    },
    act: (id, action) =>
      action === 'read'
        ? desk.act(id, action)
        : note(actions[action], { type: 'conversation', id }, desk.act(id, action)),
    reply: (id, body) =>
      note('conversation.replied', { type: 'conversation', id }, desk.reply(id, body)),
    actOnSend: (id, action) =>
      note(actions[action], { type: 'send', id }, desk.actOnSend(id, action)),
    replay: (id) => note('event.replayed', { type: 'event', id }, desk.replay(id)),
    actOnDeadJob: (id, action) =>
      note(jobActions[action], { type: 'job', id }, desk.actOnDeadJob(id, action)),
    resume: (id) => note('number.resumed', { type: 'channel', id }, desk.resume(id)),
  }
}

/** An event without facts: what was done to what. */
export function noted(action: string, type: string, id: string): AuditEvent {
  return { action, target: { type, id } }
}
