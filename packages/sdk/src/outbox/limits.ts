import type {
  ButtonsMessage,
  ContactCard,
  ListMessage,
  MediaSource,
  MessageHeader,
  OutboundMessage,
  ProductListMessage,
  TemplateComponent,
  TemplateParameter,
} from './message.ts'
import { graphemes } from './truncate.ts'

/**
 * Meta's limits for messages we send; lengths are UTF-16 code units, the strictest of the ways Meta may count. Checked
 * 2026-11-23.
 *
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-messages (interactive messages)
 * @see https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates (templates)
 */
export const messageLimits = {
  textBody: 4096,
  caption: 1024,
  interactiveBody: 1024,
  listBody: 4096,
  header: 60,
  footer: 60,
  buttons: 3,
  buttonTitle: 20,
  buttonId: 256,
  listButton: 20,
  listSections: 10,
  listRows: 10,
  sectionTitle: 24,
  rowTitle: 24,
  rowId: 200,
  rowDescription: 72,
  linkLabel: 20,
  url: 2000,
  products: 30,
  productSections: 10,
  contacts: 257,
  templateName: 512,
  templateText: 1024,
  templateButtonIndex: 9,
  couponCode: 20,
  carouselCardsMin: 2,
  carouselCards: 10,
  opaque: 512,
} as const

/** Which kind of limit a message breaks. */
export type MessageRule =
  | 'max_length'
  | 'required'
  | 'max_items'
  | 'min_items'
  | 'unique'
  | 'format'

/**
 * One broken limit. `path` names the member, for example `buttons[2].title`. `limit` and `actual` are lengths or counts;
 * for `required`, `unique` and `format` they are 1 and 0, and 0 and 1 where something must not be there.
 */
export interface MessageProblem {
  readonly path: string
  readonly rule: MessageRule
  readonly limit: number
  readonly actual: number
}

/** Whether a message keeps within Meta's limits; `problems` has at least one entry and no content of the message. */
export type MessageCheck =
  | { readonly kind: 'ok' }
  | { readonly kind: 'refused'; readonly problems: readonly MessageProblem[] }

const limits = messageLimits

/** Checks a message against Meta's limits. Reports every problem. */
export function checkMessage(message: OutboundMessage): MessageCheck {
  const problems = [...problemsOf(message)]
  return problems.length === 0 ? { kind: 'ok' } : { kind: 'refused', problems }
}

type Problems = Iterable<MessageProblem>

function* problemsOf(message: OutboundMessage): Problems {
  switch (message.kind) {
    case 'text':
      return yield* text('body', message.body, limits.textBody)
    case 'image':
    case 'video':
    case 'document':
      yield* mediaSource('media', message.media)
      return yield* optionalText('caption', message.caption, limits.caption)
    case 'audio':
    case 'sticker':
      return yield* mediaSource('media', message.media)
    case 'buttons':
      return yield* buttonsProblems(message)
    case 'list':
      return yield* listProblems(message)
    case 'link':
      yield* frame(message, limits.interactiveBody)
      yield* text('label', message.label, limits.linkLabel)
      return yield* address('url', message.url)
    case 'product':
      yield* text('catalogId', message.catalogId)
      yield* text('retailerId', message.retailerId)
      yield* optionalText('body', message.body, limits.interactiveBody)
      return yield* optionalText('footer', message.footer, limits.footer)
    case 'product_list':
      return yield* productListProblems(message)
    case 'catalog':
      return yield* frame(message, limits.interactiveBody)
    case 'template':
      yield* text('name', message.name, limits.templateName)
      yield* format('name', /^[a-z0-9_]*$/.test(message.name))
      yield* text('language', message.language)
      return yield* components('components', message.components)
    case 'location':
      return yield* point('', message)
    case 'contacts':
      yield* count('contacts', message.contacts.length, 1, limits.contacts)
      for (const [index, card] of message.contacts.entries()) {
        yield* contactProblems(`contacts[${index}]`, card)
      }
      return
    case 'reaction':
      yield* text('messageId', message.messageId)
      return yield* format('emoji', graphemes(message.emoji).length <= 1)
    case 'location_request':
    case 'contact_request':
      return yield* text('body', message.body, limits.interactiveBody)
  }
}

interface Frame {
  readonly header?: string | MessageHeader
  readonly body: string
  readonly footer?: string
}

function* frame(message: Frame, bodyLimit: number): Problems {
  yield* header(message.header)
  yield* text('body', message.body, bodyLimit)
  yield* optionalText('footer', message.footer, limits.footer)
}

function* header(value: string | MessageHeader | undefined): Problems {
  if (value === undefined) return
  if (typeof value === 'string') return yield* text('header', value, limits.header)
  if (value.kind === 'text') return yield* text('header.text', value.text, limits.header)
  yield* mediaSource('header.media', value.media)
}

function* buttonsProblems(message: ButtonsMessage): Problems {
  yield* frame(message, limits.interactiveBody)
  yield* count('buttons', message.buttons.length, 1, limits.buttons)
  yield* unique(
    'buttons',
    message.buttons.map((one) => one.id),
  )
  yield* unique(
    'buttons',
    message.buttons.map((one) => one.title),
  )
  for (const [index, one] of message.buttons.entries()) {
    yield* text(`buttons[${index}].id`, one.id, limits.buttonId)
    yield* text(`buttons[${index}].title`, one.title, limits.buttonTitle)
  }
}

function* listProblems(message: ListMessage): Problems {
  yield* frame(message, limits.listBody)
  yield* text('button', message.button, limits.listButton)
  yield* count('sections', message.sections.length, 1, limits.listSections)
  const rows = message.sections.flatMap((section) => section.rows)
  yield* count('sections.rows', rows.length, 1, limits.listRows)
  yield* unique(
    'sections.rows',
    rows.map((row) => row.id),
  )
  for (const [index, section] of message.sections.entries()) {
    const path = `sections[${index}]`
    yield* sectionTitle(path, section.title, message.sections.length)
    if (section.rows.length === 0) yield* count(`${path}.rows`, 0, 1, limits.listRows)
    for (const [rowIndex, row] of section.rows.entries()) {
      const rowPath = `${path}.rows[${rowIndex}]`
      yield* text(`${rowPath}.id`, row.id, limits.rowId)
      yield* text(`${rowPath}.title`, row.title, limits.rowTitle)
      yield* optionalText(`${rowPath}.description`, row.description, limits.rowDescription)
    }
  }
}

function* productListProblems(message: ProductListMessage): Problems {
  yield* frame(message, limits.interactiveBody)
  yield* text('catalogId', message.catalogId)
  yield* count('sections', message.sections.length, 1, limits.productSections)
  const products = message.sections.reduce((sum, section) => sum + section.retailerIds.length, 0)
  yield* count('sections.retailerIds', products, 1, limits.products)
  for (const [index, section] of message.sections.entries()) {
    yield* sectionTitle(`sections[${index}]`, section.title, message.sections.length)
    for (const [position, id] of section.retailerIds.entries()) {
      yield* text(`sections[${index}].retailerIds[${position}]`, id)
    }
  }
}

function* sectionTitle(path: string, title: string | undefined, sections: number): Problems {
  if (sections > 1) return yield* text(`${path}.title`, title ?? '', limits.sectionTitle)
  yield* optionalText(`${path}.title`, title, limits.sectionTitle)
}

function* components(path: string, all: readonly TemplateComponent[]): Problems {
  for (const [index, component] of all.entries())
    yield* componentProblems(`${path}[${index}]`, component)
}

function* componentProblems(path: string, component: TemplateComponent): Problems {
  switch (component.kind) {
    case 'limited_time_offer':
      return yield* format(
        `${path}.expirationTimeMs`,
        Number.isSafeInteger(component.expirationTimeMs),
      )
    case 'carousel':
      yield* count(
        `${path}.cards`,
        component.cards.length,
        limits.carouselCardsMin,
        limits.carouselCards,
      )
      for (const [index, card] of component.cards.entries()) {
        yield* components(`${path}.cards[${index}].components`, card.components)
      }
      return
    case 'button':
      yield* format(
        `${path}.index`,
        Number.isInteger(component.index) &&
          component.index >= 0 &&
          component.index <= limits.templateButtonIndex,
      )
      return yield* parameterProblems(path, component.parameters)
    case 'header':
    case 'body':
      return yield* parameterProblems(path, component.parameters)
  }
}

function* parameterProblems(path: string, parameters: readonly TemplateParameter[]): Problems {
  const named = parameters.filter((one) => 'name' in one && one.name !== undefined).length
  yield* format(`${path}.parameters`, named === 0 || named === parameters.length)
  for (const [index, parameter] of parameters.entries()) {
    yield* parameterValueProblems(`${path}.parameters[${index}]`, parameter)
  }
}

function* parameterValueProblems(path: string, parameter: TemplateParameter): Problems {
  switch (parameter.kind) {
    case 'text':
      yield* text(`${path}.text`, parameter.text, limits.templateText)
      return yield* format(`${path}.text`, isPlainLine(parameter.text))
    case 'currency':
      yield* text(`${path}.fallback`, parameter.fallback, limits.templateText)
      yield* format(`${path}.currency`, /^[A-Z]{3}$/.test(parameter.currency))
      return yield* format(`${path}.amount1000`, Number.isSafeInteger(parameter.amount1000))
    case 'date_time':
      return yield* text(`${path}.fallback`, parameter.fallback, limits.templateText)
    case 'image':
    case 'video':
    case 'document':
      return yield* mediaSource(`${path}.media`, parameter.media)
    case 'location':
      return yield* point(`${path}.`, parameter)
    case 'payload':
      return yield* text(`${path}.payload`, parameter.payload, limits.buttonId)
    case 'coupon':
      return yield* text(`${path}.code`, parameter.code, limits.couponCode)
    case 'action':
      return
  }
}

function* contactProblems(path: string, card: ContactCard): Problems {
  const { formatted, ...parts } = card.name
  yield* text(`${path}.name.formatted`, formatted)
  const further = Object.values(parts).filter((part) => part.trim() !== '').length
  if (further === 0) yield { path: `${path}.name`, rule: 'required', limit: 1, actual: 0 }
}

function* text(path: string, value: string, limit?: number): Problems {
  if (value.trim() === '') return yield { path, rule: 'required', limit: 1, actual: 0 }
  yield* optionalText(path, value, limit)
}

function* optionalText(path: string, value: string | undefined, limit?: number): Problems {
  if (value === undefined || limit === undefined || value.length <= limit) return
  yield { path, rule: 'max_length', limit, actual: value.length }
}

function* count(path: string, actual: number, min: number, max: number): Problems {
  if (actual < min) yield { path, rule: 'min_items', limit: min, actual }
  if (actual > max) yield { path, rule: 'max_items', limit: max, actual }
}

function* unique(path: string, values: readonly string[]): Problems {
  const repeated = values.length - new Set(values).size
  if (repeated > 0) yield { path, rule: 'unique', limit: 0, actual: repeated }
}

function* format(path: string, fits: boolean): Problems {
  if (!fits) yield { path, rule: 'format', limit: 1, actual: 0 }
}

function* mediaSource(path: string, source: MediaSource): Problems {
  if ('id' in source) return yield* text(`${path}.id`, source.id)
  if ('link' in source) return yield* address(`${path}.link`, source.link)
  yield* text(`${path}.blobId`, source.blobId)
}

function* address(path: string, value: string): Problems {
  yield* text(path, value, limits.url)
  const url = URL.canParse(value) ? new URL(value) : undefined
  yield* format(path, url?.protocol === 'https:' || url?.protocol === 'http:')
}

function* point(
  path: string,
  at: { readonly latitude: number; readonly longitude: number },
): Problems {
  yield* format(`${path}latitude`, Math.abs(at.latitude) <= 90)
  yield* format(`${path}longitude`, Math.abs(at.longitude) <= 180)
}

function isPlainLine(value: string): boolean {
  return !/[\n\r\t]| {5}/.test(value)
}
