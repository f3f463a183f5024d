import { choiceOf } from '../outbox/index.ts'
import type { OutboundMessage } from '../outbox/index.ts'
import type { Message } from '../conversations/index.ts'
import type { OrderLine } from '../webhook/index.ts'
import type { Choice } from './choice.ts'
import { isQuantity, parseChoice } from './choice.ts'
import { foldDigits } from './digits.ts'
import { matchKeyword, normalize } from './keywords.ts'
import { proposalTokens } from './screens.ts'
import type { Turn } from './turn.ts'

/**
 * What a message says. `tap`: a button or row, which the customer chose in so many words. `typed`: text that answers the
 * choices of our last message. `silence`: nothing that wants an answer.
 */
export type Reading =
  | { readonly kind: 'tap' | 'typed'; readonly choice: Choice }
  | { readonly kind: 'cart'; readonly items: readonly OrderLine[] }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'greeting' | 'unreadable' | 'silence' }

/** Reads a turn's message. */
export function read({
  content,
  recent,
  forwarded = false,
}: Pick<Turn, 'content' | 'recent' | 'forwarded'>): Reading {
  switch (content.type) {
    case 'text':
      return forwarded ? readWords(content.body) : readText(content.body, recent)
    case 'button_reply':
    case 'list_reply':
      return readTap(content.id, content.title, recent)
    case 'template_button':
      return readTap(content.payload, content.text, recent)
    case 'order':
      return { kind: 'cart', items: content.items }
    case 'request_welcome':
      return { kind: 'greeting' }
    case 'image':
    case 'video':
    case 'document':
      // What comes with a picture is about the picture, and answers no question of ours.
      return readWords(content.caption ?? '')
    case 'reaction':
    case 'system':
    case 'edit':
    case 'revoke':
    case 'errors':
    case 'media_placeholder':
    case 'call_permission_reply':
      return { kind: 'silence' }
    default:
      return { kind: 'unreadable' }
  }
}

/** Our last message in the thread, whoever of us wrote it. */
export function lastOutbound(recent: readonly Message[]): Message | undefined {
  return recent.find(({ direction }) => direction === 'out')
}

function readTap(id: string, title: string, recent: readonly Message[]): Reading {
  const choice = parseChoice(id)
  return choice === undefined ? readText(title, recent) : { kind: 'tap', choice }
}

function readText(text: string, recent: readonly Message[]): Reading {
  const choice = text.trim() === '' ? undefined : typedChoice(text, recent)
  return choice === undefined ? readWords(text) : { kind: 'typed', choice }
}

function readWords(text: string): Reading {
  return text.trim() === '' ? { kind: 'unreadable' } : { kind: 'text', text }
}

/**
 * A typed number, title, yes or no counts only as the answer to choices that our renderer made, in a menu or as the
 * assistant's card, and only while they are the last message we sent: after anything else, whoever wrote it, it is not
 * clear what the customer agrees to.
 */
function typedChoice(text: string, recent: readonly Message[]): Choice | undefined {
  const last = lastOutbound(recent)
  if (last?.author !== 'menu' || last.content.kind !== 'outbound') return undefined
  const offered = optionsOf(last.content).flatMap(({ id, ...shown }): readonly Offered[] => {
    const choice = parseChoice(id)
    return choice === undefined ? [] : [{ ...shown, choice }]
  })
  return (
    byQuantity(text, offered) ??
    byNumber(text, offered) ??
    byTitle(text, offered) ??
    byAnswer(text, offered)
  )
}

interface Offered {
  readonly choice: Choice
  /** What the customer types to choose it. */
  readonly number: string
  /** What it is called; with its description, where numbered text shows both on one line. */
  readonly titles: readonly string[]
  /** Whether it stands in a text, and not on a button or row. */
  readonly isNumbered: boolean
}

type Option = Omit<Offered, 'choice'> & { readonly id: string }

/** The choices as the customer saw them: by the numbers that were sent, else by their places. */
function optionsOf({ message, numbers }: Outbound): readonly Option[] {
  if (numbers !== undefined) {
    const text = textOf(message)
    return Object.entries(numbers).map(([number, id]) => {
      return { number, id, titles: titlesIn(text, number), isNumbered: true }
    })
  }
  return tappable(message).map(({ id, title }, index) => {
    return { id, titles: [title], number: String(index + 1), isNumbered: false }
  })
}

function textOf(message: OutboundMessage): string {
  if ('body' in message) return message.body ?? ''
  return 'caption' in message ? (message.caption ?? '') : ''
}

/** What stands behind a number; the choices come last, so an earlier line with the same number is none. */
function titlesIn(text: string, number: string): readonly string[] {
  const line = text.split('\n').findLast((one) => one.startsWith(`${number}. `))
  if (line === undefined) return []
  const shown = line.slice(number.length + 2)
  const dash = shown.indexOf(' – ')
  return dash === -1 ? [shown] : [shown, shown.slice(0, dash)]
}

type Outbound = Extract<Message['content'], { readonly kind: 'outbound' }>

function tappable(
  message: OutboundMessage,
): readonly { readonly id: string; readonly title: string }[] {
  if (message.kind === 'buttons') return message.buttons
  return message.kind === 'list' ? message.sections.flatMap(({ rows }) => rows) : []
}

/** After the question "how many?" a number is that many, also beyond the rows that were offered. */
function byQuantity(text: string, offered: readonly Offered[]): Choice | undefined {
  const choice = offered[0]?.choice
  const asked =
    offered.length > 1 && offered.every((one) => one.choice.kind === 'add' && !one.isNumbered)
  if (choice?.kind !== 'add' || !asked) return undefined
  const quantity = Number(normalize(foldDigits(text)).replace(/^x/, ''))
  return isQuantity(quantity) ? { ...choice, quantity } : undefined
}

function byNumber(text: string, offered: readonly Offered[]): Choice | undefined {
  const typed = choiceOf(Object.fromEntries(offered.map(({ number }) => [number, number])), text)
  return offered.find(({ number }) => number === typed)?.choice
}

function byTitle(text: string, offered: readonly Offered[]): Choice | undefined {
  const typed = normalize(text)
  const named = offered.filter(
    ({ titles }) => typed !== '' && titles.some((title) => normalize(title) === typed),
  )
  return named.length === 1 ? named[0]?.choice : undefined
}

function byAnswer(text: string, offered: readonly Offered[]): Choice | undefined {
  const tokens = proposalTokens(offered.map(({ choice }) => choice))
  const intent = matchKeyword(text)?.intent
  if (intent === 'yes') return tokens?.confirm
  return intent === 'no' ? tokens?.cancel : undefined
}
