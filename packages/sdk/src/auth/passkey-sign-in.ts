import type { AccessDirectory, Membership } from '../accounts/index.ts'
import { cleanName } from '../accounts/index.ts'
import { AuronxError, isRecentSignIn } from '../kernel/index.ts'
import type { Clock, Ids, Locale, Random, UserId } from '../kernel/index.ts'
import { attemptMs, decideAttempt } from './decide-attempt.ts'
import { createOpaque, hashOf, toBase64Url } from './opaque.ts'
import type { PasskeyOptions, Passkeys } from './passkeys.ts'
import { browserHash } from './proof.ts'
import type { IdentityStores, IdentityWork, Passkey, SignInAttempt } from './store.ts'

/** What {@link createPasskeySignIn} needs. */
export interface PasskeySignInDeps {
  readonly identity: IdentityWork
  readonly access: AccessDirectory
  readonly passkeys: Passkeys
  readonly clock: Clock
  readonly ids: Ids
  readonly random: Random
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

/** What adding a passkey came to. */
export type PasskeyAdded =
  | { readonly kind: 'added'; readonly passkey: PasskeyView }
  | { readonly kind: 'refused'; readonly reason: 'not_verified' | 'too_many' }

/** Who keeps passkeys, and when it last proved who it is. */
export interface SignedInPerson {
  readonly userId: UserId
  readonly authenticatedAt: Date
}

/** A passkey as its owner sees it. */
export type PasskeyView = Pick<Passkey, 'id' | 'name' | 'createdAt' | 'lastUsedAt'>

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

const maxPasskeys = 20

function assertRecent(at: Date, now: Date): void {
  if (isRecentSignIn(at, now)) return
  throw new AuronxError('reauthentication_required', 'Passkeys change shortly after a sign-in only')
}

/** The service. */
export function createPasskeySignIn(deps: PasskeySignInDeps): PasskeySignIn {
  const { identity, passkeys } = deps
  return {
    async begin(locale, audience = 'tenant') {
      const { browser, challenge } = await open(deps, { purpose: 'passkey', locale, audience })
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
      if (user?.status !== 'active') return undefined
      const purpose = 'passkey_registration' as const
      const begun = { purpose, locale: user.locale, userId, audience: 'tenant' } as const
      const { browser, challenge } = await open(deps, begun)
      const options = await passkeys.registrationOptions({
        challenge,
        userHandle: toBase64Url(new TextEncoder().encode(userId)),
        userName: user.email,
        displayName: user.name,
        existing,
      })
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

async function open(
  { identity, clock, ids, random }: PasskeySignInDeps,
  begun: Pick<SignInAttempt, 'purpose' | 'locale' | 'userId' | 'audience'>,
): Promise<{ readonly browser: string; readonly challenge: string }> {
  const now = clock.now()
  const browser = createOpaque(random, 'axp_')
  const challenge = await challengeOf(browser)
  const attempt: SignInAttempt = {
    ...begun,
    id: ids.next('SessionId'),
    browserHash: await browserHash(browser),
    secretHash: await hashOf('challenge', challenge),
    tries: 0,
    createdAt: now,
    expiresAt: new Date(now.getTime() + attemptMs),
  }
  await identity.run(({ attempts }) => attempts.insert(attempt))
  return { browser, challenge }
}

/** The challenge of a browser: a digest of its secret, so that the two cannot be mixed across browsers. */
async function challengeOf(browser: string): Promise<string> {
  const hex = await hashOf('passkey_challenge', browser)
  return toBase64Url(Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)))
}

/** Uses a challenge up, whatever the answer turns out to be. */
async function take(
  { identity, clock }: PasskeySignInDeps,
  browser: string,
  purpose: SignInAttempt['purpose'],
): Promise<{ readonly attempt: SignInAttempt; readonly challenge: string } | undefined> {
  const challenge = await challengeOf(browser)
  const [hash, secretHash] = [await browserHash(browser), await hashOf('challenge', challenge)]
  return identity.run(async ({ attempts }) => {
    const attempt = await attempts.lock(hash)
    const decision = decideAttempt(attempt, secretHash, clock.now())
    if (attempt?.purpose !== purpose || decision.kind === 'refused' || attempt.tries > 0)
      return undefined
    await attempts.update({ ...attempt, tries: 1 })
    return { attempt, challenge }
  })
}

async function verify(
  deps: PasskeySignInDeps,
  browser: string,
  response: unknown,
): Promise<PasskeyVerified> {
  const taken = await take(deps, browser, 'passkey')
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
  const isAtWrongDoor = attempt.audience === 'operator' && user?.operatorRole === undefined
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
  const taken = await take(deps, browser, 'passkey_registration')
  if (taken?.attempt.userId !== userId) return notVerified
  const { challenge } = taken
  const made = await deps.passkeys.verifyRegistration({ challenge, response })
  if (made === undefined) return notVerified
  return deps.identity.run(async (stores): Promise<PasskeyAdded> => {
    if ((await stores.passkeys.list(userId)).length >= maxPasskeys)
      return { kind: 'refused', reason: 'too_many' }
    const passkey: Passkey = { ...made, userId, name: label, createdAt: deps.clock.now() }
    if ((await stores.passkeys.get(made.id)) !== undefined) return notVerified
    await stores.passkeys.save(passkey)
    return { kind: 'added', passkey: toView(passkey) }
  })
}

const notVerified = { kind: 'refused', reason: 'not_verified' } as const

function toView({ id, name, createdAt, lastUsedAt }: Passkey): PasskeyView {
  return { id, name, createdAt, ...(lastUsedAt === undefined ? {} : { lastUsedAt }) }
}
