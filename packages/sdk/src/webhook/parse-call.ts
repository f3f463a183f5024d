import type { CallEvent } from './account-event.ts'
import type { InboundEvent, Party } from './event.ts'
import type { Fields } from './narrow.ts'
import { defined, isFields, readFields, readInstantMs, readNumber, readText } from './narrow.ts'
import { parseMedia } from './parse-content.ts'
import { parseErrors } from './parse-error.ts'
import type { ContactLookup } from './party.ts'
import { createParty } from './party.ts'
import { keepRaw } from './raw.ts'
import type { Scope } from './scope.ts'
import { keyOfId, unknownEvent } from './scope.ts'

/** Narrows one item of `calls[]`. */
export function parseCall(item: unknown, scope: Scope, contacts: ContactLookup): InboundEvent {
  if (!isFields(item)) return unknownEvent(scope, 'item_malformed', item, 'calls')
  const callId = readText(item['id'])
  if (callId === undefined) return unknownEvent(scope, 'item_without_id', item, 'calls')
  const session = item['session']
  return {
    ...callBase(item, callId, readText(item['event']) ?? '', scope),
    from: readEnd(item, 'from', contacts),
    to: readEnd(item, 'to', contacts),
    ...defined({
      direction: readText(item['direction']),
      durationSeconds: readNumber(item['duration']),
      startedAtMs: readInstantMs(item['start_time']),
      endedAtMs: readInstantMs(item['end_time']),
      session: isFields(session)
        ? defined({ sdp: readText(session['sdp']), sdpType: readText(session['sdp_type']) })
        : undefined,
      recording: parseMedia(readFields(item['call_recording'])['audio']),
      transcript: parseMedia(readFields(item['call_transcript'])['document']),
    }),
  }
}

/** Narrows an item of `statuses[]` whose type is `call`. */
export function parseCallStatus(
  item: Fields,
  callId: string,
  scope: Scope,
  contacts: ContactLookup,
): CallEvent {
  const phone = readText(item['recipient_id'])
  const userId = readText(item['recipient_user_id'])
  const parent = readText(item['recipient_parent_user_id'])
  return {
    ...callBase(item, callId, 'status', scope),
    from: {},
    to: createParty(phone, userId, parent, contacts(userId, phone)),
  }
}

function callBase(
  item: Fields,
  callId: string,
  event: string,
  scope: Scope,
): Omit<CallEvent, 'from' | 'to'> {
  const status = readText(item['status'])
  const time = readText(item['timestamp']) ?? ''
  return {
    kind: 'call',
    key: keyOfId(scope, 'call', callId, `${event}:${status ?? ''}:${time}`),
    ...scope.base,
    callId,
    event,
    errors: parseErrors(item['errors']),
    raw: keepRaw(item),
    ...defined({
      status,
      timestampMs: readInstantMs(item['timestamp']),
      opaque: readText(item['biz_opaque_callback_data']),
    }),
  }
}

function readEnd(item: Fields, end: 'from' | 'to', contacts: ContactLookup): Party {
  const phone = readText(item[end])
  const userId = readText(item[`${end}_user_id`])
  const parent = readText(item[`${end}_parent_user_id`])
  return createParty(phone, userId, parent, contacts(userId, phone))
}
