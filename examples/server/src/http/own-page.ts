import type { IncomingMessage } from 'node:http'

/** A header that our pages send with every command; a form of another site cannot. */
export const pageHeader = 'x-auronx-page'

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Whether a request only asks. */
export function isSafe({ method = '' }: IncomingMessage): boolean {
  return safeMethods.has(method)
}

/**
 * Whether a command comes from a page of this server: the browser says so in `Sec-Fetch-Site`, or the `Origin` is ours.
 * Where both are missing it was no browser that is known to us, and the answer is no.
 *
 * @see https://www.w3.org/TR/fetch-metadata/
 */
export function isSameOrigin(request: IncomingMessage): boolean {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin') return false
  const { origin, host } = request.headers
  if (origin === undefined) return site === 'same-origin'
  return URL.canParse(origin) && new URL(origin).host === host
}

/** Whether a command with a cookie may be taken: from our own page, with the header that only our script sets. */
export function isOwnCommand(request: IncomingMessage): boolean {
  return isSameOrigin(request) && request.headers[pageHeader] === '1'
}
