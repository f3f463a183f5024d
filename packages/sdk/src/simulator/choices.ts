import { AuronxError } from '../kernel/index.ts'
import type { JsonObject } from './json.ts'
import { isObject, listAt, objectAt, textAt } from './json.ts'
import type { ChatMessage, Template } from './state.ts'

/** What a tap on a button or row of a message sends. */
export interface Answer {
  readonly type: 'interactive' | 'button'
  readonly content: JsonObject
}

/** The answer of the reply button `buttonId`. Throws `not_found` when the message has no such button. */
export function answerOfButton(
  message: ChatMessage,
  buttonId: string,
  templates: Iterable<Template>,
): Answer {
  if (message.type === 'template') return answerOfTemplateButton(message, buttonId, templates)
  for (const button of listAt(objectAt(message.content, 'action'), 'buttons')) {
    const reply = objectAt(button, 'reply')
    if (textAt(reply, 'id') === buttonId) {
      const title = textAt(reply, 'title') ?? ''
      const content = { type: 'button_reply', button_reply: { id: buttonId, title } }
      return { type: 'interactive', content }
    }
  }
  throw new AuronxError('not_found', 'The message has no reply button of that id')
}

/** The answer of the list row `rowId`. Throws `not_found` when the message has no such row. */
export function answerOfRow(message: ChatMessage, rowId: string): Answer {
  for (const section of listAt(objectAt(message.content, 'action'), 'sections')) {
    for (const row of listAt(section, 'rows')) {
      if (textAt(row, 'id') === rowId) {
        const description = textAt(row, 'description')
        const reply = {
          id: rowId,
          title: textAt(row, 'title') ?? '',
          ...(description === undefined ? {} : { description }),
        }
        return { type: 'interactive', content: { type: 'list_reply', list_reply: reply } }
      }
    }
  }
  throw new AuronxError('not_found', 'The message has no row of that id')
}

/** One quick reply of a template; `payload` is the label unless the send set another. */
export interface QuickReply {
  readonly payload: string
  readonly text: string
}

/** The quick replies of a sent template. */
export function quickRepliesOf(
  message: ChatMessage,
  templates: Iterable<Template>,
): readonly QuickReply[] {
  const template = templateOf(message, templates)
  const buttons = template?.components.flatMap((component) => listAt(component, 'buttons')) ?? []
  return buttons.flatMap((button, index) => {
    if (textAt(button, 'type') !== 'QUICK_REPLY') return []
    const text = textAt(button, 'text') ?? ''
    return [{ text, payload: payloadAt(message, index) ?? text }]
  })
}

/** The definition that a template message refers to. */
export function templateOf(
  message: ChatMessage,
  templates: Iterable<Template>,
): Template | undefined {
  const name = textAt(message.content, 'name')
  const language = textAt(objectAt(message.content, 'language'), 'code')
  for (const template of templates) {
    if (template.name === name && template.language === language) return template
  }
  return undefined
}

function answerOfTemplateButton(
  message: ChatMessage,
  payload: string,
  templates: Iterable<Template>,
): Answer {
  const found = quickRepliesOf(message, templates).find((reply) => reply.payload === payload)
  if (found === undefined) {
    throw new AuronxError('not_found', 'The template has no quick reply of that payload')
  }
  return { type: 'button', content: { payload: found.payload, text: found.text } }
}

function payloadAt(message: ChatMessage, index: number): string | undefined {
  for (const component of listAt(message.content, 'components')) {
    if (!isObject(component)) continue
    const isButton = textAt(component, 'type')?.toLowerCase() === 'button'
    if (isButton && Number(component.index) === index) {
      return textAt(listAt(component, 'parameters')[0], 'payload')
    }
  }
  return undefined
}
