import type { Message } from '@auronx/sdk'

type Inbound = Extract<Message['content'], { kind: 'inbound' }>['content']
type Outbound = Extract<Message['content'], { kind: 'outbound' }>['message']

/** A message as the live page draws it. Texts are untrusted and must be shown as text. */
export interface BubbleView {
  /** Small label above the text, for what is not plain text: `Image`, `Cart`, `Tapped`. */
  readonly label?: string
  readonly text: string
  /** What the customer could tap. */
  readonly choices: readonly string[]
  readonly footer?: string
}

/** What a stored message shows. */
export function viewContent(content: Message['content']): BubbleView {
  return content.kind === 'inbound' ? viewInbound(content.content) : viewOutbound(content.message)
}

const plain = (text: string): BubbleView => ({ text, choices: [] })
const labelled = (label: string, text = ''): BubbleView => ({ label, text, choices: [] })

function viewInbound(content: Inbound): BubbleView {
  switch (content.type) {
    case 'text':
      return plain(content.body)
    case 'image':
    case 'video':
      return labelled(content.type === 'image' ? 'Image' : 'Video', content.caption)
    case 'audio':
      return labelled(content.voice ? 'Voice note' : 'Audio', content.caption)
    case 'document':
      return labelled('Document', content.caption ?? content.filename)
    case 'sticker':
      return labelled('Sticker')
    case 'location':
      return labelled('Location', [content.name, content.address].filter(Boolean).join(' · '))
    case 'contacts':
      return labelled(
        'Contact card',
        content.contacts.map((one) => one.formattedName ?? '').join(', '),
      )
    case 'button_reply':
    case 'list_reply':
      return labelled('Tapped', content.title)
    case 'template_button':
      return labelled('Tapped', content.text)
    case 'order':
      return labelled(
        'Cart',
        content.items.map((item) => `${item.quantity} × ${item.retailerId}`).join('\n'),
      )
    case 'reaction':
      return labelled(
        content.emoji === undefined ? 'Took a reaction back' : 'Reaction',
        content.emoji,
      )
    case 'edit':
      return { ...viewInbound(content.content), label: 'Edited an earlier message' }
    case 'revoke':
      return labelled('Deleted an earlier message')
    default:
      return viewRareInbound(content)
  }
}

function viewRareInbound(
  content: Exclude<
    Inbound,
    {
      readonly type:
        | 'text'
        | 'image'
        | 'video'
        | 'audio'
        | 'document'
        | 'sticker'
        | 'location'
        | 'contacts'
        | 'button_reply'
        | 'list_reply'
        | 'template_button'
        | 'order'
        | 'reaction'
        | 'edit'
        | 'revoke'
    }
  >,
): BubbleView {
  switch (content.type) {
    case 'flow_reply':
    case 'address_reply':
      return labelled('Form', content.body)
    case 'call_permission_reply':
      return labelled('Call permission', content.response)
    case 'system':
      return labelled('Notice from WhatsApp', content.body)
    case 'request_welcome':
      return labelled('Opened the chat')
    case 'media_placeholder':
      return labelled('Media of the history')
    case 'unsupported':
    case 'errors':
      return labelled('Not supported by WhatsApp’s API')
    case 'unknown':
      return labelled(`Unknown kind “${content.rawType}”, kept as sent`)
  }
}

function viewOutbound(message: Outbound): BubbleView {
  switch (message.kind) {
    case 'text':
      return plain(message.body)
    case 'buttons':
      return withFooter(
        { text: message.body, choices: message.buttons.map((button) => button.title) },
        message.footer,
      )
    case 'list':
      return withFooter(
        {
          text: [message.header, message.body].filter(Boolean).join('\n'),
          choices: message.sections.flatMap((section) => section.rows.map((row) => row.title)),
        },
        message.footer,
      )
    case 'link':
      return withFooter({ text: message.body, choices: [message.label] }, message.footer)
    case 'image':
    case 'video':
    case 'document':
      return labelled(message.kind, message.caption)
    case 'template':
      return labelled('Template', message.name)
    case 'product_list':
    case 'catalog':
    case 'location_request':
    case 'contact_request':
      return labelled(message.kind.replaceAll('_', ' '), message.body)
    case 'product':
      return labelled('product', message.body)
    case 'location':
      return labelled('location', message.name)
    case 'reaction':
      return labelled('reaction', message.emoji)
    case 'audio':
    case 'sticker':
    case 'contacts':
      return labelled(message.kind)
  }
}

function withFooter(view: BubbleView, footer: string | undefined): BubbleView {
  return footer === undefined ? view : { ...view, footer }
}
