import type { InboundEvent, StatusEvent } from './event.ts'
import type { Draft, Fields } from './narrow.ts'
import { isFields, readFlag, readInstantMs, readText } from './narrow.ts'
import { parseCallStatus } from './parse-call.ts'
import { parseErrors } from './parse-error.ts'
import type { ContactLookup } from './party.ts'
import { createParty } from './party.ts'
import type { Scope } from './scope.ts'
import { addNumber, keyOfId, unknownEvent } from './scope.ts'

type StatusPricing = NonNullable<StatusEvent['pricing']>
type StatusConversation = NonNullable<StatusEvent['conversation']>

/** Narrows one item of `statuses[]`: of a message, or of a call where its type says so. */
export function parseStatus(item: unknown, scope: Scope, contacts: ContactLookup): InboundEvent {
  if (!isFields(item)) return unknownEvent(scope, 'item_malformed', item, 'statuses')
  const messageId = readText(item['id'])
  if (messageId === undefined) return unknownEvent(scope, 'item_without_id', item, 'statuses')
  if (item['type'] === 'call') return parseCallStatus(item, messageId, scope, contacts)
  const rawStatus = readText(item['status']) ?? ''
  const participantId =
    readText(item['recipient_participant_user_id']) ?? readText(item['recipient_participant_id'])
  const detail = participantId === undefined ? rawStatus : `${rawStatus}:${participantId}`
  const event: Draft<StatusEvent> = {
    kind: 'status',
    key: keyOfId(scope, 'status', messageId, detail),
    businessAccountId: scope.base.businessAccountId,
    field: scope.base.field,
    standby: scope.base.standby,
    messageId,
    status: readStatus(rawStatus),
    rawStatus,
    recipient: {},
    errors: parseErrors(item['errors']),
  }
  addNumber(event, scope)
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
  if (isFields(pricing)) event.pricing = parsePricing(pricing)
  const conversation = item['conversation']
  if (isFields(conversation)) event.conversation = parseConversation(conversation)
}

function parsePricing(value: Fields): StatusPricing {
  const pricing: Draft<StatusPricing> = {}
  const model = readText(value['pricing_model'])
  if (model !== undefined) pricing.model = model
  const type = readText(value['type'])
  if (type !== undefined) pricing.type = type
  const category = readText(value['category'])
  if (category !== undefined) pricing.category = category
  const billable = readFlag(value['billable'])
  if (billable !== undefined) pricing.billable = billable
  return pricing
}

function parseConversation(value: Fields): StatusConversation {
  const conversation: Draft<StatusConversation> = {}
  const id = readText(value['id'])
  if (id !== undefined) conversation.id = id
  const origin = value['origin']
  const originType = isFields(origin) ? readText(origin['type']) : undefined
  if (originType !== undefined) conversation.origin = originType
  const expiresAtMs = readInstantMs(value['expiration_timestamp'])
  if (expiresAtMs !== undefined) conversation.expiresAtMs = expiresAtMs
  return conversation
}
