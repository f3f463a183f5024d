import { AuronxError, isAuronxError } from '../kernel/index.ts'
import type { ErrorCode } from '../kernel/index.ts'
import { isProblemCode, problemKinds } from './problems.ts'
import type { ProblemCode } from './problems.ts'

/** A problem document (RFC 9457) of an error, to be sent as `application/problem+json` with its `status`. */
export interface Problem {
  /** Address of the code's description; `about:blank` until the host names one. */
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: ProblemCode
  /** What to mend, where the sender can. */
  readonly detail?: string
}

const mendable: readonly ErrorCode[] = [
  'invalid_input',
  'message_invalid',
  'unknown_currency',
  'unknown_time_zone',
  'money_out_of_range',
  'currency_mismatch',
]

/** Any error as a problem that is safe to show: of errors that are not ours it says nothing but `internal`, 500. */
export function problemOf(error: unknown): Problem {
  if (!isAuronxError(error)) return problem('internal')
  if (mendable.includes(error.code)) {
    return { ...problem('invalid_input'), detail: error.message }
  }
  return problem(codeOf(error))
}

/**
 * A refusal as an error, which takes back the caller's transaction and which {@link problemOf} turns into a problem.
 * `reason` is that of an outcome or the code of a problem; one that is neither counts as a conflict.
 *
 * @example
 * const drafted = await orders.addToDraft(actor, { contactId, variantId, quantity: 1 })
 * if (drafted.kind === 'refused') throw problemError(drafted.reason)
 */
export function problemError(reason: string): AuronxError {
  const code = isProblemCode(reason) ? reason : (otherReasons.get(reason) ?? 'conflict')
  return new AuronxError('refused', problemKinds[code].title, { details: { problem: code } })
}

// Reasons of outcomes that the API has another word for, so that it tells no more than it should.
const otherReasons: ReadonlyMap<string, ProblemCode> = new Map([
  ['used', 'illegal_transition'],
  ['unknown', 'illegal_transition'],
  ['foreign', 'not_found'],
])

function codeOf({ code, details }: AuronxError): ProblemCode {
  if (code === 'storage_constraint') return 'conflict'
  // The database gave up waiting; the same request may go through in a moment.
  if (code === 'timeout') return 'storage_unavailable'
  const named = code === 'refused' ? details['problem'] : code
  return typeof named === 'string' && isProblemCode(named) ? named : 'internal'
}

function problem(code: ProblemCode): Problem {
  return { type: 'about:blank', ...problemKinds[code], code }
}
