import type { Actor, ConversationId } from '../kernel/index.ts'
import { isReachable } from './reach.ts'
import type { Conversation, ConversationStore, Message, Page } from './store.ts'

type ListQuery = Parameters<ConversationStore['list']>[0]
type ThreadQuery = Parameters<ConversationStore['thread']>[0]

/** What a list is narrowed to for an actor. */
export function withinOf({ id, reach }: Actor): Pick<ListQuery, 'within'> {
  return reach === undefined ? {} : { within: { assigneeId: id, withQueue: reach === 'queue' } }
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

/** Of things that belong to conversations, those in an actor's reach. */
export async function keepReachable<Item extends { readonly conversationId: ConversationId }>(
  store: ConversationStore,
  actor: Actor,
  items: readonly Item[],
): Promise<readonly Item[]> {
  if (actor.reach === undefined) return items
  const seen = new Set<ConversationId>()
  for (const id of new Set(items.map(({ conversationId }) => conversationId)))
    if ((await getWithin(store, actor, id)) !== undefined) seen.add(id)
  return items.filter(({ conversationId }) => seen.has(conversationId))
}

/** A thread as far as an actor reaches: messages of other conversations of the same customer are left out. */
export async function threadWithin(
  store: ConversationStore,
  actor: Actor,
  query: ThreadQuery,
): Promise<Page<Message>> {
  const page = await store.thread(query)
  return { ...page, items: await keepReachable(store, actor, page.items) }
}
