import { asId, isReachable, reachOf } from '@auronx/sdk'
import type {
  Clock,
  Conversation,
  DomainEvent,
  KeyPrincipal,
  MemberPrincipal,
  Permission,
  Reach,
  Stores,
  TenantId,
  UnitOfWork,
} from '@auronx/sdk'
import type { EventDocument } from '@auronx/sdk/api'

/** How far back a reader looks for events whose transaction took longer than that of a newer one. */
export const overlapMs = 5_000

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
 * Of events, those that a member may see whose reach is limited: of what belongs to conversations, what it reaches now. The
 * limit is read anew, because a stream may be older than the setting.
 */
export async function withinReach(
  work: UnitOfWork<Stores>,
  principal: MemberPrincipal | KeyPrincipal,
  events: readonly DomainEvent[],
): Promise<readonly DomainEvent[]> {
  if (!events.some(isOfConversation)) return events
  const id = principal.kind === 'member' ? principal.memberId : principal.keyId
  return work.run(principal.tenantId, async (stores) => {
    const reach = await reachNow(stores, principal)
    if (reach === undefined) return events
    const seen: DomainEvent[] = []
    for (const event of events) {
      const conversation = await conversationOf(stores, event)
      if (conversation === 'none' || (conversation && isReachable({ id, reach }, conversation)))
        seen.push(event)
    }
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

function isOfConversation({ aggregateType }: DomainEvent): boolean {
  return aggregateType === 'conversation' || aggregateType === 'outbox'
}

async function conversationOf(
  { conversations, outbox }: Stores,
  { aggregateType, aggregateId }: DomainEvent,
): Promise<Conversation | 'none' | undefined> {
  if (aggregateType === 'conversation')
    return conversations.get(asId('ConversationId', aggregateId))
  if (aggregateType !== 'outbox') return 'none'
  const entry = await outbox.get(asId('OutboxId', aggregateId))
  return entry && conversations.get(entry.conversationId)
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

/**
 * Reads the log on and on, each call what is new. Ids are made before their transactions commit, so each read begins a few
 * seconds back and leaves out what it has given before.
 */
export function readLog(given: {
  readonly work: UnitOfWork<Stores>
  readonly tenantId: TenantId
  readonly clock: Clock
  /** Id of the last event that is known; empty for none. */
  readonly last: string
  readonly started: Date
}): (limit: number) => Promise<readonly DomainEvent[]> {
  const { work, tenantId, clock, last, started } = given
  const known = new Set([last])
  let from = last === '' ? idAt(started.getTime()) : idAt(timeOf(last) - overlapMs)
  return async (limit) => {
    const events = await work.run(tenantId, (stores) =>
      stores.events.since({ after: from, limit: limit + known.size }),
    )
    const fresh = events.filter(({ id }) => !known.has(id)).slice(0, limit)
    for (const { id } of fresh) known.add(id)
    const newest = fresh.at(-1)?.id ?? ''
    const settled =
      Math.min(clock.now().getTime(), newest === '' ? Infinity : timeOf(newest)) - overlapMs
    if (idAt(settled) > from) from = idAt(settled)
    for (const id of known) if (id !== '' && id < from) known.delete(id)
    return fresh
  }
}

/** The smallest UUIDv7 of a millisecond. */
function idAt(ms: number): string {
  const time = Math.max(0, Math.floor(ms)).toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`
}

function timeOf(id: string): number {
  return Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)
}
