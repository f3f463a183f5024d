import type { Actor } from './actor.ts'
import type { TenantId } from './brand.ts'

/** A JSON value. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json }

/**
 * Something that happened to an aggregate, append-only. Data carries ids, codes and numbers as they were then; personal
 * values stand in erasable side rows, never here.
 */
export interface DomainEvent {
  /** UUIDv7. */
  readonly id: string
  readonly tenantId: TenantId
  /** Dotted name in the past tense, for example `order.confirmed`. */
  readonly type: string
  /** Version of the event's data shape, from 1. */
  readonly schema: number
  readonly aggregateType:
    | 'contact'
    | 'conversation'
    | 'order'
    | 'product'
    | 'outbox'
    | 'channel'
    | 'member'
  readonly aggregateId: string
  /** The aggregate's version after this event; unique per aggregate. */
  readonly aggregateVersion: number
  readonly occurredAt: Date
  readonly actor: Actor
  /** Id of the inbound event or request that everything in this chain stems from. */
  readonly correlationId: string
  readonly data: { readonly [key: string]: Json }
}

/** Append-only log of domain events. */
export interface EventStore {
  /** Appends events. Throws `conflict` when an aggregate version is already taken. */
  append(events: readonly DomainEvent[]): Promise<void>
  /** Events of one aggregate in the order of their versions. */
  ofAggregate(
    aggregateType: DomainEvent['aggregateType'],
    aggregateId: string,
  ): Promise<readonly DomainEvent[]>
  /**
   * Settled events of the tenant behind the event `after`, without it from the first one, in an order that only grows:
   * nothing ever appears before or between events that were read. An event is settled when every transaction that wrote
   * before it has ended, so one that is left open holds newer events up. `limit` 1 to 500. Throws `not_found` when the
   * tenant has no event `after`.
   */
  since(query: { readonly after?: string; readonly limit: number }): Promise<readonly DomainEvent[]>
  /** Id of the newest settled event, in the order of `since`; nothing when there is none. */
  newest(): Promise<string | undefined>
}
