import type { IncomingMessage } from 'node:http'
import { createIds, createRandom, createSystemClock } from '@auronx/sdk'
import type { AssistantOptions, Clock, KeyUpkeep, Logger } from '@auronx/sdk'
import { composeServices } from './app-services.ts'
import type { AppServices } from './app-services.ts'
import type { Config } from './config.ts'
import { startDaily } from './daily.ts'
import { openDatabase } from './database.ts'
import type { Database } from './database.ts'
import { enterByLink } from './enter-by-link.ts'
import { createProxyWatch } from './http/client-address.ts'
import { createCookies } from './http/cookies.ts'
import { createFront, webhookPath } from './http/front.ts'
import { createGuard } from './http/guard.ts'
import { listen } from './http/server.ts'
import type { HttpServer } from './http/server.ts'
import { createSessions, readSessionKey } from './http/session.ts'
import { createServerLogger } from './logging.ts'
import { openAssistant } from './model.ts'
import { createPages } from './pages.ts'
import { checkBeforeStart, readinessChecks } from './self-check.ts'
import { openVault } from './vault.ts'
import { openWebhookEnd } from './webhook-end.ts'
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
  const http = listening ?? (await listen(config.port, config.host))
  opened.push(() => http.stop(graceMs))
  const local = `http://localhost:${http.port}`
  const publicUrl = config.publicUrl ?? local
  const database = await openDatabase(config, logger)
  opened.push(() => database.stop())
  await checkBeforeStart(database, clock)
  const vault = await openVault(config, database, base)
  const whatsapp = await openWhatsApp(config, { ...base, tokens: vault.tokens.token })
  opened.push(() => whatsapp.stop())
  const assistant = given ?? (await configuredAssistant(config, logger))
  const services = await composeServices({
    ...base,
    config,
    publicUrl,
    database,
    vault,
    whatsapp,
    ...(assistant === undefined ? {} : { assistant }),
    onNumberChanged(phoneNumberId) {
      vault.tokens.forget(phoneNumberId)
      end.forget()
    },
  })
  const { auronx } = services
  const end = await openWebhookEnd({ ...base, auronx, vault, account: whatsapp.account })
  const worker = config.role === 'web' ? undefined : startWork(services, logger, opened)
  const closing = new AbortController()
  const sessions = createSessions({ key: readSessionKey(config.dataDir), clock })
  const cookies = createCookies(publicUrl)
  const issueLink = (): string => `${local}${sessions.issueLink()}`
  http.serve(
    createFront({
      webhook: end.webhook,
      guard: createGuard({ sessions, publicUrl, isOpen: config.mail !== 'page' }),
      watch: watchForProxies(config, logger),
      enter: () => enterByLink(services, cookies, clock),
      ...(whatsapp.phone === undefined ? {} : { phone: whatsapp.phone }),
      pages: createPages({
        ...base,
        config,
        services,
        cookies,
        publicUrl,
        checks: readinessChecks({ database, vault, clock, worker }),
        closing: closing.signal,
      }),
      onLocked: atMostEvery(leastMsBetweenLinks, clock, () => showLink(issueLink())),
    }),
  )
  opened.push(async () => {
    closing.abort()
    await http.stop(graceMs)
  })
  whatsapp.connect(`http://127.0.0.1:${http.port}${webhookPath}`)
  return { url: local, issueLink, whatsapp, database, stop: () => closeAll(opened) }
}

// Warns once, when it starts or when a request shows it.
function watchForProxies(
  { publicUrl, trustedProxies = [] }: Config,
  logger: Logger,
): (request: IncomingMessage) => void {
  const rule = 'AURONX_TRUSTED_PROXIES does not name it; everybody behind it counts as one'
  // Nothing here speaks https, so something in front does.
  if (publicUrl?.startsWith('https:') === true && trustedProxies.length === 0) {
    logger.warn(`http: AURONX_PUBLIC_URL is https, so a proxy stands in front: ${rule}`)
    return () => undefined
  }
  return createProxyWatch(trustedProxies, (header) =>
    logger.warn(`http: requests come through a proxy: ${rule}`, { header }),
  )
}

async function configuredAssistant(
  { model }: Config,
  logger: Logger,
): Promise<AssistantOptions | undefined> {
  return model === undefined ? undefined : openAssistant(model, logger)
}

function startWork(
  services: AppServices,
  logger: Logger,
  opened: (() => Promise<unknown>)[],
): ResidentWorker {
  const { auronx, auth, upkeep, usage } = services
  const worker = startWorker(auronx, logger)
  // Each by itself: what fails keeps no other from being done.
  const dailies = [
    startDaily('signing keys', () => auth.keys.rotate(), logger),
    startDaily('sealing keys', (signal) => keepKeys(upkeep, signal, logger), logger),
    startDaily('usage', (signal) => usage.roll(signal), logger),
  ]
  opened.push(async () => {
    await Promise.all(dailies.map((daily) => daily.stop()))
  })
  opened.push(() => worker.stop())
  return worker
}

async function keepKeys(upkeep: KeyUpkeep, signal: AbortSignal, logger: Logger): Promise<void> {
  const report = await upkeep.keep(signal)
  if (report.failed > 0) logger.error('sealing keys: some do not open', { ...report })
}

// In the reverse order of opening: first nothing new comes in, then what is in hand ends, then what it needed closes.
async function closeAll(opened: (() => Promise<unknown>)[]): Promise<void> {
  for (let close = opened.pop(); close !== undefined; close = opened.pop()) await close()
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
