import { assertAllowed, isAllowed, randomHex, withinOf } from '../kernel/index.ts'
import type { Actor, Clock, Ids, OutboxId, Random, UnitOfWork } from '../kernel/index.ts'
import { maskEntry } from './mask.ts'
import type { OutboxEntry, OutboxStore } from './store.ts'

/** What a person can do with an intent that did not leave, with `conversation:read` to see and `conversation:reply` to act. */
export interface ParkedSends {
  /** Parked and failed intents, newest first, as far as the actor reaches. */
  list(actor: Actor, limit: number): Promise<readonly OutboxEntry[]>
  /**
   * Sends a parked or failed intent again as a new intent (the customer may get it twice, which is why a person
   * decides) that goes whoever owns the conversation by now; the old one becomes `discarded`. Refused with `not_parked` when it is in any other state.
   */
  resend(actor: Actor, id: OutboxId): Promise<ParkedOutcome>
  /** Gives a parked or failed intent up. */
  discard(actor: Actor, id: OutboxId): Promise<ParkedOutcome>
}

/** What became of the command. */
export type ParkedOutcome =
  | { readonly kind: 'done'; readonly entry: OutboxEntry }
  | { readonly kind: 'refused'; readonly reason: 'not_found' | 'not_parked' | 'not_permitted' }

/** What {@link createParkedSends} needs. */
export interface ParkedSendsDeps {
  readonly work: UnitOfWork<{ readonly outbox: OutboxStore }>
  readonly clock: Clock
  readonly ids: Ids
  readonly random: Random
  /** Called when an intent became due. */
  readonly wake: () => void
}

/** Creates the commands on parked sends. */
export function createParkedSends(deps: ParkedSendsDeps): ParkedSends {
  const { work, clock } = deps

  const decide = (
    actor: Actor,
    id: OutboxId,
    act: (entry: OutboxEntry, outbox: OutboxStore) => Promise<OutboxEntry>,
  ): Promise<ParkedOutcome> => {
    const isPerson = actor.kind === 'staff' || actor.kind === 'integration'
    if (!isPerson || !isAllowed(actor, 'conversation:reply')) {
      return Promise.resolve({ kind: 'refused', reason: 'not_permitted' })
    }
    return work.run(actor.tenantId, async ({ outbox }): Promise<ParkedOutcome> => {
      const [entry] = await outbox.lock([id])
      if (entry === undefined) return { kind: 'refused', reason: 'not_found' }
      if (entry.state !== 'parked' && entry.state !== 'failed')
        return { kind: 'refused', reason: 'not_parked' }
      await outbox.update([{ ...entry, state: 'discarded', updatedAt: clock.now() }])
      return { kind: 'done', entry: maskEntry(actor, await act(entry, outbox)) }
    })
  }

  return {
    async list(actor, limit) {
      assertAllowed(actor, 'conversation:read')
      const entries = await work.run(actor.tenantId, ({ outbox }) =>
        outbox.list({ states: ['parked', 'failed'], limit, ...withinOf(actor) }),
      )
      return entries.map((entry) => maskEntry(actor, entry))
    },
    discard: (actor, id) => decide(actor, id, async (entry) => entry),
    async resend(actor, id) {
      const outcome = await decide(actor, id, async (entry, outbox) => {
        const now = clock.now()
        const tail = await outbox.tail(entry.conversationId)
        const {
          providerMessageId: _id,
          errorCode: _code,
          delivery: _far,
          unknownSince: _since,
          ownerEpoch: _epoch,
          ...rest
        } = entry
        const again: OutboxEntry = {
          ...rest,
          id: deps.ids.next('OutboxId'),
          opaque: randomHex(deps.random, 16),
          sequence: tail.sequence + 1,
          state: 'queued',
          deliveryAt: {},
          attempts: 0,
          dueAt: now,
          createdAt: now,
          updatedAt: now,
        }
        await outbox.insert([again])
        return again
      })
      if (outcome.kind === 'done') deps.wake()
      return outcome
    },
  }
}
