import { AuronxError, asId } from '../kernel/index.ts'
import type { ChannelId } from '../kernel/index.ts'
import type { InboundEvent } from '../webhook/index.ts'

/** An inbound event as it is kept until it is handled. */
export interface StoredEvent {
  readonly channelId: ChannelId
  readonly event: InboundEvent
}

/** The event as UTF-8 JSON bytes. Lone surrogates and NUL survive, because JSON escapes them. */
export function encodeStoredEvent(stored: StoredEvent): Uint8Array {
  return encoder.encode(JSON.stringify([1, stored.channelId, stored.event]))
}

/** Reads what {@link encodeStoredEvent} wrote. Throws `payload_unreadable` for other bytes. */
export function decodeStoredEvent(bytes: Uint8Array): StoredEvent {
  const parsed: unknown = JSON.parse(decoder.decode(bytes))
  if (
    !Array.isArray(parsed) ||
    parsed[0] !== 1 ||
    typeof parsed[1] !== 'string' ||
    !isEvent(parsed[2])
  ) {
    throw new AuronxError('payload_unreadable', 'A stored event has an unknown shape')
  }
  return { channelId: asId('ChannelId', parsed[1]), event: parsed[2] }
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()

// The bytes were written by encodeStoredEvent from a parsed event; the tag is checked, not the whole shape.
function isEvent(value: unknown): value is InboundEvent {
  return typeof value === 'object' && value !== null && 'kind' in value && 'key' in value
}
