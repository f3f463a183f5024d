import type { AccountStore, Channel } from './accounts/index.ts'
import type { ContactStore } from './contacts/index.ts'
import type { Conversations, ConversationStores } from './conversations/index.ts'
import { isReachable, isWindowOpen } from './conversations/index.ts'
import { AuronxError, isAllowed, joinWork } from './kernel/index.ts'
import type { Actor, Clock, ConversationId, Ids, Random, UnitOfWork } from './kernel/index.ts'
import { checkMessage, enqueue, leaseFor, maskEntry, recipientOf } from './outbox/index.ts'
import type { OutboundMessage, OutboxEntry, OutboxStore } from './outbox/index.ts'

/** The stores a colleague's answer needs. */
export interface ReplyStores extends ConversationStores {
  readonly accounts: AccountStore
  readonly contacts: ContactStore
  readonly outbox: OutboxStore
}

/** What became of an answer. */
export type ReplyOutcome =
  | { readonly kind: 'stored'; readonly entry: OutboxEntry }
  | {
      readonly kind: 'refused'
      readonly reason: 'not_found' | 'not_permitted' | 'window_closed' | 'no_recipient' | 'stale'
    }

/** Answers that people write. */
export interface Replies {
  /**
   * Stores an answer of a colleague, who thereby takes the conversation over. Refused with `window_closed` outside of
   * the customer's 24-hour window: only templates may be sent then. Throws `message_invalid` for a message beyond Meta's
   * limits; the details name them.
   */
  send(
    actor: Actor,
    conversationId: ConversationId,
    message: OutboundMessage,
  ): Promise<ReplyOutcome>
}

/** What {@link createReplies} needs. */
export interface RepliesDeps<Stores extends ReplyStores> {
  readonly work: UnitOfWork<Stores>
  readonly conversations: (work: UnitOfWork<Stores>) => Conversations
  readonly clock: Clock
  readonly ids: Ids
  readonly random: Random
  /** Sends an intent that was committed as `sending`. */
  readonly send: (entry: OutboxEntry, channel: Channel, actor: Actor) => void
  /** Whether this process sends what it stores; otherwise the answer waits for one that does. Default: it does. */
  readonly sendsNow?: () => boolean
  /** Called when a committed answer waits for its turn. */
  readonly queued?: () => void
}

/** Creates the service for answers that people write. */
export function createReplies<Stores extends ReplyStores>(deps: RepliesDeps<Stores>): Replies {
  return {
    async send(actor, conversationId, message) {
      if (!isAllowed(actor, 'conversation:reply')) {
        return { kind: 'refused', reason: 'not_permitted' }
      }
      requireFit(message)
      const stored = await deps.work.run(actor.tenantId, (stores) =>
        store(deps, stores, actor, conversationId, message),
      )
      if (stored.kind === 'refused') return stored
      if (stored.channel !== undefined && stored.entry.state === 'sending') {
        deps.send(stored.entry, stored.channel, actor)
      } else deps.queued?.()
      return { kind: 'stored', entry: maskEntry(actor, stored.entry) }
    },
  }
}

function requireFit(message: OutboundMessage): void {
  const check = checkMessage(message)
  if (check.kind === 'ok') return
  const problems = check.problems.map(({ path, rule, limit }) => `${path} ${rule} ${limit}`)
  throw new AuronxError(
    'message_invalid',
    'The message breaks limits of Meta: shorten what the details name',
    {
      details: { problems: problems.join(', ') },
    },
  )
}

type Stored =
  | Extract<ReplyOutcome, { kind: 'refused' }>
  | { readonly kind: 'stored'; readonly entry: OutboxEntry; readonly channel: Channel | undefined }

async function store<Stores extends ReplyStores>(
  deps: RepliesDeps<Stores>,
  stores: Stores,
  actor: Actor,
  conversationId: ConversationId,
  message: OutboundMessage,
): Promise<Stored> {
  const conversation = await stores.conversations.lock(conversationId)
  if (conversation === undefined || !isReachable(actor, conversation))
    return { kind: 'refused', reason: 'not_found' }
  if (message.kind !== 'template' && !isWindowOpen(conversation, deps.clock.now())) {
    return { kind: 'refused', reason: 'window_closed' }
  }
  const to = recipientOf(await stores.contacts.identities(conversation.contactId))
  if (to === undefined) return { kind: 'refused', reason: 'no_recipient' }
  const conversations = deps.conversations(joinWork(actor.tenantId, stores))
  if (conversation.status === 'open') {
    // Before the intent is stored, so that it does not line up behind what the change of owner ends.
    const taken = await conversations.takeOver(actor, conversationId)
    if (taken.kind === 'refused') return { kind: 'refused', reason: 'not_permitted' }
  }
  const { contactId, channelId } = conversation
  const outgoing = { conversationId, contactId, channelId, to, messages: [message] }
  const channel = await stores.accounts.channel(channelId)
  const lease = deps.sendsNow?.() === false ? {} : leaseFor(channel)
  const [entry] = await enqueue(outgoing, { ...deps, ...stores, ...lease })
  if (entry === undefined) return { kind: 'refused', reason: 'not_found' }
  const noted = await conversations.noteReplies(actor, {
    conversationId,
    author: 'staff',
    replies: [{ outboxId: entry.id, message }],
  })
  if (noted.kind === 'refused') {
    await stores.outbox.update([{ ...entry, state: 'discarded' }])
    return { kind: 'refused', reason: noted.reason }
  }
  return { kind: 'stored', entry, channel }
}
