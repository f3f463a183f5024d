import type { ConversationId } from '../kernel/index.ts'
import type { OutboxEntry, OutboxStore } from './store.ts'

/** Who answers a conversation now, as far as replies depend on it. */
export interface OwnerNow {
  readonly owner: 'ai' | 'queue' | 'human'
  readonly ownerEpoch: number
}

/** Code of an intent that was given up because a person has taken the conversation over. */
export const staleOwner = 'stale_owner'

/**
 * Whether a reply that was prepared under `ownerEpoch` must not leave any more. A hand-off alone does not hold back what
 * was answered before it: nobody else has spoken yet. A message without an epoch always goes.
 */
export function isStale(ownerEpoch: number | undefined, { owner, ...now }: OwnerNow): boolean {
  if (ownerEpoch === undefined || ownerEpoch >= now.ownerEpoch) return false
  return owner !== 'queue' || ownerEpoch < now.ownerEpoch - 1
}

/** An intent given up because its owner lost the conversation. */
export function discardStale(entry: OutboxEntry, now: Date): OutboxEntry {
  const { leaseUntil: _lease, ...rest } = entry
  return { ...rest, state: 'discarded', errorCode: staleOwner, updatedAt: now }
}

/**
 * Gives up what still waits to be sent under an earlier owner. The caller holds the conversation's lock and has saved its
 * new owner. What is on its way then is left to the check that its sender makes.
 */
export async function dropStale(
  outbox: Pick<OutboxStore, 'list' | 'lock' | 'update'>,
  conversation: OwnerNow & { readonly id: ConversationId },
  now: Date,
): Promise<void> {
  const waiting = await outbox.list({
    conversationId: conversation.id,
    states: ['queued'],
    limit: 200,
  })
  const stale = waiting.filter(({ ownerEpoch }) => isStale(ownerEpoch, conversation))
  if (stale.length === 0) return
  const locked = await outbox.lock(stale.map(({ id }) => id))
  const dropped = locked.filter(({ state }) => state === 'queued')
  await outbox.update(dropped.map((entry) => discardStale(entry, now)))
}
