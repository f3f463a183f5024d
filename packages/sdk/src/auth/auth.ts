import type { AccessDirectory, Team, TeamStores } from '../accounts/index.ts'
import { createTeam } from '../accounts/index.ts'
import type { Clock, Ids, Random, UnitOfWork } from '../kernel/index.ts'
import { createIds, createRandom, createSystemClock } from '../kernel/index.ts'
import type { Mailer } from '../notifications/index.ts'
import { sessionEndedMail } from '../notifications/index.ts'
import type { TokenNames } from './access-token.ts'
import type { KeyEnvironment } from './api-key-text.ts'
import { createApiKeys } from './api-keys.ts'
import type { ApiKeys, ApiKeyStores } from './api-keys.ts'
import { createCodeSignIn } from './code-sign-in.ts'
import type { CodeSignIn } from './code-sign-in.ts'
import type { CodeBudget } from './decide-attempt.ts'
import { createEntry } from './entry.ts'
import type { Entry } from './entry.ts'
import { createKeyRing } from './key-ring.ts'
import type { KeyRing, KeySealer } from './key-ring.ts'
import { createOperatorEnrolment } from './operator-enrolment.ts'
import type { OperatorEnrolment } from './operator-enrolment.ts'
import { createOperators } from './operators.ts'
import type { Operators } from './operators.ts'
import { createAuthProvider } from './own-provider.ts'
import type { OwnProvider } from './own-provider.ts'
import { createPasskeyDuty } from './passkey-duty.ts'
import type { PasskeyDuty } from './passkey-duty.ts'
import { createPasskeySignIn } from './passkey-sign-in.ts'
import type { PasskeySignIn } from './passkey-sign-in.ts'
import type { Passkeys } from './passkeys.ts'
import type { AccessClaim, MemberPrincipal, Principal } from './principal.ts'
import { createPeople } from './people.ts'
import type { People } from './people.ts'
import { createSessions } from './sessions.ts'
import type { Sessions, SessionsDeps, SessionStores } from './sessions.ts'
import type { IdentityWork } from './store.ts'

/** The stores authentication needs in a tenant's transaction. */
export interface AuthStores extends TeamStores, SessionStores, ApiKeyStores {
  readonly sessions: SessionStores['sessions']
  readonly apiKeys: ApiKeyStores['apiKeys']
}

/** Storage as authentication asks for it. */
export interface AuthStorage<Stores extends AuthStores> {
  readonly work: UnitOfWork<Stores>
  readonly identity: IdentityWork
  readonly access: AccessDirectory
  readonly workFor: (claim: AccessClaim, clock: Clock) => UnitOfWork<Stores>
}

/** What {@link createAuth} takes. */
export interface AuthOptions<Stores extends AuthStores> {
  readonly storage: AuthStorage<Stores>
  readonly mailer: Mailer
  /** Seals the private halves of signing keys. */
  readonly sealer: KeySealer
  /** `iss` and `aud` of access tokens: this server's address, and what the tokens are for. */
  readonly names: TokenNames
  /** Without it nobody signs in with passkeys. */
  readonly passkeys?: Passkeys
  /** Whether owners and admins have to add a passkey within seven days. Default: when there are `passkeys`. */
  readonly requirePasskeys?: boolean
  /** Address of the page that a mailed code's link opens. */
  readonly signInLink?: (code: string) => string
  /** Address of the page that shows an invitation. */
  readonly invitationLink?: (token: string) => string
  readonly budget?: CodeBudget
  /** Default `live`. */
  readonly keyEnvironment?: KeyEnvironment
  /** Default: the platform's clock. */
  readonly clock?: Clock
  readonly ids?: Ids
  readonly random?: Random
}

/** Our own identities, complete. A host that brings its own implements `AuthProvider` instead. */
export interface Auth<Stores extends AuthStores> {
  readonly team: Team
  readonly codes: CodeSignIn
  readonly passkeys?: PasskeySignIn
  readonly entry: Entry
  readonly sessions: Sessions
  readonly apiKeys: ApiKeys
  readonly people: People
  readonly operators: Operators
  /** Who owes a passkey; absent where nobody does. */
  readonly passkeyDuty?: PasskeyDuty
  /**
   * Whether a signed-in member has to add a passkey by now, for what outlives a request: a stream ends when the answer is another
   * than `owesPasskey` was when it was opened. Throws `unauthenticated` when the session is over. Never true for who has none.
   */
  owesPasskey(principal: MemberPrincipal): Promise<boolean>
  /** Absent without passkeys, which are the only way in for operators. */
  readonly enrolment?: OperatorEnrolment
  readonly keys: KeyRing
  readonly provider: OwnProvider
  /**
   * The unit of work of one request: for a session or an API key of ours, every transaction asserts first that it,
   * and the membership behind it are still what `provider` read and the tenant is open, of a recalled principal also that
   * the tenant's settings are. Hand it to `auronx.within`.
   */
  workOf(principal: Principal): UnitOfWork<Stores>
}

/** Composes authentication from its ports. Starts no I/O and loads `jose` when first needed. */
export function createAuth<Stores extends AuthStores>(options: AuthOptions<Stores>): Auth<Stores> {
  const { storage, mailer } = options
  const clock = options.clock ?? createSystemClock()
  const random = options.random ?? createRandom()
  const ids = options.ids ?? createIds(clock, random)
  const base = { ...options, ...storage, clock, random, ids }
  const keys = createKeyRing(base)
  const sessions = createSessions({ ...base, keys, onReuse: reuseMailer(storage, mailer) })
  const environment = options.keyEnvironment ?? 'live'
  const apiKeys = createApiKeys({ ...base, environment })
  const { passkeys, requirePasskeys = true } = options
  const duty: Pick<Auth<Stores>, 'passkeyDuty'> = passkeys !== undefined && requirePasskeys
    ? { passkeyDuty: createPasskeyDuty(base) }
    : {}
  const workOf = (principal: Principal): UnitOfWork<Stores> => {
    const claim = claimOf(principal)
    return claim === undefined ? storage.work : storage.workFor(claim, clock)
  }
  return {
    team: createTeam(base),
    codes: createCodeSignIn(base),
    ...(passkeys === undefined ? {} : { passkeys: createPasskeySignIn({ ...base, passkeys }) }),
    entry: createEntry({ ...base, sessions }),
    sessions,
    apiKeys,
    people: createPeople(base),
    operators: createOperators(base),
    ...(passkeys === undefined
      ? {}
      : { enrolment: createOperatorEnrolment({ ...base, passkeys }) }),
    keys,
    ...duty,
    provider: createAuthProvider({ ...base, ...duty, keys, apiKeys }),
    async owesPasskey(principal) {
      const { userId, tenantId } = principal
      if (userId === undefined) return false
      const member = await workOf(principal).run(tenantId, ({ team }) => team.memberOf(userId))
      return member !== undefined && (await duty.passkeyDuty?.isOverdue(member)) === true
    },
    workOf,
  }
}

function claimOf(principal: Principal): AccessClaim | undefined {
  if (principal.kind === 'member') return principal.session
  return principal.kind === 'api_key' ? principal.claim : undefined
}

function reuseMailer(
  { identity }: { readonly identity: IdentityWork },
  mailer: Mailer,
): NonNullable<SessionsDeps['onReuse']> {
  return async ({ id, userId }) => {
    const user = await identity.run(({ users }) => users.get(userId))
    if (user === undefined) return
    const target = { to: user.email, locale: user.locale, idempotencyKey: `session_ended:${id}` }
    await mailer.send(sessionEndedMail(target))
  }
}
