import { problemError, problemOf } from '@auronx/sdk/api'
import type { ErrorRequestHandler } from 'express'

/** Any error as a problem document (RFC 9457). */
export const sendProblem: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) return next(error)
  const status = statusOf(error)
  const problem =
    status === undefined
      ? problemOf(error)
      : { ...problemOf(problemError('malformed_request')), status }
  if (problem.status >= 500) console.error(error)
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem))
}

// Express' own body parser names its status; what it says may quote the body.
function statusOf(error: unknown): number | undefined {
  const status = typeof error === 'object' && error !== null && 'status' in error && error.status
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined
}
