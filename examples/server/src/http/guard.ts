import type { IncomingMessage } from 'node:http'
import { linkPrefix } from './session.ts'
import type { Sessions } from './session.ts'

/** What the guard makes of a request. */
export type Passage =
  | { readonly kind: 'allowed' }
  /** A one-time link was opened: set the cookie and go to the start page. */
  | { readonly kind: 'opened'; readonly cookie: string }
  | { readonly kind: 'refused'; readonly reason: Refusal }

/**
 * Why a request is refused. `foreign_host`: the Host header names another machine (DNS rebinding). `no_session`: the
 * browser did not open a one-time link. `used_link`: the link is unknown or used. `foreign_origin`: a command that
 * another site may have caused.
 */
export type Refusal = 'foreign_host' | 'no_session' | 'used_link' | 'foreign_origin'

/** Decides on every request but webhooks and health. */
export type Guard = (request: IncomingMessage) => Passage

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]'])
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Creates the guard. Its cookie is named after the port, so that two servers on one host keep apart. */
export function createGuard({ sessions }: { readonly sessions: Sessions }): Guard {
  return (request) => {
    if (!isOwnHost(request.headers.host)) return { kind: 'refused', reason: 'foreign_host' }
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const cookieName = `auronx_${request.socket.localPort ?? 0}`
    const session = readCookie(request.headers.cookie, cookieName)
    const known = session !== undefined && sessions.isValid(session)
    if (pathname.startsWith(linkPrefix) && request.method === 'GET') {
      const opened = sessions.exchange(pathname.slice(linkPrefix.length))
      if (opened === undefined && !known) return { kind: 'refused', reason: 'used_link' }
      return {
        kind: 'opened',
        cookie: `${cookieName}=${opened ?? session}; Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000`,
      }
    }
    if (!known) return { kind: 'refused', reason: 'no_session' }
    if (!safeMethods.has(request.method ?? '') && !isSameOrigin(request)) {
      return { kind: 'refused', reason: 'foreign_origin' }
    }
    return { kind: 'allowed' }
  }
}

// A forwarded port (container, remote editor) differs from ours, so only the name decides.
function isOwnHost(host: string | undefined): boolean {
  const name = (host ?? '').replace(/:\d+$/, '').toLowerCase()
  return loopbackNames.has(name)
}

function isSameOrigin(request: IncomingMessage): boolean {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin') return false
  const { origin, host } = request.headers
  if (origin === undefined) return site === 'same-origin'
  return URL.canParse(origin) && new URL(origin).host === host
}

function readCookie(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const [key, ...value] = part.trim().split('=')
    if (key === name) return value.join('=')
  }
  return undefined
}
