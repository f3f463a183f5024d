import type { RequestListener } from 'node:http'
import { AuronxError } from '@auronx/sdk'
import type { Clock, Ids, Logger, Random } from '@auronx/sdk'
import { api } from '@auronx/sdk/api'
import { createApiRouter } from './api/api-router.ts'
import type { AppServices } from './app-services.ts'
import type { Config } from './config.ts'
import { createApp } from './http/app.ts'
import { createAuthenticate, createRecall } from './http/authenticate.ts'
import type { Cookies } from './http/cookies.ts'
import { createClientAddress } from './http/client-address.ts'
import { createKnownDevices } from './http/known-devices.ts'
import { createRechecks } from './http/rechecks.ts'
import { createSlowSignIn } from './http/slow-sign-in.ts'
import { createVisitors } from './http/visitor.ts'
import { accountRoutes } from './routes/account.ts'
import { actionRoutes } from './routes/action.ts'
import { authRoutes } from './routes/auth.ts'
import { healthRoutes } from './routes/health.ts'
import type { Check } from './routes/health.ts'
import { jwksRoutes } from './routes/jwks.ts'
import { liveRoutes } from './routes/live.ts'
import { operatorRoutes } from './routes/operator.ts'
import { shownInvitationRoutes } from './routes/shown-invitation.ts'
import { countPages, usageRoutes } from './routes/usage.ts'
import { operationUses } from './usage.ts'

const endsStreams = new Set<string>([
  api.changeRole.operation,
  api.suspendMember.operation,
  api.removeMember.operation,
  api.leave.operation,
  api.revokeSession.operation,
])

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
  const { auth, auronx, mailing, trail, usage, count } = services
  const rechecks = createRechecks()
  const authenticate = createAuthenticate({ provider: auth.provider, cookies })
  const visit = createVisitors({ authenticate, auth })
  const addressOf = createClientAddress(config.trustedProxies)
  const slow = createSlowSignIn({ clock, addressOf, closing })
  const key = services.deviceKey
  const devices = createKnownDevices({ ...parts, key, addressOf })
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
      authRoutes({ ...base, slow, devices, nameBusiness: services.nameBusiness }),
      accountRoutes(base),
      shownInvitationRoutes(base),
      usageRoutes({ usage, visit }),
      operatorRoutes({ ...base, slow }),
      liveRoutes({
        closing,
        rechecks,
        async open(ctx) {
          const visitor = await visit(ctx.req)
          if (visitor.principal.owesPasskey === true)
            throw new AuronxError('not_permitted', 'A passkey is owed before anything else')
          return { desk: services.deskOf(visitor), holds: visitor.holds }
        },
      }),
      actionRoutes(services.actions),
      createApiRouter({
        ...parts,
        ...services,
        ...services.api,
        authenticate,
        recall: createRecall({ provider: auth.provider, cookies }),
        addressOf,
        webhookUrl: `${publicUrl}/webhooks/whatsapp`,
        onUsed: (actor, operation) => {
          const name = operationUses.get(operation)
          if (name !== undefined) void count(actor, name)
          // Somebody's rights may have changed: open streams look again at once.
          if (endsStreams.has(operation)) rechecks.ask()
        },
        invitationLink: (token) => `${publicUrl}/invitation#${token}`,
      }),
    ],
  }).callback()
  return (request, response) => void answer(request, response)
}
