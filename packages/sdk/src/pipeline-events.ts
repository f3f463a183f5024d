import type { AccountStore, Channel } from './accounts/index.ts'
import { identitiesOf, preference, searchedIdentities } from './contacts/index.ts'
import type { Contact, Contacts, ContactStores } from './contacts/index.ts'
import { calledAt, effectsOf, eventTime } from './conversations/index.ts'
import type { Conversations, ConversationStores } from './conversations/index.ts'
import type { Actor, ChannelId, Clock } from './kernel/index.ts'
import type { LaneStore, TraceStep, WaitingEvent } from './lanes/index.ts'
import { settle } from './outbox/index.ts'
import type { Messenger, OutboxEntry, OutboxStore, Settlement } from './outbox/index.ts'
import type { ReadAhead } from './read-ahead.ts'
import { suppressRefused } from './suppression.ts'
import type { Refusal } from './suppression.ts'
import type {
  AccountEvent,
  CallEvent,
  EchoEvent,
  IdentityEvent,
  MessageEvent,
  PreferenceEvent,
  StatusEvent,
} from './webhook/index.ts'

/** The stores the pipeline needs in a transaction. */
export interface PipelineStores extends ContactStores, ConversationStores {
  readonly ahead: ReadAhead
  readonly accounts: AccountStore
  readonly lanes: LaneStore
  readonly outbox: OutboxStore
}

/** One event while it is handled: what its transaction has, and what it leaves behind. */
export interface Handling<Stores> {
  readonly stores: Stores
  readonly services: { readonly contacts: Contacts; readonly conversations: Conversations }
  readonly actor: Actor
  readonly channelId: ChannelId
  readonly waiting: WaitingEvent
  readonly trace: TraceStep[]
  readonly intents: OutboxEntry[]
  channel?: Channel
}

/** A colleague wrote on the business' phone. */
export async function onEcho(handling: Handling<PipelineStores>, event: EchoEvent): Promise<void> {
  const contact = event.groupId === undefined ? await identify(handling, event.to) : undefined
  if (contact === undefined) return
  const noted = await handling.services.conversations.noteEcho(handling.actor, {
    contactId: contact.id,
    channelId: handling.channelId,
    content: event.content,
    providerMessageId: event.messageId,
    eventId: handling.waiting.id,
    ...(event.timestampMs === undefined ? {} : { timestampMs: event.timestampMs }),
  })
  handling.trace.push({ step: 'echo', outcome: noted.kind })
}

/** A message of ours got further, or failed. */
export async function onStatus(
  handling: Handling<PipelineStores>,
  event: StatusEvent,
  { clock, messenger }: { readonly clock: Clock; readonly messenger: Pick<Messenger, 'adviseOn'> },
): Promise<void> {
  const { outbox } = handling.stores
  if (event.status === 'unknown') {
    handling.trace.push({ step: 'settle', outcome: 'unknown_status' })
    return
  }
  const settlement = settlementOf(event, event.status, handling.channelId, clock)
  const entry = await outbox.lockForSettlement(settlement)
  if (entry === undefined) {
    handling.trace.push({ step: 'settle', outcome: 'not_ours' })
    return
  }
  const settled = settle(entry, settlement)
  await outbox.update([{ ...settled, updatedAt: clock.now() }])
  const isNews = settled.state === 'failed' && entry.state !== 'failed'
  handling.trace.push({
    step: 'settle',
    outcome: isNews ? 'failed' : (settled.delivery ?? settled.state),
  })
  const code = isNews ? event.errors[0]?.code : undefined
  const advice = code === undefined ? undefined : messenger.adviseOn?.(code)
  if (advice?.action === 'suppress') {
    await leaveAlone(handling, { entry: settled, advice }, clock)
  }
}

function settlementOf(
  event: StatusEvent,
  status: Settlement['status'],
  channelId: ChannelId,
  clock: Clock,
): Settlement {
  const code = event.errors[0]?.code
  return {
    providerMessageId: event.messageId,
    channelId,
    status,
    at: event.timestampMs === undefined ? clock.now() : new Date(event.timestampMs),
    ...(event.opaque === undefined ? {} : { opaque: event.opaque }),
    ...(code === undefined ? {} : { errorCode: String(code) }),
  }
}

async function leaveAlone(
  { stores, services, actor, trace }: Handling<PipelineStores>,
  refusal: Refusal,
  clock: Clock,
): Promise<void> {
  const isDone = await suppressRefused(stores, services.contacts, actor, refusal, clock.now())
  if (isDone) trace.push({ step: 'suppress', outcome: refusal.advice.what })
}

/** A customer called, where that is what the event says. Whoever never wrote is nobody yet. */
export async function onCall(handling: Handling<PipelineStores>, event: CallEvent): Promise<void> {
  const { stores, services, actor, channelId, waiting, trace } = handling
  const timestampMs = calledAt(event)
  const identities = searchedIdentities(identitiesOf(event.from, ''))
  if (timestampMs === undefined || identities.length === 0) {
    trace.push({ step: 'record', outcome: 'call' })
    return
  }
  const known = await stores.contacts.findByIdentities(identities)
  const contact = known.length === 0 ? undefined : await identify(handling, event.from)
  if (contact === undefined) {
    trace.push({ step: 'call', outcome: 'unknown_caller' })
    return
  }
  const outcome = await services.conversations.noteCall(actor, {
    contactId: contact.id,
    channelId,
    timestampMs,
    eventId: waiting.id,
  })
  trace.push({ step: 'call', outcome: outcome.kind })
}

const marketingCategory = 'marketing_messages'

/** A customer stopped or resumed a category of messages. */
export async function onPreference(
  handling: Handling<PipelineStores>,
  event: PreferenceEvent,
  clock: Clock,
): Promise<void> {
  const { services, actor, trace } = handling
  const { choice, category = marketingCategory } = event
  if (choice === 'unknown' || category !== marketingCategory) {
    trace.push({ step: 'record', outcome: 'preference' })
    return
  }
  const contact = await identify(handling, event.from)
  if (contact === undefined) return
  const at = eventTime(event.timestampMs, clock.now())
  const what = 'marketing'
  const outcome =
    choice === 'stop'
      ? await services.contacts.suppress(actor, contact.id, { what, reason: preference, since: at })
      : await services.contacts.lift(actor, contact.id, { what, at, by: preference })
  trace.push({ step: choice === 'stop' ? 'suppress' : 'lift', outcome: outcome.kind })
}

/** The contact after a message of theirs: whom the provider could not reach before is reachable again. */
export async function reachable(
  handling: Handling<PipelineStores>,
  contact: Contact,
  event: MessageEvent,
  clock: Clock,
): Promise<Contact> {
  if (contact.suppressed?.everything === undefined) return contact
  if (!effectsOf(event.content).interaction) return contact
  const outcome = await handling.services.contacts.lift(handling.actor, contact.id, {
    what: 'everything',
    at: eventTime(event.timestampMs, clock.now()),
    by: 'message',
  })
  handling.trace.push({ step: 'lift', outcome: outcome.kind })
  return outcome.kind === 'refused' ? contact : outcome.contact
}

/** A customer's number or user id changed. */
export async function onIdentity(
  handling: Handling<PipelineStores>,
  event: IdentityEvent,
): Promise<void> {
  const correlationId = handling.waiting.id
  const outcome = await handling.services.contacts.changeIdentity(handling.actor, event, {
    correlationId,
  })
  handling.trace.push({ step: 'contact', outcome: outcome.kind })
}

/** Something happened to a business account; where it was taken away, its numbers stop. */
export async function onAccount(
  handling: Handling<PipelineStores>,
  event: AccountEvent,
): Promise<void> {
  const { trace, channelId, stores } = handling
  const channels = event.endsAccess ? await stores.accounts.channels() : []
  const appId = channels.find(({ id }) => id === channelId)?.appId
  const about = event.subjectAccountId ?? event.businessAccountId
  const lost = channels.filter((one) => one.appId === appId && one.businessAccountId === about)
  for (const channel of lost.filter(({ status }) => status === 'active')) {
    await stores.accounts.saveChannel({
      ...channel,
      status: 'stopped',
      stoppedReason: event.event.toLowerCase(),
      version: channel.version + 1,
    })
  }
  trace.push(
    lost.length > 0
      ? { step: 'channel', outcome: 'stopped' }
      : { step: 'record', outcome: 'account' },
  )
}

/** The contact behind an event, or nothing when it names nobody. */
export async function identify(
  handling: Handling<PipelineStores>,
  party: MessageEvent['from'],
): Promise<Contact | undefined> {
  const correlationId = handling.waiting.id
  const outcome = await handling.services.contacts.identify(handling.actor, party, {
    correlationId,
  })
  if (outcome.kind === 'refused') {
    handling.trace.push({ step: 'contact', outcome: outcome.reason })
    return undefined
  }
  handling.trace.push({ step: 'contact', outcome: outcome.created ? 'created' : 'known' })
  return outcome.contact
}
