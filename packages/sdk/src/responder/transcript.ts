import type { Message } from '../conversations/index.ts'
import type { ConversationId } from '../kernel/index.ts'
import type { OutboundMessage } from '../outbox/index.ts'
import type { MessageContent } from '../webhook/index.ts'
import { foldDigits } from './digits.ts'
import { placeholderLike } from './guards.ts'
import { replacePersonal } from './minimise.ts'
import type { Personal } from './minimise.ts'
import type { ModelItem } from './model.ts'
import { plainText } from './plain.ts'

/** The thread as a model may see it. */
export interface Transcript {
  /** Oldest first. */
  readonly items: readonly ModelItem[]
  /** Puts the contact's own values in for placeholders; one that it does not know becomes `…`. */
  restore(text: string): string
}

/** What {@link transcriptOf} needs besides the messages. */
export interface TranscriptOptions {
  /** Placeholders of one conversation stay the same over its turns. */
  readonly conversationId: ConversationId
}

/** How much of a thread a model sees: messages, characters of one, characters of all. */
export const transcriptLimits = { messages: 40, messageChars: 1500, chars: 12_000 } as const

/**
 * The thread, newest message first, as a model may see it. Give the newest 50 messages or more, or all there are.
 *
 * Each message is minimised and bounded. What customers write is framed as data: every line begins with `| `, and it has
 * no angle brackets, braces or hidden characters, so it can neither close the frame nor speak as somebody else. A thread
 * that grows is only appended to, until it is cut at one of a few messages chosen by their ids; so its beginning stays the
 * same for many turns, and providers can cache it.
 */
export function transcriptOf(
  messages: readonly Message[],
  { conversationId }: TranscriptOptions,
): Transcript {
  const values = new Map<string, string>()
  const name = ({ kind, value }: Personal): string => {
    const placeholder = `[${kind}_${codeOf(`${conversationId}/${kind}/${essence(value)}`)}]`
    if (!values.has(placeholder)) values.set(placeholder, value)
    return placeholder
  }
  const shown = messages.toReversed().flatMap((message) => {
    const item = itemOf(message, name)
    return item === undefined ? [] : [{ id: message.id, item }]
  })
  return {
    items: shown.slice(startOf(shown)).map(({ item }) => item),
    restore: (text) =>
      text.replaceAll(placeholderLike, (placeholder) => values.get(placeholder) ?? '…'),
  }
}

type TextItem = Extract<ModelItem, { readonly text: string }>

function itemOf(
  { content, direction }: Message,
  name: (one: Personal) => string,
): TextItem | undefined {
  const said =
    content.kind === 'inbound' ? inboundText(content.content) : outboundText(content.message)
  if (said === undefined) return undefined
  const cut = plainText(said).slice(0, transcriptLimits.messageChars).trim()
  const text = replacePersonal(inert(cut), name)
  return direction === 'in'
    ? { kind: 'customer', text: text.replaceAll(/^/gm, '| ') }
    : { kind: 'business', text }
}

/** Without the characters that frames, slots and placeholders are made of. */
function inert(text: string): string {
  return text
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
    .replaceAll('{', '(')
    .replaceAll('}', ')')
    .replaceAll('`', "'")
    .replaceAll(placeholderLike, (placeholder) => `(${placeholder.slice(1, -1)})`)
}

function inboundText(content: MessageContent): string | undefined {
  switch (content.type) {
    case 'text':
      return content.body
    case 'button_reply':
    case 'list_reply':
      return content.title
    case 'template_button':
      return content.text
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
      return `(${content.type}) ${content.caption ?? ''}`
    case 'order':
      return `(cart with ${content.items.length} items)`
    case 'edit':
      return inboundText(content.content)
    case 'sticker':
    case 'location':
    case 'contacts':
    case 'flow_reply':
      return `(${content.type.replace('_', ' ')})`
    default:
      return undefined
  }
}

function outboundText(message: OutboundMessage): string | undefined {
  const body = 'body' in message ? (message.body ?? '') : captionOf(message)
  const options = optionsOf(message)
  const all = options.length === 0 ? body : `${body}\n(choices: ${options.join(' / ')})`
  return all.trim() === '' ? undefined : all
}

function captionOf(message: OutboundMessage): string {
  if ('caption' in message) return message.caption ?? ''
  return message.kind === 'template' ? '(template)' : ''
}

function optionsOf(message: OutboundMessage): readonly string[] {
  if (message.kind === 'buttons') return message.buttons.map(({ title }) => title)
  return message.kind === 'list'
    ? message.sections.flatMap(({ rows }) => rows.map(({ title }) => title))
    : []
}

interface Shown {
  readonly id: string
  readonly item: TextItem
}

/** Where the transcript begins: at its beginning while all of it fits, else at the first cutting point that leaves enough out. */
function startOf(shown: readonly Shown[]): number {
  let chars = 0
  let least = shown.length
  while (least > 0) {
    chars += shown[least - 1]?.item.text.length ?? 0
    if (chars > transcriptLimits.chars || shown.length - least >= transcriptLimits.messages) break
    least -= 1
  }
  if (least === 0) return 0
  const cut = shown.findIndex(({ id }, index) => index >= least && hash(id) % 6 === 0)
  return cut === -1 ? least : cut
}

/** What two ways of writing the same value have in common. */
function essence(value: string): string {
  return foldDigits(value)
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}@]/gu, '')
}

const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789'

/** Four letters of a text's hash: 20 bits, which tell nothing about the text. */
function codeOf(text: string): string {
  const bits = hash(text)
  return [0, 5, 10, 15].map((shift) => alphabet[(bits >>> shift) & 31]).join('')
}

/** FNV-1a, 32 bits, with a last mixing step. @see https://datatracker.ietf.org/doc/html/rfc9923 */
function hash(text: string): number {
  let bits = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1)
    bits = Math.imul(bits ^ text.charCodeAt(index), 0x01000193)
  return (bits ^ (bits >>> 15)) >>> 0
}
