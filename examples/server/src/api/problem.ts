import type { ServerResponse } from 'node:http'
import type { AuronxError } from '@auronx/sdk'
import { problemError, problemKinds, problemOf, problemType } from '@auronx/sdk/api'
import type { ProblemCode, ProblemDocument } from '@auronx/sdk/api'

/** A refusal that takes back what the transaction wrote; to be thrown. */
export function undone(code: ProblemCode): AuronxError {
  return problemError(code)
}

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

/** Any error as a refusal that is safe to show; nothing of a foreign error is. */
export function refusalOf(error: unknown): Refused {
  const { code, detail } = problemOf(error)
  return refused(code, detail === undefined ? {} : { detail })
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
