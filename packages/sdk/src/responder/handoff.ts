import type { Message } from '../conversations/index.ts'
import { lastOutbound } from './read.ts'
import type { Texts } from './texts.ts'
import type { HandOffReason, Reply, Turn } from './turn.ts'

/**
 * How many automatic answers one conversation may get within the time before a person is asked instead: two machines that
 * answer each other stop here. Taps do not count against it, because machines do not tap.
 */
export const loopBudget = { replies: 20, withinMs: 10 * 60 * 1000 } as const

/** How often in a row we may not understand before a person is asked. */
export const misunderstandings = 2

/** Hands over to a person with one closing message, which says how long it usually takes, where that is known. */
export function handOff(
  texts: Texts,
  reason: HandOffReason,
  withinMinutes?: number,
): Pick<Reply, 'messages' | 'handOff'> {
  const notice = reason === 'not_understood' ? texts.handOffNotUnderstood : texts.handOff
  const body =
    withinMinutes === undefined ? notice : `${notice} ${texts.personWithin(withinMinutes)}`
  return { messages: [{ kind: 'text', body }], handOff: { reason } }
}

/** Whether the menus and the assistant have answered so often lately that something is answering them. */
export function isLooping({ recent, now }: Pick<Turn, 'recent' | 'now'>): boolean {
  const since = now.getTime() - loopBudget.withinMs
  const automatic = recent.filter(
    ({ direction, author, at }) =>
      direction === 'out' && (author === 'menu' || author === 'ai') && at.getTime() > since,
  )
  return automatic.length >= loopBudget.replies
}

/** Whether our last answers all said that we did not understand. */
export function isLost(recent: readonly Message[], texts: Texts): boolean {
  const answers = recent.filter(({ direction }) => direction === 'out').slice(0, misunderstandings)
  return (
    answers.length === misunderstandings &&
    answers.every((message) => says(message, texts.fallback))
  )
}

/** Whether the last thing we said is `body`, less than a minute ago: an album gets one answer. */
export function saidJustNow({ recent, now }: Pick<Turn, 'recent' | 'now'>, body: string): boolean {
  const last = lastOutbound(recent)
  return last !== undefined && says(last, body) && now.getTime() - last.at.getTime() < 60_000
}

function says({ content }: Message, body: string): boolean {
  return content.kind === 'outbound' && 'body' in content.message && content.message.body === body
}
