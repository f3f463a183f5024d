import { createPostgresStorage, defaultNames, migrations } from '@auronx/adapters/postgres'
import { createAuronx } from '@auronx/sdk'
import type { AssistantOptions, Auronx, Clock, Ids, Logger, Random } from '@auronx/sdk'
import type { WebhookOptions } from '@auronx/sdk/webhook'
import type { Config } from './config.ts'
import type { Database } from './database.ts'
import { createDesk } from './live/create-desk.ts'
import type { Desk, Simulation } from './live/desk.ts'
import type { ActionDeps } from './routes/action.ts'
import { seedDemo } from './seed.ts'
import type { WhatsApp } from './whatsapp.ts'

/** Everything behind HTTP. */
export interface AppServices {
  readonly auronx: Auronx
  readonly desk: Desk
  readonly actions: ActionDeps
  readonly accept: WebhookOptions['accept']
  readonly keepUnreadable: NonNullable<WebhookOptions['onUnreadable']>
  readonly checkDatabase: () => Promise<string>
  readonly checkMigrations: () => Promise<string>
}

/** What {@link composeServices} needs. */
export interface ComposeDeps {
  readonly config: Config
  /** Address of the pages, for links to proposals. */
  readonly publicUrl: string
  readonly database: Database
  readonly whatsapp: WhatsApp
  /** A model that answers free text; without it the menus do. */
  readonly assistant?: AssistantOptions
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

async function neededMigrations(): Promise<readonly string[]> {
  const names = (await migrations(defaultNames)).map(({ name }) => name)
  // The first one makes the schema that the record of what ran stands in.
  return names.slice(1)
}

/** Composes the SDK from the ports of this process and sees to it that the demo business exists. */
export async function composeServices(deps: ComposeDeps): Promise<AppServices> {
  const { config, database, whatsapp, clock, ids, random, logger } = deps
  const { client } = database
  const auronx = createAuronx({
    storage: createPostgresStorage(client, defaultNames),
    messenger: whatsapp.messenger,
    pacing: whatsapp.pacing,
    clock,
    ids,
    random,
    logger,
    acceptFlights: database.flights,
    parkAfterMs: config.unknownForMs,
    publicUrl: deps.publicUrl,
    ...(deps.assistant === undefined ? {} : { assistant: deps.assistant }),
  })
  const { account, simulator } = whatsapp
  const { tenantId, catalog } = await seedDemo({ auronx, account, locale: config.locale })
  simulator?.setCatalog(catalog.id, catalog.products)
  const actions = { auronx, tenantId }
  const source = { appId: account.appId }
  const needed = await neededMigrations()
  return {
    auronx,
    actions,
    desk: createDesk({
      auronx,
      tenantId,
      simulated: [
        whatsapp.notice,
        ...(database.notice === undefined ? [] : [database.notice]),
        answers(deps.assistant),
      ],
      ...(whatsapp.phone === undefined ? {} : { phonePath: '/phone/' }),
    }),
    accept: async (events) => {
      await auronx.inbox.accept(events, source)
    },
    keepUnreadable: (bytes) => auronx.inbox.keepUnreadable(bytes, source),
    async checkDatabase() {
      await client.query({ name: '', text: 'select 1', values: [] })
      return 'ok'
    },
    async checkMigrations() {
      const text = `select name from ${defaultNames.schema}.migrations`
      const rows = await client.query({ name: '', text, values: [] })
      const done = new Set(rows.map((row) => row['name']))
      return needed.every((name) => done.has(name)) ? 'ok' : 'pending'
    },
  }
}
