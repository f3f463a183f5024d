import type { User } from '../accounts/index.ts'
import type { Clock, Ids, Locale } from '../kernel/index.ts'
import { isRedeemable } from './decide-attempt.ts'
import { hashOf } from './opaque.ts'
import type { AuthMethod } from './principal.ts'
import type { IdentityStores, IdentityWork, SignInAttempt } from './store.ts'

/** What a verified attempt proves. */
export interface Proof {
  readonly user: User
  readonly methods: readonly AuthMethod[]
  readonly authenticatedAt: Date
}

/** What a person says about itself when an account is made. */
export interface Profile {
  readonly name: string
  readonly phone?: string
  readonly locale: Locale
}

/** What {@link redeem} needs. */
export interface ProofDeps {
  readonly identity: IdentityWork
  readonly clock: Clock
  readonly ids: Ids
}

/** The hash under which an attempt of a browser is stored. */
export function browserHash(browser: string): Promise<string> {
  return hashOf('browser', browser)
}

/** The verified attempt of a browser, without using it. */
export async function peek(
  { identity, clock }: ProofDeps,
  browser: string,
): Promise<SignInAttempt | undefined> {
  const hash = await browserHash(browser)
  const attempt = await identity.run(({ attempts }) => attempts.lock(hash))
  return isRedeemable(attempt, clock.now()) ? attempt : undefined
}

/**
 * Uses a verified attempt, once. With a profile, a person who is new gets an account, whose address is proven; without
 * one, a new person proves nothing.
 */
export async function redeem(
  deps: ProofDeps,
  browser: string,
  profile?: Profile,
): Promise<Proof | undefined> {
  const hash = await browserHash(browser)
  return deps.identity.run(async (stores) => {
    const now = deps.clock.now()
    const attempt = await stores.attempts.lock(hash)
    if (attempt === undefined || !isRedeemable(attempt, now) || attempt.audience !== 'tenant')
      return undefined
    const user = await userOf(deps, stores, attempt, profile)
    // The platform's own people have a door of their own, and no place behind this one.
    if (user?.status !== 'active' || user.operatorRole !== undefined) return undefined
    await stores.attempts.update({ ...attempt, usedAt: now, userId: user.id })
    const methods: readonly AuthMethod[] = [attempt.purpose === 'code' ? 'otp' : 'hwk']
    return { user, methods, authenticatedAt: attempt.verifiedAt ?? now }
  })
}

async function userOf(
  { clock, ids }: ProofDeps,
  { users }: IdentityStores,
  { email, userId }: SignInAttempt,
  profile: Profile | undefined,
): Promise<User | undefined> {
  if (userId !== undefined) return users.get(userId)
  if (email === undefined) return undefined
  const known = await users.byEmail(email)
  if (known !== undefined || profile === undefined) return known
  const now = clock.now()
  const { name, phone, locale } = profile
  const user: User = {
    id: ids.next('UserId'),
    email,
    name,
    locale,
    status: 'active',
    emailVerifiedAt: now,
    createdAt: now,
    updatedAt: now,
    version: 1,
    ...(phone === undefined ? {} : { phone }),
  }
  await users.save(user)
  return user
}
