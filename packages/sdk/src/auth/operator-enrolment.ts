import type { User } from '../accounts/index.ts'
import { cleanName, normalizeEmail } from '../accounts/index.ts'
import { AuronxError } from '../kernel/index.ts'
import type { Locale, OperatorRole } from '../kernel/index.ts'
import type { CeremonyDeps, PasskeyAdded } from './ceremony.ts'
import {
  challengeOf,
  keepPasskey,
  notVerified,
  openCeremony,
  registrationOf,
  takeChallenge,
} from './ceremony.ts'
import { decideAttempt } from './decide-attempt.ts'
import { hashOf } from './opaque.ts'
import type { PasskeyOptions } from './passkeys.ts'
import { browserHash } from './proof.ts'
import type { IdentityStores } from './store.ts'

/** Who becomes an operator of the platform. */
export interface NewOperator {
  readonly email: string
  /** 1 to 120 characters. */
  readonly name: string
  readonly role: OperatorRole
  readonly locale: Locale
}

/**
 * What inviting an operator did. `token` is a secret: it makes one passkey, once, until `expiresAt`. `has_account`: the address
 * signs in to a business; an operator's account is one of its own. `disabled`: the account is closed.
 */
export type OperatorInvited =
  | { readonly kind: 'invited'; readonly token: string; readonly expiresAt: Date }
  | { readonly kind: 'refused'; readonly reason: 'has_account' | 'disabled' }

/** How the platform's own people come by the passkey that they sign in with. No mail and no password is involved. */
export interface OperatorEnrolment {
  /**
   * Makes an operator, or begins anew with one that is there: its passkeys and sessions end, because they may be in other
   * hands. Gives a token for a passkey. For whoever runs the server: nothing is checked. Throws `invalid_input` for what is no address or no name.
   */
  invite(operator: NewOperator): Promise<OperatorInvited>
  /** What a browser needs to make the passkey; nothing for a token that is over. Asking does not use the token up. */
  begin(token: string): Promise<PasskeyOptions | undefined>
  /** Keeps the passkey that a browser made; uses the token up, whatever comes of it. */
  finish(answer: {
    readonly token: string
    readonly response: unknown
    readonly name: string
  }): Promise<PasskeyAdded>
}

/** The service. */
export function createOperatorEnrolment(deps: CeremonyDeps): OperatorEnrolment {
  return {
    invite: (operator) => invite(deps, operator),
    begin: (token) => begin(deps, token),
    async finish({ token, response, name }) {
      const label = cleanName(name, 'name')
      const taken = await takeChallenge(deps, token, 'passkey_registration')
      const userId = taken?.attempt.audience === 'operator' ? taken.attempt.userId : undefined
      if (taken === undefined || userId === undefined) return notVerified
      const user = await deps.identity.run(({ users }) => users.get(userId))
      if (!isOperator(user)) return notVerified
      return keepPasskey(deps, { userId, label, challenge: taken.challenge, response })
    },
  }
}

async function invite(deps: CeremonyDeps, operator: NewOperator): Promise<OperatorInvited> {
  const email = normalizeEmail(operator.email)
  if (email === undefined) throw new AuronxError('invalid_input', 'email is no e-mail address')
  const asked = { ...operator, email, name: cleanName(operator.name, 'name') }
  const user = await deps.identity.run((stores) => makeOperator(deps, stores, asked))
  if (typeof user === 'string') return { kind: 'refused', reason: user }
  const { browser: token, expiresAt } = await openCeremony(deps, {
    purpose: 'passkey_registration',
    audience: 'operator',
    locale: user.locale,
    userId: user.id,
  })
  return { kind: 'invited', token, expiresAt }
}

async function makeOperator(
  { clock, ids }: CeremonyDeps,
  { users, passkeys, operatorSessions }: IdentityStores,
  { email, name, role, locale }: NewOperator,
): Promise<User | 'has_account' | 'disabled'> {
  const now = clock.now()
  const known = await users.byEmail(email)
  // With the account of a member, everybody who reads its mail would be an operator one step later.
  if (known !== undefined && known.operatorRole === undefined) return 'has_account'
  if (known?.status === 'disabled') return 'disabled'
  if (known !== undefined) {
    await passkeys.delete(known.id)
    await operatorSessions.delete(known.id)
  }
  const user: User =
    known === undefined
      ? {
          id: ids.next('UserId'),
          email,
          name,
          locale,
          status: 'active',
          operatorRole: role,
          createdAt: now,
          updatedAt: now,
          version: 1,
        }
      : {
          ...known,
          name,
          operatorRole: role,
          updatedAt: now,
          version: known.version + 1,
        }
  await users.save(user)
  return user
}

async function begin(deps: CeremonyDeps, token: string): Promise<PasskeyOptions | undefined> {
  const challenge = await challengeOf(token)
  const [hash, secretHash] = [await browserHash(token), await hashOf('challenge', challenge)]
  const found = await deps.identity.run(async ({ attempts, users, passkeys }) => {
    const attempt = await attempts.lock(hash)
    const isOpen = decideAttempt(attempt, secretHash, deps.clock.now()).kind === 'verified'
    const isEnrolment =
      attempt?.purpose === 'passkey_registration' && attempt.audience === 'operator'
    if (!isOpen || !isEnrolment || attempt.tries > 0 || attempt.userId === undefined)
      return undefined
    const user = await users.get(attempt.userId)
    return isOperator(user) ? { user, existing: await passkeys.list(user.id) } : undefined
  })
  if (found === undefined) return undefined
  return registrationOf(deps.passkeys, challenge, found.user, found.existing)
}

function isOperator(user: User | undefined): user is User {
  return user?.status === 'active' && user.operatorRole !== undefined
}
