/**
 * Every code an {@link AuronxError} can carry. Codes are public API: they are only ever added, and each is
 * described with its cause and its remedy in `docs/errors.md`.
 */
export const errorCodes = [
  'invalid_input',
  'invalid_config',
  'not_found',
  'conflict',
  'not_permitted',
  'illegal_transition',
  'version_conflict',
  'idempotency_mismatch',
  'idempotency_in_progress',
  'money_out_of_range',
  'currency_mismatch',
  'unknown_currency',
  'unknown_time_zone',
  'signature_missing',
  'signature_malformed',
  'signature_mismatch',
  'payload_too_large',
  'payload_unreadable',
  'message_invalid',
  'window_closed',
  'lease_lost',
  'storage_unavailable',
  'storage_constraint',
  'storage_role',
  'overloaded',
  'egress_denied',
  'network_failed',
  'timeout',
  'aborted',
  'graph_error',
  'media_invalid',
  'unauthenticated',
  'reauthentication_required',
  'seal_broken',
  'refused',
  'precondition_required',
  'rate_limited',
  'internal',
] as const

/** One of {@link errorCodes}. */
export type ErrorCode = (typeof errorCodes)[number]

/** Values that may stand in an error's details: ids, numbers and shapes; never personal data, bodies or secrets. */
export type ErrorDetail = string | number | boolean | null | readonly (string | number)[]

/** What {@link AuronxError} takes besides its code and message. */
export interface ErrorOptions {
  /** Whether the same call may succeed later without a change by the caller. Default `false`. */
  readonly retryable?: boolean
  /** Machine-readable facts that are safe to log. Default `{}`. */
  readonly details?: Readonly<Record<string, ErrorDetail>>
  /** The error this one translates. */
  readonly cause?: unknown
}

const marker = Symbol.for('auronx.error')

/**
 * The one error class of AuronX: a broken contract or a failed infrastructure. What the business expects to happen
 * (out of stock, expired, not allowed now) is returned as a tagged outcome instead.
 *
 * Messages and details never contain personal data, message bodies or secrets.
 */
export class AuronxError extends Error {
  /** Stable code to branch on. */
  readonly code: ErrorCode
  /** Whether the same call may succeed later without a change by the caller. */
  readonly retryable: boolean
  /** Facts that are safe to log. */
  readonly details: Readonly<Record<string, ErrorDetail>>

  constructor(code: ErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined)
    this.name = 'AuronxError'
    this.code = code
    this.retryable = options.retryable ?? false
    this.details = options.details ?? {}
    Object.defineProperty(this, marker, { value: true })
  }
}

/**
 * Tells whether a value is an {@link AuronxError}, also when it comes from a second copy of this package.
 * With `code`, additionally whether it carries that code.
 */
export function isAuronxError(value: unknown, code?: ErrorCode): value is AuronxError {
  if (typeof value !== 'object' || value === null || !(marker in value)) return false
  return code === undefined || ('code' in value && value.code === code)
}
