import { createIds, createRandom, createSystemClock, systemActor } from '@auronx/sdk'
import type { DomainEvent, TenantId } from '@auronx/sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPostgresEventStore, settled } from './events.ts'
import { defaultNames } from './tenant.ts'
import { openPostgres, openSubject } from './testing.ts'
import type { TestEngine } from './testing.ts'
import { createPostgresWork } from './work.ts'

const random = createRandom()
const ids = createIds(createSystemClock(), random)
let engine: TestEngine
let tenantId: TenantId

beforeAll(async () => {
  engine = await openPostgres()
  const { tenants } = await openSubject(engine, () => ({}))
  tenantId = tenants[0]
})

afterAll(() => engine.close())

function work() {
  return createPostgresWork(engine.client, defaultNames, (sql, tenant) => ({
    events: createPostgresEventStore(sql, tenant),
  }))
}

function made(): DomainEvent {
  return {
    id: ids.next('OrderId'),
    tenantId,
    type: 'order.changed',
    schema: 1,
    aggregateType: 'order',
    aggregateId: ids.next('OrderId'),
    aggregateVersion: 1,
    occurredAt: new Date(),
    actor: systemActor(tenantId),
    correlationId: 'c-1',
    data: {},
  }
}

/** A transaction that wrote an event and stays open until it is told how to end. */
async function writeSlowly(
  event: DomainEvent,
): Promise<(how: 'commit' | 'abort') => Promise<void>> {
  const written = Promise.withResolvers<void>()
  const told = Promise.withResolvers<'commit' | 'abort'>()
  const ending = work().run(tenantId, async ({ events }) => {
    await events.append([event])
    await events.ofAggregate('order', event.aggregateId)
    written.resolve()
    if ((await told.promise) === 'abort') throw new Error('given up')
  })
  ending.catch(() => undefined)
  await written.promise
  return async (how) => {
    told.resolve(how)
    await ending.catch(() => undefined)
  }
}

const write = (event: DomainEvent): Promise<void> =>
  work().run(tenantId, ({ events }) => events.append([event]))

async function readOn(after: string | undefined): Promise<readonly string[]> {
  const found = await work().run(tenantId, ({ events }) =>
    events.since({ limit: 500, ...(after === undefined ? {} : { after }) }),
  )
  return found.map(({ id }) => id)
}

/** Reads on until so much has come: what is settled depends on everybody's open transactions. */
async function readUntil(after: string | undefined, count: number): Promise<readonly string[]> {
  for (let tries = 0; tries < 500; tries += 1) {
    const found = await readOn(after)
    if (found.length >= count) return found
  }
  return readOn(after)
}

test('an event of a transaction that commits late is neither missed nor overtaken', async () => {
  const [slow, fast, later] = [made(), made(), made()]
  const end = await writeSlowly(slow)
  await write(fast)
  expect(await readOn(undefined)).toEqual([])
  await end('commit')
  expect(await readUntil(undefined, 2)).toEqual([slow.id, fast.id])
  await write(later)
  expect(await readUntil(fast.id, 1)).toEqual([later.id])
})

test('a transaction that is given up holds up no longer than until its end', async () => {
  const last = (await readOn(undefined)).at(-1)
  const [dropped, kept] = [made(), made()]
  const end = await writeSlowly(dropped)
  await write(kept)
  expect(await readOn(last)).toEqual([])
  await end('abort')
  expect(await readUntil(last, 1)).toEqual([kept.id])
})

test('a reader that follows many writers, slow and fast, sees each event once', async () => {
  let last = (await readOn(undefined)).at(-1)
  const seen: string[] = []
  const wanted: string[] = []
  const follow = async (): Promise<void> => {
    const found = await readOn(last)
    seen.push(...found)
    last = found.at(-1) ?? last
  }
  const open: (() => Promise<void>)[] = []
  for (let step = 0; step < 200; step += 1) {
    const event = made()
    const chance = random.bytes(1)[0] ?? 0
    const isKept = chance % 4 !== 0
    if (isKept) wanted.push(event.id)
    if (isKept && chance % 2 === 0) await write(event)
    else {
      const end = await writeSlowly(event)
      open.push(() => end(isKept ? 'commit' : 'abort'))
    }
    if (open.length > 4) await open.splice(chance % open.length, 1)[0]?.()
    if (chance % 3 === 0) await follow()
  }
  for (const end of open) await end()
  for (let tries = 0; tries < 500 && seen.length < wanted.length; tries += 1) await follow()
  console.info(`${wanted.length} events of 200 interleaved transactions`)
  expect(seen.toSorted()).toEqual(wanted.toSorted())
})

test('a transaction that is open in another database of the server holds nothing up', async () => {
  const last = (await readOn(undefined)).at(-1)
  const elsewhere = await openPostgres()
  const [started, told] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const busy = elsewhere.client.transaction([], async (sql) => {
    await sql.query({ name: '', text: 'select pg_current_xact_id()', values: [] })
    started.resolve()
    await told.promise
  })
  await started.promise
  const event = made()
  await write(event)
  expect(await readUntil(last, 1)).toEqual([event.id])
  told.resolve()
  await busy
  await elsewhere.close()
})

test('reading on takes an index, however long the log is', async () => {
  const anchor = (await readOn(undefined)).at(-1) ?? ''
  await engine.admin(`insert into auronx.domain_events (tenant_id, id, type, schema, aggregate_type, aggregate_id,
      aggregate_version, occurred_at, actor, correlation_id, data)
    select '${tenantId}', gen_random_uuid(), 'order.changed', 1, 'order', n::text, 1, now(), '{}', 'c', '{}'
    from generate_series(1, 5000) n`)
  await engine.admin('analyze auronx.domain_events')
  const plan =
    await engine.admin(`explain select * from auronx.domain_events where tenant_id = '${tenantId}'
      and ${settled} and (transaction_id, id) > (select transaction_id, id from auronx.domain_events
        where tenant_id = '${tenantId}' and id = '${anchor}')
    order by transaction_id, id limit 50`)
  const lines = plan.map((row) => String(row['QUERY PLAN'])).join('\n')
  expect(lines).toContain('Index Scan using domain_events_log')
  expect(lines).not.toMatch(/Seq Scan on domain_events|Sort/)
})
