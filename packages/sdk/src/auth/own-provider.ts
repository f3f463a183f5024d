import type { AccountStore, Member, TeamStore } from '../accounts/index.ts'
import { isTenantOpen, permissionsOf, reachOf } from '../accounts/index.ts'
import { AuronxError } from '../kernel/index.ts'
import type { Clock, UnitOfWork } from '../kernel/index.ts'
import type { TokenNames, VerifiedClaims } from './access-token.ts'
import { touchMs } from './api-keys.ts'
import type { ApiKeys } from './api-keys.ts'
import { createBelievedTokens } from './believed-tokens.ts'
import { isLive } from './decide-session.ts'
import type { KeyRing } from './key-ring.ts'
import { passkeyDueAt } from './passkey-duty.ts'
import type { PasskeyDuty } from './passkey-duty.ts'
import type { KeyPrincipal, MemberPrincipal } from './principal.ts'
import type { AuthProvider, AuthRequest } from './provider.ts'
import type { SessionStore } from './store.ts'

/** What {@link createAuthProvider} needs. */
export interface AuthProviderDeps {
  readonly work: UnitOfWork<{
    readonly accounts: AccountStore
    readonly team: TeamStore
    readonly sessions: SessionStore
  }>
  readonly apiKeys: Pick<ApiKeys, 'authenticate'>
  readonly keys: KeyRing
  readonly clock: Clock
  readonly names: TokenNames
  /** Without it nobody owes a passkey. */
  readonly passkeyDuty?: PasskeyDuty
}

/** {@link AuthProvider} over our own identities, which also remembers whom it let in. */
export interface OwnProvider extends AuthProvider {
  /**
   * Whom this access token or API key stood for when it was last authenticated, without asking the database; nothing when
   * that is not remembered, was more than a minute ago, or the token is over. Good for transactions of
   * `workOf(principal)` only: each asserts that session or key, membership and tenant settings are still what was read,
   * and fails with `unauthenticated` otherwise.
   */
  recall(request: AuthRequest): MemberPrincipal | KeyPrincipal | undefined
}

// Long enough for a page or a program at work, and no longer than the use of a key may go unnoted.
const recallMs = touchMs

/** How many are remembered; the oldest goes first. */
const mostRecalled = 2_000

/**
 * Our own identities: `Bearer` with an access token or an API key, or the access token of the session cookie. A session,
 * membership or tenant that ended in the meantime is refused, whatever the token says; permissions are read fresh, and who
 * owes a passkey for too long has none.
 */
export function createAuthProvider(deps: AuthProviderDeps): OwnProvider {
  const believe = createBelievedTokens(deps, deps.names)
  const recalled = new Map<string, Recalled>()
  const remember = (proof: string, read: Omit<Recalled, 'expiresAt'>, expiresAt: Date): void => {
    const { principal, tenantVersion } = read
    recalled.set(proof, { principal, tenantVersion, expiresAt })
    const [oldest = ''] = recalled.keys()
    if (recalled.size > mostRecalled) recalled.delete(oldest)
  }
  const recallUntil = (): Date => new Date(deps.clock.now().getTime() + recallMs)
  const member = async (token: string): Promise<MemberPrincipal> => {
    recalled.delete(token)
    const claims = await believe(token)
    const read = await deps.work.run(claims.tenantId, (stores) => readMember(deps, stores, claims))
    if ((await deps.passkeyDuty?.isOverdue(read.member)) === true)
      return { ...read.principal, permissions: [], owesPasskey: true }
    const ends = [recallUntil(), claims.expiresAt]
    if (deps.passkeyDuty !== undefined) ends.push(dutyBegins(read.member, deps.clock.now()))
    remember(token, read, new Date(Math.min(...ends.map((at) => at.getTime()))))
    return read.principal
  }
  const key = async (text: string): Promise<KeyPrincipal> => {
    recalled.delete(text)
    const read = await deps.apiKeys.authenticate(text)
    remember(text, read, recallUntil())
    return read.principal
  }
  return {
    async authenticate(request) {
      const token = tokenOf(request)
      if (token === undefined) return undefined
      const isKey = request.authorization !== undefined && token.startsWith('axk_')
      return isKey ? key(token) : member(token)
    },
    recall(request) {
      const known = recalled.get(tokenOf(request) ?? '')
      if (known === undefined || known.expiresAt <= deps.clock.now()) return undefined
      const { principal, tenantVersion } = known
      if (principal.kind === 'api_key') {
        const { claim } = principal
        // A key counts in the header only.
        if (request.authorization === undefined) return undefined
        return claim && { ...principal, claim: { ...claim, tenantVersion } }
      }
      const { session } = principal
      return session && { ...principal, session: { ...session, tenantVersion } }
    },
  }
}

// What a member may do is not remembered past the moment from which it has to have a passkey.
function dutyBegins(member: Member, now: Date): Date {
  const dueAt = passkeyDueAt(member)
  return dueAt !== undefined && dueAt > now ? dueAt : new Date(now.getTime() + recallMs)
}

interface Recalled {
  readonly principal: MemberPrincipal | KeyPrincipal
  readonly tenantVersion: number
  readonly expiresAt: Date
}

function tokenOf({ authorization, sessionToken }: AuthRequest): string | undefined {
  if (authorization === undefined) return sessionToken
  const token = /^bearer ([!-~]{1,4096})$/i.exec(authorization)?.[1]
  if (token === undefined || sessionToken !== undefined) throw refused()
  return token
}

async function readMember(
  { clock }: AuthProviderDeps,
  {
    accounts,
    team,
    sessions,
  }: {
    readonly accounts: AccountStore
    readonly team: TeamStore
    readonly sessions: SessionStore
  },
  claims: VerifiedClaims,
): Promise<{
  readonly principal: MemberPrincipal
  readonly tenantVersion: number
  readonly member: Member
}> {
  const { tenantId, userId, sessionId, sessionVersion, keyId, authenticatedAt } = claims
  const [session, found, tenant] = await Promise.all([
    sessions.get(sessionId),
    team.memberOf(userId),
    accounts.tenant(),
  ])
  const isHis = session?.userId === userId && session.memberId === found?.id
  if (!isHis || session.version !== sessionVersion || !isLive(session, clock.now())) throw refused()
  if (found?.status !== 'active' || !isTenantOpen(tenant)) throw refused()
  const reach = reachOf(found.role, tenant.settings)
  const principal: MemberPrincipal = {
    kind: 'member',
    tenantId,
    memberId: found.id,
    userId,
    permissions: permissionsOf(found.role, tenant.settings),
    ...(reach === undefined ? {} : { reach }),
    authenticatedAt,
    session: { sessionId, sessionVersion, memberVersion: found.version, keyId },
  }
  return { principal, tenantVersion: tenant.version, member: found }
}

function refused(): AuronxError {
  return new AuronxError('unauthenticated', 'The credential does not hold')
}
