import type { IncomingMessage, ServerResponse } from 'node:http'
import { isAuronxError } from '@auronx/sdk'

/** A problem document of RFC 9457, with our own `code`. */
export interface Problem {
  readonly status: number
  readonly title: string
  readonly code: string
  readonly detail?: string
}

/** Any error as a problem that is safe to show: only our own errors keep their message. */
export function toProblem(error: unknown): Problem {
  if (!isAuronxError(error)) return statusProblem(error)
  return {
    status: statusOf(error.code),
    title: 'The request failed',
    code: error.code,
    detail: error.message,
  }
}

/** Answers with a problem; a browser that asked for a page gets a small page. */
export function sendProblem(
  request: IncomingMessage,
  response: ServerResponse,
  problem: Problem,
): void {
  const wantsPage = (request.headers.accept ?? '').includes('text/html')
  const body = wantsPage
    ? problemPage(problem)
    : JSON.stringify({ type: 'about:blank', ...problem })
  response.writeHead(problem.status, {
    'content-type': wantsPage ? 'text/html; charset=utf-8' : 'application/problem+json',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; style-src 'self'; frame-ancestors 'self'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}

function statusProblem(error: unknown): Problem {
  const status =
    typeof error === 'object' && error !== null && 'status' in error ? error.status : 500
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return { status, title: 'The request was refused', code: 'invalid_input' }
  }
  return { status: 500, title: 'Something went wrong on the server', code: 'internal' }
}

function statusOf(code: string): number {
  switch (code) {
    case 'invalid_input':
    case 'message_invalid':
    case 'unknown_currency':
    case 'unknown_time_zone':
      return 400
    case 'unauthenticated':
      return 401
    case 'not_permitted':
    case 'reauthentication_required':
      return 403
    case 'not_found':
      return 404
    case 'conflict':
    case 'version_conflict':
    case 'illegal_transition':
    case 'window_closed':
      return 409
    case 'payload_too_large':
      return 413
    case 'rate_limited':
      return 429
    case 'overloaded':
    case 'timeout':
    case 'storage_unavailable':
      return 503
    default:
      return 500
  }
}

function problemPage(problem: Problem): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(problem.title)}</title><link rel="stylesheet" href="/page.css"><main><h1>${escapeHtml(problem.title)}</h1><p>${escapeHtml(problem.detail ?? '')}</p><p><small>${problem.status} · ${escapeHtml(problem.code)}</small></p></main></html>`
}

/** Text made safe for HTML content and quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
