import type { IncomingMessage } from 'node:http'

/**
 * What the server keeps in a browser. `session`: the access token. `refresh`: what renews it. `browser`: ties a mailed code
 * or a passkey ceremony to the browser that began it. `device`: in which browsers an address was proven before, which signing
 * out does not change. `operator`: the session of one of the platform's own people.
 */
export type CookieName = 'session' | 'refresh' | 'browser' | 'device' | 'operator'

/** Reads and writes the cookies of this server. */
export interface Cookies {
  /** The value, or nothing; two values of one name are a trick of a neighbour and count as nothing. */
  read(request: IncomingMessage, name: CookieName): string | undefined
  /** A `Set-Cookie` line that lasts `maxAgeMs`. */
  set(name: CookieName, value: string, maxAgeMs: number): string
  /** A `Set-Cookie` line that removes the cookie. */
  clear(name: CookieName): string
}

// The session goes along when somebody follows a link to a page; the others only ever travel with our own requests.
const sites: Readonly<Record<CookieName, 'Lax' | 'Strict'>> = {
  session: 'Lax',
  refresh: 'Strict',
  browser: 'Strict',
  device: 'Strict',
  operator: 'Strict',
}

/**
 * Cookies for the address that browsers see. Over https they are `__Host-` cookies: `Secure`, of this host alone, for all
 * of it. Over plain http, which is taken for the local host only, they are not `Secure`, and the port stands in the name,
 * because ports of one host share their cookies. Chromium 153 would keep a `__Host-` cookie from `http://127.0.0.1`,
 * `http://localhost` and names below it, but not every browser does, and it would still be shared by all ports.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6265 section 8.5
 * @see https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Set-Cookie
 */
export function createCookies(publicUrl: string): Cookies {
  const { protocol, port } = new URL(publicUrl)
  const isSecure = protocol === 'https:'
  const nameOf = (name: CookieName): string =>
    isSecure ? `__Host-auronx_${name}` : `auronx_${name}_${port === '' ? '80' : port}`
  const line = (name: CookieName, value: string, seconds: number): string =>
    `${nameOf(name)}=${value}; Path=/; HttpOnly;${isSecure ? ' Secure;' : ''} SameSite=${sites[name]}; Max-Age=${seconds}`
  return {
    read: ({ headers }, name) => readCookie(headers.cookie, nameOf(name)),
    set: (name, value, maxAgeMs) => line(name, value, Math.max(0, Math.floor(maxAgeMs / 1_000))),
    clear: (name) => line(name, '', 0),
  }
}

/** The value of a cookie in a `Cookie` header; nothing when it is missing, empty, or there with different values. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  const values = new Set<string>()
  for (const part of (header ?? '').split(';')) {
    const [key, ...value] = part.trim().split('=')
    if (key === name) values.add(value.join('='))
  }
  const [only] = values
  return values.size === 1 && only !== '' ? only : undefined
}
