import type { InboundEvent, StatusEvent } from './event.ts'
import type { Draft, Fields } from './narrow.ts'
import { defined, isFields, readFields, readFlag, readInstantMs, readText } from './narrow.ts'
import { parseCallStatus } from './parse-call.ts'
import { parseErrors } from './parse-error.ts'
import type { ContactLookup } from './party.ts'
import { createParty } from './party.ts'
import type { Scope } from './scope.ts'
import { keyOfId, unknownEvent } from './scope.ts'

/** Narrows one item of `statuses[]`: of a message, or of a call where its type says so. */
export function parseStatus(item: unknown, scope: Scope, contacts: ContactLookup): InboundEvent {
  if (!isFields(item)) return unknownEvent(scope, 'item_malformed', item, 'statuses')
  const messageId = readText(item['id'])
  if (messageId === undefined) return unknownEvent(scope, 'item_without_id', item, 'statuses')
  if (item['type'] === 'call') return parseCallStatus(item, messageId, scope, contacts)
  const rawStatus = readText(item['status']) ?? ''
  const participantId =
    readText(item['recipient_participant_user_id']) ?? readText(item['recipient_participant_id'])
  const parts = `${messageId}:${rawStatus}`
  const event: Draft<StatusEvent> = {
    kind: 'status',
    key: keyOfId(scope, 'status', participantId ? `${parts}:${participantId}` : parts),
    ...scope.base,
    messageId,
    status: readStatus(rawStatus),
    rawStatus,
    recipient: {},
    errors: parseErrors(item['errors']),
  }
  const timestampMs = readInstantMs(item['timestamp'])
  if (timestampMs !== undefined) event.timestampMs = timestampMs
  const opaque = readText(item['biz_opaque_callback_data'])
  if (opaque !== undefined) event.opaque = opaque
  addRecipient(event, item, contacts)
  addBilling(event, item)
  return event
}

function readStatus(value: string): StatusEvent['status'] {
  switch (value) {
    case 'sent':
    case 'delivered':
    case 'read':
    case 'played':
    case 'failed':
      return value
    default:
      return 'unknown'
  }
}

function addRecipient(event: Draft<StatusEvent>, item: Fields, contacts: ContactLookup): void {
  const id = readText(item['recipient_id'])
  if (item['recipient_type'] !== 'group') {
    const userId = readText(item['recipient_user_id'])
    const parent =
      readText(item['recipient_parent_user_id']) ?? readText(item['parent_recipient_user_id'])
    event.recipient = createParty(id, userId, parent, contacts(userId, id))
    return
  }
  if (id !== undefined) event.groupId = id
  const phone = readText(item['recipient_participant_id'])
  const userId = readText(item['recipient_participant_user_id'])
  if (phone === undefined && userId === undefined) return
  const parent = readText(item['recipient_participant_parent_user_id'])
  event.participant = createParty(phone, userId, parent, contacts(userId, phone))
}

function addBilling(event: Draft<StatusEvent>, item: Fields): void {
  const pricing = item['pricing']
  if (isFields(pricing)) {
    event.pricing = defined({
      model: readText(pricing['pricing_model']),
      type: readText(pricing['type']),
      category: readText(pricing['category']),
      billable: readFlag(pricing['billable']),
    })
  }
  const conversation = item['conversation']
  if (isFields(conversation)) {
    event.conversation = defined({
      id: readText(conversation['id']),
      origin: readText(readFields(conversation['origin'])['type']),
      expiresAtMs: readInstantMs(conversation['expiration_timestamp']),
    })
  }
}
