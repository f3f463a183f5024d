import { AuronxError } from '../kernel/index.ts'
import { checkMessage, messageLimits } from './limits.ts'
import type {
  ButtonsMessage,
  LinkMessage,
  ListMessage,
  MessageHeader,
  OutboundMessage,
} from './message.ts'
import { truncateText } from './truncate.ts'

/** Words that degrading may have to add, in the customer's language. */
export interface DegradeWords {
  /** Label of the button that opens a list made from buttons, for example "Options". */
  readonly listButton: string
}

/**
 * A message that can be sent. `numbers` maps what the customer types to the choice's id, `'1'` upwards, when the choices
 * became numbered text; otherwise it is empty.
 */
export interface Degraded {
  readonly message: OutboundMessage
  readonly numbers: Readonly<Record<string, string>>
}

/** What typed numbers choose in a message, where it offers numbers. */
export function numbersOf(sent: Degraded | undefined): Partial<Pick<Degraded, 'numbers'>> {
  return sent === undefined || Object.keys(sent.numbers).length === 0
    ? {}
    : { numbers: sent.numbers }
}

/** The most choices one message can offer as numbered text. */
export const maxChoices = 200

interface Choice {
  readonly id: string
  readonly title: string
  readonly description?: string
  /** Title of the section that starts with this choice. */
  readonly section?: string
}

/**
 * Fits a message into Meta's limits while every choice stays reachable: buttons, else a list, else numbered text. Texts
 * that are too long are shortened on grapheme boundaries; a title that had to be shortened for a list stands whole in
 * the row's description. A list made from buttons loses a picture or video above it; a document is kept, as a message
 * with the numbered text for caption, or, where that is too long, left out. A link whose body is too long for its button
 * becomes text. Other kinds, and messages that fit, are returned as they are.
 *
 * Throws `message_invalid` for more than {@link maxChoices} choices.
 */
export function degrade(message: OutboundMessage, words: DegradeWords): Degraded {
  if (checkMessage(message).kind === 'ok') return asIs(message)
  switch (message.kind) {
    case 'text':
      return asIs({ ...message, body: truncateText(message.body, messageLimits.textBody) })
    case 'image':
    case 'video':
    case 'document':
      return message.caption === undefined
        ? asIs(message)
        : asIs({ ...message, caption: truncateText(message.caption, messageLimits.caption) })
    case 'link':
      return asIs(shorterLink(message))
    case 'buttons':
      return degradeButtons(message, words)
    case 'list':
      return degradeList(message, words)
    default:
      return asIs(message)
  }
}

/**
 * The id behind what a customer typed in answer to numbered text, or nothing. Accepts the digits of any script and
 * punctuation around them, such as `2.`, `(2)` or `٢`.
 */
export function choiceOf(
  numbers: Readonly<Record<string, string>>,
  typed: string,
): string | undefined {
  const digits = /^[\s\p{P}\p{Cf}\u20e3\ufe0f]*(\p{Nd}{1,3})[\s\p{P}\p{Cf}\u20e3\ufe0f]*$/u.exec(
    typed,
  )?.[1]
  if (digits === undefined) return undefined
  const number = String(Number(Array.from(digits, decimalDigit).join('')))
  return Object.hasOwn(numbers, number) ? numbers[number] : undefined
}

/** The value of one decimal digit of any script. */
export function decimalDigit(digit: string): number {
  // Digits stand in a row from their zero, and rows that touch are ten long each.
  const code = digit.codePointAt(0) ?? 0
  let start = code
  while (/\p{Nd}/u.test(String.fromCodePoint(start - 1))) start -= 1
  return (code - start) % 10
}

function degradeButtons(message: ButtonsMessage, words: DegradeWords): Degraded {
  const shortened = { ...message, ...shortFrame(message) }
  if (message.body.length <= messageLimits.interactiveBody && fits(shortened))
    return asIs(shortened)
  const choices = message.buttons
  const rich = message.header?.kind === 'document'
  const list = rich ? undefined : listOf(message, words.listButton, [{ rows: choices }])
  return list === undefined ? numbered(message, choices) : asIs(list)
}

function degradeList(message: ListMessage, words: DegradeWords): Degraded {
  const list = listOf(message, message.button || words.listButton, message.sections)
  if (list !== undefined) return asIs(list)
  const choices = message.sections.flatMap(({ title, rows }) =>
    rows.map((row, index) => (index === 0 && title ? { ...row, section: title } : row)),
  )
  return numbered(message, choices)
}

interface Frame {
  readonly header?: string | MessageHeader
  readonly body: string
  readonly footer?: string
}

function listOf(
  frame: Frame,
  button: string,
  sections: readonly { readonly title?: string; readonly rows: readonly Choice[] }[],
): ListMessage | undefined {
  const header = headerText(frame.header)
  const footer = frame.footer
  const list: ListMessage = {
    kind: 'list',
    ...(header === undefined ? {} : { header: truncateText(header, messageLimits.header) }),
    body: truncateText(frame.body, messageLimits.listBody),
    ...(footer === undefined ? {} : { footer: truncateText(footer, messageLimits.footer) }),
    button: truncateText(button, messageLimits.listButton),
    sections: sections.map(({ title, rows }) => ({
      ...(title === undefined ? {} : { title: truncateText(title, messageLimits.sectionTitle) }),
      rows: rows.map(rowOf),
    })),
  }
  const titles = list.sections.flatMap((section) => section.rows.map((row) => row.title))
  const lost = sections.some(({ rows }) => rows.some(losesTitle))
  return lost || new Set(titles).size < titles.length || !fits(list) ? undefined : list
}

function rowOf(choice: Choice): { id: string; title: string; description?: string } {
  const { rowTitle, rowDescription } = messageLimits
  const description = choice.title.length > rowTitle ? choice.title : choice.description
  return {
    id: choice.id,
    title: truncateText(choice.title, rowTitle),
    ...(description ? { description: truncateText(description, rowDescription) } : {}),
  }
}

function losesTitle(choice: Choice): boolean {
  const { rowTitle, rowDescription } = messageLimits
  return choice.title.length > (choice.description ? rowTitle : rowDescription)
}

function numbered(frame: Frame, choices: readonly Choice[]): Degraded {
  if (choices.length > maxChoices) {
    throw new AuronxError('message_invalid', 'a message offers too many choices', {
      details: { limit: maxChoices, actual: choices.length },
    })
  }
  const numbers = Object.fromEntries(choices.map((choice, index) => [String(index + 1), choice.id]))
  const header = typeof frame.header === 'string' ? undefined : frame.header
  if (header !== undefined && header.kind !== 'text') {
    const caption = numberedText(frame, choices, true)
    if (caption.length <= messageLimits.caption) {
      return { message: { ...header, caption }, numbers }
    }
  }
  return { message: { kind: 'text', body: numberedText(frame, choices, false) }, numbers }
}

function numberedText(frame: Frame, choices: readonly Choice[], whole: boolean): string {
  const full = choices.map((choice, index) => line(index + 1, choice, Infinity))
  const text = assemble(frame, full)
  if (whole || text.length <= messageLimits.textBody) return text
  // At least a quarter stays for the body; the choices share the rest evenly, so that each stays readable.
  const share = Math.floor((messageLimits.textBody * 3) / 4 / Math.max(1, choices.length)) - 1
  const lines = choices.map((choice, index) => line(index + 1, choice, share))
  const room = messageLimits.textBody - assemble({ body: '' }, lines).length - 2
  return assemble({ body: truncateText(frame.body, room) }, lines)
}

function assemble(frame: Frame, lines: readonly string[]): string {
  const parts = [headerText(frame.header), frame.body, lines.join('\n'), frame.footer]
  return parts.filter((part) => part !== undefined && part.trim() !== '').join('\n\n')
}

function line(number: number, choice: Choice, limit: number): string {
  const prefix = `${number}. `
  const plain = isolated(choice.title)
  const section = choice.section === undefined ? '' : `${choice.section}\n`
  const detail = choice.description ? ` – ${isolated(choice.description)}` : ''
  const full = `${section}${prefix}${plain}${detail}`
  if (full.length <= limit) return full
  return `${prefix}${isolated(truncateText(choice.title, limit - prefix.length - 2))}`
}

// First-strong isolates keep a right-to-left title from pulling its number, or the dash behind it, to the other side.
function isolated(value: string): string {
  return /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(value) ? `\u2068${value}\u2069` : value
}

function shortFrame(message: ButtonsMessage): Pick<ButtonsMessage, 'header' | 'footer'> {
  const { header, footer } = message
  return {
    ...(header?.kind === 'text'
      ? { header: { kind: 'text', text: truncateText(header.text, messageLimits.header) } }
      : {}),
    ...(footer === undefined ? {} : { footer: truncateText(footer, messageLimits.footer) }),
  }
}

function shorterLink(message: LinkMessage): OutboundMessage {
  const header = message.header
  const link: LinkMessage = {
    ...message,
    ...(header?.kind === 'text'
      ? { header: { kind: 'text', text: truncateText(header.text, messageLimits.header) } }
      : {}),
    ...(message.footer === undefined
      ? {}
      : { footer: truncateText(message.footer, messageLimits.footer) }),
    label: truncateText(message.label, messageLimits.linkLabel),
  }
  if (fits(link) || message.url.length > messageLimits.url) return link
  const body = truncateText(message.body, messageLimits.textBody - message.url.length - 2)
  return { kind: 'text', body: `${body}\n\n${message.url}`, previewUrl: true }
}

function headerText(header: string | MessageHeader | undefined): string | undefined {
  if (header === undefined || typeof header === 'string') return header
  return header.kind === 'text' ? header.text : undefined
}

function fits(message: OutboundMessage): boolean {
  return checkMessage(message).kind === 'ok'
}

function asIs(message: OutboundMessage): Degraded {
  return { message, numbers: {} }
}
