import type { RequestListener } from 'node:http'
import { createIds, createRandom, createSystemClock } from '@auronx/sdk'
import type { Clock, Logger } from '@auronx/sdk'
import type { Simulator } from '@auronx/sdk/simulator'
import { createWebhook } from '@auronx/sdk/webhook'
import { composeServices } from './app-services.ts'
import type { AppServices } from './app-services.ts'
import type { Config } from './config.ts'
import { openDatabase } from './database.ts'
import { createApp } from './http/app.ts'
import { createFront, webhookPath } from './http/front.ts'
import { createGuard } from './http/guard.ts'
import { listen } from './http/server.ts'
import { createSessions, readSessionKey } from './http/session.ts'
import { createServerLogger } from './logging.ts'
import { actionRoutes } from './routes/action.ts'
import { healthRoutes } from './routes/health.ts'
import { liveRoutes } from './routes/live.ts'
import { openWhatsApp } from './whatsapp.ts'
import { startWorker } from './worker.ts'
import type { ResidentWorker } from './worker.ts'

/** A running server. */
export interface RunningServer {
  /** Address without trailing slash. */
  readonly url: string
  /** A fresh one-time link to the pages. */
  issueLink(): string
  /** The simulator of this process, when it has one. */
  readonly simulator?: Simulator
  /** Takes nothing new, finishes what is in hand, closes everything. */
  stop(): Promise<void>
}

const graceMs = 10_000
const leastMsBetweenLinks = 10_000

/**
 * Starts the parts of the server that the configuration names. `showLink` is called with a one-time link when somebody
 * asks for a locked page. Throws an `AuronxError` that says in one line what to change.
 */
export async function startServer(
  config: Config,
  output: { readonly showLink: (link: string) => void },
): Promise<RunningServer> {
  const logger = createServerLogger(config.logLevel)
  const clock = createSystemClock()
  const random = createRandom()
  const base = { clock, random, ids: createIds(clock, random), logger }
  const database = await openDatabase(config, logger)
  const whatsapp = await openWhatsApp(config, base)
  const services = await composeServices({ ...base, config, database, whatsapp })
  const worker = config.role === 'web' ? undefined : startWorker(services.auronx, logger)
  const closing = new AbortController()
  const pages = createPages({ services, worker, logger, closing: closing.signal })
  const sessions = createSessions({ key: readSessionKey(config.dataDir), clock })
  const link = { address: '', shownAtMs: clock.now().getTime() }
  const issueLink = (): string => `${link.address}${sessions.issueLink()}`
  const http = await listen(
    config.port,
    createFront({
      webhook: createWebhook({
        appSecrets: [whatsapp.account.appSecret],
        verifyTokens: [whatsapp.account.verifyToken],
        clock,
        logger,
        accept: services.accept,
        onUnreadable: services.keepUnreadable,
        onRefused: (code) => logger.warn('webhook: turned away', { code }),
      }),
      guard: createGuard({ sessions }),
      ...(whatsapp.phone === undefined ? {} : { phone: whatsapp.phone }),
      pages,
      onLocked: () => showAgain(link, clock, () => output.showLink(issueLink())),
    }),
  )
  link.address = `http://localhost:${http.port}`
  whatsapp.connect(`http://127.0.0.1:${http.port}${webhookPath}`)
  return {
    url: link.address,
    issueLink,
    ...(whatsapp.simulator === undefined ? {} : { simulator: whatsapp.simulator }),
    async stop() {
      closing.abort()
      await Promise.all([http.stop(graceMs), worker?.stop()])
      await whatsapp.stop()
      await database.stop()
    },
  }
}

function createPages(parts: {
  readonly services: AppServices
  readonly worker: ResidentWorker | undefined
  readonly logger: Logger
  readonly closing: AbortSignal
}): RequestListener {
  const { services, worker, logger, closing } = parts
  const checks = {
    database: services.checkDatabase,
    migrations: services.checkMigrations,
    ...(worker === undefined ? {} : { worker: worker.check }),
  }
  return createApp({
    logger,
    routers: [
      healthRoutes(checks),
      liveRoutes({ desk: services.desk, closing }),
      actionRoutes(services.actions),
    ],
  }).callback()
}

// Anyone on this machine can ask for a locked page; the terminal is not to be flooded.
function showAgain(link: { shownAtMs: number }, clock: Clock, show: () => void): void {
  const now = clock.now().getTime()
  if (now - link.shownAtMs < leastMsBetweenLinks) return
  link.shownAtMs = now
  show()
}
