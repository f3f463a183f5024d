import { channel } from 'node:diagnostics_channel'
import { createAuronx, createIds, createSystemClock, createRandom, systemActor } from '@auronx/sdk'
import type { Actor, Auronx, Model, ModelRequest } from '@auronx/sdk'
import { createFakeMessenger } from '@auronx/sdk/testing'
import { parseWebhook } from '@auronx/sdk/webhook'
import { afterAll, assert, beforeAll, test } from 'vitest'
import { createPostgresStorage } from './storage.ts'
import { openPostgres } from './testing.ts'
import type { TestEngine } from './testing.ts'

let engine: TestEngine
beforeAll(async () => {
  engine = await openPostgres()
})
afterAll(() => engine.close())

const appId = 'app'
const phoneNumberId = '900000000000009'
const pause = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms))

/** Heard by the recorder that looks at everything the tests send to models. */
const modelRequests = channel('auronx.test.model-request')

/** Says what it was asked since the business last spoke, after a while. */
const model: Model = {
  name: 'echo',
  async respond(request: ModelRequest, { signal }) {
    modelRequests.publish({ request })
    // Often longer than a customer is quiet, so that many an answer comes too late.
    await pause(5 + (request.input.length % 5) * 40)
    if (signal.aborted) return { kind: 'failed', reason: 'aborted' }
    const last = request.input.findLastIndex(({ kind }) => kind === 'business')
    const asked = request.input
      .slice(last + 1)
      .flatMap((item) => (item.kind === 'customer' ? [item.text.replaceAll('| ', '')] : []))
    const usage = { input: 10, cachedInput: 0, output: 5 }
    const text = `Heard: ${asked.join(', ')}.`
    return { kind: 'answered', text, toolCalls: [], continuation: [], usage }
  },
}

function message(phone: string, id: string, body: string) {
  const value = {
    metadata: { display_phone_number: '15550100000', phone_number_id: phoneNumberId },
    contacts: [{ profile: { name: 'C' }, wa_id: phone }],
    messages: [
      {
        id,
        from: phone,
        timestamp: String(Math.floor(Date.now() / 1_000)),
        type: 'text',
        text: { body },
      },
    ],
  }
  const entry = [{ id: '800000000000009', changes: [{ field: 'messages', value }] }]
  const text = JSON.stringify({ object: 'whatsapp_business_account', entry })
  return parseWebhook(new TextEncoder().encode(text)).events
}

async function openProcesses() {
  const clock = createSystemClock()
  const random = createRandom()
  const ids = createIds(clock, random)
  const messenger = createFakeMessenger()
  const compose = (): Auronx =>
    createAuronx({
      storage: createPostgresStorage(engine.client),
      messenger,
      clock,
      random,
      ids,
      assistant: { model },
      pollMs: 20,
    })
  const processes = [compose(), compose()] as const
  const [auronx] = processes
  const tenantId = ids.next('TenantId')
  const system = systemActor(tenantId)
  await auronx.accounts.saveTenant(system, {
    id: tenantId,
    version: 1,
    settings: {
      businessName: 'Test',
      locale: 'en',
      timeZone: 'Europe/Madrid',
      currency: 'EUR',
      taxRounding: 'rate-group',
      proposalTtlMs: 3_600_000,
      reopenWithinMs: 86_400_000,
      holdOnPropose: true,
      answering: { quietMs: 40, quietCapMs: 100 },
    },
  })
  await auronx.accounts.saveChannel(system, {
    id: ids.next('ChannelId'),
    appId,
    phoneNumberId,
    businessAccountId: '800000000000009',
    displayPhoneNumber: '+1 555 0100 000',
    status: 'active',
    version: 1,
  })
  return { processes, system, messenger }
}

test('two processes, twenty customers who keep writing: each message is answered once, nothing dies', async () => {
  const { processes, system, messenger } = await openProcesses()
  const stopping = new AbortController()
  const working = processes.map((one) => one.work({ signal: stopping.signal }))
  const texts = new Map<string, string[]>()
  const talk = async (customer: number): Promise<void> => {
    const phone = `155501002${String(customer).padStart(2, '0')}`
    for (let turn = 0; turn < 12; turn += 1) {
      const body = `number ${'abcdefghijkl'[turn]} of ${'abcdefghijklmnopqrst'[customer]}`
      texts.set(phone, [...(texts.get(phone) ?? []), body])
      const accepting = processes[turn % 2] ?? processes[0]
      await accepting.inbox.accept(message(phone, `wamid.${customer}-${turn}`, body), { appId })
      await pause((customer * 7 + turn * 13) % 90)
    }
  }
  await Promise.all(Array.from({ length: 20 }, (_, customer) => talk(customer)))
  await settled(processes[0], system)
  stopping.abort()
  await Promise.all(working)

  const heard = messenger.sent.map(({ to, message: { ...sent } }) => ({
    phone: to.phone ?? '',
    body: 'body' in sent ? (sent.body ?? '') : '',
  }))
  for (const [phone, bodies] of texts) {
    const own = heard.filter((one) => one.phone === phone)
    for (const body of bodies)
      assert.equal(own.filter((one) => one.body.includes(body)).length, 1, `${phone} ${body}`)
  }
  assert.deepEqual(await processes[0].traces.dead(system, 10), [])
  assert.deepEqual(
    await engine.admin(`select id from auronx.jobs where kind = 'assistant.turn'`),
    [],
  )
  const outcomes = await engine.admin(
    'select outcome, count(*)::integer as turns from auronx.assistant_turns group by 1 order by 1',
  )
  console.info('240 messages of 20 customers:', outcomes, `${messenger.sent.length} answers`)
  // A customer whose messages all came while the machine was busy has one turn, and nothing to supersede.
  const kinds = outcomes.map((row) => row['outcome'])
  assert.deepEqual(
    kinds.filter((kind) => kind !== 'superseded'),
    ['answered'],
  )
}, 60_000)

/** Waits until no turn is open and nothing waits to be sent. */
async function settled(auronx: Auronx, system: Actor): Promise<void> {
  const until = Date.now() + 30_000
  for (;;) {
    const [row] = await engine.admin(
      `select (select count(*) from auronx.assistant_turns where state <> 'done')
        + (select count(*) from auronx.inbox where payload is not null) as open`,
    )
    const states = ['queued', 'sending'] as const
    const sends = await auronx.outbox.list(system, { states, limit: 200 })
    if (Number(row?.['open']) === 0 && sends.length === 0) return
    if (Date.now() > until) throw new Error('It does not come to rest')
    await pause(50)
  }
}
