import { AuronxError, operatorRolePermissions } from '../kernel/index.ts'
import type { Clock, Random, UserId } from '../kernel/index.ts'
import { isRedeemable } from './decide-attempt.ts'
import { operatorSessionMs } from './decide-session.ts'
import { createOpaque, hashOf } from './opaque.ts'
import type { OperatorPrincipal } from './principal.ts'
import { browserHash } from './proof.ts'
import type { IdentityWork } from './store.ts'

/** What {@link createOperators} needs. */
export interface OperatorsDeps {
  readonly identity: IdentityWork
  readonly clock: Clock
  readonly random: Random
}

/** A signed-in operator's secret, for a cookie of the operators' pages only. */
export interface OperatorSignedIn {
  readonly kind: 'signed_in'
  readonly token: string
  readonly expiresAt: Date
}

/**
 * The platform's own people. Their door is another one: passkeys only, a token that no tenant's route takes, eight hours
 * and no renewal, looked up at every request.
 */
export interface Operators {
  /** Spends a passkey proof that was begun for the audience `operator`. */
  enter(
    browser: string,
  ): Promise<OperatorSignedIn | { readonly kind: 'refused'; readonly reason: 'no_proof' }>
  /** Who a token stands for, with the role as it is now. Throws `unauthenticated`. */
  authenticate(token: string): Promise<OperatorPrincipal>
  /** Ends the token's session. */
  leave(token: string): Promise<void>
  /** Ends every session of an operator; returns how many. */
  leaveEverywhere(userId: UserId): Promise<number>
}

/** The operators' door. */
export function createOperators(deps: OperatorsDeps): Operators {
  const { identity, clock } = deps
  return {
    enter: (browser) => enter(deps, browser),
    async authenticate(token) {
      const tokenHash = await hashOf('operator', token)
      const found = await identity.run(async ({ operatorSessions, users }) => {
        const session = await operatorSessions.get(tokenHash)
        const user = session && (await users.get(session.userId))
        return { session, user }
      })
      const { session, user } = found
      const role = user?.status === 'active' ? user.operatorRole : undefined
      if (session === undefined || role === undefined || clock.now() >= session.expiresAt)
        throw new AuronxError('unauthenticated', 'The operator session is over')
      const { userId, createdAt: authenticatedAt } = session
      const permissions = operatorRolePermissions[role]
      return { kind: 'operator', userId, role, permissions, authenticatedAt }
    },
    async leave(token) {
      const tokenHash = await hashOf('operator', token)
      await identity.run(async ({ operatorSessions }) => {
        const session = await operatorSessions.get(tokenHash)
        if (session !== undefined) await operatorSessions.delete(session.userId, tokenHash)
      })
    },
    leaveEverywhere: (userId) =>
      identity.run(({ operatorSessions }) => operatorSessions.delete(userId)),
  }
}

async function enter(
  { identity, clock, random }: OperatorsDeps,
  browser: string,
): ReturnType<Operators['enter']> {
  const now = clock.now()
  const token = createOpaque(random, 'axo_')
  const expiresAt = new Date(now.getTime() + operatorSessionMs)
  const [hash, tokenHash] = [await browserHash(browser), await hashOf('operator', token)]
  return identity.run(async ({ attempts, users, operatorSessions }) => {
    const attempt = await attempts.lock(hash)
    const isOperators = attempt?.audience === 'operator' && attempt.purpose === 'passkey'
    const user =
      isOperators && attempt.userId !== undefined ? await users.get(attempt.userId) : undefined
    const isAllowed = user?.status === 'active' && user.operatorRole !== undefined
    if (attempt === undefined || !isAllowed || !isRedeemable(attempt, now))
      return { kind: 'refused', reason: 'no_proof' }
    await attempts.update({ ...attempt, usedAt: now })
    await operatorSessions.insert({ tokenHash, userId: user.id, createdAt: now, expiresAt })
    return { kind: 'signed_in', token, expiresAt }
  })
}
