import { isAuronxError } from '@auronx/sdk'
import type { ErrorCode } from '@auronx/sdk'
import type { ErrorRequestHandler } from 'express'

const statuses: Partial<Record<ErrorCode, number>> = {
  invalid_input: 400,
  unauthenticated: 401,
  not_permitted: 403,
  not_found: 404,
  conflict: 409,
  version_conflict: 409,
  overloaded: 503,
  storage_unavailable: 503,
}

/** Any error as a problem document (RFC 9457); only AuronX's own messages, which are safe to show, are shown. */
export const sendProblem: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) return next(error)
  const { status, code, detail } = describe(error)
  response
    .status(status)
    .type('application/problem+json')
    .send(
      JSON.stringify({ type: 'about:blank', title: 'The request failed', status, code, detail }),
    )
}

function describe(error: unknown): { status: number; code: string; detail?: string } {
  if (isAuronxError(error)) {
    const status = statuses[error.code] ?? 500
    if (status < 500) return { status, code: error.code, detail: error.message }
    return { status, code: error.code }
  }
  // Body parsers and routers name their own status.
  const named = typeof error === 'object' && error !== null && 'status' in error && error.status
  if (typeof named === 'number' && named >= 400 && named < 500) {
    return { status: named, code: 'invalid_input' }
  }
  return { status: 500, code: 'internal' }
}
