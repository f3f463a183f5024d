import { createIds, createRandom, createSystemClock, randomHex } from '../kernel/index.ts'
import type { Simulator, SimulatorOptions } from './options.ts'
import { createSimulator } from './simulator.ts'

/** What {@link startSimulator} takes: any part of what the simulator takes. */
export interface StartOptions extends Partial<SimulatorOptions> {
  /** Where Graph and the phone listen on loopback. Default: a free port. */
  readonly port?: number
}

/** A simulator that listens, with the account it plays: each value is one that Meta would give you. */
export interface StartedSimulator {
  readonly appId: string
  readonly appSecret: string
  readonly verifyToken: string
  readonly accessToken: string
  readonly phoneNumberId: string
  readonly businessAccountId: string
  readonly displayPhoneNumber: string
  /** Where Graph is, instead of `https://graph.facebook.com`. */
  readonly baseUrl: string
  /** A page to play the customers on. */
  readonly phoneUrl: string
  readonly simulator: Simulator
  /** Stops listening and delivering. */
  stop(): Promise<void>
}

/**
 * Starts a local WhatsApp with an account of its own making: secrets are random, ids are always the same. Throws
 * `network_failed` when the port is taken, `invalid_config` as {@link createSimulator} does.
 *
 * @example
 * const meta = await startSimulator({ webhookUrl: 'http://127.0.0.1:3000/webhooks/whatsapp' })
 * const messenger = createWhatsApp(meta)
 */
export async function startSimulator(options: StartOptions = {}): Promise<StartedSimulator> {
  const { clock = createSystemClock(), random = createRandom(), port = 0 } = options
  const account = {
    appId: '700000000000001',
    appSecret: randomHex(random, 24),
    accessToken: randomHex(random, 24),
    phoneNumberId: '900000000000001',
    wabaId: '800000000000001',
    displayPhoneNumber: '15550100001',
    ...options,
  }
  const ids = options.ids ?? createIds(clock, random)
  const simulator = createSimulator({ ...account, clock, random, ids })
  const { url, phoneUrl } = await simulator.listen({ port })
  const { appId, appSecret, accessToken, phoneNumberId, displayPhoneNumber } = account
  return {
    appId,
    appSecret,
    accessToken,
    phoneNumberId,
    displayPhoneNumber,
    verifyToken: randomHex(random, 24),
    businessAccountId: account.wabaId,
    baseUrl: `${url}${options.graphPath ?? ''}`,
    phoneUrl,
    simulator,
    stop: () => simulator.close(),
  }
}
