import { once } from 'node:events'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as after } from 'node:timers/promises'
import pg from 'pg'
import { PgBoss } from 'pg-boss'
import { startChild } from './child.ts'
import type { Child } from './child.ts'
import { addressOf, poolSize } from './database.ts'
import type { BenchDatabase } from './database.ts'
import { fire, toRequest } from './load.ts'
import type { Measured } from './report.ts'
import { interleave, median, ratio } from './rounds.ts'
import { messageBody } from './webhooks.ts'
import { openWire } from '../../packages/adapters/src/postgres/wire.fixture.ts'

const perSecond = 20

/** T13: from a customer's message until the reply leaves, everything durable; and the database flights of one reply. */
export async function measureLoop(
  database: BenchDatabase,
  rounds: number,
  scale: number,
): Promise<readonly Measured[]> {
  const admin = new pg.Client(addressOf(database.host))
  await admin.connect()
  await admin.query('truncate auronx.inbox, auronx.lanes cascade')
  await admin.end()
  const graph = await openGraph()
  const child = await startChild('loop-server.ts', [database.host, graph.url])
  try {
    const count = 20 * scale
    const samples = await interleave(
      [
        { name: 'own', run: () => reply(child, graph, count) },
        { name: 'pg-boss', run: () => poll(database, count) },
      ],
      rounds,
    )
    const own = samples('own')
    const flights = await countFlights(database, graph)
    return [
      {
        id: 'T13',
        what: 'message in to reply out vs pg-boss polling twice a second',
        value: ratio(samples('pg-boss'), own),
        target: 50,
        better: 'higher',
        unit: 'x',
        figures: `p50 ${median(own).toFixed(1)} ms; other ${median(samples('pg-boss')).toFixed(0)} ms, at ${perSecond}/s`,
        why: 'a reply stores contact, conversation, messages, events and intent (see T12); the prototype stored a text and echoed it',
      },
      flights,
    ]
  } finally {
    await child.stop()
    await graph.stop()
  }
}

interface Graph {
  readonly url: string
  /** When the first reply to a customer arrived. */
  arrival(customer: number): Promise<number>
  stop(): Promise<void>
}

async function openGraph(): Promise<Graph> {
  const arrivals = new Map<number, number>()
  let sent = 0
  const server = createServer(async (request, response) => {
    const body = await text(request)
    const now = performance.now()
    const match = /999(\d{9})|ES\.1(\d{6})/.exec(body)
    const isRead = body.includes('"status":"read"')
    const customer = Number(match?.[1] ?? match?.[2] ?? -1)
    if (!isRead && !arrivals.has(customer)) arrivals.set(customer, now)
    sent += 1
    response.setHeader('content-type', 'application/json')
    response.end(
      JSON.stringify({
        success: true,
        messaging_product: 'whatsapp',
        contacts: [{ input: 'x', wa_id: 'x' }],
        messages: [{ id: `wamid.bench-reply-${sent}` }],
      }),
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    async arrival(customer) {
      for (let waited = 0; waited < 10_000; waited += 5) {
        const at = arrivals.get(customer)
        if (at !== undefined) return at
        await after(5)
      }
      throw new Error('No reply came')
    },
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

let customers = 10_000

async function reply(child: Child, graph: Graph, count: number): Promise<number> {
  const pending: Promise<number>[] = []
  for (let index = 0; index < count; index += 1) {
    customers += 1
    const customer = customers
    const request = toRequest(messageBody(customer, `loop-${customer}`, 'hi'))
    const from = performance.now()
    pending.push(
      fire(child.port, [request], 1)
        .then(() => graph.arrival(customer))
        .then((at) => at - from),
    )
    await after(1_000 / perSecond)
  }
  return median(await Promise.all(pending))
}

async function poll({ host }: BenchDatabase, count: number): Promise<number> {
  const boss = new PgBoss({ ...addressOf(host), max: poolSize, supervise: false, schedule: false })
  boss.on('error', (error) => console.error(error.message))
  await boss.start()
  await boss.createQueue('bench_poll')
  const times: number[] = []
  const options = { pollingIntervalSeconds: 0.5, batchSize: 32 }
  await boss.work<{ readonly at: number }>('bench_poll', options, async (jobs) => {
    for (const job of jobs) times.push(performance.now() - job.data.at)
  })
  for (let index = 0; index < count; index += 1) {
    await boss.send('bench_poll', { at: performance.now() })
    await after(1_000 / perSecond)
  }
  for (let waited = 0; times.length < count && waited < 5_000; waited += 50) await after(50)
  await boss.stop({ graceful: false })
  return median(times)
}

// What the worker asks by itself, with or without a message.
const polls = /^(?:claim_|next_|prune_|recover|due_)/

async function countFlights(database: BenchDatabase, graph: Graph): Promise<Measured> {
  const wire = await openWire(database.host)
  const child = await startChild('loop-server.ts', [wire.host, graph.url])
  // The first ones open connections, learn the route and prepare statements.
  for (let index = 0; index < 3; index += 1) await reply(child, graph, 1)
  await after(300)
  wire.take()
  await reply(child, graph, 1)
  await after(300)
  const flights = wire.take()
  await child.stop()
  await wire.stop()
  const own = flights.filter((names) => !names.every((name) => polls.test(name)))
  // The way to the reply ends with the commit of its intent; how the send ended is stored after the customer has it.
  const end = own.findIndex((names) => names.includes('outbox_insert'))
  const settlement = own.slice(end + 1)
  const asking = flights.length - own.length
  return {
    id: 'T12',
    what: 'database flights of a menu reply to a newcomer, acceptance included',
    value: end + 1,
    target: 3,
    better: 'exact',
    unit: '',
    figures: `${own
      .slice(0, end + 1)
      .map((names) => names.join('+'))
      .join(
        ' | ',
      )}; after the reply left ${settlement.length} more (${settlement.map((names) => names.join('+')).join(' | ')}), and ${asking} of the worker asking for work`,
    why: 'a statement waits for the answer of another one',
  }
}
