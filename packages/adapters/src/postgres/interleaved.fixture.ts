import { asId, createIds, isAuronxError } from '@auronx/sdk'
import type { TenantId } from '@auronx/sdk'
import { createFakeClock, createSeededRandom } from '@auronx/sdk/testing'
import { sqlState } from './errors.ts'
import { createPostgresAccountStore } from './accounts.ts'
import type { Sql, SqlClient, SqlStatement, Transaction } from './sql.ts'
import { defaultNames, tenantPrologue } from './tenant.ts'
import { seedTenant } from './testing.ts'
import type { TestEngine } from './testing.ts'
import { createPostgresWork } from './work.ts'

/** How a transaction of the run ends. */
export const fates = [
  'committed',
  'savepoint',
  'thrown',
  'failed',
  'swallowed',
  'timed-out',
  'cancelled',
  'killed',
] as const
type Fate = (typeof fates)[number]

/** What a run counted. Whatever is foreign, strayed or revived is a leak. */
export interface Interleaved {
  readonly transactions: number
  /** How many ended as they were meant to. A cancellation that came too late meets somebody else. */
  readonly ends: Readonly<Record<Fate | 'hit-by-another', number>>
  /** Rows that a tenant's own transactions read. */
  readonly ownRead: number
  /** Rows of another tenant that a transaction read. */
  readonly foreignRead: number
  /** Attempts to insert, change or delete a row of another tenant. */
  readonly foreignTried: number
  /** Those that did, by what statements returned and by what is stored in the end. */
  readonly foreignWritten: number
  /** Rows seen or roles kept by statements outside of every transaction. */
  readonly strayed: number
  /** Rows that are stored although their transaction was rolled back. */
  readonly revived: number
}

/** What is run, over which client. */
export interface Interleaving {
  readonly engine: TestEngine
  /** Connections are few, and statements time out after {@link timeoutMs}. */
  readonly client: SqlClient
  readonly seed: number
  readonly transactions: number
  /** Default: the one that every unit of work begins with. */
  readonly prologue?: (tenantId: TenantId) => SqlStatement
}

/** Give it to the client as `statementTimeoutMs`: short, so that many can run into it. */
export const timeoutMs = 60
const workers = 8
const tenantCount = 5

interface Planned {
  readonly index: number
  readonly tenantId: TenantId
  readonly rowId: string
  readonly fate: Fate
  /** A cancellation leaves without being waited for, and may meet whoever has the connection then. */
  readonly isLate: boolean
}

interface Run extends Interleaving {
  readonly tenants: readonly TenantId[]
  readonly counts: Record<keyof Omit<Interleaved, 'transactions' | 'ends'>, number>
  readonly ends: Record<Fate | 'hit-by-another', number>
  /** Rows written of late by anybody: what a transaction aims at. */
  readonly recent: Pick<Planned, 'rowId' | 'tenantId'>[]
  /** Rows of transactions that did not commit. */
  readonly undone: string[]
}

/** Runs transactions of several tenants over few connections, ends them in every way, and counts what leaked. */
export async function interleave(asked: Interleaving): Promise<Interleaved> {
  const { engine, transactions } = asked
  const run = await begin(asked)
  const plan = planned(run)
  const worker = async (): Promise<void> => {
    for (let next = plan.shift(); next !== undefined; next = plan.shift()) await one(run, next)
  }
  await Promise.all(Array.from({ length: workers }, worker))
  const [stored] = await engine.admin(`select
    count(*) filter (where content_type <> tenant_id::text) as foreign_rows,
    count(*) filter (where id::text = any ('{${run.undone.join(',')}}')) as revived
    from auronx.blobs`)
  run.counts.foreignWritten += Number(stored?.['foreign_rows'])
  run.counts.revived += Number(stored?.['revived'])
  return { transactions, ends: run.ends, ...run.counts }
}

async function begin(asked: Interleaving): Promise<Run> {
  const { engine, seed } = asked
  await engine.admin('delete from auronx.blobs')
  const ids = createIds(createFakeClock(), createSeededRandom(seed))
  const accounts = createPostgresWork(engine.client, defaultNames, (sql, tenantId) => ({
    accounts: createPostgresAccountStore(sql, tenantId),
  }))
  const tenants = Array.from({ length: tenantCount }, () => ids.next('TenantId'))
  for (const [index, tenantId] of tenants.entries())
    await seedTenant(accounts, tenantId, seed * 10 + index, ids)
  const zero = { ownRead: 0, foreignRead: 0, foreignTried: 0, foreignWritten: 0 }
  return {
    ...asked,
    tenants,
    counts: { ...zero, strayed: 0, revived: 0 },
    ends: {
      committed: 0,
      savepoint: 0,
      thrown: 0,
      failed: 0,
      swallowed: 0,
      'timed-out': 0,
      cancelled: 0,
      killed: 0,
      'hit-by-another': 0,
    },
    recent: [],
    undone: [],
  }
}

function planned({ seed, transactions, tenants }: Run): Planned[] {
  const chance = createSeededRandom(seed + 1)
  const ids = createIds(createFakeClock(), chance)
  return Array.from({ length: transactions }, (_, index) => {
    const [who = 0, how = 0, late = 0] = chance.bytes(3)
    return {
      index,
      tenantId: tenants[who % tenants.length] ?? asId('TenantId', ''),
      rowId: ids.next('BlobId'),
      fate: fateOf(how),
      isLate: late < 64,
    }
  })
}

function fateOf(byte: number): Fate {
  if (byte < 90) return 'committed'
  if (byte < 130) return 'savepoint'
  if (byte < 170) return 'thrown'
  if (byte < 200) return 'failed'
  if (byte < 230) return 'swallowed'
  if (byte < 236) return 'timed-out'
  return byte < 252 ? 'cancelled' : 'killed'
}

async function one(run: Run, plan: Planned): Promise<void> {
  const { client, prologue = (tenantId) => tenantPrologue(tenantId, defaultNames) } = run
  const { tenantId, fate, rowId } = plan
  const outcome: unknown = await client
    .transaction([prologue(tenantId)], async (sql) => {
      await lookAround(run, sql, tenantId)
      await write(run, sql, plan)
      await end(run, sql, plan)
      await lookAround(run, sql, tenantId)
    })
    .then(
      () => 'committed',
      (error: unknown) => error,
    )
  run.ends[isMeant(fate, outcome) ? fate : 'hit-by-another'] += 1
  if (outcome !== 'committed') run.undone.push(rowId)
  await lookOutside(run)
}

async function lookAround({ counts }: Run, sql: Sql, tenantId: TenantId): Promise<void> {
  const [row] = await sql.query({
    name: 'look',
    text: `select count(*) filter (where tenant_id = $1) as own, count(*) filter (where tenant_id <> $1) as other
      from auronx.blobs`,
    values: [tenantId],
  })
  counts.ownRead += Number(row?.['own'])
  counts.foreignRead += Number(row?.['other'])
}

async function write({ recent, counts }: Run, sql: Sql, plan: Planned): Promise<void> {
  const { tenantId, rowId, index } = plan
  await sql.query({
    name: 'write',
    text: `insert into auronx.blobs (tenant_id, id, content_type, started_at) values ($1, $2, $1::uuid::text, now())`,
    values: [tenantId, rowId],
  })
  recent.push(plan)
  const aimed = recent.slice(-20)
  const verb =
    index % 2 === 0 ? 'delete from auronx.blobs' : 'update auronx.blobs set started_at = now()'
  const touched = await sql.query({
    name: 'aim',
    text: `with hit as (select id from auronx.blobs where id = any ($1::uuid[]) and id <> $2 for update skip locked)
      ${verb} where id in (select id from hit) returning tenant_id::text as tenant`,
    values: [aimed.map((row) => row.rowId), rowId],
  })
  counts.foreignTried += aimed.filter((row) => row.tenantId !== tenantId).length
  counts.foreignWritten += touched.filter((row) => row['tenant'] !== tenantId).length
}

async function end(run: Run, sql: Transaction, { fate, tenantId, isLate }: Planned): Promise<void> {
  switch (fate) {
    case 'committed':
      return
    case 'savepoint':
      return insertForeign(run, sql, tenantId)
    case 'thrown':
      throw new Error('The body gives up')
    case 'failed':
      await text(sql, 'select 1 / 0')
      return
    case 'swallowed':
      await text(sql, 'select 1 / 0').catch(() => undefined)
      return
    case 'timed-out':
      await text(sql, 'select pg_sleep(10)')
      return
    case 'cancelled':
    case 'killed':
      await interrupt(run, sql, fate, isLate)
  }
}

// As a body may: a failed statement is taken back, the transaction goes on and commits what was before it.
async function insertForeign(run: Run, sql: Sql, tenantId: TenantId): Promise<void> {
  const foreign = run.tenants.find((id) => id !== tenantId) ?? tenantId
  await text(sql, 'savepoint one')
  run.counts.foreignTried += 1
  await sql
    .query({
      name: 'foreign',
      text: `insert into auronx.blobs (tenant_id, id, content_type, started_at)
        values ($1, gen_random_uuid(), $2, now())`,
      values: [foreign, tenantId],
    })
    .then(
      () => {
        run.counts.foreignWritten += 1
      },
      (error: unknown) => {
        if (sqlState(error) !== '42501') throw error
      },
    )
  await text(sql, 'rollback to savepoint one')
}

async function interrupt(
  { engine }: Run,
  sql: Sql,
  fate: 'cancelled' | 'killed',
  isLate: boolean,
): Promise<void> {
  const [row] = await sql.query({ name: 'pid', text: 'select pg_backend_pid() as pid', values: [] })
  const pid = Number(row?.['pid'])
  const act = fate === 'killed' ? 'pg_terminate_backend' : 'pg_cancel_backend'
  const done = engine.admin(`select ${act}(${pid})`)
  if (fate === 'cancelled' && isLate) return
  await text(sql, 'select pg_sleep(10)')
  await done
}

/** What a connection shows to whoever takes it next without saying who it is. */
async function lookOutside({ client, counts }: Run): Promise<void> {
  const [row] = await client
    .query({
      name: 'outside',
      text: `select count(*) as rows, current_user::text = 'auronx_app' as kept from auronx.blobs`,
      values: [],
    })
    // Somebody's late cancellation, or a connection that was ended while it waited.
    .catch((error: unknown) => {
      if (isAuronxError(error, 'timeout') || isAuronxError(error, 'storage_unavailable')) return []
      throw error
    })
  counts.strayed += Number(row?.['rows'] ?? 0) + (row?.['kept'] === true ? 1 : 0)
}

function isMeant(fate: Fate, outcome: unknown): boolean {
  switch (fate) {
    case 'committed':
    case 'savepoint':
      return outcome === 'committed'
    case 'thrown':
      return outcome instanceof Error && outcome.message === 'The body gives up'
    case 'failed':
      return sqlState(outcome) === '22012'
    case 'swallowed':
      return isAuronxError(outcome, 'internal')
    case 'timed-out':
      return isAuronxError(outcome, 'timeout')
    case 'cancelled':
      return outcome === 'committed' || isAuronxError(outcome, 'timeout')
    case 'killed':
      return isAuronxError(outcome, 'storage_unavailable')
  }
}

async function text(sql: Sql, statement: string): Promise<void> {
  await sql.query({ name: '', text: statement, values: [] })
}
