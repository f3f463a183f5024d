import type { Actor } from '../kernel/index.ts'
import type { Conversation } from './store.ts'

/**
 * Whether a conversation is there for an actor: for a member with a limited reach only what is assigned to it, or what waits in
 * the queue. What is out of reach looks like what does not exist. Pure.
 */
export function isReachable(
  { id, reach }: Pick<Actor, 'id' | 'reach'>,
  { owner, assigneeId }: Pick<Conversation, 'owner' | 'assigneeId'>,
): boolean {
  if (reach === undefined || assigneeId === id) return true
  return reach === 'queue' && owner === 'queue'
}
