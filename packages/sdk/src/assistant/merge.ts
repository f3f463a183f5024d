import type { Ids } from '../kernel/index.ts'
import { end } from './decide.ts'
import type { TurnStores } from './deps.ts'
import { scheduleTurn } from './schedule.ts'
import type { AssistantTurn } from './store.ts'

/**
 * Takes a turn along when its conversation was resolved because two contacts turned out to be one person: it goes on in
 * the conversation that stayed open, or joins the turn that waits or thinks there. Returns false when there is none.
 */
export async function followMerge(
  stores: TurnStores,
  ids: Ids,
  turn: AssistantTurn,
  now: Date,
): Promise<boolean> {
  const resolved = await stores.conversations.get(turn.conversationId)
  if (resolved === undefined) return false
  const { contactId, channelId } = resolved
  const open = await stores.conversations.lockLatest(contactId, channelId)
  if (open === undefined || open.status !== 'open' || open.owner !== 'ai') return false
  const there = await stores.turns.lockOpen(open.id)
  await stores.turns.save(end(turn, 'superseded', now))
  if (there !== undefined) await stores.turns.save(end(there, 'superseded', now))
  const { leaseUntil: _lease, ...rest } = turn
  await stores.turns.save({
    ...rest,
    id: ids.next('TurnId'),
    conversationId: open.id,
    contactId,
    state: 'waiting',
    messageIds: [...turn.messageIds, ...(there?.messageIds ?? [])].toSorted(),
    firstAt: new Date(Math.min(turn.firstAt.getTime(), (there?.firstAt ?? turn.firstAt).getTime())),
    dueAt: now,
    version: 1,
  })
  await scheduleTurn(stores.jobs, ids, open.id, now)
  return true
}
