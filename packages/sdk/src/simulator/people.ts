import { AuronxError } from '../kernel/index.ts'
import type { Answer } from './choices.ts'
import { answerOfButton, answerOfRow } from './choices.ts'
import type { Core } from './core.ts'
import { publish, saveMessage } from './core.ts'
import type { CartItem, Customers } from './customers.ts'
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
  const find = (customerId: string): Customer => findCustomer(core, customerId)
  return {
    ...createTalk(core),
    create: (customer) => createCustomer(core, customer),
    list: () => [...core.state.customers.values()],
    get: find,
    messages: (customerId) => threadOf(core.state, find(customerId).id),
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

type Talk = Pick<
  Customers,
  | 'sendText'
  | 'tapButton'
  | 'chooseRow'
  | 'sendCart'
  | 'sendImage'
  | 'sendVoice'
  | 'sendLocation'
  | 'sendRaw'
  | 'react'
>

function createTalk(core: Core): Talk {
  const say = (customerId: string, incoming: Incoming): ChatMessage =>
    send(core, findCustomer(core, customerId), incoming)
  const answer = (message: ChatMessage, { type, content }: Answer): ChatMessage =>
    say(message.customerId, { type, content, contextId: message.id })

  return {
    sendText: (customerId, body, { replyTo } = {}) =>
      say(customerId, { type: 'text', content: { body: checkText(body) }, contextId: replyTo }),
    tapButton(messageId, buttonId) {
      const message = findMessage(core, messageId)
      return answer(message, answerOfButton(message, buttonId, core.state.templates.values()))
    },
    chooseRow(messageId, rowId) {
      const message = findMessage(core, messageId)
      return answer(message, answerOfRow(message, rowId))
    },
    sendCart: (customerId, items, text) =>
      say(customerId, { type: 'order', content: cartOf(core, items, text) }),
    sendImage(customerId, { bytes, mimeType = 'image/png', caption } = {}) {
      const more = caption === undefined ? {} : { caption }
      const file = { bytes: bytes ?? drawSampleImage(), mimeType }
      return say(customerId, { type: 'image', ...fileContent(core, file, more) })
    },
    sendVoice(customerId, { bytes, mimeType = 'audio/ogg; codecs=opus' } = {}) {
      const file = { bytes: bytes ?? recordSampleVoice(), mimeType }
      return say(customerId, { type: 'audio', ...fileContent(core, file, { voice: true }) })
    },
    sendLocation: (customerId, place = samplePlace) =>
      say(customerId, { type: 'location', content: place }),
    sendRaw: (customerId, type, content, extra = {}) => say(customerId, { type, content, extra }),
    react: (customerId, messageId, emoji) =>
      react(core, findCustomer(core, customerId), messageId, emoji),
  }
}

function fileContent(
  core: Core,
  file: { readonly bytes: Uint8Array; readonly mimeType: string },
  more: JsonObject,
): Pick<Incoming, 'content'> & { readonly kept: JsonObject } {
  const item = storeMedia(core, { ...file, from: 'customer' })
  return {
    content: { ...webhookMedia(core, item), ...more },
    kept: { id: item.id, mime_type: item.mimeType, ...more },
  }
}

function findCustomer(core: Core, customerId: string): Customer {
  const customer = core.state.customers.get(customerId)
  if (customer === undefined) {
    throw new AuronxError('not_found', 'There is no such simulated customer')
  }
  return customer
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
