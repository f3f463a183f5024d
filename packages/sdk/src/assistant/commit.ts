import type { Channel } from '../accounts/index.ts'
import type { Conversation } from '../conversations/index.ts'
import { AuronxError, joinWork, systemActor } from '../kernel/index.ts'
import type { Actor } from '../kernel/index.ts'
import type { JobGrant } from '../lanes/index.ts'
import { enqueue, leaseFor, numbersOf, recipientOf } from '../outbox/index.ts'
import type { OutboxEntry } from '../outbox/index.ts'
import { costOf, totalTokens } from '../responder/index.ts'
import type { Thought } from '../responder/index.ts'
import { assistantActor, whyOver } from './begin.ts'
import type { Start } from './begin.ts'
import { compose, localeOf } from './compose.ts'
import type { Composed } from './compose.ts'
import { end, wait } from './decide.ts'
import type { ShopContext, TurnDeps, TurnStores } from './deps.ts'
import { recordOf } from './record.ts'
import type { Prompt } from './record.ts'
import { scheduleTurn } from './schedule.ts'
import type { AssistantTurn, TurnOutcome } from './store.ts'

/** One transaction at the end of a turn. */
export interface Closing<Stores extends TurnStores> {
  readonly stores: Stores
  readonly deps: TurnDeps<Stores>
  readonly start: Start
  /** Absent when the model was not asked. */
  readonly thought?: Thought
  readonly prompt: Prompt
}

/** Intents that were committed, and the number they leave by. */
export interface Committed {
  readonly intents: readonly OutboxEntry[]
  readonly channel?: Channel
}

const nothingSent: Committed = { intents: [] }

/**
 * Ends a turn. The answer leaves only when the turn still has its job, the conversation its owner, and the customer wrote
 * nothing newer; else the turn starts over, or ends when a person has the conversation. Throws `lease_lost` when newer
 * input replaced it or another worker took it.
 */
export async function commitTurn<Stores extends TurnStores>(
  closing: Closing<Stores>,
  grant: JobGrant,
): Promise<Committed> {
  const { stores, start, thought, deps } = closing
  const conversation = await stores.conversations.lock(start.conversation.id)
  const turn = await stores.turns.lockOpen(start.conversation.id)
  await stores.jobs.take(grant)
  const contact = conversation && (await stores.contacts.get(conversation.contactId))
  if (conversation === undefined || contact === undefined || turn?.id !== start.turn.id)
    throw new AuronxError('lease_lost', 'The turn was replaced')
  const now = deps.clock.now()
  await stores.jobs.complete(grant)
  const over = whyOver(turn, { conversation, contact }, now)
  if (over !== undefined) return finish(closing, turn, over)
  if (isStale(start, conversation) || thought?.conclusion.kind === 'cancelled') {
    await stores.turns.save(wait(turn, now))
    await scheduleTurn(stores.jobs, deps.ids, conversation.id, now)
    await spend(closing, turn)
    return nothingSent
  }
  return concludeTurn(closing, turn, conversation)
}

/** Sends what was committed, and tells live pages of it. */
export function leave<Stores extends TurnStores>(
  deps: TurnDeps<Stores>,
  start: Start,
  { intents, channel }: Committed,
): void {
  const actor: Actor = assistantActor(start)
  for (const entry of intents)
    if (entry.state === 'sending' && channel !== undefined) deps.send(entry, channel, actor)
  deps.changed(actor, start.conversation.id)
}

/** Notes what a turn that newer input replaced has done and spent. */
export async function noteSuperseded<Stores extends TurnStores>(
  closing: Closing<Stores>,
): Promise<void> {
  const { stores, start } = closing
  const [turn] = await stores.turns.list({ ids: [start.turn.id], limit: 1 })
  if (turn === undefined) return
  if (turn.outcome === 'superseded' && turn.record === undefined) {
    const record = await recordOf(closing, [{ step: 'assistant', outcome: 'superseded' }], [])
    await stores.turns.save({ ...turn, record, version: turn.version + 1 })
  }
  await spend(closing, turn)
}

function isStale({ conversation: before }: Start, now: Conversation): boolean {
  return (
    now.ownerEpoch !== before.ownerEpoch || now.lastInboundMessageId !== before.lastInboundMessageId
  )
}

/** Stores what is answered to an open turn, and ends it. */
export async function concludeTurn<Stores extends TurnStores>(
  closing: Closing<Stores>,
  turn: AssistantTurn,
  conversation: Conversation,
): Promise<Committed> {
  const { stores, deps, start, thought } = closing
  const to = recipientOf(await stores.contacts.identities(conversation.contactId))
  if (to === undefined) return finish(closing, turn, 'blocked')
  const composed = await compose(start, thought, {
    shop: await deps.shop(stores, shopContext(start, 'ai')),
    menuShop: () => deps.shop(stores, shopContext(start, 'customer')),
    setPreference: async ({ locale }) => setLocale(closing, locale),
    isDisclosed: await stores.turns.isDisclosed(conversation.id),
    now: deps.clock.now(),
  })
  // Before anything is stored, so that the closing message belongs to the new owner.
  const current = await handOver(closing, conversation, composed)
  const { contactId, channelId, ownerEpoch, id: conversationId } = current
  const channel = await stores.accounts.channel(channelId)
  const messages = composed.parts.flatMap((part) => part.messages.map(({ message }) => message))
  const intents = await enqueue(
    { conversationId, contactId, channelId, to, messages, ownerEpoch },
    { ...deps, ...stores, ...leaseFor(channel, deps.sendLeaseMs) },
  )
  await note(closing, current, composed, intents)
  const replies = intents.map(({ id }) => id)
  const record = await recordOf(closing, composed.steps, replies)
  const { outcome, disclosed } = composed
  await stores.turns.save({ ...end(turn, outcome, deps.clock.now()), disclosed, record })
  await spend(closing, turn)
  return { intents, ...(channel === undefined ? {} : { channel }) }
}

/** Hands over when the answer says so; the conversation as it is then. */
async function handOver<Stores extends TurnStores>(
  { stores, deps, start }: Closing<Stores>,
  conversation: Conversation,
  { handOff }: Composed,
): Promise<Conversation> {
  if (handOff === undefined) return conversation
  const conversations = deps.conversations(joinWork(start.tenant.id, stores))
  const outcome = await conversations.handOff(assistantActor(start), conversation.id, handOff)
  return outcome.kind === 'refused' ? conversation : outcome.conversation
}

/** Puts the answer into the thread, part by part. */
async function note<Stores extends TurnStores>(
  { stores, deps, start }: Closing<Stores>,
  conversation: Conversation,
  { parts }: Composed,
  intents: readonly OutboxEntry[],
): Promise<void> {
  const { tenant } = start
  const conversations = deps.conversations(joinWork(tenant.id, stores))
  const actor: Actor = assistantActor(start)
  let place = 0
  for (const { author, messages } of parts) {
    const own = intents.slice(place, place + messages.length)
    place += messages.length
    const noted = await conversations.noteReplies(
      author === 'ai' ? actor : systemActor(tenant.id),
      {
        conversationId: conversation.id,
        author,
        replies: own.map(({ id, message }, index) => ({
          outboxId: id,
          message,
          ...numbersOf(messages[index]),
        })),
        fence: conversation,
      },
    )
    if (noted.kind === 'refused')
      throw new AuronxError('conflict', 'The answer could not be noted', { retryable: true })
  }
}

async function finish<Stores extends TurnStores>(
  closing: Closing<Stores>,
  turn: AssistantTurn,
  outcome: TurnOutcome,
): Promise<Committed> {
  const record = await recordOf(closing, [{ step: 'assistant', outcome }], [])
  await closing.stores.turns.save({ ...end(turn, outcome, closing.deps.clock.now()), record })
  await spend(closing, turn)
  return nothingSent
}

async function spend<Stores extends TurnStores>(
  closing: Closing<Stores>,
  { contactId }: AssistantTurn,
): Promise<void> {
  const { stores, deps, thought } = closing
  if (thought === undefined || thought.modelCalls === 0) return
  const costMicros = costOf(thought.tokens, deps.brain.limits.price)
  const tokens = totalTokens(thought.tokens)
  await stores.turns.spend(contactId, deps.clock.now(), { turns: 1, tokens, costMicros })
}

async function setLocale<Stores extends TurnStores>(
  { stores, deps, start }: Closing<Stores>,
  locale: Start['tenant']['settings']['locale'],
): Promise<void> {
  const contacts = deps.contacts(joinWork(start.tenant.id, stores))
  await contacts.setLocale(assistantActor(start), start.contact.id, locale)
}

/** How a turn uses the shop. */
export function shopContext(start: Start, actsAs: ShopContext['actsAs']): ShopContext {
  const { turn, tenant, contact, conversation } = start
  return {
    tenantId: tenant.id,
    contactId: contact.id,
    conversationId: conversation.id,
    locale: localeOf(start),
    actsAs,
    ...(turn.eventId === undefined ? {} : { eventId: turn.eventId }),
  }
}
