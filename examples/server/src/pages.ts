import type { RequestListener } from 'node:http'
import type { Clock, Ids, Logger, Random } from '@auronx/sdk'
import { createApiRouter } from './api/api-router.ts'
import type { AppServices } from './app-services.ts'
import type { Config } from './config.ts'
import { createApp } from './http/app.ts'
import { createAuthenticate } from './http/authenticate.ts'
import type { Cookies } from './http/cookies.ts'
import { createRechecks } from './http/rechecks.ts'
import { createVisitors } from './http/visitor.ts'
import { accountRoutes } from './routes/account.ts'
import { actionRoutes } from './routes/action.ts'
import { authRoutes } from './routes/auth.ts'
import { healthRoutes } from './routes/health.ts'
import type { Check } from './routes/health.ts'
import { jwksRoutes } from './routes/jwks.ts'
import { keyRoutes } from './routes/keys.ts'
import { liveRoutes } from './routes/live.ts'
import { numberRoutes } from './routes/numbers.ts'
import { operatorRoutes } from './routes/operator.ts'
import { teamRoutes } from './routes/team.ts'
import { countPages, usageRoutes } from './routes/usage.ts'

/** What {@link createPages} needs. */
export interface PagesParts {
  readonly config: Config
  readonly services: AppServices
  readonly cookies: Cookies
  readonly publicUrl: string
  readonly checks: Readonly<Record<string, Check>>
  readonly clock: Clock
  readonly ids: Ids
  readonly random: Random
  readonly logger: Logger
  /** Ends what is open when the server stops. */
  readonly closing: AbortSignal
}

/** Everything behind the front but webhooks: pages, their data, and health. */
export function createPages(parts: PagesParts): RequestListener {
  const { config, services, cookies, publicUrl, checks, clock, logger, closing } = parts
  const { auth, auronx, mailing, trail, numbers, usage, count } = services
  const rechecks = createRechecks()
  const authenticate = createAuthenticate({ provider: auth.provider, cookies })
  const visit = createVisitors({ authenticate, auth })
  const base = { ...mailing, auth, auronx, cookies, visit, rechecks, trail, clock }
  const answer = createApp({
    logger,
    around: countPages(visit, count),
    isSecure: publicUrl.startsWith('https:'),
    pages: {
      isKnown: ({ req }) =>
        cookies.read(req, 'session') !== undefined || cookies.read(req, 'refresh') !== undefined,
      locale: config.locale,
      isDemo: config.mail === 'page',
    },
    routers: [
      healthRoutes(checks),
      jwksRoutes(auth.keys),
      authRoutes({ ...base, nameBusiness: services.nameBusiness }),
      accountRoutes(base),
      teamRoutes({ ...base, team: auth.team }),
      numberRoutes({ ...base, numbers, webhookUrl: `${publicUrl}/webhooks/whatsapp` }),
      usageRoutes({ usage, visit }),
      operatorRoutes(base),
      keyRoutes({ ...base, apiKeys: auth.apiKeys }),
      liveRoutes({
        closing,
        rechecks,
        async open(ctx) {
          const visitor = await visit(ctx.req)
          return { desk: services.deskOf(visitor), holds: visitor.holds }
        },
      }),
      actionRoutes(services.actions),
      createApiRouter({
        ...parts,
        ...services,
        ...services.api,
        authenticate,
        invitationLink: (token) => `${publicUrl}/invitation#${token}`,
      }),
    ],
  }).callback()
  return (request, response) => void answer(request, response)
}
