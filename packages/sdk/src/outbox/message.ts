import type { BlobId, Json } from '../kernel/index.ts'

/**
 * Where a message's file comes from: uploaded media by its provider id, a public `https` address that Meta fetches, or a
 * blob of ours that the messenger uploads first. An id belongs to the business number it was uploaded for.
 */
export type MediaSource =
  | { readonly id: string }
  | { readonly link: string }
  | { readonly blobId: BlobId }

/** Plain text. `previewUrl` (default `false`) asks for a preview of the first `http(s)` address in the body. */
export interface TextMessage {
  readonly kind: 'text'
  readonly body: string
  readonly previewUrl?: boolean
}

/** A picture or a film with an optional caption. */
export interface ImageOrVideoMessage {
  readonly kind: 'image' | 'video'
  readonly media: MediaSource
  readonly caption?: string
}

/** A file; `filename` is what the customer sees. */
export interface DocumentMessage {
  readonly kind: 'document'
  readonly media: MediaSource
  readonly caption?: string
  readonly filename?: string
}

/** Sound. With `voice` (default `false`) an ogg/opus file is shown as a voice note. */
export interface AudioMessage {
  readonly kind: 'audio'
  readonly media: MediaSource
  readonly voice?: boolean
}

/** A sticker, `image/webp`. */
export interface StickerMessage {
  readonly kind: 'sticker'
  readonly media: MediaSource
}

/** What stands above the body of an interactive message. */
export type MessageHeader =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'image' | 'video'; readonly media: MediaSource }
  | { readonly kind: 'document'; readonly media: MediaSource; readonly filename?: string }

/** A choice the customer can tap; `id` comes back in the inbound event and is never shown. */
export interface ReplyButton {
  readonly id: string
  readonly title: string
}

/** A body with one to three reply buttons. */
export interface ButtonsMessage {
  readonly kind: 'buttons'
  readonly header?: MessageHeader
  readonly body: string
  readonly footer?: string
  readonly buttons: readonly ReplyButton[]
}

/** One row of a list. */
export interface ListRow {
  readonly id: string
  readonly title: string
  readonly description?: string
}

/** A titled group of rows; the title may be left out when the list has one section. */
export interface ListSection {
  readonly title?: string
  readonly rows: readonly ListRow[]
}

/** A body with a button that opens a list of rows. `header` is text. */
export interface ListMessage {
  readonly kind: 'list'
  readonly header?: string
  readonly body: string
  readonly footer?: string
  /** Label of the button that opens the list. */
  readonly button: string
  readonly sections: readonly ListSection[]
}

/** A body with one button that opens an address. */
export interface LinkMessage {
  readonly kind: 'link'
  readonly header?: MessageHeader
  readonly body: string
  readonly footer?: string
  readonly label: string
  readonly url: string
}

/** One product of the catalog connected to the business number. */
export interface ProductMessage {
  readonly kind: 'product'
  readonly catalogId: string
  /** The product's content id (SKU) in the Meta catalog. */
  readonly retailerId: string
  readonly body?: string
  readonly footer?: string
}

/** Up to thirty products of one catalog in titled sections; the header is required. */
export interface ProductListMessage {
  readonly kind: 'product_list'
  readonly catalogId: string
  readonly header: string
  readonly body: string
  readonly footer?: string
  readonly sections: readonly {
    readonly title?: string
    readonly retailerIds: readonly string[]
  }[]
}

/** A button that opens the whole connected catalog. */
export interface CatalogMessage {
  readonly kind: 'catalog'
  readonly body: string
  readonly footer?: string
  /** Product whose picture is shown; Meta takes the first one otherwise. */
  readonly thumbnailRetailerId?: string
}

/**
 * A value for a template's placeholder. `name` is for templates with named parameters and must then stand on every
 * parameter of the component; without it parameters are positional.
 */
export type TemplateParameter =
  | { readonly kind: 'text'; readonly text: string; readonly name?: string }
  | {
      readonly kind: 'currency'
      readonly fallback: string
      /** ISO 4217 code. */
      readonly currency: string
      /** Amount in thousandths of the currency's unit. */
      readonly amount1000: number
      readonly name?: string
    }
  | { readonly kind: 'date_time'; readonly fallback: string; readonly name?: string }
  | { readonly kind: 'image' | 'video'; readonly media: MediaSource }
  | { readonly kind: 'document'; readonly media: MediaSource; readonly filename?: string }
  | {
      readonly kind: 'location'
      readonly latitude: number
      readonly longitude: number
      readonly name: string
      readonly address: string
    }
  | { readonly kind: 'payload'; readonly payload: string }
  | { readonly kind: 'coupon'; readonly code: string }
  | { readonly kind: 'action'; readonly action: { readonly [key: string]: Json } }

/** Which kind of template button a button component fills. */
export type TemplateButtonKind =
  | 'quick_reply'
  | 'url'
  | 'copy_code'
  | 'flow'
  | 'catalog'
  | 'mpm'
  | 'voice_call'

/** One part of a template that takes values. `index` counts buttons from 0. */
export type TemplateComponent =
  | { readonly kind: 'header'; readonly parameters: readonly TemplateParameter[] }
  | { readonly kind: 'body'; readonly parameters: readonly TemplateParameter[] }
  | {
      readonly kind: 'button'
      readonly button: TemplateButtonKind
      readonly index: number
      readonly parameters: readonly TemplateParameter[]
    }
  | { readonly kind: 'limited_time_offer'; readonly expirationTimeMs: number }
  | {
      readonly kind: 'carousel'
      readonly cards: readonly {
        readonly index: number
        readonly components: readonly TemplateComponent[]
      }[]
    }

/** An approved template; the only kind that may start a conversation or be sent outside the 24-hour window. */
export interface TemplateMessage {
  readonly kind: 'template'
  readonly name: string
  /** Language code as Graph spells it, for example `en_US`. */
  readonly language: string
  readonly components: readonly TemplateComponent[]
  /**
   * What Meta approved it as. Customers who stopped marketing get no template that is marketing or does not say what it
   * is. Not sent along.
   */
  readonly category?: 'marketing' | 'utility' | 'authentication'
}

/** A point on the map, in degrees. */
export interface LocationMessage {
  readonly kind: 'location'
  readonly latitude: number
  readonly longitude: number
  readonly name?: string
  readonly address?: string
}

/** A contact card. Meta wants the formatted name and at least one further part of the name. */
export interface ContactCard {
  readonly name: {
    readonly formatted: string
    readonly first?: string
    readonly middle?: string
    readonly last?: string
    readonly prefix?: string
    readonly suffix?: string
  }
  readonly phones?: readonly {
    readonly phone: string
    readonly type?: string
    readonly waId?: string
  }[]
  readonly emails?: readonly { readonly email: string; readonly type?: string }[]
  readonly urls?: readonly { readonly url: string; readonly type?: string }[]
  readonly addresses?: readonly {
    readonly street?: string
    readonly city?: string
    readonly state?: string
    readonly zip?: string
    readonly country?: string
    readonly countryCode?: string
    readonly type?: string
  }[]
  readonly organisation?: {
    readonly company?: string
    readonly department?: string
    readonly title?: string
  }
  /** `YYYY-MM-DD`. */
  readonly birthday?: string
}

/** One or more contact cards. */
export interface ContactsMessage {
  readonly kind: 'contacts'
  readonly contacts: readonly ContactCard[]
}

/** An emoji on an earlier message; the empty string takes it away. */
export interface ReactionMessage {
  readonly kind: 'reaction'
  /** Provider id of the message reacted to. */
  readonly messageId: string
  readonly emoji: string
}

/** A body with a button by which the customer shares a location, or the phone number. */
export interface RequestMessage {
  readonly kind: 'location_request' | 'contact_request'
  readonly body: string
}

/**
 * Everything we can send: one closed union, plain JSON, stored with the intent. Whether a message keeps within Meta's
 * limits is told by `checkMessage`.
 *
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-messages
 */
export type OutboundMessage =
  | TextMessage
  | ImageOrVideoMessage
  | DocumentMessage
  | AudioMessage
  | StickerMessage
  | ButtonsMessage
  | ListMessage
  | LinkMessage
  | ProductMessage
  | ProductListMessage
  | CatalogMessage
  | TemplateMessage
  | LocationMessage
  | ContactsMessage
  | ReactionMessage
  | RequestMessage

/**
 * Whom a message goes to. At least one member is needed; when both are known the phone number is used, which is what
 * Graph does as well.
 */
export interface Recipient {
  /** `wa_id` digits, without a plus sign. */
  readonly phone?: string
  /** Business-scoped user id, for example `US.13491208655302741918`; opaque. */
  readonly userId?: string
}
