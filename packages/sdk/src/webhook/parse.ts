import type { InboundEvent } from './event.ts'
import type { Fields } from './narrow.ts'
import { isFields, isList, readFields, readText } from './narrow.ts'
import { isAccountField, parseAccount } from './parse-account.ts'
import { isItemField, parseItems } from './parse-items.ts'
import { parseTemplate } from './parse-template.ts'
import { hasInexactInteger } from './raw.ts'
import type { Scope } from './scope.ts'
import { createScope, unknownEvent } from './scope.ts'

/** Largest body Meta sends, in bytes. @see https://developers.facebook.com/docs/graph-api/webhooks/getting-started */
export const maxWebhookBytes = 3 * 1024 * 1024

/** Most items Meta puts into one change. */
export const maxItemsPerChange = 1000

/** Why a body holds no events at all. */
export type UnreadableReason = 'empty' | 'not_json' | 'not_an_object' | 'no_entries'

/** What {@link parseWebhook} found. */
export interface ParseResult {
  /** Everything in the body, in its order; what is not known is among it as `unknown`. */
  readonly events: readonly InboundEvent[]
  /** Present when the body as a whole could not be read; there are no events then. Keep the bytes and raise an alarm. */
  readonly unreadable?: { readonly reason: UnreadableReason }
  /** Limits of Meta that the body exceeds. Its events are complete nevertheless. */
  readonly exceeded?: readonly ('bytes' | 'items')[]
}

/**
 * Reads the body of a webhook into typed events: every entry, every change, every item. Total: no bytes make it throw,
 * and a malformed item becomes an `unknown` event beside its siblings. It does not verify anything: call
 * `verifySignature` on the same bytes first.
 *
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/reference
 */
export function parseWebhook(rawBody: Uint8Array | string): ParseResult {
  const text = typeof rawBody === 'string' ? rawBody : decoder.decode(rawBody)
  const body = parseJson(text)
  if (body === undefined) return unreadable(text.trim() === '' ? 'empty' : 'not_json')
  if (!isFields(body)) return unreadable('not_an_object')
  if (typeof body['object'] === 'string' && body['object'] !== 'whatsapp_business_account') {
    const scope = createScope({}, '', {}, [])
    return { events: [unknownEvent(scope, 'object_unknown', body)] }
  }
  const entries = body['entry']
  if (!isList(entries)) return unreadable('no_entries')
  return withLimits(readEntries(entries, text), entries, rawBody.length)
}

const decoder = new TextDecoder()

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}

function unreadable(reason: UnreadableReason): ParseResult {
  return { events: [], unreadable: { reason } }
}

function readEntries(entries: readonly unknown[], text: string): readonly InboundEvent[] {
  const events: InboundEvent[] = []
  for (const entry of entries) readEntry(entry, events)
  if (!events.some(isInexact)) return events
  const exact = readFields(parseExactly(text))['entry']
  if (!isList(exact)) return events
  const again: InboundEvent[] = []
  for (const entry of exact) readEntry(entry, again)
  return again
}

/** Whether an event that keeps its raw form lost digits to JavaScript's numbers. */
function isInexact(event: InboundEvent): boolean {
  if (event.kind === 'message' || event.kind === 'status') return false
  return 'raw' in event && hasInexactInteger(event.raw)
}

function readEntry(entry: unknown, events: InboundEvent[]): void {
  if (!isFields(entry) || !isList(entry['changes'])) {
    const scope = createScope(readFields(entry), '', {}, events)
    events.push(unknownEvent(scope, 'envelope_malformed', entry, 'entry'))
    return
  }
  for (const change of entry['changes']) readChange(entry, change, events)
}

function readChange(entry: Fields, change: unknown, events: InboundEvent[]): void {
  const fields = readFields(change)
  const value = fields['value']
  const field = readText(fields['field']) ?? ''
  if (!isFields(value)) {
    const reason = isFields(change) && 'value' in change ? 'value_malformed' : 'envelope_malformed'
    events.push(unknownEvent(createScope(entry, field, {}, events), reason, change, 'changes'))
    return
  }
  readValue(createScope(entry, field, value, events), field, value)
}

function readValue(scope: Scope, field: string, value: Fields): void {
  const { events } = scope
  if (!isItemField(field)) {
    const reason = isAccountField(field) ? 'value_malformed' : 'field_unknown'
    events.push(parseAccount(value, scope) ?? unknownEvent(scope, reason, value))
    return
  }
  if (parseItems(value, scope)) return
  events.push(parseTemplate(value, scope) ?? unknownEvent(scope, 'value_malformed', value))
}

/** The body with whole numbers that JavaScript cannot hold as text; undefined where the runtime cannot tell. */
function parseExactly(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text, keepDigits)
    return value
  } catch {
    return undefined
  }
}

function keepDigits(
  _name: string,
  value: unknown,
  context?: { readonly source?: string },
): unknown {
  if (typeof value !== 'number' || !Number.isInteger(value)) return value
  return Number.isSafeInteger(value) ? value : (context?.source ?? value)
}

function withLimits(
  events: readonly InboundEvent[],
  entries: readonly unknown[],
  length: number,
): ParseResult {
  const exceeded: ('bytes' | 'items')[] = []
  if (length > maxWebhookBytes) exceeded.push('bytes')
  if (events.length > maxItemsPerChange && hasLongChange(entries)) exceeded.push('items')
  return exceeded.length === 0 ? { events } : { events, exceeded }
}

function hasLongChange(entries: readonly unknown[]): boolean {
  const isLong = (list: unknown): boolean => isList(list) && list.length > maxItemsPerChange
  return entries.some((entry) => {
    const changes = readFields(entry)['changes']
    if (!isList(changes)) return false
    return changes.some((change) =>
      Object.values(readFields(readFields(change)['value'])).some(isLong),
    )
  })
}
