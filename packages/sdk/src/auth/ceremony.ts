import type { User } from '../accounts/index.ts'
import type { Clock, Ids, Random, UserId } from '../kernel/index.ts'
import { attemptMs, decideAttempt } from './decide-attempt.ts'
import { createOpaque, hashOf, toBase64Url } from './opaque.ts'
import type { PasskeyOptions, Passkeys } from './passkeys.ts'
import { browserHash } from './proof.ts'
import type { IdentityWork, Passkey, SignInAttempt } from './store.ts'

/** What a ceremony with a passkey needs. */
export interface CeremonyDeps {
  readonly identity: IdentityWork
  readonly passkeys: Passkeys
  readonly clock: Clock
  readonly ids: Ids
  readonly random: Random
}

/** What adding a passkey came to. */
export type PasskeyAdded =
  | { readonly kind: 'added'; readonly passkey: PasskeyView }
  | { readonly kind: 'refused'; readonly reason: 'not_verified' | 'too_many' }

/** A passkey as its owner sees it. */
export type PasskeyView = Pick<Passkey, 'id' | 'name' | 'createdAt' | 'lastUsedAt'>

const maxPasskeys = 20

/** The one answer to every way of being wrong. */
export const notVerified = { kind: 'refused', reason: 'not_verified' } as const

/** Begins a ceremony; the browser's secret also carries the challenge. */
export async function openCeremony(
  { identity, clock, ids, random }: CeremonyDeps,
  begun: Pick<SignInAttempt, 'purpose' | 'locale' | 'userId' | 'audience'>,
): Promise<{ readonly browser: string; readonly challenge: string; readonly expiresAt: Date }> {
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
  return { browser, challenge, expiresAt: attempt.expiresAt }
}

/** The challenge of a browser: a digest of its secret, so that the two cannot be mixed across browsers. */
export async function challengeOf(browser: string): Promise<string> {
  const hex = await hashOf('passkey_challenge', browser)
  return toBase64Url(Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)))
}

/** Uses a challenge up, whatever the answer turns out to be. */
export async function takeChallenge(
  { identity, clock }: CeremonyDeps,
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

/** What a browser needs to make a passkey for a person. */
export function registrationOf(
  passkeys: Passkeys,
  challenge: string,
  { id, email, name }: User,
  existing: readonly Passkey[],
): Promise<PasskeyOptions> {
  return passkeys.registrationOptions({
    challenge,
    userHandle: toBase64Url(new TextEncoder().encode(id)),
    userName: email,
    displayName: name,
    existing,
  })
}

/** Checks what a browser made of a challenge, and keeps the passkey. */
export async function keepPasskey(
  deps: CeremonyDeps,
  made: {
    readonly userId: UserId
    readonly label: string
    readonly challenge: string
    readonly response: unknown
  },
): Promise<PasskeyAdded> {
  const { userId, label, challenge, response } = made
  const verified = await deps.passkeys.verifyRegistration({ challenge, response })
  if (verified === undefined) return notVerified
  return deps.identity.run(async (stores): Promise<PasskeyAdded> => {
    if ((await stores.passkeys.list(userId)).length >= maxPasskeys)
      return { kind: 'refused', reason: 'too_many' }
    const passkey: Passkey = { ...verified, userId, name: label, createdAt: deps.clock.now() }
    if ((await stores.passkeys.get(verified.id)) !== undefined) return notVerified
    await stores.passkeys.save(passkey)
    return { kind: 'added', passkey: toView(passkey) }
  })
}

/** What a passkey's owner sees of it. */
export function toView({ id, name, createdAt, lastUsedAt }: Passkey): PasskeyView {
  return { id, name, createdAt, ...(lastUsedAt === undefined ? {} : { lastUsedAt }) }
}
