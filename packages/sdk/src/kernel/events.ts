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
   * Events of the tenant whose id sorts after `after`, in the order of ids; without `after` from the first one. Ids are made
   * before their transaction commits, so an event can still appear behind a newer one: read a few seconds back and leave
   * out what was seen. `limit` 1 to 500.
   */
  since(query: { readonly after?: string; readonly limit: number }): Promise<readonly DomainEvent[]>
}
