import type { Channel, Tenant } from './accounts/index.ts'
import type { Contact, Contacts } from './contacts/index.ts'
import type { Conversation, Conversations, Message } from './conversations/index.ts'
import { isWindowOpen } from './conversations/index.ts'
import { decodeStoredEvent } from './inbox/index.ts'
import { joinWork, systemActor } from './kernel/index.ts'
import type { Actor, Clock, Ids, InboxEventId, Random, UnitOfWork } from './kernel/index.ts'
import type { LaneHandler, TraceStep } from './lanes/index.ts'
import { enqueue } from './outbox/index.ts'
import type { Degraded, Messenger, OutboxEntry, Recipient } from './outbox/index.ts'
import {
  identify,
  onAccount,
  onCall,
  onEcho,
  onIdentity,
  onPreference,
  onStatus,
  reachable,
} from './pipeline-events.ts'
import type { Handling, PipelineStores } from './pipeline-events.ts'
import type { InboundEvent, MessageEvent } from './webhook/index.ts'

/** One message that may be answered. */
export interface Turn<Stores> {
  /** The customer, with the message as evidence. */
  readonly actor: Actor
  readonly tenant: Tenant
  readonly contact: Contact
  readonly conversation: Conversation
  readonly message: Message
  readonly event: MessageEvent
  /** Stores of the transaction that handles the message: what the answer changes commits with it. */
  readonly work: UnitOfWork<Stores>
}

/** What to answer. */
export interface TurnReply {
  readonly messages: readonly Degraded[]
  readonly author: 'menu' | 'ai'
  /** Set when a person should take over; a code. */
  readonly handOff?: string
  readonly trace: readonly TraceStep[]
}

/** What {@link createPipeline} needs. */
export interface PipelineDeps<Stores extends PipelineStores> {
  readonly work: UnitOfWork<Stores>
  readonly services: (work: UnitOfWork<Stores>) => {
    readonly contacts: Contacts
    readonly conversations: Conversations
  }
  readonly respond: (turn: Turn<Stores>) => Promise<TurnReply>
  /** Knows what to do about error codes that come in statuses. */
  readonly messenger: Pick<Messenger, 'adviseOn'>
  /** Sends an intent that was committed as `sending`. */
  readonly send: (entry: OutboxEntry, channel: Channel, actor: Actor) => void
  /** Called when other intents wait, and for live pages. */
  readonly changed: (change: {
    readonly kind: 'conversation' | 'outbox'
    readonly actor: Actor
    readonly id?: string
  }) => void
  readonly clock: Clock
  readonly ids: Ids
  readonly random: Random
  /** Lease of a send in milliseconds. Default 60,000. */
  readonly sendLeaseMs?: number
}

/** The life of a stored event: one call per step, everything it changes in one transaction. */
export function createPipeline<Stores extends PipelineStores>(
  deps: PipelineDeps<Stores>,
): LaneHandler {
  return async (grant, waiting, { release }) => {
    const { channelId, event } = decodeStoredEvent(waiting.payload)
    const actor = systemActor(grant.tenantId, 'whatsapp')
    const handled = await deps.work.run(grant.tenantId, async (stores) => {
      const work = joinWork(grant.tenantId, stores)
      const services = deps.services(work)
      const handling: Handling<Stores> = {
        stores,
        services,
        actor,
        channelId,
        waiting,
        trace: [],
        intents: [],
      }
      await handle(handling, event, work, deps)
      const outcome = { trace: handling.trace, at: deps.clock.now(), release }
      const released = await stores.lanes.complete(grant, waiting.id, outcome)
      return { released, intents: handling.intents, channel: handling.channel }
    })
    for (const entry of handled.intents) {
      if (entry.state === 'sending' && handled.channel !== undefined)
        deps.send(entry, handled.channel, actor)
    }
    deps.changed({ kind: event.kind === 'status' ? 'outbox' : 'conversation', actor })
    return handled.released
  }
}

async function handle<Stores extends PipelineStores>(
  handling: Handling<Stores>,
  event: InboundEvent,
  work: UnitOfWork<Stores>,
  deps: PipelineDeps<Stores>,
): Promise<void> {
  switch (event.kind) {
    case 'message':
      return onMessage(handling, event, work, deps)
    case 'echo':
      return onEcho(handling, event)
    case 'status':
      return onStatus(handling, event, deps)
    case 'call':
      return onCall(handling, event)
    case 'preference':
      return onPreference(handling, event, deps.clock)
    case 'identity':
      return onIdentity(handling, event)
    case 'account':
      return onAccount(handling, event.event)
    default:
      handling.trace.push({ step: 'record', outcome: event.kind })
      return undefined
  }
}

async function onMessage<Stores extends PipelineStores>(
  handling: Handling<Stores>,
  event: MessageEvent,
  work: UnitOfWork<Stores>,
  deps: PipelineDeps<Stores>,
): Promise<void> {
  const { trace } = handling
  if (event.groupId !== undefined) {
    trace.push({ step: 'gate', outcome: 'group_ignored' })
    return
  }
  const [tenant, known] = await Promise.all([
    handling.stores.accounts.tenant(),
    identify(handling, event.from),
  ])
  if (known === undefined) return
  const received = await handling.services.conversations.receive(handling.actor, {
    contactId: known.id,
    channelId: handling.channelId,
    content: event.content,
    providerMessageId: event.messageId,
    eventId: handling.waiting.id,
    reopenWithinMs: tenant.settings.reopenWithinMs,
    ...(event.timestampMs === undefined ? {} : { timestampMs: event.timestampMs }),
  })
  trace.push({ step: 'conversation', outcome: received.kind })
  if (received.kind !== 'received') return
  const { conversation, message } = received
  const contact = await reachable(handling, known, event, deps.clock)
  const closed = gate(contact, conversation, deps.clock.now())
  if (closed !== undefined) {
    trace.push({ step: 'gate', outcome: closed })
    return
  }
  const actor = customerActor(handling.actor, contact, handling.waiting.id)
  const reply = await deps.respond({ actor, tenant, contact, conversation, message, event, work })
  trace.push(...reply.trace)
  await sendReply(handling, deps, reply, { conversation, contact, event })
}

async function sendReply<Stores extends PipelineStores>(
  handling: Handling<Stores>,
  deps: PipelineDeps<Stores>,
  reply: TurnReply,
  turn: {
    readonly conversation: Conversation
    readonly contact: Contact
    readonly event: MessageEvent
  },
): Promise<void> {
  const { conversation, contact, event } = turn
  const { stores, services, actor, trace } = handling
  let { ownerEpoch } = conversation
  if (reply.handOff !== undefined) {
    const outcome = await services.conversations.handOff(actor, conversation.id, reply.handOff)
    trace.push({ step: 'hand_off', outcome: outcome.kind })
    if (outcome.kind !== 'refused') ownerEpoch = outcome.conversation.ownerEpoch
  }
  if (reply.messages.length === 0) return
  const [channel, intents] = await Promise.all([
    stores.accounts.channel(handling.channelId),
    enqueue(
      {
        conversationId: conversation.id,
        contactId: contact.id,
        channelId: handling.channelId,
        to: recipientOf(event),
        messages: reply.messages.map(({ message }) => message),
        ownerEpoch,
      },
      {
        ...deps,
        outbox: stores.outbox,
        contacts: { get: async () => contact },
        leaseMs: deps.sendLeaseMs ?? 60_000,
      },
    ),
  ])
  await services.conversations.noteReplies(actor, {
    conversationId: conversation.id,
    author: reply.author,
    replies: intents.map(({ id, message }, index) => ({
      outboxId: id,
      message,
      ...numbersOf(reply.messages[index]),
    })),
  })
  if (channel !== undefined) handling.channel = channel
  handling.intents.push(...intents)
  trace.push({ step: 'outbox', outcome: 'stored', detail: { messages: intents.length } })
}

function numbersOf(sent: Degraded | undefined): Partial<Pick<Degraded, 'numbers'>> {
  return sent === undefined || Object.keys(sent.numbers).length === 0
    ? {}
    : { numbers: sent.numbers }
}

/** Why a message is not answered, if so. */
function gate(contact: Contact, conversation: Conversation, now: Date): string | undefined {
  if (contact.blockedAt !== undefined) return 'blocked'
  return isWindowOpen(conversation, now) ? undefined : 'window_closed'
}

function recipientOf(event: MessageEvent): Recipient {
  const { phone, userId } = event.from
  return { ...(phone === undefined ? {} : { phone }), ...(userId === undefined ? {} : { userId }) }
}

function customerActor(actor: Actor, contact: Contact, eventId: InboxEventId): Actor {
  const evidence = { kind: 'message', id: eventId } as const
  return { tenantId: actor.tenantId, kind: 'customer', id: contact.id, via: 'whatsapp', evidence }
}
