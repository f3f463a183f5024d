import type { InboxEventId, TenantId } from '../kernel/index.ts'

/**
 * The right to handle one lane until `leaseUntil`. A lane is one conversation: business number plus sender. `epoch` is
 * the fence: it grows with every grant, and everything done under an older epoch is refused.
 */
export interface LaneGrant {
  readonly tenantId: TenantId
  readonly laneKey: string
  readonly epoch: number
  readonly leaseUntil: Date
}

/** The lane queue across tenants. Sees keys and times, never payloads. */
export interface LaneQueue {
  /**
   * Grants at most `limit` lanes that have waiting events, are due, and are leased to nobody (or whose lease ran out),
   * longest-waiting first. Concurrent callers never get the same lane.
   */
  claim(request: {
    readonly limit: number
    readonly leaseMs: number
    readonly now: Date
  }): Promise<readonly LaneGrant[]>
  /** Gives lanes back; one that still has waiting events goes to the back of the line. A stale grant is ignored. */
  release(grants: readonly LaneGrant[], now: Date): Promise<void>
  /** Extends the lease and returns the renewed grant, or nothing when the lane was taken over. */
  extend(grant: LaneGrant, leaseMs: number, now: Date): Promise<LaneGrant | undefined>
  /**
   * Marks the events of turns handled that wrote nothing of their own, all in one statement: drops their payloads, keeps
   * their traces, and gives each lane back, to the back of the line when more waits, or keeps it then. Says for each what
   * became of its lane; under a stale grant everything stays as it was. Throws `lease_lost` and completes nothing when an
   * event is no longer waiting.
   */
  complete(turns: readonly HandledTurn[], at: Date): Promise<readonly LaneAfterTurn[]>
  /** When the next lane becomes due, or nothing when none waits. */
  nextDue(now: Date): Promise<Date | undefined>
}

/** Events of one lane whose handler wrote nothing. */
export interface HandledTurn {
  readonly grant: LaneGrant
  readonly handled: readonly HandledEvent[]
  /** Whether the lane stays leased when more waits. */
  readonly keep: boolean
}

/**
 * A lane that was given back is `empty`, or `waits` with more events; one with more that stays leased is `kept`, and one
 * that was given to somebody else before is `lost`.
 */
export type LaneAfterTurn = 'empty' | 'waits' | 'kept' | 'lost'

/** One stored event as its handler sees it. */
export interface WaitingEvent {
  readonly id: InboxEventId
  /** Position in the lane; strictly increasing, with gaps. */
  readonly ordinal: number
  readonly payload: Uint8Array
  readonly receivedAt: Date
  /** How often handling failed so far. */
  readonly attempts: number
}

/** What happened at one step of handling; codes, ids and counts only. */
export interface TraceStep {
  readonly step: string
  readonly outcome: string
  readonly detail?: { readonly [key: string]: string | number | boolean }
}

/** An event that was handled, and what happened. */
export interface HandledEvent {
  readonly id: InboxEventId
  readonly trace: readonly TraceStep[]
}

/** A dead event as a person sees it; without its content. */
export interface DeadEvent {
  readonly id: InboxEventId
  readonly kind: string
  readonly receivedAt: Date
  readonly attempts: number
  readonly errorCode: string
}

/** The lane's events inside a transaction of their tenant. What writes refuses a stale grant with `lease_lost`. */
export interface LaneStore {
  /**
   * The oldest waiting events of each lane, at most its `limit`, in order; in the order of `lanes`. For a stale grant, and
   * for one of another tenant, there is nothing instead of a list.
   */
  waiting(
    lanes: readonly { readonly grant: LaneGrant; readonly limit: number }[],
  ): Promise<readonly (readonly WaitingEvent[] | undefined)[]>
  /**
   * Marks events handled, drops their payloads, keeps their traces, and gives the lane back when nothing waits any more.
   * Returns whether it was given back.
   */
  complete(grant: LaneGrant, handled: readonly HandledEvent[], at: Date): Promise<boolean>
  /**
   * Records a failure: with `retryAt` the lane waits until then (order is kept, so later events wait too); without it
   * the event is dead and the lane goes on with the next one.
   */
  fail(
    grant: LaneGrant,
    eventId: InboxEventId,
    failure: { readonly errorCode: string; readonly at: Date; readonly retryAt?: Date },
  ): Promise<void>
  /** Dead events, newest first. */
  dead(limit: number): Promise<readonly DeadEvent[]>
  /** Puts a dead event back in front of its lane. Returns false when it is not dead. */
  replay(eventId: InboxEventId, at: Date): Promise<boolean>
  /** What happened to events, by id; absent ids are left out. */
  traces(
    eventIds: readonly InboxEventId[],
  ): Promise<ReadonlyMap<InboxEventId, readonly TraceStep[]>>
}
