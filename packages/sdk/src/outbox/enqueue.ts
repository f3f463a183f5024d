import type { Channel } from '../accounts/index.ts'
import { randomHex } from '../kernel/index.ts'
import type { ChannelId, Clock, ContactId, ConversationId, Ids, Random } from '../kernel/index.ts'
import type { ContactStore } from '../contacts/index.ts'
import type { OutboundMessage, Recipient } from './message.ts'
import { suppressionOf } from './suppressed.ts'
import type { OutboxEntry, OutboxStore } from './store.ts'

/** Messages to one customer, in order. */
export interface Outgoing {
  readonly conversationId: ConversationId
  readonly contactId: ContactId
  readonly channelId: ChannelId
  readonly to: Recipient
  readonly messages: readonly OutboundMessage[]
  /** Provider id of the message the first one quotes. */
  readonly replyTo?: string
  /** Owner epoch the messages were prepared under. */
  readonly ownerEpoch?: number
}

/** What {@link enqueue} needs; the store belongs to the caller's transaction. */
export interface EnqueueDeps {
  readonly outbox: OutboxStore
  /** Whether something is held back from the contact. */
  readonly contacts: Pick<ContactStore, 'get'>
  readonly clock: Clock
  readonly ids: Ids
  readonly random: Random
  /**
   * With a lease (milliseconds) the first message is marked as `sending` by the caller, who sends it right after the
   * commit, unless an earlier message of the conversation is still on its way.
   */
  readonly leaseMs?: number
}

/** The lease of a message that its caller sends itself: none from a stopped number, whose messages wait until it works again. */
export function leaseFor(
  channel: Pick<Channel, 'status'> | undefined,
  leaseMs = 60_000,
): Pick<EnqueueDeps, 'leaseMs'> {
  return channel === undefined || channel.status === 'stopped' ? {} : { leaseMs }
}

/**
 * Stores intents in the caller's transaction. Returns them; the first may be `sending`, the others are `queued`. What is
 * held back from the contact is stored as `failed` with the code `suppressed_everything` or `suppressed_marketing`, so that
 * a person sees it.
 */
export async function enqueue(
  outgoing: Outgoing,
  deps: EnqueueDeps,
): Promise<readonly OutboxEntry[]> {
  if (outgoing.messages.length === 0) return []
  const [tail, contact] = await Promise.all([
    deps.outbox.tail(outgoing.conversationId),
    deps.contacts.get(outgoing.contactId),
  ])
  const now = deps.clock.now()
  const { conversationId, contactId, channelId, to } = outgoing
  const entries = outgoing.messages.map((message, index): OutboxEntry => {
    const first = index === 0
    const errorCode = suppressionOf(contact, message)
    const leased = first && errorCode === undefined && !tail.busy && deps.leaseMs !== undefined
    return {
      id: deps.ids.next('OutboxId'),
      conversationId,
      contactId,
      channelId,
      sequence: tail.sequence + 1 + index,
      to,
      message,
      opaque: randomHex(deps.random, 16),
      state: leased ? 'sending' : 'queued',
      deliveryAt: {},
      dueAt: now,
      attempts: leased ? 1 : 0,
      createdAt: now,
      updatedAt: now,
      ...(leased ? { leaseUntil: new Date(now.getTime() + (deps.leaseMs ?? 0)) } : {}),
      ...(first && outgoing.replyTo !== undefined ? { replyTo: outgoing.replyTo } : {}),
      ...(errorCode === undefined ? {} : { state: 'failed', errorCode }),
      ...(outgoing.ownerEpoch === undefined ? {} : { ownerEpoch: outgoing.ownerEpoch }),
    }
  })
  await deps.outbox.insert(entries)
  return entries
}
