import type { EventBase, InboundEvent, UnknownEvent, UnknownReason } from './event.ts'
import type { Draft, Fields } from './narrow.ts'
import { readFields, readInstantMs, readText } from './narrow.ts'
import { canonicalJson, keepRaw } from './raw.ts'
import { sha256Sync } from './sha256.ts'

/** What all items of one change share. */
export interface Scope {
  /** The members every event of the change starts with. */
  readonly base: Omit<EventBase, 'key' | 'timestampMs'>
  /** `entry.time` as sent: part of the identity of events that have no id. */
  readonly entryTime: unknown
  /** Where the events of the change go. */
  readonly events: InboundEvent[]
}

/** The scope of a change: its account, field, number and whether it is a standby copy. */
export function createScope(
  entry: Fields,
  field: string,
  value: Fields,
  events: InboundEvent[],
): Scope {
  const metadata = readFields(value['metadata'])
  const base: Draft<Scope['base']> = {
    businessAccountId: readText(entry['id']) ?? '',
    field,
    standby: field === 'standby',
  }
  const phoneNumberId = readText(metadata['phone_number_id'])
  if (phoneNumberId !== undefined) base.phoneNumberId = phoneNumberId
  const display = readText(metadata['display_phone_number'])
  if (display !== undefined) base.displayPhoneNumber = display
  return { base, entryTime: entry['time'], events }
}

/** The scope for what stands under `value.standby`, wherever it came. */
export function standbyScope(scope: Scope): Scope {
  return { ...scope, base: { ...scope.base, standby: true } }
}

const longestKey = 300
const unprintable = /[^\x21-\x7e]/

/**
 * Key of an event that has an id of its own; `detail` stands before the id where the id alone does not identify it.
 * What would not be short printable ASCII is replaced by its digest.
 */
export function keyOfId(scope: Scope, kind: string, id: string, detail = ''): string {
  const prefix = scope.base.standby ? `standby:${kind}:` : `${kind}:`
  const length = prefix.length + detail.length + 1 + id.length
  // Tested one by one: joining them first would cost more than the rest of the event.
  if (length <= longestKey && !unprintable.test(id) && !unprintable.test(detail)) {
    return `${prefix}${detail}:${id}`
  }
  return `${prefix}sha256:${sha256Sync(canonicalJson([detail, id]))}`
}

/** Adds the number an event came to. */
export function addNumber(event: Draft<EventBase>, { base }: Scope): void {
  if (base.phoneNumberId !== undefined) event.phoneNumberId = base.phoneNumberId
  if (base.displayPhoneNumber !== undefined) event.displayPhoneNumber = base.displayPhoneNumber
}

/** Key of an event that has no id: a digest of where it came from and what it says. */
export function keyOfContent(scope: Scope, kind: string, raw: unknown): string {
  const { businessAccountId, field, phoneNumberId, standby } = scope.base
  const identity = [businessAccountId, field, phoneNumberId ?? null, standby, scope.entryTime, raw]
  return `${kind}:sha256:${sha256Sync(canonicalJson(keepRaw(identity)))}`
}

/** The members of an event that is identified by its content and keeps it. */
export function contentBase(
  scope: Scope,
  kind: string,
  raw: unknown,
  timestampMs: number | undefined,
): EventBase & { readonly raw: unknown } {
  const base = { key: keyOfContent(scope, kind, raw), ...scope.base, raw: keepRaw(raw) }
  return timestampMs === undefined ? base : { ...base, timestampMs }
}

/** The members of an event about an account or a number: its time is the value's own or the entry's. */
export function accountBase(
  scope: Scope,
  kind: string,
  value: Fields,
): EventBase & { readonly raw: unknown } {
  const time = readInstantMs(value['timestamp']) ?? readInstantMs(scope.entryTime)
  const event = contentBase(scope, kind, value, time)
  const display = readText(value['display_phone_number'])
  return display === undefined ? event : { ...event, displayPhoneNumber: display }
}

/** An item that could not be read, kept as sent. */
export function unknownEvent(
  scope: Scope,
  reason: UnknownReason,
  raw: unknown,
  member?: string,
): UnknownEvent {
  const event = {
    kind: 'unknown',
    ...contentBase(scope, 'unknown', raw, undefined),
    reason,
  } as const
  return member === undefined ? event : { ...event, member }
}
