import { handOff, isLooping, isLost, saidJustNow } from './handoff.ts'
import type { Match } from './keywords.ts'
import { matchKeyword } from './keywords.ts'
import type { Answer, MenuDeps } from './menu.ts'
import { answerAction, answerCart, answerChoice, answerSearch, welcome } from './menu.ts'
import type { Reading } from './read.ts'
import { lastOutbound, read } from './read.ts'
import { mainMenu } from './screens.ts'
import type { Shop } from './shop.ts'
import { textsOf } from './texts.ts'
import type { HandOffReason, Reply, ReplyStep, Turn } from './turn.ts'

/** What {@link respond} may use. */
export interface RespondDeps {
  /** The business' shop, within the caller's transaction. */
  readonly shop: Shop
  /** Whether a model can answer free text, later and outside of the transaction. Default: the menus do, now. */
  readonly assistant?: boolean
}

/**
 * Decides on the answer to a customer's message, in this order: a person who owns the conversation, a pending action
 * token, the menu, the assistant, the fallback. What is for the assistant is answered `later`: a turn of its own does that. While a person owns it everything is left to them but a tapped action
 * button: what a customer confirms in so many words still counts, and its result is told. While a person is awaited, taps
 * and menu words are answered, free text is not. Reactions, notices and changed or deleted messages get no answer.
 */
export async function respond(turn: Turn, deps: RespondDeps): Promise<Reply> {
  const reading = read(turn)
  const trace: readonly ReplyStep[] = [
    { step: 'read', outcome: reading.kind, ...detailOf(reading) },
  ]
  const silent = gate(turn, reading)
  if (silent !== undefined) return quiet([...trace, { step: 'gate', outcome: silent }])
  const menu: MenuDeps = { shop: deps.shop, texts: textsOf(turn.locale), turn }
  if (reading.kind !== 'tap' && reading.kind !== 'cart' && isLooping(turn))
    return hand(menu, 'reply_loop', trace)
  const reply = await answer(reading, menu, deps.assistant ?? false)
  return { ...reply, trace: [...trace, ...reply.trace] }
}

/** Why there is nothing to say, if so. */
function gate({ standby, conversation: { owner } }: Turn, reading: Reading): string | undefined {
  if (standby) return 'standby'
  if (reading.kind === 'silence') return 'needs_no_answer'
  if (owner === 'human') return isTappedAction(reading) ? undefined : 'human_owns'
  if (owner === 'queue') return isDeliberate(reading) ? undefined : 'person_awaited'
  return undefined
}

function isTappedAction(reading: Reading): boolean {
  return reading.kind === 'tap' && reading.choice.kind === 'act'
}

/** Somebody who waits for a person and asks for the menu in so many words gets it. */
function isDeliberate(reading: Reading): boolean {
  if (reading.kind === 'text') return isMenuWord(matchKeyword(reading.text))
  return reading.kind === 'tap' || reading.kind === 'typed' || reading.kind === 'cart'
}

function isMenuWord(match: Match | undefined): boolean {
  return (
    match !== undefined &&
    match.exact &&
    ['menu', 'browse', 'status', 'person'].includes(match.intent)
  )
}

async function answer(reading: Reading, menu: MenuDeps, assistant: boolean): Promise<Reply> {
  switch (reading.kind) {
    case 'tap':
    case 'typed':
      if (reading.choice.kind === 'act')
        return from(
          'action',
          await answerAction(reading.choice.token, menu, { typed: reading.kind === 'typed' }),
        )
      if (reading.choice.kind === 'person') return person(menu)
      return from('menu', await answerChoice(reading.choice, menu))
    case 'cart':
      return from('menu', await answerCart(reading.items, menu))
    case 'greeting':
      return from('menu', welcome(menu.texts, menu.turn))
    case 'text':
      return answerText(reading.text, menu, assistant)
    case 'unreadable':
    case 'silence':
      return cannotRead(menu)
  }
}

async function answerText(text: string, menu: MenuDeps, assistant: boolean): Promise<Reply> {
  const match = matchKeyword(text)
  // With an assistant, a word within a sentence is not yet a command; asking for a person always is.
  const commands = match !== undefined && (match.exact || match.intent === 'person' || !assistant)
  if (commands) return answerIntent(match, menu)
  if (assistant)
    return { ...quiet([{ step: 'assistant', outcome: 'wanted' }]), author: 'ai', later: true }
  const found = await answerSearch(text, menu)
  return found === undefined ? fallback(menu) : from('menu', found)
}

async function answerIntent({ intent }: Match, menu: MenuDeps): Promise<Reply> {
  const { texts, turn } = menu
  switch (intent) {
    case 'person':
      return person(menu)
    case 'browse':
      return from('menu', await answerChoice({ kind: 'browse', page: 0 }, menu))
    case 'status':
      return from('menu', await answerChoice({ kind: 'status' }, menu))
    case 'menu':
      return from('menu', welcome(texts, turn))
    case 'thanks':
      return from('menu', { outcome: 'thanks', messages: [mainMenu(texts, texts.youAreWelcome)] })
    case 'yes':
    case 'no':
      return from('menu', {
        outcome: 'nothing_pending',
        messages: [mainMenu(texts, texts.nothingToConfirm)],
      })
  }
}

/** A first message that nobody understands gets the welcome; later ones the fallback, and then a person. */
function fallback(menu: MenuDeps): Reply {
  const { texts, turn } = menu
  if (lastOutbound(turn.recent) === undefined) return from('menu', welcome(texts, turn))
  if (isLost(turn.recent, texts)) return hand(menu, 'not_understood', [])
  return from('fallback', {
    outcome: 'not_understood',
    messages: [mainMenu(texts, texts.fallback)],
  })
}

function cannotRead({ texts, turn }: MenuDeps): Reply {
  if (saidJustNow(turn, texts.cannotRead))
    return quiet([{ step: 'fallback', outcome: 'said_just_now' }])
  return from('fallback', { outcome: 'unreadable', messages: [mainMenu(texts, texts.cannotRead)] })
}

function person(menu: MenuDeps): Reply {
  const { texts, turn } = menu
  if (turn.conversation.owner !== 'queue') return hand(menu, 'customer_asked', [])
  if (saidJustNow(turn, texts.waiting))
    return quiet([{ step: 'hand_off', outcome: 'said_just_now' }])
  return from('hand_off', { outcome: 'waiting', messages: [{ kind: 'text', body: texts.waiting }] })
}

function hand(
  { texts, turn }: MenuDeps,
  reason: HandOffReason,
  trace: readonly ReplyStep[],
): Reply {
  return {
    ...handOff(texts, reason, turn.personWithinMinutes),
    author: 'menu',
    trace: [...trace, { step: 'hand_off', outcome: reason }],
  }
}

function from(step: ReplyStep['step'], { outcome, messages }: Answer): Reply {
  return { messages, author: 'menu', trace: [{ step, outcome }] }
}

function quiet(trace: readonly ReplyStep[]): Reply {
  return { messages: [], author: 'menu', trace }
}

function detailOf(reading: Reading): Pick<ReplyStep, 'detail'> {
  if (reading.kind === 'tap' || reading.kind === 'typed')
    return { detail: { choice: reading.choice.kind } }
  return reading.kind === 'cart' ? { detail: { items: reading.items.length } } : {}
}
