import type { AccessDirectory, Membership } from '../accounts/index.ts'
import { cleanName } from '../accounts/index.ts'
import { AuronxError, isRecentSignIn } from '../kernel/index.ts'
import type { Locale, UserId } from '../kernel/index.ts'
import {
  keepPasskey,
  notVerified,
  openCeremony,
  registrationOf,
  takeChallenge,
  toView,
} from './ceremony.ts'
import type { CeremonyDeps, PasskeyAdded, PasskeyView } from './ceremony.ts'
import type { PasskeyOptions } from './passkeys.ts'
import type { IdentityStores, Passkey, SignInAttempt } from './store.ts'

/** What {@link createPasskeySignIn} needs. */
export interface PasskeySignInDeps extends CeremonyDeps {
  readonly access: AccessDirectory
}

/** A ceremony that a browser can now perform. `browser` is a cookie value; it also carries the challenge. */
export interface PasskeyBegun {
  readonly browser: string
  readonly options: PasskeyOptions
}

/** What an answer came to. Every way of being wrong looks the same. */
export type PasskeyVerified =
  | { readonly kind: 'verified'; readonly memberships: readonly Membership[] }
  | { readonly kind: 'refused'; readonly reason: 'not_verified' }

/** Who keeps passkeys, and when it last proved who it is. */
export interface SignedInPerson {
  readonly userId: UserId
  readonly authenticatedAt: Date
}

/** Signing in with passkeys, and keeping them. Challenges are stored as digests and used once. */
export interface PasskeySignIn {
  /** `audience` is the door: people of tenants by default, or operators of the platform. */
  begin(locale: Locale, audience?: SignInAttempt['audience']): Promise<PasskeyBegun>
  /** Proves a person to the browser that began; it has ten minutes to enter. */
  verify(answer: { readonly browser: string; readonly response: unknown }): Promise<PasskeyVerified>
  /**
   * Begins to add a passkey; nothing for a person who may not sign in. Throws `reauthentication_required` unless the
   * person signed in within five minutes: whoever borrows a session must not make it last.
   */
  beginAdding(person: SignedInPerson): Promise<PasskeyBegun | undefined>
  add(answer: {
    readonly userId: UserId
    readonly browser: string
    readonly response: unknown
    readonly name: string
  }): Promise<PasskeyAdded>
  list(userId: UserId): Promise<readonly PasskeyView[]>
  /** Removes one; returns false when there is none. Throws `reauthentication_required` as `beginAdding` does. */
  remove(person: SignedInPerson, id: string): Promise<boolean>
}

function assertRecent(at: Date, now: Date): void {
  if (isRecentSignIn(at, now)) return
  throw new AuronxError('reauthentication_required', 'Passkeys change shortly after a sign-in only')
}

/** The service. */
export function createPasskeySignIn(deps: PasskeySignInDeps): PasskeySignIn {
  const { identity, passkeys } = deps
  return {
    async begin(locale, audience = 'tenant') {
      const { browser, challenge } = await openCeremony(deps, {
        purpose: 'passkey',
        locale,
        audience,
      })
      return { browser, options: await passkeys.signInOptions({ challenge }) }
    },
    verify: ({ browser, response }) => verify(deps, browser, response),
    async beginAdding({ userId, authenticatedAt }) {
      assertRecent(authenticatedAt, deps.clock.now())
      const found = await identity.run(async (stores) => ({
        user: await stores.users.get(userId),
        existing: await stores.passkeys.list(userId),
      }))
      const { user, existing } = found
      if (user?.status !== 'active' || user.operatorRole !== undefined) return undefined
      const purpose = 'passkey_registration' as const
      const begun = { purpose, locale: user.locale, userId, audience: 'tenant' } as const
      const { browser, challenge } = await openCeremony(deps, begun)
      const options = await registrationOf(passkeys, challenge, user, existing)
      return { browser, options }
    },
    add: (answer) => add(deps, answer),
    async list(userId) {
      const found = await identity.run((stores) => stores.passkeys.list(userId))
      return found.map(toView)
    },
    async remove({ userId, authenticatedAt }, id) {
      assertRecent(authenticatedAt, deps.clock.now())
      return (await identity.run((stores) => stores.passkeys.delete(userId, id))) > 0
    },
  }
}

async function verify(
  deps: PasskeySignInDeps,
  browser: string,
  response: unknown,
): Promise<PasskeyVerified> {
  const taken = await takeChallenge(deps, browser, 'passkey')
  const id = deps.passkeys.claimedId(response)
  if (taken === undefined || id === undefined) return notVerified
  const passkey = await deps.identity.run((stores) => stores.passkeys.get(id))
  if (passkey === undefined) return notVerified
  const { challenge, attempt } = taken
  const held = await deps.passkeys.verifySignIn({ challenge, response, passkey })
  if (held === undefined) return notVerified
  const isSettled = await deps.identity.run((stores) =>
    settle(deps, stores, attempt, { ...passkey, counter: held.counter }),
  )
  if (!isSettled) return notVerified
  return { kind: 'verified', memberships: await deps.access.membershipsOf(passkey.userId) }
}

async function settle(
  { clock }: PasskeySignInDeps,
  { users, passkeys, attempts }: IdentityStores,
  attempt: SignInAttempt,
  passkey: Passkey,
): Promise<boolean> {
  const now = clock.now()
  const user = await users.get(passkey.userId)
  const current = await passkeys.get(passkey.id)
  // A counter that stands still or runs backwards is a copy; authenticators without one always say zero.
  const isCopy = passkey.counter > 0 && current !== undefined && passkey.counter <= current.counter
  const isAtWrongDoor = (attempt.audience === 'operator') !== (user?.operatorRole !== undefined)
  if (user?.status !== 'active' || current === undefined || isCopy || isAtWrongDoor) return false
  await passkeys.save({ ...passkey, lastUsedAt: now })
  const { id: userId, email } = user
  await attempts.update({ ...attempt, tries: 1, userId, email, verifiedAt: now })
  return true
}

async function add(
  deps: PasskeySignInDeps,
  { userId, browser, response, name }: Parameters<PasskeySignIn['add']>[0],
): Promise<PasskeyAdded> {
  const label = cleanName(name, 'name')
  const taken = await takeChallenge(deps, browser, 'passkey_registration')
  const { attempt } = taken ?? {}
  if (taken === undefined || attempt?.userId !== userId || attempt.audience !== 'tenant')
    return notVerified
  return keepPasskey(deps, { userId, label, challenge: taken.challenge, response })
}
