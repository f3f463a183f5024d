import type { ChannelId, InboxEventId, TenantId } from '../kernel/index.ts'
import type { LaneGrant } from '../lanes/index.ts'

/** One event to be stored. */
export interface AcceptItem {
  readonly tenantId: TenantId
  readonly channelId: ChannelId
  readonly id: InboxEventId
  /** SHA-256 (hex) of the number and the event's key; the same event delivered again has the same hash. */
  readonly dedupHash: string
  readonly laneKey: string
  readonly kind: string
  readonly payload: Uint8Array
  readonly receivedAt: Date
}

/** What storing a batch did. */
export interface AcceptResult {
  /** Ids of the events that are new; the others were delivered before. */
  readonly accepted: readonly InboxEventId[]
  /**
   * Lanes that were idle and are now leased to the caller, because it asked for it; each with the ids of its events in
   * order. A lane that had events waiting already is not granted.
   */
  readonly grants: readonly {
    readonly grant: LaneGrant
    readonly eventIds: readonly InboxEventId[]
  }[]
}

/** Durable acceptance across tenants. */
export interface InboxStore {
  /**
   * Stores events and their lanes in one statement and one commit. An event whose hash is already stored for its tenant
   * is left out. Ordinals are assigned under the lane's lock, in the order of `items`. With `leaseMs` idle lanes are
   * granted to the caller.
   *
   * Throws `storage_constraint` when a value cannot be stored (the caller splits the batch), `storage_unavailable`
   * (retryable) when the database cannot be reached.
   */
  accept(
    items: readonly AcceptItem[],
    options: { readonly now: Date; readonly leaseMs?: number },
  ): Promise<AcceptResult>
  /** Counts a webhook that named a number we do not serve, or whose app may not speak for it. No content is kept. */
  countRefused(refusal: {
    readonly appId: string
    readonly phoneNumberId: string
    readonly reason: 'unknown_number' | 'foreign_app' | 'too_old' | 'unstorable'
    readonly at: Date
    readonly count: number
  }): Promise<void>
  /** Keeps the bytes of a correctly signed body that could not be read, until `keepUntil`. */
  keepUnreadable(body: {
    readonly appId: string
    readonly bytes: Uint8Array
    readonly at: Date
    readonly keepUntil: Date
  }): Promise<void>
  /** Deletes handled events and unreadable bodies older than `before`, at most `limit`. Returns how many. */
  prune(before: Date, limit: number): Promise<number>
}
