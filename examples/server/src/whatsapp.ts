import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock, Ids, Logger, Messenger, Random } from '@auronx/sdk'
import { createEgress, createSendPacing, createWhatsAppMessenger } from '@auronx/sdk/whatsapp'
import type { Simulator } from '@auronx/sdk/simulator'
import type { Config, WhatsAppConfig } from './config.ts'
import type { Simulation } from './live/desk.ts'

/** The way to customers and back. */
export interface WhatsApp {
  readonly account: WhatsAppConfig
  readonly messenger: Messenger
  readonly pacing: ReturnType<typeof createSendPacing>
  /** The simulator of this process, when it has one. */
  readonly simulator?: Simulator
  /** Answers requests of the simulated phone and says whether it did. */
  readonly phone?: (request: IncomingMessage, response: ServerResponse) => boolean
  /** For the banner. */
  readonly notice: Simulation
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
}

/** Opens the configured Graph API; without one, a simulator in this process whose state is kept in the data folder. */
export async function openWhatsApp(config: Config, deps: WhatsAppDeps): Promise<WhatsApp> {
  if (config.whatsapp !== undefined) {
    return {
      account: config.whatsapp,
      ...createSender(config.whatsapp),
      notice: {
        label: 'WhatsApp is simulated',
        detail: 'Another process on this machine plays WhatsApp. Nothing leaves this machine.',
      },
      connect: () => undefined,
      stop: async () => undefined,
    }
  }
  const { startSimulator } = await import('./simulator.ts')
  const started = await startSimulator(config, deps)
  return {
    account: started.account,
    ...createSender(started.account),
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

function createSender(account: WhatsAppConfig) {
  const egress = createEgress({ hosts: [], allowLoopback: true })
  return {
    messenger: createWhatsAppMessenger({
      egress,
      tokens: async () => account.accessToken,
      baseUrl: account.graphUrl,
      allowLoopbackMedia: true,
    }),
    pacing: createSendPacing(),
  }
}
