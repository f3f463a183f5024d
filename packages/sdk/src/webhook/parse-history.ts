import type { HistoryEvent, HistoryItem, InboundEvent, Party } from './event.ts'
import type { Fields } from './narrow.ts'
import {
  defined,
  isFields,
  isList,
  readFields,
  readInstantMs,
  readNumber,
  readText,
} from './narrow.ts'
import { parseContent } from './parse-content.ts'
import { parseErrors } from './parse-error.ts'
import { parseContext } from './parse-message.ts'
import { createParty } from './party.ts'
import { keepRaw } from './raw.ts'
import type { Scope } from './scope.ts'
import { contentBase, unknownEvent } from './scope.ts'

type Direction = HistoryItem['direction']

/** Narrows one item of `history[]`: an event for every thread of it, or one for its errors. */
export function parseHistory(piece: unknown, scope: Scope): readonly InboundEvent[] {
  if (!isFields(piece)) return [unknownEvent(scope, 'item_malformed', piece, 'history')]
  const metadata = readFields(piece['metadata'])
  const progress = defined({
    phase: readNumber(metadata['phase']),
    chunkOrder: readNumber(metadata['chunk_order']),
    progress: readNumber(metadata['progress']),
  })
  const threads = piece['threads']
  if (!isList(threads)) {
    return [{ ...historyBase(scope, piece), customer: {}, items: [], ...progress }]
  }
  const events = threads.map((thread) => parseThread(thread, metadata, progress, scope))
  const hasErrors = isList(piece['errors']) && piece['errors'].length > 0
  if (!hasErrors && events.length > 0) return events
  return [...events, { ...historyBase(scope, piece), customer: {}, items: [], ...progress }]
}

/** Narrows one loose message of the history (its media come so) into an event of its own. */
export function parseLooseHistory(
  item: unknown,
  member: 'messages' | 'message_echoes',
  scope: Scope,
): InboundEvent {
  if (!isFields(item)) return unknownEvent(scope, 'item_malformed', item, member)
  const [direction, end] =
    member === 'messages' ? (['in', 'from'] as const) : (['out', 'to'] as const)
  const phone = readText(item[end])
  const userId = readText(item[`${end}_user_id`])
  const parent = readText(item[`${end}_parent_user_id`])
  return {
    ...historyBase(scope, { [member]: [item] }),
    customer: createParty(phone, userId, parent, undefined),
    items: [parseItem(item, () => direction)],
  }
}

function historyBase(scope: Scope, raw: Fields): Omit<HistoryEvent, 'customer' | 'items'> {
  const { raw: _raw, ...base } = contentBase(scope, 'history', raw, undefined)
  return { kind: 'history', ...base, errors: parseErrors(raw['errors']) }
}

function parseThread(
  thread: unknown,
  metadata: Fields,
  progress: Pick<HistoryEvent, 'phase' | 'chunkOrder' | 'progress'>,
  scope: Scope,
): InboundEvent {
  if (!isFields(thread) || !isList(thread['messages'])) {
    return unknownEvent(scope, 'item_malformed', thread, 'threads')
  }
  const customer = readCustomer(thread)
  const { raw: _raw, ...base } = contentBase(scope, 'history', { metadata, thread }, undefined)
  return {
    kind: 'history',
    ...base,
    customer,
    items: thread['messages'].map((item) =>
      parseItem(item, (fields) => tellDirection(fields, customer)),
    ),
    ...progress,
    errors: parseErrors(thread['errors']),
  }
}

function readCustomer(thread: Fields): Party {
  const context = readFields(thread['context'])
  return createParty(
    readText(context['wa_id']) ?? readText(thread['id']),
    readText(context['user_id']),
    readText(context['parent_user_id']),
    context,
  )
}

function tellDirection(item: Fields, customer: Party): Direction {
  const userId = readText(item['from_user_id'])
  if (userId !== undefined && customer.userId !== undefined) {
    return userId === customer.userId ? 'in' : 'out'
  }
  if ('to' in item || 'to_user_id' in item) return 'out'
  const from = readText(item['from'])
  if (from === undefined || customer.phone === undefined) return 'unknown'
  return from === customer.phone ? 'in' : 'out'
}

function parseItem(value: unknown, direction: (item: Fields) => Direction): HistoryItem {
  if (!isFields(value)) {
    return {
      direction: 'unknown',
      content: { type: 'unknown', rawType: '', raw: keepRaw(value) },
      errors: [],
    }
  }
  return {
    direction: direction(value),
    content: parseContent(value),
    errors: parseErrors(value['errors']),
    ...defined({
      messageId: readText(value['id']),
      timestampMs: readInstantMs(value['timestamp']),
      status: readText(readFields(value['history_context'])['status']),
      context: parseContext(value['context']),
    }),
  }
}
