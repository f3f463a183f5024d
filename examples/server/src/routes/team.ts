import { Router } from '@koa/router'
import * as z from 'zod'
import { asId, isAllowed, mayGrantRole, roles } from '@auronx/sdk'
import type { InvitationView, Member, MemberOutcome, Stores } from '@auronx/sdk'
import type { Auth } from '@auronx/sdk/auth'
import type { Trail } from '../audit-trail.ts'
import { noted } from '../audit-trail.ts'
import { readShape, refuse } from '../http/json.ts'
import { readUuid } from '../http/path-id.ts'
import type { Rechecks } from '../http/rechecks.ts'
import type { OpenVisitor } from '../http/visitor.ts'
import type { Mailing } from '../mail/open-mailer.ts'

/** What {@link teamRoutes} needs. */
export interface TeamDeps {
  readonly team: Auth<Stores>['team']
  readonly visit: OpenVisitor
  readonly trail: Trail
  readonly rechecks: Rechecks
  /** Set in the demonstration only. */
  readonly shownInvitation?: Mailing['shownInvitation']
}

const role = z.enum(roles)
const inviteShape = z.strictObject({ email: z.string().max(254), role })
const roleShape = z.strictObject({ role })
const commandShape = z.strictObject({
  command: z.enum(['suspend', 'reactivate', 'remove', 'leave']),
})

/** `/account/team`: who works here. Every change acts on the next request of the one it is about. */
export function teamRoutes(deps: TeamDeps): Router {
  const { team, visit, trail, rechecks } = deps
  const router = new Router({ prefix: '/account/team' })
  router.get('/', async (ctx) => {
    const { actor } = await visit(ctx.req)
    const [members, invitations] = await Promise.all([team.members(actor), team.invitations(actor)])
    const held = actor.permissions ?? []
    ctx.set('cache-control', 'no-store')
    ctx.body = {
      members: members.map((member) => viewMember(member, actor.id)),
      invitations: invitations.map(viewInvitation),
      mayInvite: isAllowed(actor, 'member:invite'),
      mayChange: held.includes('member:change_role'),
      rolesToGive: roles.filter((one) => mayGrantRole(held, one)),
    }
    await trail(actor, noted('team.read', 'tenant', actor.tenantId))
  })
  router.post('/invitations', async (ctx) => {
    const { actor } = await visit(ctx.req)
    const wanted = await readShape(ctx, inviteShape)
    const outcome = await team.invite(actor, wanted)
    if (outcome.kind === 'refused') return refuse(ctx, 403, outcome.reason)
    const { invitation, isSent } = outcome
    await trail(actor, {
      action: 'member.invited',
      target: { type: 'invitation', id: invitation.id },
      facts: { role: invitation.role },
    })
    const link = deps.shownInvitation?.(wanted.email)
    const shown = link === undefined ? {} : { demoLink: link }
    ctx.body = { kind: 'invited', isSent, invitation: viewInvitation(invitation), ...shown }
  })
  router.post('/invitations/:id/revoke', async (ctx) => {
    const { actor } = await visit(ctx.req)
    const id = readUuid(ctx)
    if (!(await team.revokeInvitation(actor, id))) return refuse(ctx, 404, 'not_found')
    await trail(actor, noted('invitation.revoked', 'invitation', id))
    ctx.body = { kind: 'done' }
  })
  router.post('/members/:id/role', async (ctx) => {
    const { actor } = await visit(ctx.req)
    const id = asId('MemberId', readUuid(ctx))
    const wanted = await readShape(ctx, roleShape)
    const outcome = await team.changeRole(actor, id, wanted.role)
    if (outcome.kind === 'refused') return refuse(ctx, statusOf(outcome.reason), outcome.reason)
    await trail(actor, {
      action: 'member.role-changed',
      target: { type: 'member', id },
      facts: { role: wanted.role },
    })
    rechecks.ask()
    ctx.body = { kind: 'done' }
  })
  router.post('/members/:id/command', async (ctx) => {
    const { actor } = await visit(ctx.req)
    const id = asId('MemberId', readUuid(ctx))
    const { command } = await readShape(ctx, commandShape)
    const outcome = await team.act(actor, id, command)
    if (outcome.kind === 'refused') return refuse(ctx, statusOf(outcome.reason), outcome.reason)
    await trail(actor, noted(verbs[command], 'member', id))
    rechecks.ask()
    ctx.body = { kind: 'done' }
  })
  return router
}

const verbs = {
  suspend: 'member.suspended',
  reactivate: 'member.reactivated',
  remove: 'member.removed',
  leave: 'member.left',
} as const

function viewMember({ id, name, email, role: held, status }: Member, selfId: string) {
  return { id, name, email, role: held, status, isSelf: id === selfId }
}

function viewInvitation({ id, email, role: offered, expiresAt }: InvitationView) {
  return { id, email, role: offered, expiresAt: expiresAt.toISOString() }
}

function statusOf(reason: Extract<MemberOutcome, { kind: 'refused' }>['reason']): number {
  if (reason === 'not_found') return 404
  return reason === 'last_owner' || reason === 'illegal_transition' ? 409 : 403
}
