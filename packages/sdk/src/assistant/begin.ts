import { answeringOf } from '../accounts/index.ts'
import type { Tenant } from '../accounts/index.ts'
import type { Contact } from '../contacts/index.ts'
import { isWindowOpen } from '../conversations/index.ts'
import type { Conversation, Message } from '../conversations/index.ts'
import type { Actor, ConversationId } from '../kernel/index.ts'
import type { JobGrant } from '../lanes/index.ts'
import { end, wait } from './decide.ts'
import type { TurnDeps, TurnStores } from './deps.ts'
import { leaseFrom } from './lease.ts'
import { followMerge } from './merge.ts'
import { scheduleTurn } from './schedule.ts'
import type { AssistantTurn, TurnOutcome } from './store.ts'

/** A turn that thinks, with everything it knew when it started. */
export interface Start {
  readonly turn: AssistantTurn
  readonly tenant: Tenant
  readonly contact: Contact
  readonly conversation: Conversation
  /** The thread, newest first. */
  readonly recent: readonly Message[]
  /** Time for thinking, in milliseconds; or why the model is not asked, a code. */
  readonly thinkMs: number | string
}

const recentMessages = 50
// A commit and a send fit in here.
const reserveMs = 1_000
// With less than this a model cannot do anything useful.
const leastThinkMs = 2_000
const busyRetryMs = 1_000
// A turn that failed twice gets no third try: the customer waits.
const modelAttempts = 2

/**
 * Takes a turn up: loads what it needs and marks it as thinking. Nothing comes back when there is nothing to answer any
 * more, or when another turn of the same person thinks; then this one was put off. Throws `lease_lost`.
 */
export async function beginTurn<Stores extends TurnStores>(
  stores: Stores,
  deps: TurnDeps<Stores>,
  grant: JobGrant,
  conversationId: ConversationId,
): Promise<Start | undefined> {
  const turn = await stores.turns.lockOpen(conversationId)
  await stores.jobs.take(grant)
  const found = turn === undefined ? undefined : await loadTurn(stores, turn)
  if (turn === undefined || found === undefined) {
    await stores.jobs.complete(grant)
    return undefined
  }
  const now = deps.clock.now()
  const over = whyOver(turn, found, now)
  if (over !== undefined) {
    await stores.jobs.complete(grant)
    const moved = over === 'resolved' && (await followMerge(stores, deps.ids, turn, now))
    if (!moved) await stores.turns.save(end(turn, over, now))
    return undefined
  }
  const thinkMs = await timeLeft(stores, turn, found, { now, grant, deps })
  const busyUntil = await stores.turns.busyUntil(found.conversation.contactId, turn.id, now)
  if (busyUntil !== undefined && thinkMs !== 'late') {
    const dueAt = new Date(Math.min(busyUntil.getTime(), now.getTime() + busyRetryMs))
    await stores.jobs.complete(grant)
    await stores.turns.save(wait(turn, dueAt))
    await scheduleTurn(stores.jobs, deps.ids, conversationId, dueAt)
    return undefined
  }
  const leaseUntil = leaseFrom(now)
  const { contactId } = found.conversation
  const thinking: AssistantTurn = {
    ...turn,
    contactId,
    state: 'thinking',
    leaseUntil,
    version: turn.version + 1,
  }
  await stores.turns.save(thinking)
  return { ...found, turn: thinking, thinkMs }
}

/** Why a turn must not answer any more, if so. `recent` may be left out where a newer owner epoch would show it. */
export function whyOver(
  turn: AssistantTurn,
  facts: Pick<Start, 'contact' | 'conversation'> & { readonly recent?: readonly Message[] },
  now: Date,
): TurnOutcome | undefined {
  const { conversation, contact, recent = [] } = facts
  if (contact.blockedAt !== undefined) return 'blocked'
  if (conversation.status === 'resolved') return 'resolved'
  if (conversation.owner !== 'ai') return 'person_owns'
  if (!isWindowOpen(conversation, now)) return 'window_closed'
  return answeredByPerson(turn, recent) ? 'person_answered' : undefined
}

// By id, not by time: the provider tells a customer's time in whole seconds, which are rounded down.
function answeredByPerson({ messageIds }: AssistantTurn, recent: readonly Message[]): boolean {
  const last = messageIds.at(-1) ?? ''
  return recent.some(({ id, author }) => id > last && (author === 'staff' || author === 'phone'))
}

type Found = Omit<Start, 'turn' | 'thinkMs'>

/** What a turn is about; nothing when its conversation or contact is gone. */
export async function loadTurn(
  stores: TurnStores,
  turn: AssistantTurn,
): Promise<Found | undefined> {
  const conversation = await stores.conversations.get(turn.conversationId)
  if (conversation === undefined) return undefined
  const { contactId, channelId } = conversation
  const [tenant, contact, thread] = await Promise.all([
    stores.accounts.tenant(),
    stores.contacts.get(contactId),
    stores.conversations.thread({ contactId, channelId, limit: recentMessages }),
  ])
  return contact === undefined ? undefined : { tenant, contact, conversation, recent: thread.items }
}

/** How long the model may think, or why it is not asked. */
async function timeLeft<Stores extends TurnStores>(
  stores: Stores,
  { firstAt }: AssistantTurn,
  { tenant, conversation }: Found,
  at: { readonly now: Date; readonly grant: JobGrant; readonly deps: TurnDeps<Stores> },
): Promise<number | string> {
  const { now, grant, deps } = at
  const answering = answeringOf(tenant.settings.answering)
  const leftMs = firstAt.getTime() + answering.answerWithinMs - now.getTime() - reserveMs
  if (!answering.enabled) return 'switched_off'
  if (grant.attempts >= modelAttempts) return 'repeated_failure'
  if (leftMs < leastThinkMs) return 'late'
  const spent = await stores.turns.spent(conversation.contactId, now)
  if (spent.contact.turns >= answering.turnsPerContactDay) return 'contact_budget'
  if (spent.tenant.tokens >= answering.tokensPerMonth) return 'tenant_budget'
  return Math.min(leftMs, deps.brain.limits.wallMs)
}

/** Who answers for a contact, because of its last message. */
export function assistantActor({ tenant, contact, turn }: Start): Actor {
  return {
    tenantId: tenant.id,
    kind: 'ai',
    id: 'assistant',
    onBehalfOf: contact.id,
    via: 'job',
    ...(turn.eventId === undefined ? {} : { evidence: { kind: 'message', id: turn.eventId } }),
  }
}
