import type { Random } from '../kernel/index.ts'
import { randomHex } from '../kernel/index.ts'
import { hashOf } from './opaque.ts'
import type { RefreshToken, Session } from './store.ts'

/** A session ends without use after twelve hours, in milliseconds. */
export const idleMs = 12 * 3_600_000
/** A session ends in any case after thirty days, in milliseconds. */
export const sessionMs = 30 * 24 * 3_600_000
/** An operator's session ends after eight hours, in milliseconds. */
export const operatorSessionMs = 8 * 3_600_000
/** How long a used refresh token still gives the same successor: ten seconds, in milliseconds. */
export const refreshGraceMs = 10_000

/** Whether a session is neither revoked nor past an end. */
export function isLive(session: Session, at: Date): boolean {
  return session.revokedAt === undefined && at < session.idleExpiresAt && at < session.expiresAt
}

/**
 * What presenting a refresh token means. `rotate`: first use. `repeat`: a second tab or a lost answer gets the same
 * successor. `reused`: somebody else has it, and the session ends. `over`: the session has ended.
 */
export function decideRefresh(
  token: RefreshToken,
  session: Session,
  at: Date,
): 'rotate' | 'repeat' | 'reused' | 'over' {
  if (!isLive(session, at)) return 'over'
  if (token.usedAt === undefined) return 'rotate'
  return at.getTime() - token.usedAt.getTime() <= refreshGraceMs ? 'repeat' : 'reused'
}

/** The session after a use: idle time starts anew, never past the absolute end. */
export function extend(session: Session, at: Date): Session {
  const idle = Math.min(at.getTime() + idleMs, session.expiresAt.getTime())
  return { ...session, idleExpiresAt: new Date(idle) }
}

/**
 * The token after this one. Computed from the token and the stored salt, so that asking twice gives the same one, while
 * neither the database nor an old token alone tells it.
 */
export async function successorOf(token: string, { successorSalt }: RefreshToken): Promise<string> {
  return `axr_${await hashOf('refresh', successorSalt, token)}`
}

/** The stored row of a token. */
export async function refreshRow(
  token: string,
  session: Session,
  { at, random }: { readonly at: Date; readonly random: Random },
): Promise<RefreshToken> {
  return {
    hash: await hashOf('refresh', token),
    sessionId: session.id,
    createdAt: at,
    successorSalt: randomHex(random, 32),
  }
}
