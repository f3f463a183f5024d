import { AuronxError, isAuronxError } from '@auronx/sdk'

const unavailable = /^(08|53|57P)/
const network = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'ETIMEDOUT', 'EAI_AGAIN', 'ENOTFOUND'])

/** SQLSTATE (or the operating system's code) of a driver error, if it has one. */
export function sqlState(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

/** Whether the transaction may simply run again: serialisation failure or deadlock. */
export function isTransient(error: unknown): boolean {
  const cause = isAuronxError(error) ? error.cause : error
  const code = sqlState(cause)
  return code === '40001' || code === '40P01'
}

/**
 * Translates a driver's error. `storage_unavailable` (retryable): no connection, shutting down, out of resources.
 * `storage_constraint`: a value or rule was refused; `details.constraint` names the rule. `lease_lost`: a stale grant.
 * Messages of the driver stay in `cause`: they may quote values.
 */
export function translateError(error: unknown): AuronxError {
  if (error instanceof AuronxError) return error
  const code = sqlState(error) ?? ''
  if (code === 'AX001') return new AuronxError('lease_lost', 'The grant is stale', { cause: error })
  if (unavailable.test(code) || network.has(code) || isConnectionLoss(error)) {
    return new AuronxError('storage_unavailable', 'The database cannot be reached', {
      retryable: true,
      cause: error,
      details: { code },
    })
  }
  if (code === '40001' || code === '40P01') {
    return new AuronxError('storage_unavailable', 'The transaction lost a race', { retryable: true, cause: error })
  }
  if (/^2[23]/.test(code)) {
    return new AuronxError('storage_constraint', 'The database refused a value', {
      cause: error,
      details: { code, constraint: constraintOf(error) },
    })
  }
  return new AuronxError('internal', 'A statement failed', { cause: error, details: { code } })
}

function constraintOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('constraint' in error)) return ''
  return typeof error.constraint === 'string' ? error.constraint : ''
}

function isConnectionLoss(error: unknown): boolean {
  return error instanceof Error && /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|pool after calling end/.test(error.message)
}
