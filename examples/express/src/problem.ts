import { problemOf } from '@auronx/sdk/api'
import type { ErrorRequestHandler } from 'express'

/** Any error as a problem document (RFC 9457). */
export const sendProblem: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) return next(error)
  const problem = { ...problemOf(error), ...badRequestOf(error) }
  if (problem.status >= 500) console.error(error)
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem))
}

// Express' own body parser names its status; what it says may quote the body.
function badRequestOf(error: unknown): { readonly status?: number; readonly code?: string } {
  const status = typeof error === 'object' && error !== null && 'status' in error && error.status
  if (typeof status !== 'number' || status < 400 || status >= 500) return {}
  return { status, code: 'malformed_request' }
}
