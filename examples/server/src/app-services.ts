import { createPostgresStorage, defaultNames } from '@auronx/adapters/postgres'
import { createAuditor, createAuronx, createNumbers, systemActor } from '@auronx/sdk'
import type {
  Actor,
  AssistantOptions,
  Auronx,
  Clock,
  Ids,
  KeyUpkeep,
  Logger,
  Membership,
  Numbers,
  Random,
  Stores,
  Usage,
} from '@auronx/sdk'
import { forgetAttempts } from '@auronx/sdk/auth'
import type { Auth } from '@auronx/sdk/auth'
import type { ApiDeps } from './api/deps.ts'
import { createReadNotes, createTrail, withTrail } from './audit-trail.ts'
import type { Trail } from './audit-trail.ts'
import type { Config } from './config.ts'
import { isLoopback } from './config-values.ts'
import type { Database } from './database.ts'
import type { Visitor } from './http/visitor.ts'
import { openIdentity } from './identity.ts'
import { createDesk } from './live/create-desk.ts'
import type { Desk, Simulation } from './live/desk.ts'
import { openMailer } from './mail/open-mailer.ts'
import type { Mailing } from './mail/open-mailer.ts'
import type { ActionDeps } from './routes/action.ts'
import { seedDemo } from './seed.ts'
import type { SeededDemo } from './seed.ts'
import { createCount, openUsage, withCount } from './usage.ts'
import type { Count } from './usage.ts'
import type { Vault } from './vault.ts'
import type { WhatsApp } from './whatsapp.ts'

/** Everything behind HTTP. */
export interface AppServices {
  readonly auronx: Auronx
  readonly auth: Auth<Stores>
  readonly numbers: Numbers
  readonly upkeep: KeyUpkeep
  /** Deletes attempts to sign in that are over, with the addresses that they name. */
  readonly forgetAttempts: (signal: AbortSignal) => Promise<number>
  /** Writes into the audit log, and counts which features are used. */
  readonly trail: Trail
  readonly usage: Usage
  readonly count: Count
  readonly mailing: Mailing
  /** What the REST API needs of storage and keys. */
  readonly api: Pick<ApiDeps, 'access' | 'mailer' | 'cursorKey'>
  readonly demo: SeededDemo
  readonly actions: ActionDeps
  /** The desk as one member sees it. */
  readonly deskOf: (visitor: Visitor) => Desk
  /** What a business of somebody is called. */
  readonly nameBusiness: (place: Membership) => Promise<string>
}

/** What {@link composeServices} needs. */
export interface ComposeDeps {
  readonly config: Config
  /** Address of the pages, for links to proposals and for passkeys. */
  readonly publicUrl: string
  readonly database: Database
  readonly vault: Vault
  readonly whatsapp: WhatsApp
  /** A model that answers free text; without it the menus do. */
  readonly assistant?: AssistantOptions
  /** Called with a number whose credentials changed. */
  readonly onNumberChanged: (phoneNumberId: string) => void
  readonly clock: Clock
  readonly ids: Ids
  readonly random: Random
  readonly logger: Logger
}

const menus = {
  label: 'menus answer',
  detail: 'Answers come from deterministic menus and the catalog; no language model is asked.',
}

function answers(assistant: AssistantOptions | undefined): Simulation {
  if (assistant === undefined) return menus
  const { name } = assistant.model
  return {
    label: 'a model answers',
    detail: `Free text is answered by the model ${name}; menus answer taps and keywords, and whatever it cannot.`,
  }
}

/** Composes the SDK from the ports of this process and sees to it that the first business exists. */
export async function composeServices(deps: ComposeDeps): Promise<AppServices> {
  const { config, database, vault, whatsapp } = deps
  const storage = createPostgresStorage(database.client, defaultNames)
  const auronx = createAuronx({
    ...deps,
    storage,
    messenger: whatsapp.messenger,
    pacing: whatsapp.pacing,
    acceptFlights: database.flights,
    parkAfterMs: config.unknownForMs,
  })
  const mailing = openMailer(config)
  const auth = openIdentity({
    ...deps,
    storage,
    mailer: mailing.mailer,
    isDemo: config.mail === 'page',
  })
  const usage = openUsage(deps)
  const count = createCount(usage, deps.logger)
  const trail = withCount(createTrail(deps), count)
  const noteRead = createReadNotes(trail, deps.clock)
  const { account, simulator } = whatsapp
  const { locale, ownerEmail } = config
  const isProven = config.mail === 'page'
  const hasProducts = isLoopback(account.graphUrl)
  const seed = { auronx, storage, account, locale, ownerEmail, isProven, hasProducts }
  const demo = await seedDemo({ ...deps, ...seed })
  await vault.seal(demo, account, { stored: simulator === undefined ? 'keep' : 'replace' })
  simulator?.setCatalog(demo.catalog.id, demo.catalog.products)
  return {
    auronx,
    auth,
    upkeep: vault.upkeep,
    forgetAttempts: (signal) => forgetAttempts({ ...deps, identity: storage.identity }, signal),
    numbers: createNumbers({
      ...deps,
      work: vault.work,
      sealer: vault.sealer,
      admin: whatsapp.admin,
      auditor: createAuditor(deps),
      onChanged: deps.onNumberChanged,
    }),
    trail,
    usage,
    count,
    mailing,
    api: {
      access: storage.access,
      mailer: mailing.mailer,
      cursorKey: vault.derive('cursors'),
    },
    demo,
    actions: { auronx, clock: deps.clock },
    deskOf: (visitor) => openDesk(deps, auronx, noteRead, visitor),
    async nameBusiness({ tenantId }) {
      const host: Actor = systemActor(tenantId, 'host')
      return (await auronx.accounts.tenant(host)).settings.businessName
    },
  }
}

function openDesk(
  { database, whatsapp, assistant }: ComposeDeps,
  auronx: Auronx,
  noteRead: Trail,
  { actor, work }: Visitor,
): Desk {
  const notices = [whatsapp.notice, database.notice, answers(assistant)]
  const desk = createDesk({
    // Everything on the visitor's own work, in which each transaction asserts that its session and key still hold.
    auronx: { ...auronx, ...auronx.joined(work, (act) => act()) },
    actor,
    simulated: notices.filter((notice): notice is Simulation => notice !== undefined),
    ...(whatsapp.phone === undefined ? {} : { phonePath: '/phone/' }),
  })
  return withTrail(desk, actor, noteRead)
}
