import type { Message } from './store.ts'

/** Longest preview, in UTF-16 code units. */
export const previewLength = 120

/** The first characters of a message for lists; a kind in brackets where there is no text. Personal data. */
export function previewOf(content: Message['content']): string {
  const text =
    content.kind === 'inbound' ? inboundText(content.content) : outboundText(content.message)
  const line = plainText(text).replaceAll(/\s+/g, ' ').trim()
  return line.length <= previewLength ? line : `${whole(line.slice(0, previewLength - 1))}…`
}

/** A text without control characters and halves of characters, which databases refuse. */
export function plainText(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Surrogate}]/gu, ' ')
}

type Inbound = Extract<Message['content'], { kind: 'inbound' }>['content']
type Outbound = Extract<Message['content'], { kind: 'outbound' }>['message']

function inboundText(content: Inbound): string {
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
    case 'document':
      return content.caption ?? `[${content.type}]`
    case 'reaction':
      return content.emoji ?? '[reaction]'
    case 'edit':
      return inboundText(content.content)
    case 'order':
      return content.text ?? '[order]'
    case 'revoke':
      return ''
    default:
      return `[${content.type}]`
  }
}

function outboundText(message: Outbound): string {
  if ('body' in message && message.body !== undefined) return message.body
  if ('caption' in message && message.caption !== undefined) return message.caption
  return `[${message.kind}]`
}

// A cut through a surrogate pair would leave half a character.
function whole(text: string): string {
  return text.replace(/[\ud800-\udbff]$/, '')
}
