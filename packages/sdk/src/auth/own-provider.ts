import type { AccountStore, Member, TeamStore } from '../accounts/index.ts'
import { isTenantOpen, permissionsOf, reachOf } from '../accounts/index.ts'
import { AuronxError } from '../kernel/index.ts'
import type { Clock, UnitOfWork } from '../kernel/index.ts'
import type { TokenNames, VerifiedClaims } from './access-token.ts'
import type { ApiKeys } from './api-keys.ts'
import { createBelievedTokens } from './believed-tokens.ts'
import { isLive } from './decide-session.ts'
import type { KeyRing } from './key-ring.ts'
import type { PasskeyDuty } from './passkey-duty.ts'
import type { MemberPrincipal } from './principal.ts'
import type { AuthProvider } from './provider.ts'
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

/**
 * Our own identities: `Bearer` with an access token or an API key, or the access token of the session cookie. A session,
 * membership or tenant that ended in the meantime is refused, whatever the token says; permissions are read fresh, and who
 * owes a passkey for too long has none.
 */
export function createAuthProvider(deps: AuthProviderDeps): AuthProvider {
  const believe = createBelievedTokens(deps, deps.names)
  const member = async (token: string): Promise<MemberPrincipal> => {
    const claims = await believe(token)
    const read = await deps.work.run(claims.tenantId, (stores) => readMember(deps, stores, claims))
    const owesPasskey = (await deps.passkeyDuty?.isOverdue(read.member)) ?? false
    return owesPasskey ? { ...read.principal, permissions: [], owesPasskey } : read.principal
  }
  return {
    async authenticate({ authorization, sessionToken }) {
      if (authorization !== undefined) {
        const token = /^bearer ([!-~]{1,4096})$/i.exec(authorization)?.[1]
        if (token === undefined || sessionToken !== undefined) throw refused()
        return token.startsWith('axk_') ? deps.apiKeys.authenticate(token) : member(token)
      }
      return sessionToken === undefined ? undefined : member(sessionToken)
    },
  }
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
): Promise<{ readonly principal: MemberPrincipal; readonly member: Member }> {
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
  return { principal, member: found }
}

function refused(): AuronxError {
  return new AuronxError('unauthenticated', 'The credential does not hold')
}
