import type { BlobId, Json } from '../kernel/index.ts'
import { AuronxError } from '../kernel/index.ts'
import type { ContactCard, MediaSource, OutboundMessage, Recipient } from '../outbox/index.ts'
import { encodeInteractive } from './encode-interactive.ts'
import { mediaOfTemplate, encodeTemplate } from './encode-template.ts'
import type { GraphJson } from './graph-json.ts'
import { compact } from './graph-json.ts'

/** Ids under which the blobs of a message were uploaded for the business number that sends it. */
export type UploadedBlobs = ReadonlyMap<BlobId, string>

/**
 * The members of a send request that depend on the message: `type` and the object of that name.
 *
 * Throws `message_invalid` when the message names a blob that `blobs` does not have.
 *
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages
 */
export function encodeMessage(
  message: OutboundMessage,
  blobs: UploadedBlobs = new Map(),
): GraphJson {
  const media = (source: MediaSource) => encodeMedia(source, blobs)
  switch (message.kind) {
    case 'text':
      return typed('text', { body: message.body, preview_url: message.previewUrl })
    case 'image':
    case 'video':
      return typed(message.kind, { ...media(message.media), caption: message.caption })
    case 'document': {
      const { caption, filename } = message
      return typed('document', { ...media(message.media), caption, filename })
    }
    case 'audio':
      return typed('audio', { ...media(message.media), voice: message.voice })
    case 'sticker':
      return typed('sticker', media(message.media))
    case 'location': {
      const { latitude, longitude, name, address } = message
      return typed('location', { latitude, longitude, name, address })
    }
    case 'contacts':
      return { type: 'contacts', contacts: message.contacts.map(encodeContact) }
    case 'reaction':
      return typed('reaction', { message_id: message.messageId, emoji: message.emoji })
    case 'template':
      return typed('template', encodeTemplate(message, media))
    default:
      return typed('interactive', encodeInteractive(message, media))
  }
}

/** The blobs a message names, each once. They must be uploaded before the message can be encoded. */
export function blobsOf(message: OutboundMessage): readonly BlobId[] {
  return [...new Set(sourcesOf(message).flatMap((one) => ('blobId' in one ? [one.blobId] : [])))]
}

/** How a recipient is addressed, or nothing when neither member has the form of an address. */
export type EncodedRecipient = { readonly to: string } | { readonly recipient: string }

/**
 * Chooses the member by what the address is: a phone number goes to `to` with the plus sign Graph wants, a
 * business-scoped user id to `recipient`; a user id in `to` would be accepted and never delivered. Only one is given,
 * the phone number if both are known.
 *
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-messages#phone-number-formats
 */
export function encodeRecipient(to: Recipient): EncodedRecipient | undefined {
  if (to.phone !== undefined && /^\d{5,20}$/.test(to.phone)) return { to: `+${to.phone}` }
  if (to.userId !== undefined && userIdPattern.test(to.userId)) return { recipient: to.userId }
  return undefined
}

const userIdPattern = /^[A-Z]{2}(\.ENT)?\.[A-Za-z0-9]{1,128}$/

function typed(type: string, content: { readonly [key: string]: Json | undefined }): GraphJson {
  return { type, [type]: compact(content) }
}

function encodeMedia(source: MediaSource, blobs: UploadedBlobs): GraphJson {
  if ('id' in source) return { id: source.id }
  if ('link' in source) return { link: source.link }
  const id = blobs.get(source.blobId)
  if (id !== undefined) return { id }
  throw new AuronxError('message_invalid', 'the message names a file that was not uploaded')
}

function sourcesOf(message: OutboundMessage): readonly MediaSource[] {
  switch (message.kind) {
    case 'image':
    case 'video':
    case 'document':
    case 'audio':
    case 'sticker':
      return [message.media]
    case 'buttons':
    case 'link':
      return message.header === undefined || message.header.kind === 'text'
        ? []
        : [message.header.media]
    case 'template':
      return mediaOfTemplate(message.components)
    default:
      return []
  }
}

function encodeContact(card: ContactCard): GraphJson {
  const { name, organisation } = card
  return compact({
    name: compact({
      formatted_name: name.formatted,
      first_name: name.first,
      middle_name: name.middle,
      last_name: name.last,
      prefix: name.prefix,
      suffix: name.suffix,
    }),
    phones: card.phones?.map(({ phone, type, waId }) => compact({ phone, type, wa_id: waId })),
    emails: card.emails?.map(({ email, type }) => compact({ email, type })),
    urls: card.urls?.map(({ url, type }) => compact({ url, type })),
    addresses: card.addresses?.map(({ countryCode, ...rest }) =>
      compact({ ...rest, country_code: countryCode }),
    ),
    org: organisation === undefined ? undefined : compact({ ...organisation }),
    birthday: card.birthday,
  })
}
