import type { IncomingMessage, ServerResponse } from 'node:http'
import { AuronxError, silentLogger } from '../kernel/index.ts'
import type { Core } from './core.ts'
import { publish, saveMessage } from './core.ts'
import { createDelivery } from './delivery.ts'
import { createFaults } from './faults.ts'
import { createGraphHttp } from './graph/http.ts'
import { createGraph } from './graph/router.ts'
import { reviewTemplate } from './graph/templates.ts'
import { createJournal } from './journal.ts'
import { createLadder } from './ladder.ts'
import { createListener } from './listener.ts'
import { createMinting } from './minting.ts'
import type { Simulator, SimulatorOptions, TemplateControls } from './options.ts'
import { createPeople } from './people.ts'
import { createPhone } from './phone/routes.ts'
import { createTimerScheduler } from './scheduler.ts'
import { readSnapshot, writeSnapshot } from './snapshot.ts'
import type { ChatMessage } from './state.ts'
import { createState, replaceState } from './state.ts'
import { createTokens } from './tokens.ts'
import { echoValue } from './webhook-values.ts'

/**
 * A local WhatsApp Cloud API with people on the other side. Nothing listens and nothing is sent before `listen`,
 * `handler` and `setWebhook` are used. State is in memory.
 *
 * @example
 * const simulator = createSimulator({ clock, ids, random, appSecret, accessToken, phoneNumberId, wabaId, displayPhoneNumber })
 * const { graphUrl } = await simulator.listen()
 * simulator.setWebhook('http://127.0.0.1:3000/webhooks/whatsapp')
 * const ana = simulator.customers.create({ name: 'Ana', phone: '15550100101' })
 * simulator.customers.sendText(ana.id, 'hello')
 */
export function createSimulator(options: SimulatorOptions): Simulator {
  const { clock, graphPath = '', phonePath = '/phone', version = 'v25.0' } = options
  requireSettings(options)
  const journal = createJournal(clock)
  const tokens = createTokens(options)
  let listeningUrl: string | undefined
  const graphBase = (): string | undefined =>
    options.publicUrl ?? (listeningUrl === undefined ? undefined : `${listeningUrl}${graphPath}`)

  const core = createCore(options, { emit: journal.emit, graphBase })
  const ladder = createLadder(core)
  const customers = createPeople(core, ladder)
  const graph = createGraph(core, ladder, {
    tokenState: tokens.state,
    approvesTemplates: options.approvesTemplates ?? true,
  })
  const publicUrl = (): string | undefined => options.publicUrl
  const graphHttp = createGraphHttp(core, graph, { prefix: graphPath, publicUrl })
  const { subscribe } = journal
  const phone = createPhone({ core, customers, subscribe, prefix: phonePath })
  const handler = (request: IncomingMessage, response: ServerResponse): boolean =>
    graphHttp.handle(request, response) || phone.handle(request, response)
  const listener = createListener(handler, `${phonePath}/`)
  core.delivery.setUrl(options.webhookUrl)

  return {
    async listen({ port = 0 } = {}) {
      const url = await listener.listen(port)
      listeningUrl = url
      return { url, graphUrl: `${url}${graphPath}/${version}`, phoneUrl: `${url}${phonePath}/` }
    },
    async close() {
      core.delivery.close()
      graphHttp.close()
      phone.close()
      await listener.close()
    },
    handler,
    setWebhook: (url) => core.delivery.setUrl(url),
    publish: (change) => core.delivery.enqueue(change),
    idle: () => core.delivery.idle(),
    deliveries: () => core.delivery.attempts(),
    customers,
    faults: core.faults,
    templates: templateControls(core),
    echo: (customerId, body) => sendEcho(core, customerId, body),
    setCatalog(id, products) {
      core.state.catalog = { id, products }
      core.emit({ kind: 'catalog' })
    },
    expireToken: tokens.expire,
    renewToken: tokens.renew,
    accepted: () => [...core.state.accepted],
    transcript: journal.transcript,
    subscribe,
    snapshot: () => writeSnapshot(core.state, core.delivery.pending()),
    restore(text) {
      const { state, pending } = readSnapshot(text)
      replaceState(core.state, state)
      core.delivery.resume(pending)
    },
  }
}

function templateControls(core: Core): TemplateControls {
  return {
    list: () => [...core.state.templates.values()],
    add(template) {
      const added = { ...template, id: core.minting.numericId(), status: 'APPROVED' } as const
      core.state.templates.set(added.id, added)
      return added
    },
    review: (id, status, reason) => reviewTemplate(core, id, status, reason),
  }
}

function createCore(
  options: SimulatorOptions,
  { emit, graphBase }: { readonly emit: Core['emit']; readonly graphBase: Core['baseUrl'] },
): Core {
  const { clock, logger = silentLogger, scheduler = createTimerScheduler() } = options
  const faults = createFaults(options.random)
  return {
    business: {
      phoneNumberId: options.phoneNumberId,
      wabaId: options.wabaId,
      displayPhoneNumber: options.displayPhoneNumber,
      verifiedName: options.verifiedName ?? 'Simulated shop',
    },
    state: createState(),
    clock,
    scheduler,
    logger,
    minting: createMinting(options),
    faults,
    delivery: createDelivery({
      clock,
      scheduler,
      logger,
      faults,
      appSecret: options.appSecret,
      wabaId: options.wabaId,
      onAttempt: (attempt) => emit({ kind: 'delivery', attempt }),
      options: options.webhooks ?? {},
    }),
    baseUrl: graphBase,
    emit,
  }
}

function sendEcho(core: Core, customerId: string, body: string): ChatMessage {
  const customer = core.state.customers.get(customerId)
  if (customer === undefined)
    throw new AuronxError('not_found', 'There is no such simulated customer')
  const message: ChatMessage = {
    id: core.minting.messageId(customer.phone),
    customerId,
    from: 'business_app',
    atMs: core.clock.now().getTime(),
    type: 'text',
    content: { body },
    status: 'delivered',
    reactions: {},
  }
  saveMessage(core, message)
  publish(core, 'smb_message_echoes', echoValue(core, customer, message))
  return message
}

function requireSettings(options: SimulatorOptions): void {
  for (const name of [
    'appSecret',
    'accessToken',
    'phoneNumberId',
    'wabaId',
    'displayPhoneNumber',
  ] as const) {
    if (options[name] === '') {
      throw new AuronxError('invalid_config', `The simulator needs a value for ${name}`)
    }
  }
  if (options.phoneNumberId === options.wabaId) {
    throw new AuronxError('invalid_config', 'phoneNumberId and wabaId must differ')
  }
}
