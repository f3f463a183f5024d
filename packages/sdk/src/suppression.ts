import type { Contacts } from './contacts/index.ts'
import type { ConversationStore } from './conversations/index.ts'
import type { Actor } from './kernel/index.ts'
import type { OutboxEntry, OutboxStore, SuppressingRefusal } from './outbox/index.ts'

/** The stores that say how often a contact's messages were refused. */
export interface RefusalStores {
  readonly outbox: Pick<OutboxStore, 'list'>
  readonly conversations: Pick<ConversationStore, 'get'>
}

/** A stored refusal, and what it advises. */
export type Refusal = Pick<SuppressingRefusal, 'entry' | 'advice'>

// More than any rule asks for, with room for messages that nothing is known of yet.
const looksBack = 50

/**
 * Holds messages back from a contact once the latest ones were refused often enough for the same reason. What was sent
 * before a message of theirs, or before one that reached them, does not count. Returns whether it does so now.
 */
export async function suppressRefused(
  { outbox, conversations }: RefusalStores,
  contacts: Pick<Contacts, 'suppress'>,
  actor: Actor,
  { entry, advice }: Refusal,
  now: Date,
): Promise<boolean> {
  const { conversationId, contactId, errorCode: reason = 'refused' } = entry
  const [conversation, latest] = await Promise.all([
    conversations.get(conversationId),
    outbox.list({ conversationId, states: ['accepted', 'failed'], limit: looksBack }),
  ])
  const refused = timesInARow(latest, reason, conversation?.lastInboundAt)
  if (refused < advice.afterTimes) return false
  const { what } = advice
  const outcome = await contacts.suppress(actor, contactId, { what, reason, since: now })
  return outcome.kind === 'changed'
}

function timesInARow(
  newestFirst: readonly OutboxEntry[],
  code: string,
  since: Date | undefined,
): number {
  const reached = newestFirst.findIndex(
    (entry) => hasArrived(entry) || (since !== undefined && entry.createdAt < since),
  )
  const latest = reached === -1 ? newestFirst : newestFirst.slice(0, reached)
  return latest.filter(({ state, errorCode }) => state === 'failed' && errorCode === code).length
}

function hasArrived({ delivery }: OutboxEntry): boolean {
  return delivery === 'delivered' || delivery === 'read' || delivery === 'played'
}
