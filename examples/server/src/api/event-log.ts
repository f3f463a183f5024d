import { asId, isReachable, reachesContact, reachOf } from '@auronx/sdk'
import type {
  ConversationId,
  DomainEvent,
  KeyPrincipal,
  MemberPrincipal,
  Permission,
  Reach,
  Stores,
  UnitOfWork,
} from '@auronx/sdk'
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

/**
 * Of events, those that a member may see whose reach is limited: of what belongs to a customer, what it reaches now. The
 * limit is read anew, because a stream may be older than the setting.
 */
export async function withinReach(
  work: UnitOfWork<Stores>,
  principal: MemberPrincipal | KeyPrincipal,
  events: readonly DomainEvent[],
): Promise<readonly DomainEvent[]> {
  if (!events.some(isOfCustomer)) return events
  const id = principal.kind === 'member' ? principal.memberId : principal.keyId
  return work.run(principal.tenantId, async (stores) => {
    const reach = await reachNow(stores, principal)
    if (reach === undefined) return events
    const seen: DomainEvent[] = []
    for (const event of events) if (await isThere(stores, { id, reach }, event)) seen.push(event)
    return seen
  })
}

async function reachNow(
  { team, accounts }: Stores,
  principal: MemberPrincipal | KeyPrincipal,
): Promise<Reach | undefined> {
  if (principal.kind === 'api_key') return principal.reach
  const member = await team.member(asId('MemberId', principal.memberId))
  if (member === undefined) return principal.reach
  return reachOf(member.role, (await accounts.tenant()).settings)
}

const ofCustomers: readonly DomainEvent['aggregateType'][] = [
  'contact',
  'conversation',
  'order',
  'outbox',
]

function isOfCustomer({ aggregateType }: DomainEvent): boolean {
  return ofCustomers.includes(aggregateType)
}

async function isThere(
  { conversations, orders, outbox }: Stores,
  actor: { readonly id: string; readonly reach: Reach },
  { aggregateType, aggregateId }: DomainEvent,
): Promise<boolean> {
  const isConversation = async (id: ConversationId): Promise<boolean> => {
    const found = await conversations.get(id)
    return found !== undefined && isReachable(actor, found)
  }
  switch (aggregateType) {
    case 'contact':
      return reachesContact(conversations, actor, asId('ContactId', aggregateId))
    case 'conversation':
      return isConversation(asId('ConversationId', aggregateId))
    case 'order': {
      const order = await orders.get(asId('OrderId', aggregateId))
      return order !== undefined && reachesContact(conversations, actor, order.contactId)
    }
    case 'outbox': {
      const entry = await outbox.get(asId('OutboxId', aggregateId))
      return entry !== undefined && isConversation(entry.conversationId)
    }
    case 'channel':
    case 'member':
    case 'product':
      return true
  }
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
