import { setTimeout as after } from 'node:timers/promises'
import {
  createPgClient,
  createPostgresStorage,
} from '../../packages/adapters/src/postgres/index.ts'
import { openWire } from '../../packages/adapters/src/postgres/wire.fixture.ts'
import { createAuronx, systemActor } from '../../packages/sdk/src/index.ts'
import type { Messenger } from '../../packages/sdk/src/index.ts'
import {
  createScriptedModel,
  scriptedCalls,
  scriptedText,
} from '../../packages/sdk/src/responder/model.scripted.ts'
import type { ModelScript } from '../../packages/sdk/src/responder/model.scripted.ts'
import { parseWebhook } from '../../packages/sdk/src/webhook/index.ts'
import { addressOf, appId, silentMessenger } from './database.ts'
import type { BenchDatabase } from './database.ts'
import type { Measured } from './report.ts'
import { messageBody } from './webhooks.ts'

/** T12 for a turn of the assistant: database flights until the intent of its answer is committed, without and with a tool. */
export async function measureTurnFlights(database: BenchDatabase): Promise<readonly Measured[]> {
  const search = scriptedCalls([{ name: 'search_catalog', args: { query: 'tea' } }])
  const plain: ModelScript = () => scriptedText('Yes, with pleasure.')
  const withTool: ModelScript = ({ input }) =>
    input.at(-1)?.kind === 'tool_result' ? scriptedText('Yes, with pleasure.') : search
  return [
    await count(database, 'without a tool', plain),
    await count(database, 'with one tool call', withTool),
  ]
}

// What the worker asks by itself, with or without a message.
const polls = /^(?:claim_|next_|prune_|recover|due_)/

async function count(
  database: BenchDatabase,
  which: string,
  script: ModelScript,
): Promise<Measured> {
  const wire = await openWire(database.host)
  const client = createPgClient(addressOf(wire.host))
  let sent = 0
  const messenger: Messenger = {
    ...silentMessenger,
    markRead: async () => 'done',
    send: async () => {
      sent += 1
      return { kind: 'accepted', providerMessageId: `wamid.turn-${which}-${sent}` }
    },
  }
  const auronx = createAuronx({
    storage: createPostgresStorage(client),
    messenger,
    assistant: { model: createScriptedModel(script) },
  })
  await answerAtOnce(database, auronx)
  const stop = new AbortController()
  const working = auronx.work({ signal: stop.signal })
  const ask = async (): Promise<readonly (readonly string[])[]> => {
    made += 1
    wire.take()
    const { bytes } = messageBody(30_000, `turn-${made}`, 'is the green tea from this year')
    const goal = sent + 1
    await auronx.inbox.accept(parseWebhook(bytes).events, { appId })
    for (let waited = 0; sent < goal; waited += 5) {
      if (waited > 20_000) throw new Error('The assistant did not answer')
      await after(5)
    }
    return wire.take().filter((names) => !names.every((name) => polls.test(name)))
  }
  // The first ones open connections, learn the route, prepare statements and say who answers.
  for (let index = 0; index < 3; index += 1) {
    await ask()
    await after(300)
  }
  const flights = await ask()
  stop.abort()
  await working
  await client.end()
  await wire.stop()
  const end = flights.findIndex((names) => names.includes('outbox_insert')) + 1
  return {
    id: 'T12',
    what: `database flights of an assistant's turn ${which}`,
    value: end,
    target: 0,
    better: 'none',
    unit: '',
    figures: flights
      .slice(0, end)
      .map((names) => names.join('+') || '(unnamed)')
      .join(' | '),
  }
}

let made = 0

/** Without waiting for more of what the customer writes. */
async function answerAtOnce(
  { tenantId }: BenchDatabase,
  { accounts }: ReturnType<typeof createAuronx>,
): Promise<void> {
  const actor = systemActor(tenantId, 'host')
  const tenant = await accounts.tenant(actor)
  const settings = { ...tenant.settings, answering: { ...tenant.settings.answering, quietMs: 0 } }
  await accounts.saveTenant(actor, { ...tenant, settings, version: tenant.version + 1 })
}
