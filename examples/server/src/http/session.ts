import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Clock } from '@auronx/sdk'

/** Who may look at the pages until people can sign in: the browser that opened a one-time link from the terminal. */
export interface Sessions {
  /** A new link path, good for one use within a day. */
  issueLink(): string
  /** Uses up a link and returns the session value for the cookie, or nothing when the link is unknown or used. */
  exchange(token: string): string | undefined
  /** Whether a session value is ours and not expired. */
  isValid(session: string): boolean
}

const sessionMs = 30 * 24 * 3_600_000
const linkMs = 24 * 3_600_000
/** Where one-time links point to, before their token. */
export const linkPrefix = '/open/'

/** Sessions that are signed with `key`, so that they outlive a restart; links live in this process. */
export function createSessions(deps: {
  readonly key: Uint8Array
  readonly clock: Clock
}): Sessions {
  const { key, clock } = deps
  const links = new Map<string, number>()
  const sign = (text: string): string => createHmac('sha256', key).update(text).digest('base64url')
  return {
    issueLink() {
      const token = randomBytes(24).toString('base64url')
      links.set(token, clock.now().getTime() + linkMs)
      return `${linkPrefix}${token}`
    },
    exchange(token) {
      const until = links.get(token)
      links.delete(token)
      const now = clock.now().getTime()
      if (until === undefined || until < now) return undefined
      const claim = `${now + sessionMs}.${randomBytes(12).toString('base64url')}`
      return `${claim}.${sign(claim)}`
    },
    isValid(session) {
      const cut = session.lastIndexOf('.')
      const claim = session.slice(0, Math.max(cut, 0))
      const given = Buffer.from(session.slice(cut + 1))
      const wanted = Buffer.from(sign(claim))
      if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return false
      return Number(claim.split('.')[0]) > clock.now().getTime()
    },
  }
}

/** The signing key of this data folder; made on first use and readable by its owner only. */
export function readSessionKey(dataDir: string): Uint8Array {
  const file = path.join(dataDir, 'session.key')
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true })
    writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 })
  }
  return Buffer.from(readFileSync(file, 'utf8').trim(), 'hex')
}
