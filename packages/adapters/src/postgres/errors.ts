import { AuronxError, isAuronxError } from '@auronx/sdk'
import type { ErrorCode } from '@auronx/sdk'

const unreachable = /^(08|53|57P)/
const network = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOENT',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'ENOTFOUND',
])
const lostConnection =
  /Connection terminated|timeout exceeded when trying to connect|Query read timeout|connection error and is not queryable|Client was closed|pool after calling end/

// Raised by our own functions.
const ours: ReadonlyMap<string, { readonly code: ErrorCode; readonly message: string }> = new Map([
  ['AX001', { code: 'lease_lost', message: 'The grant is stale' }],
  ['AX002', { code: 'version_conflict', message: 'The record was changed meanwhile' }],
  ['AX003', { code: 'conflict', message: 'The record contradicts one that exists' }],
  ['AX004', { code: 'unauthenticated', message: 'The session or key is over' }],
])

/** SQLSTATE (or the operating system's code) of a driver error or of its translation, if it has one. */
export function sqlState(error: unknown): string | undefined {
  if (isAuronxError(error)) {
    const { code } = error.details
    return typeof code === 'string' && code !== '' ? code : undefined
  }
  return textOf(error, 'code')
}

/** Whether the transaction may simply run again: serialisation failure or deadlock. */
export function isTransient(error: unknown): boolean {
  const code = sqlState(error)
  return code === '40001' || code === '40P01'
}

/**
 * Translates a driver's error; `details.code` is the SQLSTATE.
 *
 * `storage_unavailable` (retryable): no connection, shutting down, out of resources, or a race was lost.
 * `storage_constraint`: a value or rule was refused; `details.constraint` names the rule. `storage_role`: the role may
 * not do this. `timeout` (retryable): the server gave up on a statement or a lock. `lease_lost`, `version_conflict`,
 * `conflict`, `unauthenticated`: raised by our own functions.
 *
 * What the driver says about a refused value is left out, also as the cause: it quotes the value.
 */
export function translateError(error: unknown): AuronxError {
  if (error instanceof AuronxError) return error
  const code = textOf(error, 'code') ?? ''
  const details = { code }
  const tls = tlsProblem(error, code)
  if (tls !== undefined) {
    return new AuronxError('storage_unavailable', `The database cannot be reached: ${tls}`, {
      retryable: true,
      details: { code: code === '' ? 'no_tls' : code },
    })
  }
  const own = ours.get(code)
  if (own !== undefined) return new AuronxError(own.code, own.message, { details })
  if (isUnreachable(error, code)) {
    return new AuronxError('storage_unavailable', 'The database cannot be reached', {
      retryable: true,
      cause: error,
      details,
    })
  }
  if (/^2[23]/.test(code)) return refusedValue(error, code)
  return (
    ofState(code, details) ??
    new AuronxError('internal', 'A statement failed', { cause: error, details })
  )
}

/** Why a connection could not be made safe, by the codes of Node's TLS and the words of pg. */
const tlsProblems: readonly (readonly [pattern: RegExp, problem: string])[] = [
  [/^CERT_HAS_EXPIRED$/, 'its certificate has expired'],
  [/^CERT_NOT_YET_VALID$/, 'its certificate is not valid yet; check the clocks'],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, 'its certificate is for another host name than the address'],
  [
    /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|CERT_|INVALID_CA$)/,
    'its certificate is not signed by a trusted root; name the root with sslrootcert',
  ],
  [/^(ERR_SSL_|EPROTO$)/, 'it speaks no TLS 1.2 or newer that both sides accept'],
]

function tlsProblem(error: unknown, code: string): string | undefined {
  if (error instanceof Error && /server does not support SSL/.test(error.message)) {
    return 'it offers no TLS, and without it nothing is sent'
  }
  return tlsProblems.find(([pattern]) => pattern.test(code))?.[1]
}

function isUnreachable(error: unknown, code: string): boolean {
  if (unreachable.test(code) || network.has(code)) return true
  return error instanceof Error && lostConnection.test(error.message)
}

function refusedValue(error: unknown, code: string): AuronxError {
  const constraint = textOf(error, 'constraint') ?? ''
  const table = textOf(error, 'table') ?? ''
  const message = explained.get(constraint) ?? 'The database refused a value'
  return new AuronxError('storage_constraint', message, {
    details: { code, constraint, table },
  })
}

// What a caller runs into before reading the manual.
const explained: ReadonlyMap<string, string> = new Map([
  ['tenants_single', `Isolation 'single-tenant' takes one business; migrate with 'roles' for more`],
])

function ofState(code: string, details: { readonly code: string }): AuronxError | undefined {
  switch (code) {
    case '40001':
    case '40P01':
      return new AuronxError('storage_unavailable', 'The transaction lost a race', {
        retryable: true,
        details,
      })
    case '57014':
    case '55P03':
      return new AuronxError('timeout', 'The database gave up waiting', {
        retryable: true,
        details,
      })
    case '42501':
      return new AuronxError('storage_role', 'The database role may not do this', { details })
    default:
      return undefined
  }
}

function textOf(error: unknown, member: string): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  const value: unknown = Reflect.get(error, member)
  return typeof value === 'string' ? value : undefined
}
