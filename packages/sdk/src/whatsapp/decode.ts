import type { Advice, SendOutcome } from '../outbox/index.ts'
import { adviseOn, graphErrorRule, isDefinite } from './errors.ts'
import type { GraphAnswer } from './graph.ts'
import { member, numberAt, textAt } from './graph-json.ts'

/** A refusal as the messenger reports it. */
export type GraphRefusal = Extract<SendOutcome, { kind: 'refused' }>

/**
 * What an answer to a send means. Accepted only with a message id; refused only when Meta surely did not take the
 * message: an error it names, or a status from 400 to 499 that is no timeout. All else is unknown.
 */
export function sendOutcomeOf(answer: GraphAnswer): SendOutcome {
  if (answer.kind === 'lost') return { kind: 'unknown', reason: answer.reason }
  const refusal = refusalOf(answer)
  if (refusal !== undefined) return refusal
  if (answer.kind === 'not_sent') return { kind: 'unknown', reason: answer.code }
  const { status, body } = answer
  const providerMessageId = textAt(body, 'messages', 0, 'id')
  if (status < 200 || status > 299) return { kind: 'unknown', reason: `http_${status}` }
  if (providerMessageId === undefined) return { kind: 'unknown', reason: 'no_message_id' }
  const waId = textAt(body, 'contacts', 0, 'wa_id')
  const userId = textAt(body, 'contacts', 0, 'user_id')
  return {
    kind: 'accepted',
    providerMessageId,
    ...(waId === undefined ? {} : { waId }),
    ...(userId === undefined ? {} : { userId }),
  }
}

/** The refusal in an answer, or nothing when it is none or not certain. */
export function refusalOf(answer: GraphAnswer): GraphRefusal | undefined {
  if (answer.kind === 'lost') return undefined
  if (answer.kind === 'not_sent') {
    const { code, advice, detail } = answer
    return { kind: 'refused', code, advice, detail }
  }
  const { status, body, waitMs } = answer
  const error = member(body, 'error')
  const code = numberAt(error, 'code')
  if (code === undefined) return refusalOfStatus(status)
  if (!isDefinite(code, status)) return undefined
  const subcode = numberAt(error, 'error_subcode')
  const advice = adviseOn({
    code,
    ...(subcode === undefined ? {} : { subcode }),
    ...(waitMs === undefined ? {} : { waitMs }),
    isTransient: member(error, 'is_transient') === true,
  })
  return { kind: 'refused', code, advice, detail: detailOf(error, code, subcode) }
}

// 408 and 499 say that somebody gave up waiting, not that nothing happened.
const uncertain: readonly number[] = [408, 499]

function refusalOfStatus(status: number): GraphRefusal | undefined {
  if (status < 400 || status > 499 || uncertain.includes(status)) return undefined
  const advice: Advice =
    status === 401
      ? { action: 'stop_channel', topic: 'credentials' }
      : { action: 'retry', afterMs: 30_000, factor: 2, attempts: 3, scope: 'number' }
  const detail = 'refused without an error that can be read'
  return { kind: 'refused', code: `http_${status}`, advice, detail }
}

function detailOf(error: unknown, code: number, subcode: number | undefined): string {
  const meaning = graphErrorRule(code)?.meaning ?? 'a code we do not know'
  const said = textAt(error, 'error_data', 'details') ?? textAt(error, 'message')
  const trace = textAt(error, 'fbtrace_id')
  const parts = [
    `${code}${subcode === undefined ? '' : `/${subcode}`}: ${meaning}`,
    said === undefined ? '' : `Meta says: ${scrub(said)}`,
    trace === undefined || !/^[\w-]{1,64}$/.test(trace) ? '' : `trace ${trace}`,
  ]
  return parts.filter((part) => part !== '').join('; ')
}

/**
 * Takes out of Meta's sentences what may be personal: quoted text, addresses, long digits, everything that is not plain
 * ASCII. What is left names members and rules. At most 200 characters.
 */
export function scrub(sentence: string): string {
  return sentence
    .replace(/[^\x20-\x7e]+/g, ' ')
    .replace(/"[^"]*"|(?<![\w[])'[^']*'|`[^`]*`/g, '…')
    .replace(/\S*(?:@|:\/\/)\S*/g, '…')
    .replace(/\+?\d[\d\s().-]{3,}\d/g, '…')
    .trim()
    .slice(0, 200)
}
