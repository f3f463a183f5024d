import type { Actor, ContactId, ConversationId } from '../kernel/index.ts'
import { isWithin, withinOf } from '../kernel/index.ts'
import type { Conversation, ConversationStore } from './store.ts'

/**
 * Whether a conversation is there for an actor: for a member with a limited reach only what is assigned to it, or what waits in
 * the queue. What is out of reach looks like what does not exist. Pure.
 */
export function isReachable(
  actor: Pick<Actor, 'id' | 'reach'>,
  conversation: Pick<Conversation, 'owner' | 'assigneeId'>,
): boolean {
  const { within } = withinOf(actor)
  return within === undefined || isWithin(conversation, within)
}

/** A conversation in an actor's reach. */
export async function getWithin(
  store: ConversationStore,
  actor: Actor,
  id: ConversationId,
): Promise<Conversation | undefined> {
  const found = await store.get(id)
  return found !== undefined && isReachable(actor, found) ? found : undefined
}

/** Whether an actor reaches a customer: everything of one who has a conversation in reach, nothing of any other. */
export async function reachesContact(
  store: ConversationStore,
  actor: Pick<Actor, 'id' | 'reach'>,
  contactId: ContactId,
): Promise<boolean> {
  if (actor.reach === undefined) return true
  const { items } = await store.list({ contactId, limit: 1, ...withinOf(actor) })
  return items.length > 0
}
