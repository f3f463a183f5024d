import pg from 'pg'
import {
  createPgClient,
  createPostgresInboxStore,
  createPostgresLaneQueue,
  createPostgresLaneStore,
  createPostgresWork,
  defaultNames,
} from '../../packages/adapters/src/postgres/index.ts'
import {
  asId,
  createIds,
  createRandom,
  createSystemClock,
  silentLogger,
} from '../../packages/sdk/src/index.ts'
import type { AcceptItem, TenantId } from '../../packages/sdk/src/index.ts'
import { createLaneSource, createWorker } from '../../packages/sdk/src/lanes/index.ts'
import { addressOf, poolSize } from './database.ts'
import type { BenchDatabase } from './database.ts'
import { createWatch, warmUp } from './deliveries.ts'
import type { Queued, Watch } from './deliveries.ts'

/** Stores the messages, then handles them with our worker until all are done or the time is up. */
export async function runLanes(
  { host, tenantId }: BenchDatabase,
  queue: readonly Queued[],
  open: () => Watch,
  maxMs: number,
): Promise<{ readonly watch: Watch; readonly ms: number }> {
  const client = createPgClient({ ...addressOf(host), maxConnections: poolSize })
  // Opens the connections and prepares the statements before the time counts.
  const prepare = (store: () => Promise<void>): Promise<void> => prepared(host, store)
  await drain(client, tenantId, warmUp, { open: createWatch, maxMs, prepare })
  const result = await drain(client, tenantId, queue, { open, maxMs, prepare })
  await client.end()
  return result
}

/** Runs `store` on empty tables and counts what is in them then. */
async function prepared(host: string, store: () => Promise<void>): Promise<void> {
  const admin = new pg.Client(addressOf(host))
  await admin.connect()
  await admin.query('truncate auronx.inbox, auronx.lanes cascade')
  await store()
  await admin.query('analyze')
  await admin.end()
}

interface Drain {
  readonly open: () => Watch
  readonly maxMs: number
  prepare(store: () => Promise<void>): Promise<void>
}

async function drain(
  client: ReturnType<typeof createPgClient>,
  tenantId: TenantId,
  queue: readonly Queued[],
  { open, maxMs, prepare }: Drain,
): Promise<{ readonly watch: Watch; readonly ms: number }> {
  const clock = createSystemClock()
  const random = createRandom()
  const ids = createIds(clock, random)
  const inbox = createPostgresInboxStore(client, defaultNames.schema)
  const items = queue.map((queued): AcceptItem => ({
    tenantId,
    channelId: asId('ChannelId', tenantId),
    id: ids.next('InboxEventId'),
    dedupHash: hex(`${queued.conversation}-${queued.place}`),
    laneKey: hex(queued.conversation),
    kind: 'message',
    payload: Buffer.from(JSON.stringify(queued)),
    receivedAt: clock.now(),
  }))
  await prepare(async () => {
    for (let index = 0; index < items.length; index += 500)
      await inbox.accept(items.slice(index, index + 500), { now: clock.now() })
  })
  const work = createPostgresWork(client, defaultNames, (sql, tenant) => ({
    lanes: createPostgresLaneStore(sql, tenant),
  }))
  const byId = new Map(items.map((item, index) => [item.id, queue[index]]))
  const watch = open()
  const stop = new AbortController()
  const from = performance.now()
  const source = createLaneSource({
    queue: createPostgresLaneQueue(client, defaultNames.schema),
    work,
    clock,
    random,
    logger: silentLogger,
    wake: () => worker.wake('lanes'),
    async handle(_grant, events) {
      for (const event of events) {
        const queued = byId.get(event.id)
        if (queued === undefined) throw new Error('An event nobody stored')
        await watch.handle(queued)
      }
      if (watch.handled >= queue.length) stop.abort()
      return { kind: 'handled', events: events.map(({ id }) => ({ id, trace: [] })) }
    },
  })
  const worker = createWorker({ sources: [source], clock, logger: silentLogger })
  await worker.run({ signal: AbortSignal.any([stop.signal, AbortSignal.timeout(maxMs)]) })
  return { watch, ms: performance.now() - from }
}

function hex(text: string): string {
  return Buffer.from(text).toString('hex').padEnd(64, '0')
}
