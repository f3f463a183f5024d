import type { Invitation, Member, Membership, NewTenant, TeamStores } from '../accounts/index.ts'
import {
  cleanName,
  cleanPhone,
  newTenantSettings,
  permissionsOf,
  recordMember,
  whyNotAccept,
} from '../accounts/index.ts'
import { sha256Hex } from '../kernel/index.ts'
import type { Actor, SessionId, TenantId, UnitOfWork } from '../kernel/index.ts'
import type { Profile, Proof, ProofDeps } from './proof.ts'
import { peek, redeem } from './proof.ts'
import type { Sessions, SessionRefusal, SessionsDeps, SignedIn } from './sessions.ts'

/** What {@link createEntry} needs. */
export interface EntryDeps extends ProofDeps, Pick<SessionsDeps, 'access'> {
  readonly work: UnitOfWork<TeamStores>
  readonly sessions: Sessions
}

/** Where and with what a proof is spent. */
export interface EntryRequest {
  /** The cookie value of the browser that gave the proof. */
  readonly browser: string
  /** Browser and system in a few words. */
  readonly device?: string
}

/** What a new business says. */
export interface SignUp extends EntryRequest, NewTenant {
  /** The person's name. */
  readonly name: string
  readonly phone?: string
}

/**
 * Why nobody entered. `no_proof`: this browser has none that is fresh. `not_a_member`, `already_member`: of that tenant.
 * `too_many`: one person owns at most {@link maxOwnedTenants}. The rest is about the invitation.
 */
export type EntryRefusal =
  | {
      readonly kind: 'refused'
      readonly reason:
        | 'no_proof'
        | 'not_a_member'
        | 'already_member'
        | 'too_many'
        | 'unknown'
        | 'expired'
        | 'other_address'
        | 'void'
    }
  | SessionRefusal

/** What follows on a proof of who somebody is. Each call uses the proof up. */
export interface Entry {
  /** Opens a session in a tenant that the person is a member of. */
  enter(request: EntryRequest & { readonly tenantId: TenantId }): Promise<SignedIn | EntryRefusal>
  /**
   * Makes a tenant with the person as its owner, and an account when there is none. Throws `invalid_input`,
   * `unknown_time_zone`, `unknown_currency`.
   */
  signUp(request: SignUp): Promise<SignedIn | EntryRefusal>
  /** Accepts an invitation that was sent to the proven address, and opens a session. */
  accept(
    request: EntryRequest & { readonly token: string; readonly profile: Profile },
  ): Promise<SignedIn | EntryRefusal>
  /** Notes the proof in an open session, for sensitive commands. */
  stepUp(
    request: EntryRequest & { readonly tenantId: TenantId; readonly sessionId: SessionId },
  ): Promise<Omit<SignedIn, 'refreshToken'> | EntryRefusal>
}

/** How many tenants one person can own. */
export const maxOwnedTenants = 10

/** The service. */
export function createEntry(deps: EntryDeps): Entry {
  return {
    async enter({ browser, tenantId, device }) {
      const proof = await redeem(deps, browser)
      if (proof === undefined) return refused('no_proof')
      return open(deps, proof, tenantId, device)
    },
    signUp: (request) => signUp(deps, request),
    accept: (request) => accept(deps, request),
    async stepUp({ browser, tenantId, sessionId }) {
      const proof = await redeem(deps, browser)
      if (proof === undefined) return refused('no_proof')
      return deps.sessions.stepUp(tenantId, sessionId, {
        userId: proof.user.id,
        methods: proof.methods,
      })
    },
  }
}

async function signUp(deps: EntryDeps, request: SignUp): Promise<SignedIn | EntryRefusal> {
  const { browser, locale, device } = request
  const settings = newTenantSettings(request)
  const proof = await redeem(deps, browser, {
    name: cleanName(request.name, 'name'),
    locale,
    ...(request.phone === undefined ? {} : { phone: cleanPhone(request.phone) }),
  })
  if (proof === undefined) return refused('no_proof')
  const places = await deps.access.membershipsOf(proof.user.id)
  if (places.filter(isOwned).length >= maxOwnedTenants) return refused('too_many')
  const tenantId: TenantId = deps.ids.next('TenantId')
  await deps.work.run(tenantId, async (stores) => {
    await stores.accounts.saveTenant({ id: tenantId, settings, version: 1 })
    await join(deps, stores, tenantId, proof, 'owner')
  })
  return open(deps, proof, tenantId, device)
}

async function accept(
  deps: EntryDeps,
  {
    browser,
    token,
    profile,
    device,
  }: EntryRequest & { readonly token: string; readonly profile: Profile },
): Promise<SignedIn | EntryRefusal> {
  const name = cleanName(profile.name, 'name')
  const hash = await sha256Hex(token)
  const tenantId = await deps.access.tenantOfInvitation(hash)
  const attempt = await peek(deps, browser)
  if (attempt === undefined) return refused('no_proof')
  if (tenantId === undefined) return refused('unknown')
  const email = attempt.email ?? ''
  // Asked before the proof is used up, so that a wrong invitation costs no second code.
  const early = await deps.work.run(tenantId, (stores) => judge(deps, stores, hash, email))
  if (early.kind === 'refused') return early
  const proof = await redeem(deps, browser, { ...profile, name })
  if (proof === undefined) return refused('no_proof')
  const joined = await deps.work.run(tenantId, async (stores) => {
    const judged = await judge(deps, stores, hash, proof.user.email)
    if (judged.kind === 'refused') return judged
    if ((await stores.team.memberOf(proof.user.id)) !== undefined) return refused('already_member')
    await stores.team.saveInvitation({ ...judged.invitation, status: 'accepted' })
    await join(deps, stores, tenantId, proof, judged.invitation.role)
    return judged
  })
  return joined.kind === 'refused' ? joined : open(deps, proof, tenantId, device)
}

async function judge(
  { clock }: EntryDeps,
  { team, accounts }: TeamStores,
  tokenHash: string,
  email: string,
): Promise<
  ReturnType<typeof refused> | { readonly kind: 'open'; readonly invitation: Invitation }
> {
  const [invitation] = await team.invitations({ tokenHash })
  const inviter = invitation && (await team.member(invitation.invitedBy))
  const { settings } = await accounts.tenant()
  const inviterHolds = inviter?.status === 'active' ? permissionsOf(inviter.role, settings) : []
  const why = whyNotAccept(invitation, { email, now: clock.now(), inviterHolds })
  if (why !== undefined || invitation === undefined) return refused(why ?? 'unknown')
  return { kind: 'open', invitation }
}

async function join(
  deps: EntryDeps,
  { team, events }: TeamStores,
  tenantId: TenantId,
  { user }: Proof,
  role: Member['role'],
): Promise<void> {
  const now = deps.clock.now()
  const member: Member = {
    id: deps.ids.next('MemberId'),
    userId: user.id,
    email: user.email,
    name: user.name,
    role,
    status: 'active',
    createdAt: now,
    updatedAt: now,
    version: 1,
  }
  await team.saveMember(member)
  const actor: Actor = { tenantId, kind: 'staff', id: member.id, via: 'dashboard' }
  await recordMember(deps, events, actor, member, 'member.joined')
}

async function open(
  { sessions }: EntryDeps,
  { user, methods, authenticatedAt }: Proof,
  tenantId: TenantId,
  device: string | undefined,
): Promise<SignedIn | EntryRefusal> {
  const entrance = { tenantId, userId: user.id, methods, authenticatedAt }
  const opened = await sessions.open({ ...entrance, ...(device === undefined ? {} : { device }) })
  return opened.kind === 'refused' ? refused('not_a_member') : opened
}

function isOwned({ role }: Membership): boolean {
  return role === 'owner'
}

function refused<Reason extends Exclude<EntryRefusal['reason'], 'reused' | 'over'>>(
  reason: Reason,
): { readonly kind: 'refused'; readonly reason: Reason } {
  return { kind: 'refused', reason }
}
