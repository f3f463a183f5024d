import type { DomainEvent, KeyPrincipal, MemberPrincipal, Permission } from '@auronx/sdk'
import type { EventDocument } from '@auronx/sdk/api'

const needed: Readonly<Record<DomainEvent['aggregateType'], Permission>> = {
  contact: 'contact:read',
  conversation: 'conversation:read',
  outbox: 'conversation:read',
  order: 'order:read',
  product: 'catalog:read',
  channel: 'channel:read',
  member: 'member:read',
}

/** Whether a credential may see an event: it may read the kind of thing that it is about. */
export function maySee(
  { permissions }: MemberPrincipal | KeyPrincipal,
  { aggregateType }: Pick<DomainEvent, 'aggregateType'>,
): boolean {
  return permissions.includes(needed[aggregateType])
}

/** An event as it travels. */
export function eventDocument(event: DomainEvent): EventDocument {
  const { tenantId: _tenant, correlationId: _correlation, occurredAt, actor, data, ...rest } = event
  const { kind, id, via } = actor
  return {
    ...rest,
    data: { ...data },
    occurredAt: occurredAt.toISOString(),
    actor: { kind, id, via },
  }
}
