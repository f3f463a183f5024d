import type { AdminRefusal } from './admin.ts'

/** Which step refused. */
export type NumberStep =
  | 'input'
  | 'token'
  | 'account'
  | 'number'
  | 'store'
  | 'subscribe'
  | 'register'
  | 'deregister'

/** A refusal, at which step, and what to do about it in a sentence. */
export interface NumberRefusal {
  readonly kind: 'refused'
  readonly step: NumberStep
  readonly problem:
    | AdminRefusal['problem']
    | 'id-malformed'
    | 'pin-malformed'
    | 'pin-needed'
    | 'app-mismatch'
    | 'number-not-in-account'
    | 'taken'
    | 'credentials-missing'
  readonly words: string
  /** Meta's number, where it was Meta that refused. */
  readonly code?: number | string
}

/** A refusal of ours. */
export function refuse(
  step: NumberStep,
  problem: NumberRefusal['problem'],
  words: string,
): NumberRefusal {
  return { kind: 'refused', step, problem, words }
}

/** A refusal of Meta's as a refusal of one of our steps. */
export function refusedAt(step: NumberStep, { problem, words, code }: AdminRefusal): NumberRefusal {
  return { kind: 'refused', step, problem, words, code }
}
