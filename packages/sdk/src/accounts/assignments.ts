import type { Actor, Clock, ConversationId, EventStore, Ids, MemberId } from '../kernel/index.ts'
import type { Member } from './member.ts'

/** A conversation that was given back, as it is now. */
export interface Released {
  readonly conversationId: ConversationId
  readonly ownerEpoch: number
  readonly version: number
}

/** Conversations that members hold, inside a transaction. */
export interface AssignmentStore {
  /** Gives every open conversation that is assigned to a member back to the queue; returns them. */
  release(memberId: MemberId, at: Date): Promise<readonly Released[]>
}

/** Whether somebody who is like this may hold conversations. */
export function mayHoldConversations({ role, status }: Pick<Member, 'role' | 'status'>): boolean {
  return status === 'active' && role !== 'viewer'
}

/** Gives back what a member holds, and writes it into the life of each conversation. */
export async function releaseConversations(
  { clock, ids }: { readonly clock: Clock; readonly ids: Ids },
  stores: { readonly assignments: AssignmentStore; readonly events: EventStore },
  actor: Actor,
  memberId: MemberId,
): Promise<void> {
  const now = clock.now()
  const released = await stores.assignments.release(memberId, now)
  if (released.length === 0) return
  await stores.events.append(
    released.map(({ conversationId, ownerEpoch, version }) => {
      const id = ids.next('InboxEventId')
      return {
        id,
        tenantId: actor.tenantId,
        type: 'conversation.handed_off',
        schema: 1,
        aggregateType: 'conversation' as const,
        aggregateId: conversationId,
        aggregateVersion: version,
        occurredAt: now,
        actor,
        correlationId: actor.evidence?.id ?? id,
        data: { reason: 'member_left', ownerEpoch },
      }
    }),
  )
}
