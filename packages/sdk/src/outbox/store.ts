import type {
  ChannelId,
  ContactId,
  ConversationId,
  OutboxId,
  TenantId,
  Within,
} from '../kernel/index.ts'
import type { OutboundMessage, Recipient } from './message.ts'

/**
 * Where an intent stands. `queued` waits for its turn or time; `sending` is on its way; `unknown` may or may not have
 * arrived and waits for an echo; `parked` waits for a person; `accepted` has a provider id; `discarded` was given up by a person, or because a person took the conversation over (`stale_owner`). `delivery` tells how far an accepted message got.
 */
export type OutboxState =
  | 'queued'
  | 'sending'
  | 'unknown'
  | 'parked'
  | 'accepted'
  | 'failed'
  | 'discarded'

/** How far an accepted message got, in rising order. */
export type DeliveryStatus = 'accepted' | 'sent' | 'delivered' | 'read' | 'played'

/** One message on its way out. */
export interface OutboxEntry {
  readonly id: OutboxId
  readonly conversationId: ConversationId
  readonly contactId: ContactId
  readonly channelId: ChannelId
  /** Position within the conversation; strictly increasing. */
  readonly sequence: number
  readonly to: Recipient
  readonly message: OutboundMessage
  readonly replyTo?: string
  /** Random value that Meta echoes in every status. */
  readonly opaque: string
  readonly state: OutboxState
  readonly delivery?: DeliveryStatus
  readonly deliveryAt: Readonly<Partial<Record<DeliveryStatus | 'failed', string>>>
  /** Not before this time. */
  readonly dueAt: Date
  readonly leaseUntil?: Date
  /** Since when it is not known whether it arrived. */
  readonly unknownSince?: Date
  readonly attempts: number
  readonly providerMessageId?: string
  /** Graph code or our own code of the last refusal. */
  readonly errorCode?: string
  /** Owner epoch the reply was prepared under; absent for messages that always go. */
  readonly ownerEpoch?: number
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** A status as it settles an intent. */
export interface Settlement {
  readonly opaque?: string
  readonly providerMessageId: string
  readonly channelId: ChannelId
  readonly status: 'sent' | 'delivered' | 'read' | 'played' | 'failed'
  readonly at: Date
  readonly errorCode?: string
}

/** Outbound intents of one tenant inside a transaction. */
export interface OutboxStore {
  /** Adds intents. Sequences of one conversation must rise. */
  insert(entries: readonly OutboxEntry[]): Promise<void>
  get(id: OutboxId): Promise<OutboxEntry | undefined>
  /** Locks and returns intents by id; absent ids are left out. */
  lock(ids: readonly OutboxId[]): Promise<readonly OutboxEntry[]>
  /** Highest sequence of a conversation (0 when none) and whether an earlier intent still waits or is on its way. */
  tail(
    conversationId: ConversationId,
  ): Promise<{ readonly sequence: number; readonly busy: boolean }>
  /** Replaces intents. */
  update(entries: readonly OutboxEntry[]): Promise<void>
  /** Locks and returns the intent a status is about: by its opaque value, else by its provider id. */
  lockForSettlement(settlement: Settlement): Promise<OutboxEntry | undefined>
  /** Intents, newest first, by state or conversation; with `within` those of conversations there. `limit` at most 200. */
  list(query: {
    readonly states?: readonly OutboxState[]
    readonly conversationId?: ConversationId
    readonly within?: Within
    readonly limit: number
  }): Promise<readonly OutboxEntry[]>
}

/** The right to send one intent. */
export interface SendGrant {
  readonly tenantId: TenantId
  readonly outboxId: OutboxId
}

/** Due intents across tenants; ids only. */
export interface OutboxQueue {
  /**
   * Marks at most `limit` due intents as `sending` under a lease and returns them. An intent waits while an earlier one
   * of its conversation is queued or sending, and while its number is stopped.
   */
  claim(request: {
    readonly limit: number
    readonly leaseMs: number
    readonly now: Date
  }): Promise<readonly SendGrant[]>
  /**
   * Moves intents on by time alone: `sending` with an expired lease becomes `unknown`; `unknown` for longer than
   * `parkAfterMs` becomes `parked`. Returns how many were moved.
   */
  recover(request: {
    readonly now: Date
    readonly parkAfterMs: number
    readonly limit: number
  }): Promise<{ readonly unknown: number; readonly parked: number }>
  /** When the next intent is due or needs recovery, or nothing; what waits on a stopped number is not due. */
  nextDue(now: Date, parkAfterMs: number): Promise<Date | undefined>
}
