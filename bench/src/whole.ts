import { createMemoryState } from '@chat-adapter/state-memory'
import { createPostgresState } from '@chat-adapter/state-pg'
import pg from 'pg'
import {
  createPgClient,
  createPostgresStorage,
} from '../../packages/adapters/src/postgres/index.ts'
import { createAuronx, createSystemClock, systemActor } from '../../packages/sdk/src/index.ts'
import type { Messenger } from '../../packages/sdk/src/index.ts'
import { createWebhook } from '../../packages/sdk/src/webhook/index.ts'
import { createBot } from './chat.mjs'
import { addressOf, appId, poolSize, silentMessenger } from './database.ts'
import type { BenchDatabase } from './database.ts'
import type { Measured } from './report.ts'
import { interleave, median, ratio } from './rounds.ts'
import { appSecret, messageBody } from './webhooks.ts'
import type { SignedBody } from './webhooks.ts'

interface WholeSample {
  readonly nodeUs: number
  readonly databaseUs: number
  readonly perSecond: number
}

/** One library with everything it needs, open. */
interface Loop {
  /** Takes the bodies in, 64 at a time, and resolves when each is answered and that is noted. */
  run(bodies: readonly SignedBody[]): Promise<void>
  stop(): Promise<void>
}

/** T8: a message in, its reply handed over in the same process, and the mark that it was sent. No sockets to Graph. */
export async function measureWhole(
  database: BenchDatabase,
  rounds: number,
  scale: number,
): Promise<readonly Measured[]> {
  const candidate = (name: string, open: () => Promise<Loop>, count: number) => ({
    name,
    run: () => measure(database, open, count),
  })
  const samples = await interleave(
    [
      candidate('own', () => openOwn(database), 500 * scale),
      candidate('chat+state-pg', () => openChatOverPostgres(database), 100 * scale),
      candidate('chat+memory', () => openChat(createMemoryState()), 500 * scale),
    ],
    rounds,
  )
  const own = samples('own')
  const row = (other: string, target: number): Measured => ({
    id: 'T8',
    what: `CPU of message in, reply, sent mark, vs ${other}`,
    value: ratio(own.map(cpuOf), samples(other).map(cpuOf)),
    target,
    better: 'lower',
    unit: 'x',
    figures: `${describe(own)}; other ${describe(samples(other))}`,
    why: 'a message and its reply insert ten rows under row-level security, foreign keys and checks, also where ten conversations share a statement, and lanes are completed one by one; the prototype stored a text',
  })
  return [row('chat+state-pg', 1 / 25), row('chat+memory', 1 / 2)]
}

async function measure(
  database: BenchDatabase,
  open: () => Promise<Loop>,
  count: number,
): Promise<WholeSample> {
  const loop = await open()
  // Each of the connections plans each statement once.
  const [warmUp, bodies] = [makeBodies(512), makeBodies(count)]
  await loop.run(warmUp)
  await analyze(database)
  const [node, before, from] = [process.cpuUsage(), database.cpu(), performance.now()]
  await loop.run(bodies)
  const { user, system } = process.cpuUsage(node)
  const sample = {
    nodeUs: (user + system) / count,
    databaseUs: (database.cpu() - before) / count,
    perSecond: count / ((performance.now() - from) / 1_000),
  }
  await loop.stop()
  return sample
}

// Both sides get the statistics that autovacuum would have made by then.
async function analyze({ host }: BenchDatabase): Promise<void> {
  const admin = new pg.Client(addressOf(host))
  await admin.connect()
  await admin.query('analyze')
  await admin.end()
}

let made = 0

// Everybody writes once: nobody's messages are put together into one turn, and nobody is taken for a loop.
function makeBodies(count: number): readonly SignedBody[] {
  return Array.from({ length: count }, () => {
    made += 1
    return messageBody(100_000 + made, `whole-${made}`, 'hi')
  })
}

async function openOwn({ host, tenantId }: BenchDatabase): Promise<Loop> {
  const client = createPgClient({ ...addressOf(host), maxConnections: poolSize })
  let sent = 0
  const messenger: Messenger = {
    ...silentMessenger,
    markRead: async () => 'done',
    send: async () => {
      sent += 1
      return { kind: 'accepted', providerMessageId: `wamid.whole-${tenantId}-${made}-${sent}` }
    },
  }
  const auronx = createAuronx({ storage: createPostgresStorage(client), messenger })
  const stop = new AbortController()
  const working = auronx.work({ signal: stop.signal })
  const webhook = createWebhook({
    appSecrets: [appSecret],
    verifyTokens: ['bench'],
    clock: createSystemClock(),
    accept: async (events) => {
      await auronx.inbox.accept(events, { appId })
    },
  })
  const actor = systemActor(tenantId)
  return {
    async run(bodies) {
      const goal = sent + bodies.length
      await inTurns(bodies, async ({ bytes, signature }) => {
        const { status } = await webhook.receive(bytes, [signature])
        if (status !== 200) throw new Error(`The webhook answered ${status}`)
      })
      while (sent < goal) await pause(2)
      // Sent marks are stored after the send; asking for them costs the database, so it is asked seldom.
      const states = ['queued', 'sending'] as const
      while ((await auronx.outbox.list(actor, { states, limit: 1 })).length > 0) await pause(50)
    },
    async stop() {
      stop.abort()
      await working
      await client.end()
    },
  }
}

async function openChatOverPostgres({ host }: BenchDatabase): Promise<Loop> {
  const pool = new pg.Pool({ ...addressOf(host), max: poolSize })
  const loop = await openChat(createPostgresState({ client: pool }))
  return {
    ...loop,
    async stop() {
      await loop.stop()
      await pool.end()
    },
  }
}

/** Their adapter knows no other way out than the platform's `fetch`, which answers here without leaving. */
async function openChat(state: object): Promise<Loop> {
  const platform = globalThis.fetch
  let sent = 0
  globalThis.fetch = async () => {
    sent += 1
    const contacts = [{ input: 'x', wa_id: 'x' }]
    const messages = [{ id: `wamid.whole-chat-${sent}` }]
    return Response.json({ messaging_product: 'whatsapp', contacts, messages })
  }
  const bot = createBot(state, (thread: { post(text: string): Promise<unknown> }) =>
    thread.post('Hello! What would you like?'),
  )
  return {
    async run(bodies) {
      const goal = sent + bodies.length
      await inTurns(bodies, async ({ bytes, signature }) => {
        const { status, done } = await bot.receive(bytes, signature)
        await done
        if (status !== 200) throw new Error(`The Chat SDK answered ${status}`)
      })
      if (sent !== goal) throw new Error(`The Chat SDK answered ${sent} of ${goal} messages`)
    },
    async stop() {
      await bot.stop()
      globalThis.fetch = platform
    },
  }
}

async function inTurns(
  bodies: readonly SignedBody[],
  take: (body: SignedBody) => Promise<void>,
): Promise<void> {
  const pending = bodies.values()
  const lane = async (): Promise<void> => {
    for (const body of pending) await take(body)
  }
  await Promise.all(Array.from({ length: 64 }, lane))
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms))
}

function cpuOf({ nodeUs, databaseUs }: WholeSample): number {
  return nodeUs + databaseUs
}

function describe(samples: readonly WholeSample[]): string {
  const of = (pick: (sample: WholeSample) => number): string => median(samples.map(pick)).toFixed(0)
  return `${of(({ perSecond }) => perSecond)}/s, CPU Node ${of(({ nodeUs }) => nodeUs)} + database ${of(({ databaseUs }) => databaseUs)} us`
}
