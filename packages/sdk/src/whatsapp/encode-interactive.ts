import type { Json } from '../kernel/index.ts'
import type { ListSection, MediaSource, MessageHeader, OutboundMessage } from '../outbox/index.ts'
import type { GraphJson } from './graph-json.ts'
import { compact } from './graph-json.ts'

/** The kinds of message that Graph calls interactive. */
export type InteractiveMessage = Extract<
  OutboundMessage,
  {
    kind:
      | 'buttons'
      | 'list'
      | 'link'
      | 'product'
      | 'product_list'
      | 'catalog'
      | 'location_request'
      | 'contact_request'
  }
>

/**
 * The content of `interactive`.
 *
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages#interactive-object
 */
export function encodeInteractive(
  message: InteractiveMessage,
  media: (source: MediaSource) => GraphJson,
): GraphJson {
  switch (message.kind) {
    case 'buttons': {
      const buttons = message.buttons.map(({ id, title }) => ({
        type: 'reply',
        reply: { id, title },
      }))
      return framed('button', withHeader(message, media), { buttons })
    }
    case 'list': {
      const sections = message.sections.map(encodeSection)
      return framed('list', withTitle(message), { button: message.button, sections })
    }
    case 'link': {
      const parameters = { display_text: message.label, url: message.url }
      return framed('cta_url', withHeader(message, media), { name: 'cta_url', parameters })
    }
    case 'product': {
      const { catalogId, retailerId } = message
      const action = { catalog_id: catalogId, product_retailer_id: retailerId }
      return framed('product', frame(message), action)
    }
    case 'product_list': {
      const sections = message.sections.map(({ title, retailerIds }) =>
        compact({
          title,
          product_items: retailerIds.map((id) => ({ product_retailer_id: id })),
        }),
      )
      return framed('product_list', withTitle(message), { catalog_id: message.catalogId, sections })
    }
    case 'catalog': {
      const thumbnail = message.thumbnailRetailerId
      const parameters =
        thumbnail === undefined ? undefined : { thumbnail_product_retailer_id: thumbnail }
      return framed('catalog_message', frame(message), { name: 'catalog_message', parameters })
    }
    case 'location_request':
      return framed('location_request_message', frame(message), { name: 'send_location' })
    case 'contact_request':
      return framed('contact_request', frame(message), { name: 'request_contact_info' })
  }
}

interface Frame {
  readonly body?: string
  readonly footer?: string
}

function framed(
  type: string,
  parts: GraphJson,
  action: { readonly [key: string]: Json | undefined },
): GraphJson {
  return { type, ...parts, action: compact(action) }
}

function frame(message: Frame): GraphJson {
  return compact({ body: textPart(message.body), footer: textPart(message.footer) })
}

function withTitle(message: Frame & { readonly header?: string }): GraphJson {
  const { header } = message
  return header === undefined
    ? frame(message)
    : { header: { type: 'text', text: header }, ...frame(message) }
}

function withHeader(
  message: Frame & { readonly header?: MessageHeader },
  media: (source: MediaSource) => GraphJson,
): GraphJson {
  const { header } = message
  if (header === undefined) return frame(message)
  if (header.kind === 'text') return withTitle({ ...message, header: header.text })
  const filename = header.kind === 'document' ? header.filename : undefined
  const content = compact({ ...media(header.media), filename })
  return { header: { type: header.kind, [header.kind]: content }, ...frame(message) }
}

function textPart(text: string | undefined): GraphJson | undefined {
  return text === undefined ? undefined : { text }
}

function encodeSection(section: ListSection): GraphJson {
  const rows = section.rows.map(({ id, title, description }) => compact({ id, title, description }))
  return compact({ title: section.title, rows })
}
