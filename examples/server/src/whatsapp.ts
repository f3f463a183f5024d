import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock, Ids, Logger, Messenger, Random } from '@auronx/sdk'
import type { NumberAdmin } from '@auronx/sdk'
import {
  createEgress,
  createSendPacing,
  createWhatsAppAdmin,
  createWhatsAppMessenger,
  defaultMediaHosts,
} from '@auronx/sdk/whatsapp'
import type { Simulator } from '@auronx/sdk/simulator'
import type { Config, WhatsAppConfig } from './config.ts'
import type { Simulation } from './live/desk.ts'

/** The way to customers and back. */
export interface WhatsApp {
  readonly account: WhatsAppConfig
  readonly messenger: Messenger
  /** Asks Meta about numbers that are being connected. */
  readonly admin: NumberAdmin
  readonly pacing: ReturnType<typeof createSendPacing>
  /** The simulator of this process, when it has one. */
  readonly simulator?: Simulator
  /** Answers requests of the simulated phone and says whether it did. */
  readonly phone?: (request: IncomingMessage, response: ServerResponse) => boolean
  /** For the banner, when WhatsApp is simulated. */
  readonly notice?: Simulation
  /** Tells the simulator where webhooks go, once the server listens. */
  connect(webhookUrl: string): void
  stop(): Promise<void>
}

/** What {@link openWhatsApp} needs. */
export interface WhatsAppDeps {
  readonly clock: Clock
  readonly ids: Ids
  readonly random: Random
  readonly logger: Logger
  /** The access token of a connected number. */
  readonly tokens: (phoneNumberId: string) => Promise<string>
}

/** Opens the configured Graph API; without one, a simulator in this process whose state is kept in the data folder. */
export async function openWhatsApp(config: Config, deps: WhatsAppDeps): Promise<WhatsApp> {
  if (config.whatsapp !== undefined) {
    return {
      account: config.whatsapp,
      ...createSender(config.whatsapp, deps),
      ...(isLocal(config.whatsapp) ? { notice: playedElsewhere } : {}),
      connect: () => undefined,
      stop: async () => undefined,
    }
  }
  const { startSimulator } = await import('./simulator.ts')
  const started = await startSimulator(config, deps)
  return {
    account: started.account,
    ...createSender(started.account, deps),
    simulator: started.simulator,
    phone: (request, response) => started.simulator.handler(request, response),
    notice: {
      label: 'WhatsApp is simulated',
      detail:
        'The phone is the customer’s side. Messages and webhooks are real HTTP with real signatures, and nothing leaves this machine.',
    },
    connect: (webhookUrl) => started.simulator.setWebhook(webhookUrl),
    stop: () => started.stop(),
  }
}

const playedElsewhere: Simulation = {
  label: 'WhatsApp is simulated',
  detail: 'Another process on this machine plays WhatsApp. Nothing leaves this machine.',
}

function isLocal({ graphUrl }: WhatsAppConfig): boolean {
  return graphUrl.startsWith('http://')
}

function createSender(account: WhatsAppConfig, { tokens }: WhatsAppDeps) {
  const isSimulated = isLocal(account)
  const egress = createEgress({
    hosts: isSimulated
      ? []
      : [{ host: new URL(account.graphUrl).host, ...meta }, ...defaultMediaHosts.map(ofMeta)],
    allowLoopback: isSimulated,
  })
  const graph = { egress, baseUrl: account.graphUrl }
  return {
    messenger: createWhatsAppMessenger({ ...graph, tokens, allowLoopbackMedia: isSimulated }),
    admin: createWhatsAppAdmin(graph),
    pacing: createSendPacing(),
  }
}

const meta = { purpose: 'Delivers messages on WhatsApp', subProcessor: 'Meta' }

function ofMeta(host: string) {
  return { host, purpose: 'Serves media that customers send', subProcessor: 'Meta' }
}
