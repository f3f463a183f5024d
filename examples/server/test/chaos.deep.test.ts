import { createHmac, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPgClient } from '@auronx/adapters/postgres'
import type { SqlClient } from '@auronx/adapters/postgres'
import { startEmbeddedPostgres } from '@auronx/adapters/postgres/embedded'
import { createIds, createRandom, createSystemClock } from '@auronx/sdk'
import { createSimulator } from '@auronx/sdk/simulator'
import type { Simulator } from '@auronx/sdk/simulator'
import { createDice } from './dice.ts'
import { startProcess } from './journeys/server-process.ts'
import type { ServerProcess } from './journeys/server-process.ts'

/** About four minutes on two cores; a smaller run is made by setting these. */
const size = {
  conversations: Number(process.env['CHAOS_CONVERSATIONS'] ?? 50),
  messages: Number(process.env['CHAOS_MESSAGES'] ?? 40),
  senders: 8,
  webs: 2,
  workers: 3,
  duplicates: 0.25,
  /** On a busy machine a process takes longer than this to start, and none would ever work. */
  killEveryMs: Number(process.env['CHAOS_KILL_EVERY_MS'] ?? 1_000),
  seed: Number(process.env['CHAOS_SEED'] ?? 20_261_124),
}
const settleLimitMs = 15 * 60_000

const account = {
  appId: 'chaos-app',
  appSecret: 'chaos-app-secret',
  accessToken: 'chaos-access-token',
  verifyToken: 'chaos-verify-token',
  phoneNumberId: '900000000000001',
  wabaId: '800000000000001',
  displayPhoneNumber: '15550100001',
}

interface Slot {
  readonly role: 'web' | 'worker'
  readonly port: number
  process: ServerProcess | undefined
  /** Settles when the process is up, or failed to come up. */
  starting: Promise<void>
}

const dataDir = mkdtempSync(path.join(tmpdir(), 'auronx-chaos-'))
let client: SqlClient
let simulator: Simulator
let env: Record<string, string> = {}
const slots: Slot[] = []
const over = new AbortController()
const closing: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  const server = await startEmbeddedPostgres({
    dataDir: path.join(dataDir, 'postgres'),
    settings: { max_connections: '120' },
    startTimeoutMs: 60_000,
  })
  closing.push(() => server.stop())
  client = createPgClient({ ...server.connection, maxConnections: 4 })
  closing.push(() => client.end())
  const clock = createSystemClock()
  const random = createRandom()
  simulator = createSimulator({
    clock,
    random,
    ids: createIds(clock, random),
    ...account,
    webhooks: {
      concurrency: 4,
      retryDelaysMs: [200, 500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000],
    },
  })
  closing.push(() => simulator.close())
  const { url } = await simulator.listen()
  const { host, user, database } = server.connection
  env = {
    DATABASE_URL: `postgres://${user}@localhost/${database}?host=${encodeURIComponent(host)}`,
    WHATSAPP_GRAPH_URL: url,
    WHATSAPP_ACCESS_TOKEN: account.accessToken,
    WHATSAPP_APP_SECRET: account.appSecret,
    WHATSAPP_VERIFY_TOKEN: account.verifyToken,
    WHATSAPP_APP_ID: account.appId,
    WHATSAPP_PHONE_NUMBER_ID: account.phoneNumberId,
    WHATSAPP_BUSINESS_ACCOUNT_ID: account.wabaId,
    WHATSAPP_DISPLAY_PHONE_NUMBER: account.displayPhoneNumber,
    AURONX_UNKNOWN_FOR_MS: '5000',
    // Each process has a data folder of its own, and all of them open the same database.
    AURONX_ROOT_KEYS: `1:${randomBytes(32).toString('base64')}`,
    LOG_LEVEL: 'error',
  }
  const roles = [
    ...Array<'web'>(size.webs).fill('web'),
    ...Array<'worker'>(size.workers).fill('worker'),
  ]
  for (const role of roles) {
    const slot: Slot = {
      role,
      port: await freePort(),
      process: undefined,
      starting: Promise.resolve(),
    }
    slots.push(slot)
    // One after the other, so that the first one migrates.
    start(slot)
    await slot.starting
  }
})

afterAll(async () => {
  over.abort()
  for (const close of closing.toReversed()) await close()
  rmSync(dataDir, { recursive: true, force: true })
})

test(
  'under kills, faults, shuffling and duplicates every message is handled once, in lane order, and every intent is accounted for',
  async () => {
    const dice = createDice(size.seed)
    const people = Array.from({ length: size.conversations }, (_, at) =>
      simulator.customers.create({ name: `Chaos ${at}`, phone: `1555010${1000 + at}` }),
    )
    const originals = people.flatMap(({ phone = '', userId = '' }, person) =>
      Array.from({ length: size.messages }, (_, at) =>
        messageBody({ phone, userId, id: `wamid.CHAOS${person}x${at}`, text: textAt(at) }),
      ),
    )
    // Opens each customer's 24-hour window at the simulator too, which refuses messages outside of it.
    for (const person of people) simulator.customers.sendText(person.id, 'hello')
    const messages = originals.length + people.length
    const copies = originals.filter(() => dice.hits(size.duplicates))
    const queue = dice.shuffle([...originals, ...copies])
    simulator.setWebhook(`${web(0)}/webhooks/whatsapp`)
    for (const [kind, probability] of [
      ['http_500_before', 0.03],
      ['http_500_after', 0.02],
      ['reset_before', 0.02],
      ['reset_after', 0.02],
    ] as const) {
      simulator.faults.next({ kind, probability, times: Infinity, seed: dice.between(1, 1e9) })
    }
    simulator.faults.next({
      kind: 'error',
      code: 131_016,
      probability: 0.02,
      times: Infinity,
      seed: dice.between(1, 1e9),
    })
    simulator.faults.webhooks({
      duplicate: 0.1,
      reorder: 0.1,
      delay: 0.05,
      delayMs: [50, 400],
      drop: { delivered: 0.02, read: 0.05 },
      seed: dice.between(1, 1e9),
    })

    const posts = queue.length
    const started = Date.now()
    const kills = { count: 0 }
    const killing = setInterval(() => killOne(dice, kills), size.killEveryMs)
    const retries = { count: 0 }
    const progress = setInterval(() => void report(started, kills), 15_000)
    closing.push(async () => clearInterval(progress))
    await Promise.all(
      Array.from({ length: size.senders }, (_, sender) => deliver(queue, sender, retries)),
    )
    const deliveredAfterMs = Date.now() - started
    await until(async () => (await waitingEvents()) === 0, 'every event is handled', settleLimitMs)
    clearInterval(killing)
    const handledAfterMs = Date.now() - started
    await Promise.all(slots.map((slot) => slot.starting))
    simulator.faults.clear()
    await until(async () => (await openIntents()) === 0, 'every intent is settled', settleLimitMs)
    await until(async () => (await waitingEvents()) === 0, 'every status is handled', settleLimitMs)

    const counts = await count()
    const accepted = simulator.accepted()
    const summary = {
      seed: size.seed,
      messages,
      posts,
      postsRepeated: retries.count,
      kills: kills.count,
      deliveredAfterMs,
      handledAfterMs,
      settledAfterMs: Date.now() - started,
      ...counts,
      graphAccepted: accepted.length,
    }
    console.log(`chaos ${JSON.stringify(summary)}`)

    expect(counts.deadEvents, 'events that nobody could handle').toBe(0)
    expect(counts.storedMessages, 'messages stored once each').toBe(messages)
    expect(counts.messageEventsDone, 'message events handled once each').toBe(messages)
    expect(counts.orderViolations, 'messages handled before an earlier one of their lane').toBe(0)
    expect(counts.intents, 'intents that the traces name').toBe(counts.intentsInTraces)
    expect(
      counts.acceptedIntents +
        counts.failedIntents +
        counts.parkedIntents +
        counts.discardedIntents,
    ).toBe(counts.intents)

    expect(counts.acceptedIntents, 'intents that left').toBeGreaterThan(counts.intents / 2)
    const opaques = accepted.map(({ opaque }) => opaque)
    expect(new Set(opaques).size, 'nothing was sent twice').toBe(opaques.length)
    const rows = await client.query({
      name: '',
      text: 'select opaque, state from auronx.outbox',
      values: [],
    })
    const stateOf = new Map(rows.map((row) => [String(row['opaque']), String(row['state'])]))
    expect(
      opaques.filter((opaque) => !stateOf.has(opaque ?? '')),
      'sends without an intent',
    ).toEqual([])
    const reached = new Set(opaques)
    const claimed = [...stateOf].filter(
      ([opaque, state]) => state === 'accepted' && !reached.has(opaque),
    )
    expect(claimed, 'intents that claim to be sent and are not').toEqual([])
  },
  2 * settleLimitMs + 600_000,
)

function textAt(at: number): string {
  return ['hello', 'menu', 'status', 'something else entirely'][at % 4] ?? 'hello'
}

function web(at: number): string {
  return `http://127.0.0.1:${slots[at]?.port ?? 0}`
}

function start(slot: Slot): void {
  const own = {
    ...env,
    AURONX_ROLE: slot.role,
    PORT: String(slot.port),
    AURONX_DATA_DIR: path.join(dataDir, `${slot.role}-${slot.port}`),
  }
  slot.starting = startProcess(own, { signal: over.signal }).then(
    (started) => {
      slot.process = started
    },
    async () => {
      if (over.signal.aborted) return
      await pause(200)
      start(slot)
    },
  )
}

function killOne(dice: ReturnType<typeof createDice>, kills: { count: number }): void {
  const running = slots.filter((slot) => slot.process !== undefined)
  const slot = running[dice.between(0, running.length - 1)]
  const victim = slot?.process
  if (slot === undefined || victim === undefined) return
  kills.count += 1
  slot.process = undefined
  slot.starting = victim.end('SIGKILL').then(() => {
    start(slot)
    return slot.starting
  })
}

async function deliver(queue: string[], sender: number, retries: { count: number }): Promise<void> {
  for (let body = queue.pop(); body !== undefined; body = queue.pop()) {
    for (let attempt = sender; !(await post(web(attempt % size.webs), body)); attempt += 1) {
      retries.count += 1
      await pause(50)
    }
  }
}

async function post(base: string, body: string): Promise<boolean> {
  const digest = createHmac('sha256', account.appSecret).update(body).digest('hex')
  try {
    const response = await fetch(`${base}/webhooks/whatsapp`, {
      method: 'POST',
      body,
      headers: { 'x-hub-signature-256': `sha256=${digest}` },
      signal: AbortSignal.timeout(10_000),
    })
    await response.arrayBuffer()
    return response.status === 200
  } catch {
    return false
  }
}

function messageBody(message: {
  readonly phone: string
  readonly userId: string
  readonly id: string
  readonly text: string
}): string {
  const { phone, userId, id, text } = message
  return JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: account.wabaId,
        changes: [
          {
            field: 'messages',
            value: {
              messaging_product: 'whatsapp',
              metadata: {
                display_phone_number: account.displayPhoneNumber,
                phone_number_id: account.phoneNumberId,
              },
              contacts: [{ profile: { name: 'Chaos' }, wa_id: phone, user_id: userId }],
              messages: [
                {
                  from: phone,
                  from_user_id: userId,
                  id,
                  timestamp: String(Math.floor(Date.now() / 1000)),
                  type: 'text',
                  text: { body: text },
                },
              ],
            },
          },
        ],
      },
    ],
  })
}

async function scalar(text: string): Promise<number> {
  const [row] = await client.query({ name: '', text, values: [] })
  return Number(row?.['count'])
}

async function report(started: number, kills: { readonly count: number }): Promise<void> {
  const line = {
    seconds: Math.round((Date.now() - started) / 1_000),
    kills: kills.count,
    up: slots.filter((slot) => slot.process !== undefined).length,
    waitingEvents: await waitingEvents(),
    leasedLanes: await scalar(
      'select count(*)::int as count from auronx.lanes where lease_until is not null',
    ),
    openIntents: await openIntents(),
    graphAccepted: simulator.accepted().length,
  }
  console.log(`chaos ${JSON.stringify(line)}`)
}

const waitingEvents = () =>
  scalar(`select count(*)::int as count from auronx.inbox where state = 'waiting'`)
const openIntents = () =>
  scalar(
    `select count(*)::int as count from auronx.outbox where state in ('queued', 'sending', 'unknown')`,
  )

async function count() {
  const intentsIn = (state: string) =>
    scalar(`select count(*)::int as count from auronx.outbox where state = '${state}'`)
  return {
    deadEvents: await scalar(
      `select count(*)::int as count from auronx.inbox where state = 'dead'`,
    ),
    storedMessages: await scalar(
      `select count(*)::int as count from auronx.messages where direction = 'in'`,
    ),
    messageEventsDone: await scalar(
      `select count(*)::int as count from auronx.inbox where kind = 'message' and state = 'done' and trace @> '[{"step":"conversation","outcome":"received"}]'`,
    ),
    orderViolations: await scalar(orderViolations),
    intents: await scalar('select count(*)::int as count from auronx.outbox'),
    intentsInTraces: await scalar(
      `select coalesce(sum((step->'detail'->>'messages')::int), 0)::int as count from auronx.inbox, jsonb_array_elements(trace) step where step->>'step' = 'outbox'`,
    ),
    acceptedIntents: await intentsIn('accepted'),
    failedIntents: await intentsIn('failed'),
    parkedIntents: await intentsIn('parked'),
    discardedIntents: await intentsIn('discarded'),
  }
}

// The conversation's version counts what was done to it under its lock: in lane order it may only rise.
const orderViolations = `
  with handled as (
    select i.lane_key, i.ordinal, min(e.aggregate_version) as version
    from auronx.inbox i
    join auronx.domain_events e on e.tenant_id = i.tenant_id and e.correlation_id = i.id::text and e.aggregate_type = 'conversation'
    where i.kind = 'message' group by i.lane_key, i.ordinal
  ), pairs as (
    select version, lag(version) over (partition by lane_key order by ordinal) as before from handled
  ) select count(*)::int as count from pairs where before >= version`

async function until(isSo: () => Promise<boolean>, what: string, limitMs: number): Promise<void> {
  const end = Date.now() + limitMs
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`Not reached within ${limitMs} ms: ${what}`)
    await pause(500)
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}
