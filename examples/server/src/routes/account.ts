import { Router } from '@koa/router'
import * as z from 'zod'
import { asId, recentSignInMs } from '@auronx/sdk'
import type { Auronx, Clock, Stores } from '@auronx/sdk'
import { attemptMs } from '@auronx/sdk/auth'
import type { Auth, SignedInPerson } from '@auronx/sdk/auth'
import { noted } from '../audit-trail.ts'
import type { Trail } from '../audit-trail.ts'
import type { Cookies } from '../http/cookies.ts'
import { readShape, refuse } from '../http/json.ts'
import type { Rechecks } from '../http/rechecks.ts'
import type { OpenVisitor, Visitor } from '../http/visitor.ts'

/** What the routes of signed-in people need. */
export interface AccountDeps {
  readonly auth: Auth<Stores>
  readonly auronx: Pick<Auronx, 'accounts'>
  readonly visit: OpenVisitor
  readonly cookies: Cookies
  readonly trail: Trail
  readonly rechecks: Rechecks
  readonly clock: Clock
}

const emptyShape = z.strictObject({})
const idShape = z.strictObject({ id: z.string().min(1).max(400) })
const passkeyShape = z.strictObject({
  name: z.string().trim().min(1).max(120),
  response: z.record(z.string(), z.unknown()),
})

/** `/account`: what a person sees and changes of the own sign-in. */
export function accountRoutes(deps: AccountDeps): Router {
  const router = new Router({ prefix: '/account' })
  router.use(async (ctx, next) => {
    ctx.set('cache-control', 'no-store')
    await next()
  })
  router.get('/me', async (ctx) => {
    ctx.body = await describe(deps, await deps.visit(ctx.req))
  })
  wireSessions(router, deps)
  wirePasskeys(router, deps)
  return router
}

async function describe({ auth, clock }: AccountDeps, visitor: Visitor) {
  const { actor, principal, work } = visitor
  // Read by the person itself, whatever it may do otherwise: who owes a passkey may do nothing.
  const { member, business } = await work.run(actor.tenantId, async ({ team, accounts }) => ({
    member: await team.member(asId('MemberId', principal.memberId)),
    business: (await accounts.tenant()).settings.businessName,
  }))
  const dueAt = member === undefined ? undefined : await auth.passkeyDuty?.dueAt(member)
  return {
    memberId: principal.memberId,
    name: member?.name ?? '',
    email: member?.email ?? '',
    role: member?.role ?? '',
    business,
    permissions: principal.permissions,
    hasPasskeys: auth.passkeys !== undefined,
    ...(dueAt === undefined ? {} : { passkeyDays: daysUntil(dueAt, clock.now()) }),
  }
}

/** Days that are left, begun ones included; 0 when none is. */
function daysUntil(at: Date, now: Date): number {
  return Math.max(0, Math.ceil((at.getTime() - now.getTime()) / 86_400_000))
}

function wireSessions(router: Router, { auth, visit, trail, rechecks }: AccountDeps): void {
  router.get('/sessions', async (ctx) => {
    const { actor, principal } = await visit(ctx.req)
    const sessions = await auth.sessions.list(actor)
    ctx.body = {
      items: sessions.map(({ id, device, createdAt, methods, idleExpiresAt }) => ({
        id,
        device,
        createdAt,
        methods,
        idleExpiresAt,
        isThis: id === principal.session?.sessionId,
      })),
    }
  })
  router.post('/sessions/end', async (ctx) => {
    const { actor } = await visit(ctx.req)
    const { id } = await readShape(ctx, idShape)
    if (!z.uuid().safeParse(id).success) return refuse(ctx, 404, 'not_found')
    const isEnded = await auth.sessions.revoke(actor, asId('SessionId', id))
    if (!isEnded) return refuse(ctx, 404, 'not_found')
    await trail(actor, noted('session.ended', 'session', id))
    rechecks.ask()
    ctx.body = { kind: 'done' }
  })
}

function wirePasskeys(router: Router, deps: AccountDeps): void {
  const { auth, visit, cookies, trail } = deps
  router.get('/passkeys', async (ctx) => {
    const { userId } = await visit(ctx.req)
    ctx.body = { items: (await auth.passkeys?.list(userId)) ?? [] }
  })
  router.post('/passkeys/begin', async (ctx) => {
    const visitor = await visit(ctx.req)
    await readShape(ctx, emptyShape)
    const person = freshPerson(deps, visitor)
    if (person === undefined) return refuse(ctx, 403, 'reauthentication_required')
    const begun = await auth.passkeys?.beginAdding(person)
    if (begun === undefined) return refuse(ctx, 404, 'not_found')
    ctx.append('set-cookie', cookies.set('browser', begun.browser, attemptMs))
    ctx.body = { options: begun.options }
  })
  router.post('/passkeys/add', async (ctx) => {
    const { userId, actor } = await visit(ctx.req)
    const { name, response } = await readShape(ctx, passkeyShape)
    const browser = cookies.read(ctx.req, 'browser')
    if (browser === undefined) return refuse(ctx, 403, 'no_proof')
    const added = await auth.passkeys?.add({ userId, browser, response, name })
    ctx.append('set-cookie', cookies.clear('browser'))
    if (added?.kind !== 'added') return refuse(ctx, 403, added?.reason ?? 'not_verified')
    await trail(actor, noted('passkey.added', 'member', actor.id))
    ctx.body = { kind: 'done', passkey: added.passkey }
  })
  router.post('/passkeys/remove', async (ctx) => {
    const visitor = await visit(ctx.req)
    const { id } = await readShape(ctx, idShape)
    const person = freshPerson(deps, visitor)
    if (person === undefined) return refuse(ctx, 403, 'reauthentication_required')
    const isRemoved = await auth.passkeys?.remove(person, id)
    if (isRemoved !== true) return refuse(ctx, 404, 'not_found')
    await trail(visitor.actor, noted('passkey.removed', 'member', visitor.actor.id))
    ctx.body = { kind: 'done' }
  })
}

/** The visitor as somebody who signed in a moment ago, if so. */
function freshPerson(
  { clock }: AccountDeps,
  { actor, userId }: Visitor,
): SignedInPerson | undefined {
  const { authenticatedAt } = actor
  const ageMs = clock.now().getTime() - (authenticatedAt?.getTime() ?? 0)
  return authenticatedAt !== undefined && ageMs <= recentSignInMs
    ? { userId, authenticatedAt }
    : undefined
}
