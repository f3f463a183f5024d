import type {
  EchoEvent,
  IdentityEvent,
  InboundEvent,
  MessageContext,
  MessageEvent,
  Party,
  Referral,
} from './event.ts'
import type { Draft, Fields } from './narrow.ts'
import { defined, isFields, readFields, readInstantMs, readText } from './narrow.ts'
import { parseContent } from './parse-content.ts'
import { parseErrors } from './parse-error.ts'
import type { ContactLookup } from './party.ts'
import { createParty } from './party.ts'
import type { Scope } from './scope.ts'
import { addNumber, keyOfId, unknownEvent } from './scope.ts'

/** What messages take from the value around them. */
export interface MessageSurroundings {
  readonly contacts: ContactLookup
  /** The only contact of a value with a single message: its author, should the message itself not say. */
  readonly loneContact: Fields | undefined
  /** `value.conversation_context.summary.text`. */
  readonly summary: string | undefined
}

/** Narrows one item of `messages[]`. */
export function parseMessage(
  item: unknown,
  scope: Scope,
  around: MessageSurroundings,
): InboundEvent {
  if (!isFields(item)) return unknownEvent(scope, 'item_malformed', item, 'messages')
  const messageId = readText(item['id'])
  if (messageId === undefined) return unknownEvent(scope, 'item_without_id', item, 'messages')
  const identity = parseIdentity(item, messageId, scope)
  if (identity !== undefined) return identity
  const event: Draft<MessageEvent> = {
    kind: 'message',
    key: keyOfId(scope, 'message', messageId, scope.base.phoneNumberId),
    businessAccountId: scope.base.businessAccountId,
    field: scope.base.field,
    standby: scope.base.standby,
    messageId,
    from: readAuthor(item, around),
    content: parseContent(item),
    errors: parseErrors(item['errors']),
  }
  const referral = item['referral']
  if (isFields(referral)) event.referral = parseReferral(referral)
  if (around.summary !== undefined) event.conversationSummary = around.summary
  return addCircumstances(event, item, scope)
}

/** Narrows one item of `message_echoes[]`. */
export function parseEcho(item: unknown, scope: Scope, contacts: ContactLookup): InboundEvent {
  if (!isFields(item)) return unknownEvent(scope, 'item_malformed', item, 'message_echoes')
  const messageId = readText(item['id'])
  if (messageId === undefined) return unknownEvent(scope, 'item_without_id', item, 'message_echoes')
  const event: Draft<EchoEvent> = {
    kind: 'echo',
    key: keyOfId(scope, 'echo', messageId, scope.base.phoneNumberId),
    businessAccountId: scope.base.businessAccountId,
    field: scope.base.field,
    standby: scope.base.standby,
    messageId,
    to: readRecipient(item, contacts),
    content: parseContent(item),
    errors: parseErrors(item['errors']),
  }
  return addCircumstances(event, item, scope)
}

/** The customer an outgoing item went to. */
export function readRecipient(item: Fields, contacts: ContactLookup): Party {
  const phone = readText(item['to'])
  const userId = readText(item['to_user_id'])
  const parent = readText(item['to_parent_user_id'])
  return createParty(phone, userId, parent, contacts(userId, phone))
}

/** Narrows what a message answers; undefined without `context`. */
export function parseContext(value: unknown): MessageContext | undefined {
  if (!isFields(value)) return undefined
  const context: Draft<MessageContext> = {
    forwarded: value['forwarded'] === true,
    frequentlyForwarded: value['frequently_forwarded'] === true,
  }
  const messageId = readText(value['id'])
  if (messageId !== undefined) context.messageId = messageId
  const phone = readText(value['from'])
  const userId = readText(value['from_user_id'])
  if (phone !== undefined || userId !== undefined) {
    const parent = readText(value['from_parent_user_id'])
    context.from = createParty(phone, userId, parent, undefined)
  }
  const product = value['referred_product']
  if (isFields(product)) {
    context.product = defined({
      catalogId: readText(product['catalog_id']),
      retailerId: readText(product['product_retailer_id']),
    })
  }
  return context
}

function addCircumstances<Event extends MessageEvent | EchoEvent>(
  event: Draft<Event>,
  item: Fields,
  scope: Scope,
): Draft<Event> {
  addNumber(event, scope)
  const timestampMs = readInstantMs(item['timestamp'])
  if (timestampMs !== undefined) event.timestampMs = timestampMs
  const groupId = readText(item['group_id'])
  if (groupId !== undefined) event.groupId = groupId
  const context = parseContext(item['context'])
  if (context !== undefined) event.context = context
  return event
}

function readAuthor(item: Fields, around: MessageSurroundings): Party {
  const phone = readText(item['from'])
  const userId = readText(item['from_user_id'])
  const nameless = phone === undefined && userId === undefined
  const contact = nameless ? around.loneContact : around.contacts(userId, phone)
  return createParty(phone, userId, readText(item['from_parent_user_id']), contact)
}

function parseReferral(value: Fields): Referral {
  return defined({
    sourceUrl: readText(value['source_url']),
    sourceId: readText(value['source_id']),
    sourceType: readText(value['source_type']),
    headline: readText(value['headline']),
    body: readText(value['body']),
    mediaType: readText(value['media_type']),
    imageUrl: readText(value['image_url']),
    videoUrl: readText(value['video_url']),
    thumbnailUrl: readText(value['thumbnail_url']),
    clickId: readText(value['ctwa_clid']),
    welcomeText: readText(readFields(value['welcome_message'])['text']),
  })
}

/** A system message that says that a number or a user id changed; undefined for every other message. */
function parseIdentity(item: Fields, messageId: string, scope: Scope): IdentityEvent | undefined {
  const system = item['system']
  if (item['type'] !== 'system' || !isFields(system)) return undefined
  const change = identityChanges.get(system['type'])
  if (change === undefined) return undefined
  const oldPhone = readText(item['from']) ?? readText(system['customer'])
  const newPhone = readText(system['wa_id']) ?? readText(system['new_wa_id'])
  return {
    ...scope.base,
    kind: 'identity',
    key: keyOfId(scope, 'message', messageId, scope.base.phoneNumberId),
    messageId,
    change,
    previous: createParty(
      oldPhone,
      readText(system['previous_user_id']),
      readText(system['previous_parent_user_id']),
      undefined,
    ),
    current: createParty(
      newPhone ?? (change === 'user_id' ? oldPhone : undefined),
      readText(system['user_id']) ?? readText(item['from_user_id']),
      readText(system['parent_user_id']),
      undefined,
    ),
    ...defined({
      detail: readText(system['body']),
      timestampMs: readInstantMs(item['timestamp']),
    }),
  }
}

const identityChanges: ReadonlyMap<unknown, IdentityEvent['change']> = new Map([
  ['user_changed_number', 'number'],
  ['customer_changed_number', 'number'],
  ['user_changed_user_id', 'user_id'],
])
