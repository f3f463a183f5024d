import { Router } from '@koa/router'
import type { RouterContext } from '@koa/router'
import * as z from 'zod'
import { asId, locales } from '@auronx/sdk'
import type { Membership, Stores } from '@auronx/sdk'
import { attemptMs } from '@auronx/sdk/auth'
import type { Auth, EntryRefusal, EntryRequest, SignedIn } from '@auronx/sdk/auth'
import type { Cookies } from '../http/cookies.ts'
import { deviceOf } from '../http/device.ts'
import { readShape, refuse } from '../http/json.ts'
import { isOwnCommand } from '../http/own-page.ts'
import type { KnownDevices } from '../http/known-devices.ts'
import type { Rechecks } from '../http/rechecks.ts'
import type { SlowSignIn } from '../http/slow-sign-in.ts'
import type { OpenVisitor } from '../http/visitor.ts'
import type { Mailing } from '../mail/open-mailer.ts'

/** What {@link authRoutes} needs. */
export interface AuthRoutesDeps {
  readonly auth: Auth<Stores>
  readonly cookies: Cookies
  readonly visit: OpenVisitor
  readonly rechecks: Rechecks
  /** Whom a flood of codes does not keep out. */
  readonly devices: KnownDevices
  /** Slows down who tries too often. Default: nobody. */
  readonly slow?: SlowSignIn
  /** Set in the demonstration only. */
  readonly shownCode?: Mailing['shownCode']
  /** Names of businesses, for who belongs to several. */
  readonly nameBusiness: (place: Membership) => Promise<string>
}

const locale = z.enum(locales)
const shortText = z.string().trim().min(1).max(120)
const startShape = z.strictObject({ email: z.string().max(254), locale })
const codeShape = z.strictObject({ code: z.string().min(1).max(20) })
const enterShape = z.strictObject({ tenantId: z.uuid() })
const emptyShape = z.strictObject({})
const answerShape = z.strictObject({ response: z.record(z.string(), z.unknown()) })
const localeShape = z.strictObject({ locale })
const acceptShape = z.strictObject({
  token: z.string().regex(/^axi_[0-9a-f]{64}$/),
  name: shortText,
  locale,
})
const signUpShape = z.strictObject({
  name: shortText,
  company: shortText,
  phone: z.string().trim().min(6).max(30).optional(),
  locale,
  timeZone: z.string().max(60),
  currency: z.string().regex(/^[A-Z]{3}$/),
})

/**
 * `/auth`: signing up, in and out. Every command is a POST from our own page; what proves a person stays in cookies that no
 * script reads, and no answer contains a token.
 */
export function authRoutes(deps: AuthRoutesDeps): Router {
  const router = new Router({ prefix: '/auth' })
  router.use(async (ctx, next) => {
    ctx.set('cache-control', 'no-store')
    if (ctx.method === 'POST' && !isOwnCommand(ctx.req)) {
      refuse(ctx, 403, 'foreign_origin')
      return
    }
    if (ctx.method === 'POST') await deps.slow?.byAddress(ctx.req)
    await next()
  })
  wireCodes(router, deps)
  wirePasskeys(router, deps)
  wireEntry(router, deps)
  wireSessions(router, deps)
  return router
}

function wireCodes(router: Router, deps: AuthRoutesDeps): void {
  const { auth, cookies, devices, shownCode } = deps
  router.post('/code', async (ctx) => {
    const wanted = await readShape(ctx, startShape)
    const device = devices.deviceOf(ctx.req, wanted.email)
    if (device === undefined) await deps.slow?.byAccount(ctx.req, wanted.email)
    const known = device === undefined ? {} : { device }
    const asked = await auth.codes.start({
      ...wanted,
      ...known,
      network: devices.networkOf(ctx.req),
    })
    if (asked.kind === 'refused')
      return refuse(ctx, asked.reason === 'too_many' ? 429 : 503, asked.reason)
    ctx.append('set-cookie', cookies.set('browser', asked.browser, attemptMs))
    const code = shownCode?.(wanted.email)
    ctx.body = {
      kind: 'sent',
      expiresAt: asked.expiresAt,
      ...(code === undefined ? {} : { demoCode: code }),
    }
  })
  router.post('/code/verify', async (ctx) => {
    const { code } = await readShape(ctx, codeShape)
    const browser = cookies.read(ctx.req, 'browser')
    if (browser === undefined) return refuse(ctx, 409, 'other_browser')
    const verified = await auth.codes.verify({ browser, code })
    if (verified.kind === 'refused') {
      const more = verified.reason === 'wrong_code' ? { triesLeft: verified.triesLeft } : {}
      return refuse(ctx, 403, verified.reason, more)
    }
    ctx.append('set-cookie', devices.remember(ctx.req, verified.email))
    const places = await namePlaces(deps, verified.memberships)
    ctx.body = { kind: 'verified', isKnown: verified.isKnown, places }
  })
}

function wirePasskeys(router: Router, deps: AuthRoutesDeps): void {
  const { auth, cookies } = deps
  router.post('/passkey/begin', async (ctx) => {
    const wanted = await readShape(ctx, localeShape)
    const begun = await auth.passkeys?.begin(wanted.locale)
    if (begun === undefined) return refuse(ctx, 404, 'not_found')
    ctx.append('set-cookie', cookies.set('browser', begun.browser, attemptMs))
    ctx.body = { options: begun.options }
  })
  router.post('/passkey/verify', async (ctx) => {
    const { response } = await readShape(ctx, answerShape)
    const browser = cookies.read(ctx.req, 'browser')
    if (browser === undefined) return refuse(ctx, 409, 'other_browser')
    const verified = await auth.passkeys?.verify({ browser, response })
    if (verified?.kind !== 'verified') return refuse(ctx, 403, 'not_verified')
    const places = await namePlaces(deps, verified.memberships)
    ctx.body = { kind: 'verified', isKnown: true, places }
  })
}

function wireEntry(router: Router, deps: AuthRoutesDeps): void {
  const { entry } = deps.auth
  router.post('/enter', async (ctx) => {
    const { tenantId } = await readShape(ctx, enterShape)
    await spendProof(ctx, deps, (request) =>
      entry.enter({ ...request, tenantId: asId('TenantId', tenantId) }),
    )
  })
  router.post('/sign-up', async (ctx) => {
    const { phone, ...given } = await readShape(ctx, signUpShape)
    await spendProof(ctx, deps, (request) =>
      entry.signUp({ ...request, ...given, ...(phone === undefined ? {} : { phone }) }),
    )
  })
  router.post('/invitation', async (ctx) => {
    const { token, ...profile } = await readShape(ctx, acceptShape)
    await spendProof(ctx, deps, (request) => entry.accept({ ...request, token, profile }))
  })
}

function wireSessions(router: Router, deps: AuthRoutesDeps): void {
  const { auth, cookies, visit, rechecks } = deps
  router.post('/refresh', async (ctx) => {
    await readShape(ctx, emptyShape)
    const token = cookies.read(ctx.req, 'refresh')
    const outcome = token === undefined ? undefined : await auth.sessions.refresh(token)
    if (outcome?.kind === 'signed_in') {
      ctx.append('set-cookie', [...sessionLines(cookies, outcome)])
      ctx.body = { kind: 'signed_in' }
      return
    }
    forgetSession(ctx, cookies)
    refuse(ctx, 401, outcome?.reason ?? 'over')
  })
  router.post('/step-up', async (ctx) => {
    await readShape(ctx, emptyShape)
    const { principal } = await visit(ctx.req)
    const browser = cookies.read(ctx.req, 'browser')
    const { tenantId, session } = principal
    if (browser === undefined || session === undefined) return refuse(ctx, 403, 'no_proof')
    const { sessionId } = session
    const outcome = await auth.entry.stepUp({ browser, tenantId, sessionId })
    if (outcome.kind === 'refused') return refuse(ctx, 403, outcome.reason)
    ctx.append('set-cookie', cookies.clear('browser'))
    ctx.append('set-cookie', sessionCookie(cookies, outcome))
    ctx.body = { kind: 'stepped_up' }
  })
  router.post('/sign-out', async (ctx) => {
    await readShape(ctx, emptyShape)
    const visitor = await visit(ctx.req)
    const { session } = visitor.principal
    if (session !== undefined) await auth.sessions.revoke(visitor.actor, session.sessionId)
    forgetSession(ctx, cookies)
    rechecks.ask()
    ctx.body = { kind: 'signed_out' }
  })
  router.post('/sign-out-everywhere', async (ctx) => {
    await readShape(ctx, emptyShape)
    const { actor } = await visit(ctx.req)
    const ended = await auth.sessions.revokeAll(actor)
    forgetSession(ctx, cookies)
    rechecks.ask()
    ctx.body = { kind: 'signed_out', sessions: ended }
  })
}

/** The `Set-Cookie` lines of a new session. They replace what was there, so that none can be planted beforehand. */
export function sessionLines(cookies: Cookies, signedIn: SignedIn): readonly string[] {
  const { session, refreshToken } = signedIn
  const refreshMs = session.expiresAt.getTime() - session.createdAt.getTime()
  return [
    sessionCookie(cookies, signedIn),
    cookies.set('refresh', refreshToken, refreshMs),
    cookies.clear('browser'),
  ]
}

function sessionCookie(
  cookies: Cookies,
  { accessToken, accessExpiresAt, session }: Omit<SignedIn, 'refreshToken'>,
): string {
  // Some longer than the token: an expired one says that there is something to renew.
  const untilMs = Math.max(accessExpiresAt.getTime(), session.idleExpiresAt.getTime())
  return cookies.set('session', accessToken, untilMs - session.createdAt.getTime())
}

function forgetSession(ctx: RouterContext, cookies: Cookies): void {
  for (const name of ['session', 'refresh', 'browser'] as const)
    ctx.append('set-cookie', cookies.clear(name))
}

async function spendProof(
  ctx: RouterContext,
  { cookies }: AuthRoutesDeps,
  spend: (request: EntryRequest) => Promise<SignedIn | EntryRefusal>,
): Promise<void> {
  const browser = cookies.read(ctx.req, 'browser')
  if (browser === undefined) return refuse(ctx, 403, 'no_proof')
  const device = deviceOf(ctx.get('user-agent'))
  const outcome = await spend({ browser, device })
  if (outcome.kind === 'refused') return refuse(ctx, 403, outcome.reason)
  ctx.append('set-cookie', [...sessionLines(cookies, outcome)])
  ctx.body = { kind: 'signed_in' }
}

async function namePlaces(
  { nameBusiness }: AuthRoutesDeps,
  places: readonly Membership[],
): Promise<readonly { readonly tenantId: string; readonly name: string; readonly role: string }[]> {
  return Promise.all(
    places.map(async (place) => ({
      tenantId: place.tenantId,
      role: place.role,
      name: await nameBusiness(place),
    })),
  )
}
