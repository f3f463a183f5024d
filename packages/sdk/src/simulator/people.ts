import { AuronxError } from '../kernel/index.ts'
import type { Answer } from './choices.ts'
import { answerOfButton, answerOfRow } from './choices.ts'
import type { Core } from './core.ts'
import { publish, saveMessage } from './core.ts'
import type { CartItem, CustomerFile, Customers } from './customers.ts'
import { storeMedia, webhookMedia } from './graph/media-store.ts'
import type { JsonObject } from './json.ts'
import type { Ladder } from './ladder.ts'
import { changeNumber, changeUserId, createCustomer, hidePhone, saveCustomer } from './person.ts'
import { drawSampleImage, recordSampleVoice } from './sample-media.ts'
import type { ChatMessage, Customer } from './state.ts'
import { threadOf } from './state.ts'
import { incomingValue, preferenceValue } from './webhook-values.ts'

interface Incoming {
  readonly type: string
  readonly content: JsonObject
  readonly contextId?: string | undefined
  readonly extra?: JsonObject
  /** What the phone keeps, when it differs from what the webhook carries. */
  readonly kept?: JsonObject
}

/** The people of one simulator. */
export function createPeople(core: Core, ladder: Ladder): Customers {
  const { state } = core
  const find = (customerId: string): Customer => {
    const customer = state.customers.get(customerId)
    if (customer === undefined)
      throw new AuronxError('not_found', 'There is no such simulated customer')
    return customer
  }
  const say = (customer: Customer, incoming: Incoming): ChatMessage =>
    send(core, customer, incoming)
  const answer = (message: ChatMessage, { type, content }: Answer): ChatMessage =>
    say(find(message.customerId), { type, content, contextId: message.id })
  const sendFile = (
    customerId: string,
    type: 'image' | 'audio',
    file: Required<Pick<CustomerFile, 'bytes' | 'mimeType'>>,
    more: JsonObject,
  ): ChatMessage => {
    const customer = find(customerId)
    const item = storeMedia(core, { ...file, from: 'customer' })
    return say(customer, {
      type,
      content: { ...webhookMedia(core, item), ...more },
      kept: { id: item.id, mime_type: item.mimeType, ...more },
    })
  }

  return {
    create: (customer) => createCustomer(core, customer),
    list: () => [...state.customers.values()],
    get: find,
    messages: (customerId) => threadOf(state, find(customerId).id),
    sendText: (customerId, body, { replyTo } = {}) =>
      say(find(customerId), {
        type: 'text',
        content: { body: checkText(body) },
        contextId: replyTo,
      }),
    tapButton: (messageId, buttonId) => {
      const message = findMessage(core, messageId)
      return answer(message, answerOfButton(message, buttonId, state.templates.values()))
    },
    chooseRow: (messageId, rowId) => {
      const message = findMessage(core, messageId)
      return answer(message, answerOfRow(message, rowId))
    },
    sendCart: (customerId, items, text) =>
      say(find(customerId), { type: 'order', content: cartOf(core, items, text) }),
    sendImage: (customerId, { bytes, mimeType, caption } = {}) =>
      sendFile(
        customerId,
        'image',
        { bytes: bytes ?? drawSampleImage(), mimeType: mimeType ?? 'image/png' },
        caption === undefined ? {} : { caption },
      ),
    sendVoice: (customerId, { bytes, mimeType } = {}) =>
      sendFile(
        customerId,
        'audio',
        { bytes: bytes ?? recordSampleVoice(), mimeType: mimeType ?? 'audio/ogg; codecs=opus' },
        { voice: true },
      ),
    sendLocation: (customerId, place = samplePlace) =>
      say(find(customerId), { type: 'location', content: place }),
    sendRaw: (customerId, type, content, extra = {}) =>
      say(find(customerId), { type, content, extra }),
    react: (customerId, messageId, emoji) => react(core, find(customerId), messageId, emoji),
    openChat: (customerId) => ladder.open(find(customerId).id),
    closeChat: (customerId) => ladder.close(customerId),
    play: (messageId) => ladder.play(messageId),
    setReachable(customerId, reachable) {
      saveCustomer(core, { ...find(customerId), reachable })
      if (reachable) ladder.reach(customerId)
    },
    changeNumber: (customerId, phone) => changeNumber(core, find(customerId), phone),
    changeUserId: (customerId) => changeUserId(core, find(customerId)),
    hidePhone: (customerId, username) => hidePhone(core, find(customerId), username),
    setMarketing: (customerId, value) =>
      publish(core, 'user_preferences', preferenceValue(core, find(customerId), value)),
  }
}

const samplePlace: JsonObject = {
  latitude: 38.7139,
  longitude: -9.1394,
  name: 'Town square',
  address: '1 Example Square',
}

function send(core: Core, customer: Customer, incoming: Incoming): ChatMessage {
  const atMs = core.clock.now().getTime()
  const message: ChatMessage = {
    id: core.minting.messageId(customer.phone),
    customerId: customer.id,
    from: 'customer',
    atMs,
    type: incoming.type,
    content: incoming.content,
    status: 'delivered',
    reactions: {},
    ...(incoming.contextId === undefined ? {} : { contextId: incoming.contextId }),
  }
  const next = incoming.type === 'reaction' ? customer : { ...customer, lastInboundMs: atMs }
  core.state.customers.set(customer.id, next)
  if (incoming.type !== 'reaction')
    saveMessage(core, { ...message, content: incoming.kept ?? incoming.content })
  publish(core, 'messages', incomingValue(core, next, message, incoming.extra))
  return message
}

function react(core: Core, customer: Customer, messageId: string, emoji: string): void {
  const target = findMessage(core, messageId)
  const { customer: _before, ...others } = target.reactions
  const reactions = emoji === '' ? others : { ...others, customer: emoji }
  saveMessage(core, { ...target, reactions })
  const content = { message_id: messageId, ...(emoji === '' ? {} : { emoji }) }
  send(core, customer, { type: 'reaction', content })
}

function findMessage(core: Core, messageId: string): ChatMessage {
  const message = core.state.messages.get(messageId)
  if (message === undefined)
    throw new AuronxError('not_found', 'There is no such simulated message')
  return message
}

function cartOf(core: Core, items: readonly CartItem[], text: string | undefined): JsonObject {
  const { catalog } = core.state
  if (items.length === 0)
    throw new AuronxError('invalid_input', 'A cart needs at least one product')
  return {
    catalog_id: catalog.id,
    text: text ?? '',
    product_items: items.map(({ retailerId, quantity }) => {
      const product = catalog.products.find((each) => each.retailerId === retailerId)
      if (product === undefined)
        throw new AuronxError('not_found', 'The catalog has no such product')
      if (!Number.isInteger(quantity) || quantity < 1 || quantity > 99) {
        throw new AuronxError('invalid_input', 'A cart takes 1 to 99 units of a product')
      }
      return {
        product_retailer_id: retailerId,
        quantity,
        item_price: Number(product.price),
        currency: product.currency,
      }
    }),
  }
}

function checkText(body: string): string {
  if (body === '' || body.length > 4096) {
    throw new AuronxError('invalid_input', 'A text has 1 to 4,096 characters')
  }
  return body
}
