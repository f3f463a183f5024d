import { AuronxError } from '@auronx/sdk'
import type { Auronx } from '@auronx/sdk'
import type pg from 'pg'

/** What the route modules share: the app's clients and secrets, and the platform's promise to go on after a response. */
export interface Platform {
  readonly auronx: Auronx
  readonly pool: pg.Pool
  readonly meta: {
    readonly appId: string
    readonly appSecret: string
    readonly verifyToken: string
  }
  /** What the platform's scheduler sends as a bearer token. */
  readonly cronSecret: string
  /** Works on after the response, while the platform lets it: `after(work)` in Next.js, `waitUntil(work())` elsewhere. */
  waitUntil(work: () => Promise<unknown>): void
}

let current: Platform | undefined

/** Sets what the routes get; route modules take no arguments, so there is one per process. */
export function setPlatform(platform: Platform): void {
  current = platform
}

/** What was set. Throws `invalid_config` before that. */
export function getPlatform(): Platform {
  if (current === undefined) throw new AuronxError('invalid_config', 'Call setPlatform first')
  return current
}
