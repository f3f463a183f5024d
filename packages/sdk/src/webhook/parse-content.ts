import type { MessageContent, MediaRef } from './content.ts'
import type { Draft, Fields } from './narrow.ts'
import { defined, isFields, isList, readNumber, readText } from './narrow.ts'
import { parseContacts, parseOrder } from './parse-card.ts'
import { parseErrors } from './parse-error.ts'
import { parseInteractive } from './parse-interactive.ts'
import { keepRaw } from './raw.ts'

/** Narrows what a message holds. A kind that is not known, or whose body is missing, is `unknown` with its raw form. */
export function parseContent(message: Fields): MessageContent {
  const type = readText(message['type']) ?? ''
  return parsers.get(type)?.(message[type], message) ?? unknownContent(type, message)
}

/** Narrows a media object; undefined when it has no id. */
export function parseMedia(value: unknown): MediaRef | undefined {
  if (!isFields(value)) return undefined
  const id = readText(value['id'])
  if (id === undefined) return undefined
  const media: Draft<MediaRef> = { id }
  const mimeType = readText(value['mime_type'])
  if (mimeType !== undefined) media.mimeType = mimeType
  const sha256 = readText(value['sha256'])
  if (sha256 !== undefined) media.sha256 = sha256
  const url = readText(value['url'])
  if (url !== undefined) media.url = url
  return media
}

function unknownContent(rawType: string, message: Fields): MessageContent {
  return { type: 'unknown', rawType, raw: keepRaw(message) }
}

type ParseBody = (body: unknown, message: Fields) => MessageContent | undefined

const parsers: ReadonlyMap<string, ParseBody> = new Map<string, ParseBody>([
  ['text', parseText],
  ['image', (body) => parseMediaMessage('image', body)],
  ['video', (body) => parseMediaMessage('video', body)],
  ['audio', (body) => parseMediaMessage('audio', body)],
  ['document', (body) => parseMediaMessage('document', body)],
  ['sticker', (body) => parseMediaMessage('sticker', body)],
  ['interactive', parseInteractive],
  ['button', parseTemplateButton],
  ['reaction', parseReaction],
  ['order', parseOrder],
  ['location', parseLocation],
  ['contacts', (body, message) => parseContacts(body, message['origin'])],
  ['edit', parseEdit],
  ['revoke', parseRevoke],
  ['system', parseSystem],
  ['unsupported', (body, message) => parseUnsupported(body, message['errors'])],
  // Before Meta called them unsupported, such messages had the type unknown.
  ['unknown', (body, { errors }) => (isList(errors) ? parseUnsupported(body, errors) : undefined)],
  ['errors', (_body, message) => ({ type: 'errors', errors: parseErrors(message['errors']) })],
  ['request_welcome', () => ({ type: 'request_welcome' })],
  ['media_placeholder', () => ({ type: 'media_placeholder' })],
])

function parseSystem(body: unknown): MessageContent | undefined {
  if (!isFields(body)) return undefined
  const systemType = readText(body['type'])
  return { type: 'system', ...defined({ systemType, body: readText(body['body']) }) }
}

function parseUnsupported(body: unknown, errors: unknown): MessageContent {
  const unsupportedType = isFields(body) ? readText(body['type']) : undefined
  return { type: 'unsupported', errors: parseErrors(errors), ...defined({ unsupportedType }) }
}

function parseText(body: unknown): MessageContent | undefined {
  if (!isFields(body)) return undefined
  const text = body['body']
  // An empty text is a text; only a body that is missing makes the message unknown.
  if (typeof text === 'string') return { type: 'text', body: text }
  const number = readText(text)
  return number === undefined ? undefined : { type: 'text', body: number }
}

function parseMediaMessage(
  type: 'image' | 'video' | 'audio' | 'document' | 'sticker',
  body: unknown,
): MessageContent | undefined {
  const media = parseMedia(body)
  if (media === undefined || !isFields(body)) return undefined
  if (type === 'sticker') return { type, media, animated: body['animated'] === true }
  const caption = readText(body['caption'])
  const described = caption === undefined ? undefined : { caption }
  if (type === 'audio') return { type, media, voice: body['voice'] === true, ...described }
  if (type !== 'document') return { type, media, ...described }
  return { type, media, ...defined({ filename: readText(body['filename']) }), ...described }
}

function parseTemplateButton(body: unknown): MessageContent | undefined {
  if (!isFields(body)) return undefined
  const payload = readText(body['payload'])
  const text = readText(body['text'])
  if (payload === undefined && text === undefined) return undefined
  return { type: 'template_button', payload: payload ?? text ?? '', text: text ?? '' }
}

function parseReaction(body: unknown): MessageContent | undefined {
  if (!isFields(body)) return undefined
  const messageId = readText(body['message_id'])
  if (messageId === undefined) return undefined
  return { type: 'reaction', messageId, ...defined({ emoji: readText(body['emoji']) }) }
}

function parseLocation(body: unknown): MessageContent | undefined {
  if (!isFields(body)) return undefined
  return {
    type: 'location',
    ...defined({
      latitude: readNumber(body['latitude']),
      longitude: readNumber(body['longitude']),
      name: readText(body['name']),
      address: readText(body['address']),
      url: readText(body['url']),
    }),
  }
}

function parseRevoke(body: unknown): MessageContent | undefined {
  const originalMessageId = isFields(body) ? readText(body['original_message_id']) : undefined
  return originalMessageId === undefined ? undefined : { type: 'revoke', originalMessageId }
}

function parseEdit(body: unknown): MessageContent | undefined {
  if (!isFields(body)) return undefined
  const originalMessageId = readText(body['original_message_id'])
  const message = body['message']
  if (originalMessageId === undefined || !isFields(message)) return undefined
  const nested = message['type'] === 'edit' || message['type'] === 'revoke'
  const content = nested ? unknownContent(String(message['type']), message) : parseContent(message)
  const context = message['context']
  const contextId = isFields(context) ? readText(context['id']) : undefined
  return { type: 'edit', originalMessageId, content, ...defined({ contextId }) }
}
