import { Router } from '@koa/router'
import * as z from 'zod'
import { isAuronxError, locales } from '@auronx/sdk'
import type { Clock, Stores } from '@auronx/sdk'
import { attemptMs } from '@auronx/sdk/auth'
import type { Auth, OperatorPrincipal, Operators } from '@auronx/sdk/auth'
import type { Cookies } from '../http/cookies.ts'
import { readShape, refuse } from '../http/json.ts'
import { isOwnCommand } from '../http/own-page.ts'

/** What {@link operatorRoutes} needs. */
export interface OperatorDeps {
  readonly auth: Pick<Auth<Stores>, 'operators' | 'enrolment' | 'passkeys'>
  readonly cookies: Cookies
  readonly clock: Clock
}

const emptyShape = z.strictObject({})
const localeShape = z.strictObject({ locale: z.enum(locales) })
const token = z.string().regex(/^axp_[0-9a-f]{64}$/)
const response = z.record(z.string(), z.unknown())
const tokenShape = z.strictObject({ token })
const answerShape = z.strictObject({ response })
const enrolShape = z.strictObject({ token, response, name: z.string().trim().min(1).max(120) })

/**
 * `/operator`: the door of the platform's own people. It takes passkeys and nothing else, and its cookie is one that no
 * tenant's route reads.
 */
export function operatorRoutes(deps: OperatorDeps): Router {
  const router = new Router({ prefix: '/operator' })
  router.use(async (ctx, next) => {
    ctx.set('cache-control', 'no-store')
    if (ctx.method === 'POST' && !isOwnCommand(ctx.req)) {
      refuse(ctx, 403, 'foreign_origin')
      return
    }
    await next()
  })
  wireEnrolment(router, deps)
  wireSignIn(router, deps)
  wireSession(router, deps)
  return router
}

function wireEnrolment(router: Router, { auth }: OperatorDeps): void {
  router.post('/enrol/begin', async (ctx) => {
    const asked = await readShape(ctx, tokenShape)
    const options = await auth.enrolment?.begin(asked.token)
    if (options === undefined) return refuse(ctx, 403, 'over')
    ctx.body = { options }
  })
  router.post('/enrol', async (ctx) => {
    const answer = await readShape(ctx, enrolShape)
    const added = await auth.enrolment?.finish(answer)
    if (added?.kind !== 'added') return refuse(ctx, 403, added?.reason ?? 'not_verified')
    ctx.body = { kind: 'done' }
  })
}

function wireSignIn(router: Router, { auth, cookies, clock }: OperatorDeps): void {
  router.post('/sign-in/begin', async (ctx) => {
    const { locale } = await readShape(ctx, localeShape)
    const begun = await auth.passkeys?.begin(locale, 'operator')
    if (begun === undefined) return refuse(ctx, 404, 'not_found')
    ctx.append('set-cookie', cookies.set('browser', begun.browser, attemptMs))
    ctx.body = { options: begun.options }
  })
  router.post('/sign-in', async (ctx) => {
    const answer = await readShape(ctx, answerShape)
    const browser = cookies.read(ctx.req, 'browser')
    if (browser === undefined) return refuse(ctx, 409, 'other_browser')
    ctx.append('set-cookie', cookies.clear('browser'))
    const verified = await auth.passkeys?.verify({ browser, response: answer.response })
    const entered = verified?.kind === 'verified' ? await auth.operators.enter(browser) : undefined
    if (entered?.kind !== 'signed_in') return refuse(ctx, 403, 'not_verified')
    const lastsMs = entered.expiresAt.getTime() - clock.now().getTime()
    ctx.append('set-cookie', cookies.set('operator', entered.token, lastsMs))
    ctx.body = { kind: 'signed_in' }
  })
}

function wireSession(router: Router, { auth, cookies }: OperatorDeps): void {
  router.get('/me', async (ctx) => {
    const given = cookies.read(ctx.req, 'operator')
    const operator = given === undefined ? undefined : await whoHas(auth.operators, given)
    ctx.body =
      operator === undefined
        ? { kind: 'nobody' }
        : { kind: 'operator', role: operator.role, permissions: operator.permissions }
  })
  router.post('/sign-out', async (ctx) => {
    await readShape(ctx, emptyShape)
    const given = cookies.read(ctx.req, 'operator')
    if (given !== undefined) await auth.operators.leave(given)
    ctx.append('set-cookie', cookies.clear('operator'))
    ctx.body = { kind: 'signed_out' }
  })
}

function whoHas(operators: Operators, token: string): Promise<OperatorPrincipal | undefined> {
  return operators.authenticate(token).catch((error: unknown) => {
    if (isAuronxError(error, 'unauthenticated')) return undefined
    throw error
  })
}
