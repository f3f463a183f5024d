import type { AccessDirectory, Membership } from '../accounts/index.ts'
import { normalizeEmail } from '../accounts/index.ts'
import { AuronxError } from '../kernel/index.ts'
import type { Clock, Ids, Locale, Random, UnitOfWork, UserId } from '../kernel/index.ts'
import { codeMail } from '../notifications/index.ts'
import type { Mailer } from '../notifications/index.ts'
import type { CodeBudget } from './decide-attempt.ts'
import {
  attemptMs,
  attemptTries,
  budgetWindowMs,
  codeBudget,
  decideAttempt,
  isWithinBudget,
} from './decide-attempt.ts'
import { createCode, createOpaque, hashOf, normalizeCode } from './opaque.ts'
import { browserHash } from './proof.ts'
import type { SessionStores } from './sessions.ts'
import type { IdentityStores, IdentityWork, SignInAttempt } from './store.ts'

/** What {@link createCodeSignIn} needs. */
export interface CodeSignInDeps {
  readonly identity: IdentityWork
  readonly access: AccessDirectory
  readonly work: UnitOfWork<SessionStores>
  readonly mailer: Mailer
  readonly clock: Clock
  readonly ids: Ids
  readonly random: Random
  /** Address of the page that a mailed link opens; it must not use the code up before the person presses a button. */
  readonly signInLink?: (code: string) => string
  /** Default: {@link codeBudget}. */
  readonly budget?: CodeBudget
}

/** Who asks for a code. `network` and `device` are kept for as long as attempts are; let them say nothing by themselves. */
export interface CodeRequest {
  readonly email: string
  readonly locale: Locale
  /** What stands for the network that asks, so that one network cannot use up what is there for all. */
  readonly network?: string
  /**
   * What stands for a browser in which this address was proven before; the caller has made sure of that. It has a share of its
   * own, however many codes others ask for.
   */
  readonly device?: string
}

/**
 * What asking for a code did, the same for addresses that we know and that we do not. `browser` is the value of a cookie
 * (`HttpOnly`, `SameSite=Strict`); only the browser that has it can use the code. `too_many`: a budget is used up.
 */
export type CodeRequested =
  | { readonly kind: 'sent'; readonly browser: string; readonly expiresAt: Date }
  | { readonly kind: 'refused'; readonly reason: 'too_many' | 'not_sent' }

/**
 * What giving a code did. `over`: expired, used, tried five times, or not this browser's. `disabled`: the account may not
 * sign in here, as those of the platform's own people may not.
 */
export type CodeVerified =
  | {
      readonly kind: 'verified'
      readonly email: string
      /** Whether the person has an account; without one it can sign up or accept an invitation. */
      readonly isKnown: boolean
      readonly memberships: readonly Membership[]
    }
  | { readonly kind: 'refused'; readonly reason: 'wrong_code'; readonly triesLeft: number }
  | { readonly kind: 'refused'; readonly reason: 'over' | 'disabled' }

/** Signing in by a mailed code. The same secret stands in the mail's link. */
export interface CodeSignIn {
  /** Mails a code, as far as the budget goes. Throws `invalid_input` for what is no address. */
  start(request: CodeRequest): Promise<CodeRequested>
  /**
   * Proves the address to the browser that asked; from then on it has ten minutes to enter. Call it from a POST only:
   * mail scanners follow links. The first proof of an address voids what hung on the account before.
   */
  verify(request: { readonly browser: string; readonly code: string }): Promise<CodeVerified>
}

/** The service of mailed codes. */
export function createCodeSignIn(deps: CodeSignInDeps): CodeSignIn {
  return {
    async start(request) {
      const email = normalizeEmail(request.email)
      if (email === undefined) throw new AuronxError('invalid_input', 'email is no e-mail address')
      return start(deps, { ...request, email })
    },
    verify: ({ browser, code }) => verify(deps, browser, code),
  }
}

async function start(
  deps: CodeSignInDeps,
  { email, locale, network, device }: CodeRequest,
): Promise<CodeRequested> {
  const { clock, ids, random } = deps
  const now = clock.now()
  const browser = createOpaque(random, 'axb_')
  const code = createCode(random)
  const attempt: SignInAttempt = {
    id: ids.next('SessionId'),
    browserHash: await browserHash(browser),
    purpose: 'code',
    audience: 'tenant',
    email,
    locale,
    secretHash: await hashOf('code', browser, code),
    tries: 0,
    createdAt: now,
    expiresAt: new Date(now.getTime() + attemptMs),
    ...(network === undefined ? {} : { network }),
    ...(device === undefined ? {} : { device }),
  }
  const isWithin = await deps.identity.run((stores) => insertWithin(deps, stores, attempt))
  if (!isWithin) return { kind: 'refused', reason: 'too_many' }
  const target = { to: email, locale, idempotencyKey: `sign_in_code:${attempt.id}` }
  const link = deps.signInLink?.(code)
  const mail = codeMail(target, {
    code,
    minutes: attemptMs / 60_000,
    ...(link === undefined ? {} : { link }),
  })
  const outcome = await deps.mailer.send(mail)
  return outcome.kind === 'failed'
    ? { kind: 'refused', reason: 'not_sent' }
    : { kind: 'sent', browser, expiresAt: attempt.expiresAt }
}

async function insertWithin(
  { budget = codeBudget, clock }: CodeSignInDeps,
  { attempts }: IdentityStores,
  attempt: SignInAttempt,
): Promise<boolean> {
  const since = new Date(clock.now().getTime() - budgetWindowMs)
  if (!isWithinBudget(attempt, await attempts.countCodes(since, attempt), budget)) return false
  await attempts.insert(attempt)
  return true
}

async function verify(deps: CodeSignInDeps, browser: string, code: string): Promise<CodeVerified> {
  const [hash, secretHash] = await Promise.all([
    browserHash(browser),
    hashOf('code', browser, normalizeCode(code)),
  ])
  const outcome = await deps.identity.run((stores) => judge(deps, stores, hash, secretHash))
  if (outcome.kind === 'refused') return outcome
  const { email, user, isFirst } = outcome
  const memberships = user === undefined ? [] : await deps.access.membershipsOf(user)
  if (isFirst) await endLeftovers(deps, memberships)
  return { kind: 'verified', email, isKnown: user !== undefined, memberships }
}

type Judged =
  | Extract<CodeVerified, { kind: 'refused' }>
  | {
      readonly kind: 'proven'
      readonly email: string
      readonly user?: UserId
      readonly isFirst: boolean
    }

async function judge(
  { clock }: CodeSignInDeps,
  stores: IdentityStores,
  hash: string,
  secretHash: string,
): Promise<Judged> {
  const now = clock.now()
  const { attempts } = stores
  const found = await attempts.lock(hash)
  const attempt = found?.purpose === 'code' ? found : undefined
  const decision = decideAttempt(attempt, secretHash, now)
  if (attempt === undefined || decision.kind === 'refused') {
    if (attempt !== undefined && attempt.tries < attemptTries)
      await attempts.update({ ...attempt, tries: attempt.tries + 1 })
    return decision.kind === 'refused' ? decision : { kind: 'refused', reason: 'over' }
  }
  return prove(stores, attempt, now)
}

async function prove(
  { attempts, users, passkeys }: IdentityStores,
  attempt: SignInAttempt,
  now: Date,
): Promise<Judged> {
  const { email = '' } = attempt
  const user = await users.byEmail(email)
  if (user?.status === 'disabled' || user?.operatorRole !== undefined)
    return { kind: 'refused', reason: 'disabled' }
  await attempts.update({ ...attempt, verifiedAt: now })
  if (user === undefined) return { kind: 'proven', email, isFirst: false }
  const isFirst = user.emailVerifiedAt === undefined
  if (isFirst) {
    // Whoever made this account had not shown that the address is theirs; what they left there goes.
    await passkeys.delete(user.id)
    await users.save({ ...user, emailVerifiedAt: now, updatedAt: now, version: user.version + 1 })
  }
  return { kind: 'proven', email, user: user.id, isFirst }
}

async function endLeftovers(
  { work, clock }: CodeSignInDeps,
  memberships: readonly Membership[],
): Promise<void> {
  for (const { tenantId, memberId } of memberships) {
    await work.run(tenantId, ({ sessions }) =>
      sessions.revokeOf(memberId, clock.now(), 'address_proven'),
    )
  }
}
