import {
  assertAllowed,
  AuronxError,
  isAllowed,
  mayGrantRole,
  randomHex,
  sha256Hex,
} from '../kernel/index.ts'
import type { Actor, Locale, Role } from '../kernel/index.ts'
import { invitationMail } from '../notifications/index.ts'
import { mayInvite } from './decide-team.ts'
import type { Invitation, Member } from './member.ts'
import type { InvitationView, TeamDeps, TeamStores } from './team.ts'
import { normalizeEmail } from './user.ts'

/** An invitation is good for seven days, in milliseconds. */
export const invitationMs = 7 * 24 * 3_600_000
/** An address can be invited again after a minute, in milliseconds: nobody's mailbox is ours to fill. */
export const reinviteAfterMs = 60_000
/** Open invitations a tenant can have at once. */
export const maxOpenInvitations = 50

/**
 * What inviting did. Without `isSent` it stands, but the mail did not leave. `too_many`: open ones at once; `too_soon`: the
 * address was invited less than {@link reinviteAfterMs} ago.
 */
export type InviteOutcome =
  | { readonly kind: 'invited'; readonly invitation: InvitationView; readonly isSent: boolean }
  | {
      readonly kind: 'refused'
      readonly reason: 'not_permitted' | 'stronger' | 'already_member' | 'too_many' | 'too_soon'
    }

interface Made {
  readonly kind: 'made'
  readonly invitation: Invitation
  readonly business: string
  readonly locale: Locale
  readonly inviter: Member
}

/** Stores an invitation and mails its token. */
export async function invite(
  deps: TeamDeps,
  actor: Actor,
  request: { readonly email: string; readonly role: Role },
): Promise<InviteOutcome> {
  const email = normalizeEmail(request.email)
  if (email === undefined) throw new AuronxError('invalid_input', 'email is no e-mail address')
  if (actor.kind !== 'staff' || !isAllowed(actor, 'member:invite'))
    return { kind: 'refused', reason: 'not_permitted' }
  if (!mayInvite(actor.permissions ?? [], request.role))
    return { kind: 'refused', reason: 'stronger' }
  const token = `axi_${randomHex(deps.random, 32)}`
  const tokenHash = await sha256Hex(token)
  const made = await deps.work.run(actor.tenantId, (stores) =>
    make(deps, stores, actor, { email, role: request.role, tokenHash }),
  )
  if (made.kind === 'refused') return made
  const { tokenHash: _hash, ...invitation } = made.invitation
  return { kind: 'invited', invitation, isSent: await mail(deps, made, token) }
}

/** Takes an open invitation back; nothing else changes. */
export async function revokeInvitation(deps: TeamDeps, actor: Actor, id: string): Promise<boolean> {
  assertAllowed(actor, 'member:invite')
  return deps.work.run(actor.tenantId, async ({ team }) => {
    const found = (await team.invitations({})).find((one) => one.id === id)
    if (found === undefined || !mayGrantRole(actor.permissions ?? [], found.role)) return false
    await team.saveInvitation({ ...found, status: 'revoked' })
    return true
  })
}

async function make(
  { clock, ids }: TeamDeps,
  { team, accounts }: TeamStores,
  actor: Actor,
  wanted: Pick<Invitation, 'email' | 'role' | 'tokenHash'>,
): Promise<Made | Extract<InviteOutcome, { kind: 'refused' }>> {
  const now = clock.now()
  const members = await team.members()
  const inviter = members.find(({ id, status }) => id === actor.id && status === 'active')
  if (inviter === undefined) return { kind: 'refused', reason: 'not_permitted' }
  if (members.some(({ email }) => email === wanted.email))
    return { kind: 'refused', reason: 'already_member' }
  const open = await team.invitations({})
  const before = open.filter(({ email }) => email === wanted.email)
  if (before.some(({ role }) => !mayGrantRole(actor.permissions ?? [], role)))
    return { kind: 'refused', reason: 'stronger' }
  if (before.some(({ createdAt }) => now.getTime() - createdAt.getTime() < reinviteAfterMs))
    return { kind: 'refused', reason: 'too_soon' }
  for (const one of before) await team.saveInvitation({ ...one, status: 'revoked' })
  if (
    open.filter(({ email, expiresAt }) => email !== wanted.email && expiresAt > now).length >=
    maxOpenInvitations
  )
    return { kind: 'refused', reason: 'too_many' }
  const invitation: Invitation = {
    ...wanted,
    id: ids.next('MemberId'),
    invitedBy: inviter.id,
    status: 'pending',
    createdAt: now,
    expiresAt: new Date(now.getTime() + invitationMs),
  }
  await team.saveInvitation(invitation)
  const { businessName: business, locale } = (await accounts.tenant()).settings
  return { kind: 'made', invitation, business, locale, inviter }
}

async function mail(
  { mailer, invitationLink }: TeamDeps,
  { invitation, business, locale, inviter }: Made,
  token: string,
): Promise<boolean> {
  const link = invitationLink?.(token)
  const target = { to: invitation.email, locale, idempotencyKey: `invitation:${invitation.id}` }
  const outcome = await mailer.send(
    invitationMail(target, {
      business,
      inviter: inviter.name,
      role: invitation.role,
      days: invitationMs / (24 * 3_600_000),
      ...(link === undefined ? {} : { link }),
    }),
  )
  return outcome.kind === 'accepted'
}
