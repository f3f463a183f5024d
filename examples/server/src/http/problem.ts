import type { IncomingMessage, ServerResponse } from 'node:http'
import { isAuronxError } from '@auronx/sdk'
import { problemError, problemOf } from '@auronx/sdk/api'
import type { ProblemCode } from '@auronx/sdk/api'

/** A problem document of RFC 9457, with our own `code`. */
export interface Problem {
  readonly status: number
  readonly title: string
  readonly code: string
  readonly detail?: string
}

/** Any error as a problem that is safe to show, by the one table that the REST API has as well. */
export function toProblem(error: unknown): Problem {
  const code = isAuronxError(error) ? undefined : codes.get(statusIn(error))
  return problemOf(code === undefined ? error : problemError(code))
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

// What Koa and its routes refuse by a status alone.
const codes: ReadonlyMap<unknown, ProblemCode> = new Map([
  [400, 'malformed_request'],
  [404, 'not_found'],
  [405, 'method_not_allowed'],
  [413, 'payload_too_large'],
  [415, 'unsupported_media_type'],
])

function statusIn(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined
}

function problemPage(problem: Problem): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(problem.title)}</title><link rel="stylesheet" href="/page.css"><main><h1>${escapeHtml(problem.title)}</h1><p>${escapeHtml(problem.detail ?? '')}</p><p><small>${problem.status} · ${escapeHtml(problem.code)}</small></p></main></html>`
}

/** Text made safe for HTML content and quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
