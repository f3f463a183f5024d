import type { ServerResponse } from 'node:http'
import { AuronxError, isAuronxError } from '@auronx/sdk'
import { isProblemCode, problemKinds, problemType } from '@auronx/sdk/api'
import type { ProblemCode, ProblemDocument } from '@auronx/sdk/api'

/** What a problem says beside its code. */
export type ProblemFacts = Partial<
  Omit<ProblemDocument, 'type' | 'title' | 'status' | 'code' | 'requestId' | 'instance'>
>

/** A request that is answered with a problem. */
export interface Refused {
  readonly kind: 'refused'
  readonly code: ProblemCode
  readonly facts: ProblemFacts
}

/** A refusal; what the transaction wrote until then stays. */
export function refused(code: ProblemCode, facts: ProblemFacts = {}): Refused {
  return { kind: 'refused', code, facts }
}

/** A refusal that takes back what the transaction wrote; to be thrown. */
export function undone(code: ProblemCode): AuronxError {
  return new AuronxError('refused', problemKinds[code].title, { details: { problem: code } })
}

/** Any error as a refusal that is safe to show; nothing of a foreign error is. */
export function refusalOf(error: unknown): Refused {
  if (!isAuronxError(error)) return refused('internal')
  if (error.code === 'refused') {
    const { problem } = error.details
    return refused(typeof problem === 'string' && isProblemCode(problem) ? problem : 'internal')
  }
  switch (error.code) {
    case 'invalid_input':
    case 'message_invalid':
    case 'unknown_currency':
    case 'unknown_time_zone':
    case 'money_out_of_range':
    case 'currency_mismatch':
      return refused('invalid_input', { detail: error.message })
    case 'storage_constraint':
      return refused('conflict')
    default:
      return refused(isProblemCode(error.code) ? error.code : 'internal')
  }
}

/** The document of a refusal. */
export function documentOf({ code, facts }: Refused, requestId: string): ProblemDocument {
  return { ...facts, ...problemKinds[code], type: problemType(code), code, requestId }
}

/** The request's id, as the front gave it to the answer. */
export function requestIdOf(response: ServerResponse, make: () => string): string {
  const known = response.getHeader('x-request-id')
  if (typeof known === 'string') return known
  const id = make()
  response.setHeader('x-request-id', id)
  return id
}
