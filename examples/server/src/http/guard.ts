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
    if (!isOwnHost(request.headers.host)) return refused('foreign_host')
    const cookieName = `auronx_${request.socket.localPort ?? 0}`
    const given = readCookie(request.headers.cookie, cookieName)
    const session = given !== undefined && sessions.isValid(given) ? given : undefined
    const link = linkToken(request)
    if (link !== undefined) {
      const opened = sessions.exchange(link) ?? session
      return opened === undefined ? refused('used_link') : openedBy(cookieName, opened)
    }
    if (session === undefined) return refused('no_session')
    const isSafe = safeMethods.has(request.method ?? '') || isSameOrigin(request)
    return isSafe ? { kind: 'allowed' } : refused('foreign_origin')
  }
}

function refused(reason: Refusal): Passage {
  return { kind: 'refused', reason }
}

function openedBy(cookieName: string, session: string): Passage {
  const cookie = `${cookieName}=${session}; Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000`
  return { kind: 'opened', cookie }
}

function linkToken({ method, url = '/' }: IncomingMessage): string | undefined {
  const { pathname } = new URL(url, 'http://localhost')
  const isLink = method === 'GET' && pathname.startsWith(linkPrefix)
  return isLink ? pathname.slice(linkPrefix.length) : undefined
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
