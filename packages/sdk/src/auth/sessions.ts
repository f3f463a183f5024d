import type { AccessDirectory, Member, TeamStore } from '../accounts/index.ts'
import { createAuditor } from '../audit/index.ts'
import type { AuditStore } from '../audit/index.ts'
import { AuronxError } from '../kernel/index.ts'
import type {
  Actor,
  Clock,
  Ids,
  Random,
  SessionId,
  TenantId,
  UnitOfWork,
  UserId,
} from '../kernel/index.ts'
import { signAccessToken } from './access-token.ts'
import type { TokenNames } from './access-token.ts'
import {
  decideRefresh,
  extend,
  idleMs,
  isLive,
  refreshRow,
  sessionMs,
  successorOf,
} from './decide-session.ts'
import type { KeyRing } from './key-ring.ts'
import { createOpaque, hashOf } from './opaque.ts'
import type { AuthMethod } from './principal.ts'
import type { IdentityWork, Session, SessionStore } from './store.ts'

/** The stores sessions need in a tenant's transaction. */
export interface SessionStores {
  readonly team: TeamStore
  readonly sessions: SessionStore
  readonly audit: AuditStore
}

/** What {@link createSessions} needs. */
export interface SessionsDeps {
  readonly work: UnitOfWork<SessionStores>
  readonly identity: IdentityWork
  readonly access: AccessDirectory
  readonly keys: KeyRing
  readonly clock: Clock
  readonly ids: Ids
  readonly random: Random
  readonly names: TokenNames
  /** Called after a session ended because an old refresh token came back. */
  readonly onReuse?: (session: Session, tenantId: TenantId) => Promise<void>
}

/** What a browser or machine holds while signed in. Both tokens are secrets. */
export interface SignedIn {
  readonly kind: 'signed_in'
  readonly tenantId: TenantId
  readonly session: Session
  readonly accessToken: string
  readonly accessExpiresAt: Date
  /** Single use; comes new with every refresh. */
  readonly refreshToken: string
}

/**
 * Why no session. `reused`: an old refresh token came back, which ended the session. `over`: unknown, ended, or its
 * member, user or tenant is not active.
 */
export interface SessionRefusal {
  readonly kind: 'refused'
  readonly reason: 'reused' | 'over'
}

/** Who is entering, after a proof. */
export interface Entrance {
  readonly tenantId: TenantId
  readonly userId: UserId
  readonly methods: readonly AuthMethod[]
  readonly authenticatedAt: Date
  /** Browser and system in a few words. */
  readonly device?: string
}

/** Sessions of members. */
export interface Sessions {
  /** Opens a session for a person who proved who it is. Refused as `over` unless it is an active member. */
  open(entrance: Entrance): Promise<SignedIn | SessionRefusal>
  /**
   * New tokens for a refresh token. The same token gives the same successor for ten seconds; after that its coming back
   * ends the session.
   */
  refresh(refreshToken: string): Promise<SignedIn | SessionRefusal>
  /** Notes a fresh proof in a session, for sensitive commands. Tokens issued before keep their older time. */
  stepUp(
    tenantId: TenantId,
    id: SessionId,
    proof: Pick<Entrance, 'userId' | 'methods'>,
  ): Promise<Omit<SignedIn, 'refreshToken'> | SessionRefusal>
  /** The caller's own live sessions, newest first. */
  list(actor: Actor): Promise<readonly Session[]>
  /** Ends one of the caller's own sessions, at once. Returns false when there is none. */
  revoke(actor: Actor, id: SessionId): Promise<boolean>
  /** Ends all of the caller's own sessions in this tenant, at once, and writes that into the audit log; returns how many. */
  revokeAll(actor: Actor): Promise<number>
}

/** The sessions service. */
export function createSessions(deps: SessionsDeps): Sessions {
  return {
    open: (entrance) => open(deps, entrance),
    refresh: (token) => refresh(deps, token),
    stepUp: (tenantId, id, proof) => stepUp(deps, tenantId, id, proof),
    ...createOwnSessions(deps),
  }
}

/** The part of {@link Sessions} that is about the caller's own; on a unit of work that is open already it joins it. */
export function createOwnSessions({
  work,
  clock,
  random,
}: Pick<SessionsDeps, 'work' | 'clock' | 'random'>): Pick<
  Sessions,
  'list' | 'revoke' | 'revokeAll'
> {
  const auditor = createAuditor({ clock, random })
  return {
    list: (actor) =>
      work.run(actor.tenantId, async ({ team, sessions }) => {
        const member = await ownMember(team, actor)
        return sessions.live(member.userId, clock.now())
      }),
    revoke: (actor, id) =>
      work.run(actor.tenantId, async ({ team, sessions }) => {
        const member = await ownMember(team, actor)
        const session = await sessions.get(id, { lock: true })
        if (session?.memberId !== member.id || !isLive(session, clock.now())) return false
        await sessions.save(ended(session, clock.now(), 'signed_out'))
        return true
      }),
    revokeAll: (actor) =>
      work.run(actor.tenantId, async (stores) => {
        const { id } = await ownMember(stores.team, actor)
        const count = await stores.sessions.revokeOf(id, clock.now(), 'signed_out_everywhere')
        await auditor.record(stores, actor, {
          action: 'session.ended-everywhere',
          target: { type: 'member', id },
          facts: { sessions: count },
        })
        return count
      }),
  }
}

const over: SessionRefusal = { kind: 'refused', reason: 'over' }

async function open(deps: SessionsDeps, entrance: Entrance): Promise<SignedIn | SessionRefusal> {
  const { clock, ids, random } = deps
  const now = clock.now()
  const { tenantId, userId, methods, authenticatedAt, device } = entrance
  const refreshToken = createOpaque(random, 'axr_')
  const session = await deps.work.run(tenantId, async ({ team, sessions }) => {
    const member = await team.memberOf(userId)
    if (member?.status !== 'active') return undefined
    const made: Session = {
      id: ids.next('SessionId'),
      userId,
      memberId: member.id,
      methods,
      authenticatedAt,
      createdAt: now,
      idleExpiresAt: new Date(now.getTime() + idleMs),
      expiresAt: new Date(now.getTime() + sessionMs),
      version: 1,
      ...(device === undefined ? {} : { device: device.slice(0, 80) }),
    }
    await sessions.save(made)
    await sessions.saveRefresh(await refreshRow(refreshToken, made, { at: now, random }))
    return made
  })
  return session === undefined ? over : handOut(deps, tenantId, session, refreshToken)
}

async function refresh(deps: SessionsDeps, token: string): Promise<SignedIn | SessionRefusal> {
  const now = deps.clock.now()
  const hash = await hashOf('refresh', token)
  const tenantId = await deps.access.tenantOfRefreshToken(hash)
  if (tenantId === undefined) return over
  const outcome = await deps.work.run(tenantId, (stores) =>
    turn(deps, stores, { token, hash, now }),
  )
  if (outcome.kind === 'reused') await deps.onReuse?.(outcome.session, tenantId)
  if (outcome.kind === 'reused' || outcome.kind === 'over') {
    return { kind: 'refused', reason: outcome.kind }
  }
  if (!(await isActiveUser(deps.identity, outcome.session.userId))) return over
  return handOut(deps, tenantId, outcome.session, outcome.successor)
}

type Turned =
  | { readonly kind: 'turned'; readonly session: Session; readonly successor: string }
  | { readonly kind: 'reused'; readonly session: Session }
  | { readonly kind: 'over' }

async function turn(
  { random }: SessionsDeps,
  { team, sessions }: SessionStores,
  { token, hash, now }: { readonly token: string; readonly hash: string; readonly now: Date },
): Promise<Turned> {
  const found = await sessions.lockRefresh(hash)
  const member = found && (await team.member(found.session.memberId))
  if (found === undefined || member?.status !== 'active') return { kind: 'over' }
  const { session } = found
  const decision = decideRefresh(found.token, session, now)
  if (decision === 'over') return { kind: 'over' }
  if (decision === 'reused') {
    await sessions.save(ended(session, now, 'refresh_reused'))
    return { kind: 'reused', session }
  }
  const successor = await successorOf(token, found.token)
  if (decision === 'repeat') return { kind: 'turned', session, successor }
  const extended = extend(session, now)
  await sessions.save(extended)
  await sessions.saveRefresh({ ...found.token, usedAt: now })
  await sessions.saveRefresh(await refreshRow(successor, session, { at: now, random }))
  return { kind: 'turned', session: extended, successor }
}

async function stepUp(
  deps: SessionsDeps,
  tenantId: TenantId,
  id: SessionId,
  { userId, methods }: Pick<Entrance, 'userId' | 'methods'>,
): Promise<Omit<SignedIn, 'refreshToken'> | SessionRefusal> {
  const now = deps.clock.now()
  const session = await deps.work.run(tenantId, async ({ sessions }) => {
    const found = await sessions.get(id, { lock: true })
    if (found === undefined || found.userId !== userId || !isLive(found, now)) return undefined
    const known = [...new Set([...found.methods, ...methods])]
    const next = { ...found, methods: known, authenticatedAt: now }
    await sessions.save(next)
    return next
  })
  return session === undefined ? over : withAccess(deps, tenantId, session)
}

async function handOut(
  deps: SessionsDeps,
  tenantId: TenantId,
  session: Session,
  refreshToken: string,
): Promise<SignedIn> {
  return { ...(await withAccess(deps, tenantId, session)), refreshToken }
}

async function withAccess(
  deps: SessionsDeps,
  tenantId: TenantId,
  session: Session,
): Promise<Omit<SignedIn, 'refreshToken'>> {
  const { userId, id: sessionId, version: sessionVersion, methods, authenticatedAt } = session
  const claims = { tenantId, userId, sessionId, sessionVersion, methods, authenticatedAt }
  const { token, expiresAt } = await signAccessToken(deps, deps.names, claims)
  return {
    kind: 'signed_in',
    tenantId,
    session,
    accessToken: token,
    accessExpiresAt: expiresAt,
  }
}

async function isActiveUser(identity: IdentityWork, id: UserId): Promise<boolean> {
  const user = await identity.run(({ users }) => users.get(id))
  return user?.status === 'active'
}

/** A session as it is after its end; tokens that name it are void. */
export function ended(session: Session, at: Date, reason: string): Session {
  return { ...session, revokedAt: at, revokedReason: reason, version: session.version + 1 }
}

async function ownMember(team: TeamStore, actor: Actor): Promise<Member> {
  const members = actor.kind === 'staff' ? await team.members() : []
  const member = members.find(({ id }) => id === actor.id)
  if (member === undefined)
    throw new AuronxError('not_permitted', 'Only a member has sessions of its own')
  return member
}
