import type { IncomingMessage } from 'node:http'
import { readCookie } from './cookies.ts'
import { isSafe, isSameOrigin } from './own-page.ts'
import { linkPrefix } from './session.ts'
import type { Sessions } from './session.ts'

/** What the guard makes of a request. */
export type Passage =
  | { readonly kind: 'allowed' }
  /** A one-time link was opened: set the cookie and go to the start page. `isFresh`: for the first time. */
  | { readonly kind: 'opened'; readonly cookie: string; readonly isFresh: boolean }
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

/** What {@link createGuard} needs. */
export interface GuardDeps {
  readonly sessions: Sessions
  /** Address of the pages as browsers see it, whose host is ours besides those of the loopback interface. */
  readonly publicUrl?: string
  /** Whether people can sign in, so that pages need no one-time link. The simulated phone always does. */
  readonly isOpen?: boolean
}

/** Creates the guard. Its cookie is named after the port, so that two servers on one host keep apart. */
export function createGuard({ sessions, publicUrl, isOpen = false }: GuardDeps): Guard {
  const ownHost = publicUrl === undefined ? undefined : new URL(publicUrl).hostname
  return (request) => {
    if (!isOwnHost(request.headers.host, ownHost)) return refused('foreign_host')
    const cookieName = `auronx_${request.socket.localPort ?? 0}`
    const given = readCookie(request.headers.cookie, cookieName)
    const session = given !== undefined && sessions.isValid(given) ? given : undefined
    const link = linkToken(request)
    if (link !== undefined) return followLink(sessions, cookieName, link, session)
    if (isMachine(request)) return { kind: 'allowed' }
    if (session === undefined && (!isOpen || isPhone(request))) return refused('no_session')
    return isSafe(request) || isSameOrigin(request)
      ? { kind: 'allowed' }
      : refused('foreign_origin')
  }
}

function followLink(
  sessions: Sessions,
  cookieName: string,
  link: string,
  session: string | undefined,
): Passage {
  const opened = sessions.exchange(link)
  if (opened !== undefined) return openedBy(cookieName, opened, true)
  return session === undefined ? refused('used_link') : openedBy(cookieName, session, false)
}

// A program shows its key to the API and to nothing else; what it can do rests on that key alone, which no page has.
function isMachine({ headers, url = '/' }: IncomingMessage): boolean {
  return url.startsWith('/v1/') && headers.authorization !== undefined
}

function isPhone({ url = '/' }: IncomingMessage): boolean {
  return url.startsWith('/phone')
}

function refused(reason: Refusal): Passage {
  return { kind: 'refused', reason }
}

function openedBy(cookieName: string, session: string, isFresh: boolean): Passage {
  const cookie = `${cookieName}=${session}; Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000`
  return { kind: 'opened', cookie, isFresh }
}

function linkToken({ method, url = '/' }: IncomingMessage): string | undefined {
  const { pathname } = new URL(url, 'http://localhost')
  const isLink = method === 'GET' && pathname.startsWith(linkPrefix)
  return isLink ? pathname.slice(linkPrefix.length) : undefined
}

// A forwarded port (container, remote editor) differs from ours, so only the name decides.
function isOwnHost(host: string | undefined, ownHost: string | undefined): boolean {
  const name = (host ?? '').replace(/:\d+$/, '').toLowerCase()
  return loopbackNames.has(name) || name === ownHost
}
