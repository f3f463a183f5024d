import type { AuronxError, ModelFailure } from '@auronx/sdk'
import { isAuronxError } from '@auronx/sdk'
import { member } from './json.ts'
import { retryAfterMs } from './retry-after.ts'

/** Why a call failed, with what the provider said about it that is safe to log. */
export interface CallFailure {
  readonly reason: ModelFailure
  readonly retryAfterMs?: number
  /** HTTP status. */
  readonly status?: number
  /** The provider's error code, or ours, such as `egress_denied`. */
  readonly code?: string
  /** The provider's name for the request. */
  readonly requestId?: string
}

/** Reads what the client threw. Nothing when it is neither an HTTP error nor a failure of the transport. */
export function failureOfCall(
  error: unknown,
  { aborted, now }: { readonly aborted: boolean; readonly now: Date },
): CallFailure | undefined {
  if (aborted) return { reason: 'aborted' }
  const ours = causedBy(error)
  if (ours !== undefined) return { reason: reasonOfTransport(ours), code: ours.code }
  const status = member(error, 'status')
  const headers = member(error, 'headers')
  if (typeof status !== 'number' || !(headers instanceof Headers)) return undefined
  const waitMs = retryAfterMs(headers, now)
  const code = codeOf(member(error, 'code'))
  const requestId = codeOf(headers.get('x-request-id'))
  return {
    reason: reasonOfStatus(status),
    status,
    ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
    ...(code === undefined ? {} : { code }),
    ...(requestId === undefined ? {} : { requestId }),
  }
}

/** A word that names something, as providers use it for codes and request ids; nothing for what may be a sentence. */
export function codeOf(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w.-]{1,80}$/.test(value) ? value : undefined
}

function causedBy(error: unknown): AuronxError | undefined {
  if (isAuronxError(error)) return error
  return error instanceof Error ? causedBy(error.cause) : undefined
}

function reasonOfTransport({ code }: AuronxError): ModelFailure {
  switch (code) {
    case 'egress_denied':
      return 'rejected'
    case 'payload_too_large':
      return 'malformed'
    // The caller's signal was looked at before, so it was the client's own clock that gave up.
    case 'aborted':
    case 'timeout':
      return 'timeout'
    default:
      return 'unavailable'
  }
}

function reasonOfStatus(status: number): ModelFailure {
  if (status === 429) return 'rate_limited'
  // 408 and 409 say that the same request may pass later.
  return status >= 500 || status === 408 || status === 409 ? 'unavailable' : 'rejected'
}
