import type { Actor, Clock, EventStore, Ids } from '../kernel/index.ts'
import type { Member } from './member.ts'

/** Appends an event of a member: ids, role and state, no name and no address. */
export async function recordMember(
  { clock, ids }: { readonly clock: Clock; readonly ids: Ids },
  events: EventStore,
  actor: Actor,
  member: Member,
  type: string,
): Promise<void> {
  await events.append([
    {
      id: ids.next('InboxEventId'),
      tenantId: actor.tenantId,
      type,
      schema: 1,
      aggregateType: 'member',
      aggregateId: member.id,
      aggregateVersion: member.version,
      occurredAt: clock.now(),
      actor,
      correlationId: actor.evidence?.id ?? member.id,
      data: { role: member.role, status: member.status },
    },
  ])
}
