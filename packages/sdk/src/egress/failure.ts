import { AuronxError, isAuronxError } from '../kernel/index.ts'

// The request cannot have been written when the name was not resolved, the connection not made, or the certificate refused.
const neverSentCodes: readonly string[] = [
  'UND_ERR_CONNECT_TIMEOUT',
  'ConnectionRefused',
  'FailedToOpenSocket',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]
const neverSentCalls: readonly string[] = ['connect', 'getaddrinfo']

/** Which of its signals ended an exchange. */
export interface ExchangeEnd {
  readonly timedOut: boolean
  readonly aborted: boolean
}

/**
 * Translates what `fetch` or a body reader throws: `timeout`, `aborted` or `network_failed`, with detail `sent: false`
 * when the request surely never left. Errors of ours pass unchanged.
 */
export function failureOf(error: unknown, end: ExchangeEnd): AuronxError {
  if (isAuronxError(error)) return error
  const name = errorName(error)
  const options = { cause: error, retryable: true }
  const neverSent = isNeverSent(error)
  if (end.aborted || name === 'AbortError') {
    return new AuronxError('aborted', 'the request was given up', options)
  }
  if (end.timedOut || name === 'TimeoutError') {
    return new AuronxError('timeout', 'the other side did not answer in time', options)
  }
  const details = { sent: !neverSent, cause: causeCode(error) ?? name }
  return new AuronxError('network_failed', 'the connection failed', { ...options, details })
}

/** Whether an egress error proves that the request never reached the other side. */
export function neverLeft(error: unknown): boolean {
  if (isAuronxError(error, 'egress_denied')) return true
  return isAuronxError(error, 'network_failed') && error.details['sent'] === false
}

function isNeverSent(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  if ('errors' in error && Array.isArray(error.errors) && error.errors.length > 0) {
    return error.errors.every(isNeverSent)
  }
  if ('syscall' in error && neverSentCalls.includes(String(error.syscall))) return true
  if ('code' in error && neverSentCodes.includes(String(error.code))) return true
  return 'cause' in error && isNeverSent(error.cause)
}

function causeCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  return 'cause' in error ? causeCode(error.cause) : undefined
}

function errorName(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown'
}
