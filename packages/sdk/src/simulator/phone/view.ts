import type { Json } from '../../kernel/index.ts'
import type { QuickReply } from '../choices.ts'
import { quickRepliesOf, templateOf } from '../choices.ts'
import { fillTemplate } from '../graph/template-use.ts'
import type { JsonObject } from '../json.ts'
import { isObject, listAt, objectAt, textAt } from '../json.ts'
import type { CatalogProduct, ChatMessage, Customer, SimulatorState } from '../state.ts'

/**
 * A message as the phone page draws it: plain members, no rule of WhatsApp left to know. `media.url` is relative to the
 * phone's API.
 */
export function viewOf(state: SimulatorState, message: ChatMessage): JsonObject {
  return {
    id: message.id,
    customerId: message.customerId,
    mine: message.from === 'customer',
    atMs: message.atMs,
    type: message.type,
    status: message.status,
    reactions: { ...message.reactions },
    ...quoteOf(state, message),
    ...bodyOf(state, message),
  }
}

/** A customer as the phone page draws it. */
export function customerView(state: SimulatorState, customer: Customer): JsonObject {
  const lastId = state.threads.get(customer.id)?.at(-1)
  const last = state.messages.get(lastId ?? '')
  return {
    id: customer.id,
    name: customer.name,
    label: customer.phone === undefined ? `@${customer.username ?? ''}` : `+${customer.phone}`,
    reachable: customer.reachable,
    lastAtMs: last?.atMs ?? 0,
    last: last === undefined ? '' : previewOf(state, last),
  }
}

/** A product as the phone page draws it. */
export function productView(product: CatalogProduct): JsonObject {
  return {
    id: product.retailerId,
    name: product.name,
    description: product.description ?? '',
    price: product.price,
    currency: product.currency,
  }
}

/** One line of text that stands for a message, for quotes and for the list of chats. */
export function previewOf(state: SimulatorState, message: ChatMessage): string {
  const { type, content } = message
  if (type === 'text') return textAt(content, 'body') ?? ''
  if (type === 'template') return textAt(templateBody(state, message), 'text') ?? ''
  if (type === 'interactive') return interactivePreview(content)
  if (type === 'button') return textAt(content, 'text') ?? ''
  const caption = textAt(content, 'caption')
  return caption ?? labels[type] ?? type
}

const labels: Readonly<Record<string, string>> = {
  image: '📷 Photo',
  video: '🎬 Video',
  audio: '🎤 Voice message',
  document: '📄 Document',
  sticker: 'Sticker',
  location: '📍 Location',
  contacts: '👤 Contact',
  order: '🛒 Cart',
}

const mediaTypes = new Set(['image', 'video', 'audio', 'document', 'sticker'])

function bodyOf(state: SimulatorState, message: ChatMessage): JsonObject {
  const { type, content } = message
  if (mediaTypes.has(type))
    return { media: mediaView(state, content), text: textAt(content, 'caption') ?? '' }
  switch (type) {
    case 'text':
      return { text: textAt(content, 'body') ?? '' }
    case 'button':
      return { text: textAt(content, 'text') ?? '' }
    case 'interactive':
      return interactiveView(state, content)
    case 'template':
      return templateBody(state, message)
    case 'location':
      return { location: content }
    case 'order':
      return cartView(state, content)
    case 'contacts':
      return { text: contactNames(content) }
    default:
      return { text: `[${type}]` }
  }
}

function interactiveView(state: SimulatorState, content: JsonObject): JsonObject {
  const reply = chosenReply(content)
  if (reply !== undefined) {
    const description = textAt(reply, 'description')
    return {
      text: textAt(reply, 'title') ?? '',
      ...(description === undefined ? {} : { note: description }),
    }
  }
  const action = objectAt(content, 'action')
  return {
    ...headerView(state, objectAt(content, 'header')),
    text: textAt(objectAt(content, 'body'), 'text') ?? '',
    footer: textAt(objectAt(content, 'footer'), 'text') ?? '',
    ...actionView(state, textAt(content, 'type') ?? '', action),
  }
}

function actionView(state: SimulatorState, type: string, action: JsonObject): JsonObject {
  switch (type) {
    case 'button':
      return { buttons: listAt(action, 'buttons').map((button) => objectAt(button, 'reply')) }
    case 'list':
      return {
        list: { button: textAt(action, 'button') ?? '', sections: [...listAt(action, 'sections')] },
      }
    case 'cta_url': {
      const parameters = objectAt(action, 'parameters')
      const label = textAt(parameters, 'display_text') ?? ''
      return { links: [{ label, url: textAt(parameters, 'url') ?? '' }] }
    }
    case 'product':
      return { products: [{ title: '', items: productsOf(state, [action]) }] }
    case 'product_list':
      return {
        products: listAt(action, 'sections').map((section) => ({
          title: textAt(section, 'title') ?? '',
          items: productsOf(state, listAt(section, 'product_items')),
        })),
      }
    case 'catalog_message':
      return { products: [{ title: '', items: state.catalog.products.map(productView) }] }
    case 'location_request_message':
      return { asksLocation: true }
    default:
      return {}
  }
}

function productsOf(state: SimulatorState, items: readonly Json[]): JsonObject[] {
  return items.flatMap((item) => {
    const id = textAt(item, 'product_retailer_id')
    const product = state.catalog.products.find((each) => each.retailerId === id)
    return product === undefined ? [] : [productView(product)]
  })
}

function headerView(state: SimulatorState, header: JsonObject): JsonObject {
  const type = textAt(header, 'type') ?? ''
  if (type === 'text') return { header: textAt(header, 'text') ?? '' }
  return mediaTypes.has(type) ? { media: mediaView(state, objectAt(header, type), type) } : {}
}

function mediaView(state: SimulatorState, content: JsonObject, kind?: string): JsonObject {
  const item = state.media.get(textAt(content, 'id') ?? '')
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(item === undefined
      ? {}
      : { url: `media/${item.id}`, mimeType: item.mimeType, bytes: item.bytes.length }),
    link: textAt(content, 'link') ?? '',
    filename: textAt(content, 'filename') ?? '',
    voice: content['voice'] === true,
  }
}

function templateBody(state: SimulatorState, message: ChatMessage): JsonObject {
  const template = templateOf(message, state.templates.values())
  if (template === undefined) return { text: '[template]' }
  const buttons = quickRepliesOf(message, state.templates.values()).map((reply: QuickReply) => ({
    id: reply.payload,
    title: reply.text,
  }))
  return {
    header: fillTemplate(template, message.content, 'HEADER'),
    text: fillTemplate(template, message.content, 'BODY'),
    footer: fillTemplate(template, message.content, 'FOOTER'),
    links: linksOf(template.components),
    ...(buttons.length === 0 ? {} : { buttons }),
  }
}

function linksOf(components: readonly JsonObject[]): JsonObject[] {
  return components
    .flatMap((component) => listAt(component, 'buttons'))
    .filter((button) => textAt(button, 'type') === 'URL')
    .map((button) => ({ label: textAt(button, 'text') ?? '', url: textAt(button, 'url') ?? '' }))
}

function cartView(state: SimulatorState, content: JsonObject): JsonObject {
  return {
    text: textAt(content, 'text') ?? '',
    cart: listAt(content, 'product_items')
      .filter(isObject)
      .map((item) => {
        const id = textAt(item, 'product_retailer_id') ?? ''
        const product = state.catalog.products.find((each) => each.retailerId === id)
        return {
          name: product?.name ?? id,
          quantity: item['quantity'] ?? 0,
          price: product?.price ?? priceAt(item),
          currency: textAt(item, 'currency') ?? '',
        }
      }),
  }
}

function quoteOf(state: SimulatorState, message: ChatMessage): JsonObject {
  const quoted = state.messages.get(message.contextId ?? '')
  if (quoted === undefined) return {}
  const text = previewOf(state, quoted).slice(0, 120)
  return { quote: { mine: quoted.from === 'customer', text } }
}

function chosenReply(content: JsonObject): JsonObject | undefined {
  const type = textAt(content, 'type') ?? ''
  return type.endsWith('_reply') ? objectAt(content, type) : undefined
}

function interactivePreview(content: JsonObject): string {
  const reply = chosenReply(content)
  if (reply !== undefined) return textAt(reply, 'title') ?? ''
  return textAt(objectAt(content, 'body'), 'text') ?? 'Products'
}

function contactNames(content: JsonObject): string {
  const names = listAt(content, 'contacts').map(
    (contact) => textAt(objectAt(contact, 'name'), 'formatted_name') ?? '',
  )
  return `👤 ${names.join(', ')}`
}

function priceAt(item: object): string {
  const price = 'item_price' in item ? item.item_price : undefined
  return typeof price === 'number' || typeof price === 'string' ? String(price) : ''
}
