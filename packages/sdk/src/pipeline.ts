import type { Channel, Tenant } from './accounts/index.ts'
import type { Contact, Contacts } from './contacts/index.ts'
import type { Conversation, Conversations, Message } from './conversations/index.ts'
import { effectsOf, isWindowOpen } from './conversations/index.ts'
import { decodeStoredEvent } from './inbox/index.ts'
import { joinWork, shareWork, systemActor } from './kernel/index.ts'
import type {
  Actor,
  Clock,
  Ids,
  InboxEventId,
  Random,
  TenantId,
  UnitOfWork,
} from './kernel/index.ts'
import type { LaneGrant, LaneHandler, TraceStep } from './lanes/index.ts'
import { enqueue, leaseFor, numbersOf } from './outbox/index.ts'
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
import { announce, recentMessages } from './pipeline-ahead.ts'
import type { Decoded } from './pipeline-ahead.ts'
import type { Handling, PipelineStores } from './pipeline-events.ts'
import { recordAll, recordOnly } from './record-only.ts'
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
  /** The thread before the message, newest first; at most 50 messages. */
  readonly recent: readonly Message[]
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
  /** Called when committed intents wait for their turn. */
  readonly queued: () => void
  /** For live pages. */
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

/** The life of stored events: one call per step, everything they change in one transaction. */
export function createPipeline<Stores extends PipelineStores>(
  deps: PipelineDeps<Stores>,
): LaneHandler {
  const share = shareWork<Stores, Lane, Outcome<Stores>>({
    work: deps.work,
    handle: (stores, lanes, tenantId) => handleLanes(deps, stores, lanes, tenantId),
  })
  return async (grant, waitingEvents) => {
    const events = waitingEvents.map((waiting): Decoded => ({
      waiting,
      ...decodeStoredEvent(waiting.payload),
    }))
    const recorded = recordAll(events)
    if (recorded !== undefined) return { kind: 'handled', events: recorded }
    const actor = systemActor(grant.tenantId, 'whatsapp')
    const { handled, released } = await share(grant.tenantId, { grant, events })
    for (const { intents, channel } of handled) {
      for (const entry of intents) {
        if (entry.state === 'sending' && channel !== undefined) deps.send(entry, channel, actor)
        else deps.queued()
      }
    }
    for (const kind of new Set(handled.map((one) => one.kind))) deps.changed({ kind, actor })
    return { kind: 'committed', released: await released() }
  }
}

/** A granted lane with its events. */
interface Lane {
  readonly grant: LaneGrant
  readonly events: readonly Decoded[]
}

interface Outcome<Stores> {
  readonly handled: readonly Handled<Stores>[]
  /** Whether the lane was given back; known after the commit. */
  readonly released: () => Promise<boolean>
}

interface Handled<Stores> extends Handling<Stores> {
  readonly kind: 'outbox' | 'conversation'
}

/** What several lanes hold, one after the other. */
async function handleLanes<Stores extends PipelineStores>(
  deps: PipelineDeps<Stores>,
  stores: Stores,
  lanes: readonly Lane[],
  tenantId: TenantId,
): Promise<readonly Outcome<Stores>[]> {
  const work = joinWork(tenantId, stores)
  const base = { stores, services: deps.services(work), actor: systemActor(tenantId, 'whatsapp') }
  announce(
    stores.ahead,
    lanes.map(({ events }) => events),
  )
  const outcomes: Handled<Stores>[][] = []
  for (const { events } of lanes) {
    const all: Handled<Stores>[] = []
    for (const { waiting, channelId, event } of events) {
      const kind = event.kind === 'status' ? 'outbox' : 'conversation'
      const handling: Handled<Stores> = {
        ...base,
        channelId,
        waiting,
        trace: [],
        intents: [],
        kind,
      }
      await handle(handling, event, work, deps)
      all.push(handling)
    }
    outcomes.push(all)
  }
  return complete(deps, stores, lanes, outcomes)
}

// Not awaited, so that it leaves together with the commit, which fails when it does.
function complete<Stores extends PipelineStores>(
  { clock }: Pick<PipelineDeps<Stores>, 'clock'>,
  stores: Stores,
  lanes: readonly Lane[],
  outcomes: readonly (readonly Handled<Stores>[])[],
): readonly Outcome<Stores>[] {
  return lanes.map(({ grant }, index) => {
    const handled = outcomes[index] ?? []
    const done = handled.map(({ waiting, trace }) => ({ id: waiting.id, trace }))
    const released =
      done.length > 0 ? stores.lanes.complete(grant, done, clock.now()) : Promise.resolve(false)
    released.catch(() => undefined)
    return { handled, released: () => released }
  })
}

async function handle<Stores extends PipelineStores>(
  handling: Handling<Stores>,
  event: InboundEvent,
  work: UnitOfWork<Stores>,
  deps: PipelineDeps<Stores>,
): Promise<void> {
  const recorded = recordOnly(event)
  if (recorded !== undefined) {
    handling.trace.push(recorded)
    return undefined
  }
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
      return onAccount(handling, event)
    default:
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
  const { accounts, conversations } = handling.stores
  const [tenant, channel, known] = await Promise.all([
    accounts.tenant(),
    accounts.channel(handling.channelId),
    identify(handling, event.from),
  ])
  if (channel !== undefined) handling.channel = channel
  if (known === undefined) return
  const { items: recent } = await conversations.thread({
    contactId: known.id,
    channelId: handling.channelId,
    limit: recentMessages,
  })
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
  const actor = customerActor(handling.actor, contact, handling.waiting.id)
  const closed = gate(contact, conversation, deps.clock.now())
  if (closed !== undefined) {
    trace.push({ step: 'gate', outcome: closed })
    if (
      closed === 'window_closed' &&
      conversation.owner === 'ai' &&
      effectsOf(event.content).window
    )
      await leaveToPerson(handling, actor, conversation)
    return
  }
  const turn = { actor, tenant, contact, conversation, message, event, recent, work }
  const reply = await deps.respond(turn)
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
  const intents = await enqueue(
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
      ...leaseFor(handling.channel, deps.sendLeaseMs),
    },
  )
  await services.conversations.noteReplies(actor, {
    conversationId: conversation.id,
    author: reply.author,
    replies: intents.map(({ id, message }, index) => ({
      outboxId: id,
      message,
      ...numbersOf(reply.messages[index]),
    })),
  })
  handling.intents.push(...intents)
  trace.push({ step: 'outbox', outcome: 'stored', detail: { messages: intents.length } })
}

// A message that came more than a day late cannot be answered, and who wrote it still waits.
async function leaveToPerson<Stores>(
  { services, trace }: Handling<Stores>,
  actor: Actor,
  { id }: Conversation,
): Promise<void> {
  const outcome = await services.conversations.handOff(actor, id, 'window_closed')
  trace.push({ step: 'hand_off', outcome: outcome.kind })
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
