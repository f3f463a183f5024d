import pg from 'pg'
import { startChild } from './child.ts'
import type { Child } from './child.ts'
import { addressOf } from './database.ts'
import type { BenchDatabase } from './database.ts'
import { fire, toRequest } from './load.ts'
import type { Volley } from './load.ts'
import type { Measured } from './report.ts'
import { interleave, median, ratio } from './rounds.ts'
import { messageBody } from './webhooks.ts'
import { openWire } from '../../packages/adapters/src/postgres/wire.fixture.ts'

const ownKinds = ['floor', 'front', 'durable', 'koa', 'autocommit', 'transaction'] as const
const peers = ['whatsapp-api-js', 'builderbot', 'chat+memory'] as const
const kinds = [...ownKinds, ...peers] as const
type Kind = (typeof kinds)[number]

interface AckSample extends Volley {
  readonly nodeUs: number
  readonly databaseUs: number
}

type Samples = (kind: Kind) => readonly AckSample[]

/** T3 to T7: acknowledging webhooks, and the database flights of one acknowledgement. */
export async function measureAck(
  database: BenchDatabase,
  rounds: number,
  scale: number,
): Promise<readonly Measured[]> {
  await makeTables(database)
  const children = new Map<Kind, Child>()
  try {
    for (const kind of kinds) children.set(kind, await startServer(kind, database))
    const busy = await compare(database, kinds, children, rounds, {
      requests: 1_000 * scale,
      connections: 64,
    })
    for (const peer of peers) await children.get(peer)?.stop()
    const idle = await compare(database, ownKinds, children, rounds, {
      requests: 100 * scale,
      connections: 1,
    })
    return [...busyResults(busy), ...idleResults(idle), await countFlights(database)]
  } finally {
    for (const child of children.values()) await child.stop()
  }
}

function startServer(kind: Kind, { host }: BenchDatabase): Promise<Child> {
  return kind === 'builderbot'
    ? startChild('builderbot-server.mjs', [])
    : startChild('ack-server.ts', [kind, host])
}

async function makeTables({ host }: BenchDatabase): Promise<void> {
  const client = new pg.Client(addressOf(host))
  await client.connect()
  await client.query(`create table bench_conversation(id text primary key, last_at timestamptz);
    create table bench_inbox(id bigserial primary key, key text unique, conversation text, payload text)`)
  await client.end()
}

async function compare(
  database: BenchDatabase,
  compared: readonly Kind[],
  children: ReadonlyMap<Kind, Child>,
  rounds: number,
  { requests, connections }: { readonly requests: number; readonly connections: number },
): Promise<Samples> {
  const measure = async (kind: Kind): Promise<AckSample> => {
    const child = children.get(kind)
    if (child === undefined) throw new Error(`${kind} is not running`)
    const isSlow = kind === 'transaction' || kind === 'chat+memory'
    const count = isSlow ? Math.ceil(requests / 4) : requests
    const volley = makeRequests(count)
    const [nodeBefore, databaseBefore] = [await child.cpu(), database.cpu()]
    const result = await fire(child.port, volley, connections)
    const nodeUs = ((await child.cpu()) - nodeBefore) / count
    return { ...result, nodeUs, databaseUs: (database.cpu() - databaseBefore) / count }
  }
  return interleave(
    compared.map((kind) => ({ name: kind, run: () => measure(kind) })),
    rounds,
  )
}

let made = 0

function makeRequests(count: number): readonly Buffer[] {
  return Array.from({ length: count }, () => {
    made += 1
    return toRequest(messageBody(made % 500, `ack-${made}`))
  })
}

function busyResults(samples: Samples): readonly Measured[] {
  const rate = (over: Kind, under: Kind): number =>
    ratio(speeds(samples(over)), speeds(samples(under)))
  const row = (id: string, what: string, over: Kind, under: Kind, target: number): Measured => ({
    id,
    what,
    value: rate(over, under),
    target,
    better: 'higher',
    unit: 'x',
    figures: `${describe(samples(over))}; other ${describe(samples(under))}`,
    why: whyDurable,
  })
  return [
    {
      id: 'T3',
      what: 'ack without durability, before Koa, vs bare node:http, CPU',
      value: ratio(
        samples('floor').map(({ nodeUs }) => nodeUs),
        samples('front').map(({ nodeUs }) => nodeUs),
      ),
      target: 0.95,
      better: 'higher',
      unit: 'x',
      figures: `${describe(samples('front'))}; other ${describe(samples('floor'))}`,
      why: 'request ids, security headers, bounded body reading and complete events come on top of the bare calls',
    },
    row('T4', 'durable ack, direct, vs bare node:http, 64 connections', 'durable', 'floor', 0.7),
    row('T4', 'durable ack through Koa vs bare node:http', 'koa', 'floor', 0.5),
    row('T5', 'durable ack vs one autocommit insert a request', 'durable', 'autocommit', 2.3),
    row('T5', 'durable ack vs BEGIN, 3 statements, COMMIT', 'durable', 'transaction', 9),
    row('T6', 'durable ack vs whatsapp-api-js, not durable', 'durable', 'whatsapp-api-js', 0.95),
    row('T6', 'durable ack vs BuilderBot, no signatures', 'durable', 'builderbot', 1.1),
    row('T6', 'durable ack vs Chat SDK, memory state', 'durable', 'chat+memory', 5),
  ]
}

const whyDurable =
  'an event is written with tenant, channel, lane and ordinal into four indexes, its lane into two; one that comes alone has a statement of its own, of which most is commit and start'

function idleResults(samples: Samples): readonly Measured[] {
  const row = (under: Kind, what: string, target: number): Measured => ({
    id: 'T7',
    what: `p50 of one connection, durable vs ${what}`,
    value: ratio(
      samples('durable').map(({ p50Ms }) => p50Ms),
      samples(under).map(({ p50Ms }) => p50Ms),
    ),
    target,
    better: 'lower',
    unit: 'x',
    figures: `${median(samples('durable').map(({ p50Ms }) => p50Ms)).toFixed(2)} ms; other ${median(
      samples(under).map(({ p50Ms }) => p50Ms),
    ).toFixed(2)} ms`,
    why: whyDurable,
  })
  return [row('autocommit', 'autocommit insert', 1.2), row('transaction', 'transaction', 0.65)]
}

function speeds(samples: readonly AckSample[]): readonly number[] {
  return samples.map(({ perSecond }) => perSecond)
}

function describe(samples: readonly AckSample[]): string {
  const of = (pick: (sample: AckSample) => number): string => median(samples.map(pick)).toFixed(0)
  return `${of(({ perSecond }) => perSecond)}/s, CPU Node ${of(({ nodeUs }) => nodeUs)} + database ${of(({ databaseUs }) => databaseUs)} us`
}

async function countFlights(database: BenchDatabase): Promise<Measured> {
  const wire = await openWire(database.host)
  const child = await startChild('ack-server.ts', ['durable', wire.host])
  const count = 20
  // The first ones open the connections and learn the route.
  await fire(child.port, makeRequests(5), 1)
  wire.take()
  await fire(child.port, makeRequests(count), 1)
  const flights = wire.take()
  await child.stop()
  await wire.stop()
  return {
    id: 'T12',
    what: 'database flights of a durable ack',
    value: flights.length / count,
    target: 1,
    better: 'exact',
    unit: '',
    figures: [...new Set(flights.flat())].join(', '),
  }
}
