import type { RequestListener } from 'node:http'
import { createIds, createRandom, createSystemClock } from '@auronx/sdk'
import type { AssistantOptions, Clock, Logger } from '@auronx/sdk'
import { createWebhook } from '@auronx/sdk/webhook'
import type { Webhook } from '@auronx/sdk/webhook'
import { composeServices } from './app-services.ts'
import type { AppServices } from './app-services.ts'
import type { Config, WhatsAppConfig } from './config.ts'
import { openDatabase } from './database.ts'
import type { Database } from './database.ts'
import { createApp } from './http/app.ts'
import { createFront, webhookPath } from './http/front.ts'
import { createGuard } from './http/guard.ts'
import { listen } from './http/server.ts'
import type { HttpServer } from './http/server.ts'
import { createSessions, readSessionKey } from './http/session.ts'
import { createServerLogger } from './logging.ts'
import { openAssistant } from './model.ts'
import { actionRoutes } from './routes/action.ts'
import { healthRoutes } from './routes/health.ts'
import { liveRoutes } from './routes/live.ts'
import { openWhatsApp } from './whatsapp.ts'
import type { WhatsApp } from './whatsapp.ts'
import { startWorker } from './worker.ts'
import type { ResidentWorker } from './worker.ts'

/** A running server. */
export interface RunningServer {
  /** Address without trailing slash. */
  readonly url: string
  /** A fresh one-time link to the pages. */
  issueLink(): string
  readonly whatsapp: WhatsApp
  readonly database: Database
  /** Takes nothing new, finishes what is in hand, closes everything. */
  stop(): Promise<void>
}

const graceMs = 10_000
const leastMsBetweenLinks = 10_000

/** What the process around the server brings. */
export interface ServerSurroundings {
  /** Called with a one-time link when somebody asks for a locked page. */
  readonly showLink: (link: string) => void
  /** Listens already; when absent, the server listens on the configured port. Closed with the server. */
  readonly http?: HttpServer
  /** A model that answers free text. Default: the configured one; without any, the menus do. */
  readonly assistant?: AssistantOptions
}

/**
 * Starts the parts of the server that the configuration names. Throws an `AuronxError` that says in one line what to change; what was opened until then is
 * closed again.
 */
export async function startServer(
  config: Config,
  surroundings: ServerSurroundings,
): Promise<RunningServer> {
  const opened: (() => Promise<unknown>)[] = []
  try {
    return await start(config, surroundings, opened)
  } catch (error) {
    await closeAll(opened)
    throw error
  }
}

async function start(
  config: Config,
  { showLink, http: listening, assistant: given }: ServerSurroundings,
  opened: (() => Promise<unknown>)[],
): Promise<RunningServer> {
  const logger = createServerLogger(config.logLevel)
  const clock = createSystemClock()
  const random = createRandom()
  const base = { clock, random, ids: createIds(clock, random), logger }
  const http = listening ?? (await listen(config.port))
  opened.push(() => http.stop(graceMs))
  const url = `http://localhost:${http.port}`
  const database = await openDatabase(config, logger)
  opened.push(() => database.stop())
  const whatsapp = await openWhatsApp(config, base)
  opened.push(() => whatsapp.stop())
  const assistant =
    config.model === undefined ? given : (given ?? (await openAssistant(config.model, logger)))
  const services = await composeServices({
    ...base,
    config,
    publicUrl: url,
    database,
    whatsapp,
    ...(assistant === undefined ? {} : { assistant }),
  })
  const worker = config.role === 'web' ? undefined : startWorker(services.auronx, logger)
  if (worker !== undefined) opened.push(() => worker.stop())
  const closing = new AbortController()
  const sessions = createSessions({ key: readSessionKey(config.dataDir), clock })
  const issueLink = (): string => `${url}${sessions.issueLink()}`
  http.serve(
    createFront({
      webhook: createWebhookEnd({ services, account: whatsapp.account, clock, logger }),
      guard: createGuard({ sessions }),
      ...(whatsapp.phone === undefined ? {} : { phone: whatsapp.phone }),
      pages: createPages({ services, worker, logger, closing: closing.signal }),
      onLocked: atMostEvery(leastMsBetweenLinks, clock, () => showLink(issueLink())),
    }),
  )
  opened.push(async () => {
    closing.abort()
    await http.stop(graceMs)
  })
  whatsapp.connect(`http://127.0.0.1:${http.port}${webhookPath}`)
  return { url, issueLink, whatsapp, database, stop: () => closeAll(opened) }
}

// In the reverse order of opening: first nothing new comes in, then what is in hand ends, then what it needed closes.
async function closeAll(opened: (() => Promise<unknown>)[]): Promise<void> {
  for (let close = opened.pop(); close !== undefined; close = opened.pop()) await close()
}

function createWebhookEnd(parts: {
  readonly services: AppServices
  readonly account: WhatsAppConfig
  readonly clock: Clock
  readonly logger: Logger
}): Webhook {
  const { services, account, clock, logger } = parts
  return createWebhook({
    appSecrets: [account.appSecret],
    verifyTokens: [account.verifyToken],
    clock,
    logger,
    accept: services.accept,
    onUnreadable: services.keepUnreadable,
    onRefused: (code) => logger.warn('webhook: turned away', { code }),
  })
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
  const answer = createApp({
    logger,
    routers: [
      healthRoutes(checks),
      liveRoutes({ desk: services.desk, closing }),
      actionRoutes(services.actions),
    ],
  }).callback()
  return (request, response) => void answer(request, response)
}

// Anyone on this machine can ask for a locked page; the terminal is not to be flooded.
function atMostEvery(ms: number, clock: Clock, act: () => void): () => void {
  let lastMs = clock.now().getTime()
  return () => {
    const now = clock.now().getTime()
    if (now - lastMs < ms) return
    lastMs = now
    act()
  }
}
