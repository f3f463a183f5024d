/**
 * An error as Meta reports it in a webhook. Branch on `code`; the texts are for people.
 *
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
 */
export interface ProviderError {
  /** Meta's error number; absent when it was missing or no number. */
  readonly code?: number
  readonly title?: string
  readonly message?: string
  /** Longer text, from `error_data.details`. */
  readonly details?: string
  readonly href?: string
}

/** A media file that Meta holds. Name and type are chosen by the sender: never trust them. */
export interface MediaRef {
  /** Media id, to ask Graph for a fresh download address. */
  readonly id: string
  /** MIME type as sent, possibly with parameters (`audio/ogg; codecs=opus`). */
  readonly mimeType?: string
  /** SHA-256 of the file, base64 as sent. */
  readonly sha256?: string
  /** Download address, dead about five minutes after the message's timestamp; needs the access token. */
  readonly url?: string
  /** Size in bytes, when sent. */
  readonly sizeBytes?: number
}

/** One line of a cart. Prices come from the customer's client: re-price from the catalog. */
export interface OrderLine {
  /** Our own product id in the Meta catalog (`product_retailer_id`). */
  readonly retailerId: string
  /** Number of units; 0 when it was missing or no number. */
  readonly quantity: number
  /** Decimal text as shown to the customer, in major units. */
  readonly itemPrice?: string
  /** ISO 4217 code as sent. */
  readonly currency?: string
}

/** A contact card somebody shared: personal data of a third person. */
export interface SharedContact {
  readonly formattedName?: string
  readonly firstName?: string
  readonly lastName?: string
  readonly phones: readonly {
    readonly phone?: string
    readonly type?: string
    /** The number's WhatsApp id, digits, when it has one. */
    readonly waId?: string
  }[]
  readonly emails: readonly { readonly email?: string; readonly type?: string }[]
  readonly organization?: string
  readonly birthday?: string
  readonly vcard?: string
  /** `contact_request` when the customer answers our request for contact details. */
  readonly origin?: string
  /** The card as sent, with addresses, links and what else it holds. */
  readonly raw: unknown
}

/**
 * What a message holds, tagged by `type`. A kind that is not known (or a known kind whose body is missing) is
 * `unknown` with the whole message as sent.
 *
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/reference/messages
 */
export type MessageContent =
  | { readonly type: 'text'; readonly body: string }
  | { readonly type: 'image'; readonly media: MediaRef; readonly caption?: string }
  | { readonly type: 'video'; readonly media: MediaRef; readonly caption?: string }
  | {
      readonly type: 'audio'
      readonly media: MediaRef
      /** `true` for a recorded voice note. */
      readonly voice: boolean
      readonly caption?: string
    }
  | {
      readonly type: 'document'
      readonly media: MediaRef
      readonly filename?: string
      readonly caption?: string
    }
  | { readonly type: 'sticker'; readonly media: MediaRef; readonly animated: boolean }
  | {
      readonly type: 'location'
      /** Degrees, absent when it was no number. */
      readonly latitude?: number
      readonly longitude?: number
      readonly name?: string
      readonly address?: string
      readonly url?: string
    }
  | {
      readonly type: 'contacts'
      readonly contacts: readonly SharedContact[]
      /** `contact_request` when the customer answers our request for contact details. */
      readonly origin?: string
    }
  /** A tapped reply button. The id is what we sent, yet comes from the client: authorise it. */
  | { readonly type: 'button_reply'; readonly id: string; readonly title: string }
  /** A chosen list row. The id is what we sent, yet comes from the client: authorise it. */
  | {
      readonly type: 'list_reply'
      readonly id: string
      readonly title: string
      readonly description?: string
    }
  /** A tapped quick reply of a template, for example "Stop promotions". */
  | { readonly type: 'template_button'; readonly payload: string; readonly text: string }
  /** A submitted Flow. `responseJson` is JSON text with our `flow_token`: parse defensively, check the token. */
  | {
      readonly type: 'flow_reply'
      readonly name: string
      readonly body?: string
      readonly responseJson: string
    }
  /** A submitted address form; `responseJson` as for a Flow. */
  | { readonly type: 'address_reply'; readonly body?: string; readonly responseJson: string }
  | {
      readonly type: 'call_permission_reply'
      readonly response: 'accept' | 'reject' | 'unknown'
      readonly permanent?: boolean
      readonly expiresAtMs?: number
      /** `user_action` or `automatic`. */
      readonly source?: string
    }
  | {
      readonly type: 'order'
      readonly catalogId?: string
      readonly text?: string
      readonly items: readonly OrderLine[]
    }
  /** A reaction to one of our messages; without `emoji` it was taken back. */
  | { readonly type: 'reaction'; readonly messageId: string; readonly emoji?: string }
  /** A notice of the platform that is not an identity change (those are `identity` events). */
  | { readonly type: 'system'; readonly systemType?: string; readonly body?: string }
  /** The customer changed an earlier message; `content` replaces it. */
  | {
      readonly type: 'edit'
      readonly originalMessageId: string
      readonly content: MessageContent
      /** Id of the message the edited one answers. */
      readonly contextId?: string
    }
  /** The customer deleted an earlier message. */
  | { readonly type: 'revoke'; readonly originalMessageId: string }
  /** Something the Cloud API cannot deliver, for example a poll. */
  | {
      readonly type: 'unsupported'
      readonly errors: readonly ProviderError[]
      readonly unsupportedType?: string
    }
  | { readonly type: 'errors'; readonly errors: readonly ProviderError[] }
  /** The chat was opened for the first time; Meta withdrew this in March 2026. */
  | { readonly type: 'request_welcome' }
  /** A media message of the synchronised history whose file follows later. */
  | { readonly type: 'media_placeholder' }
  | {
      readonly type: 'unknown'
      /** The message's `type` as sent; empty when there was none. */
      readonly rawType: string
      /** The message as sent. */
      readonly raw: unknown
    }
