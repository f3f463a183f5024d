import {
  createAuronx,
  createEgress,
  createIds,
  createRandom,
  createSystemClock,
  systemActor,
} from '@auronx/sdk'
import type { Auronx } from '@auronx/sdk'
import { createFakeMessenger, createMemoryStorage } from '@auronx/sdk/testing'
import type { WireAnswer } from '@auronx/sdk/testing'
import { parseWebhook } from '@auronx/sdk/webhook'
import { afterEach, assert, describe, test } from 'vitest'
import { createOpenAiModel } from './index.ts'
import { startProvider } from './provider.fixture.ts'
import type { LoopbackProvider } from './provider.fixture.ts'

// A hundredth of what a business has; assistant-faults.test.ts in the SDK states the times over a simulated clock.
const callMs = 200
const turnMs = 1_200
// Less than the platform itself takes on a machine that does much else at the time.
const slackMs = 2_000

const usage = { input: 10, cachedInput: 0, output: 5 }
const truncated = { callId: 'call_1', name: 'search_catalog', arguments: '{"query":"fla' }

const faults: readonly (readonly [name: string, answer: WireAnswer, withinMs: number])[] = [
  ['a timeout', { kind: 'silent' }, callMs],
  ['429', { kind: 'status', status: 429 }, turnMs],
  ['429 with a short Retry-After', { kind: 'status', status: 429, retryAfter: '1' }, turnMs],
  ['429 with a long Retry-After', { kind: 'status', status: 429, retryAfter: '60' }, callMs],
  ['500', { kind: 'status', status: 500 }, turnMs],
  ['503', { kind: 'status', status: 503 }, turnMs],
  ['401', { kind: 'status', status: 401 }, callMs],
  ['truncated arguments', { kind: 'calls', calls: [truncated], usage }, turnMs],
  ['an answer that is cut off', { kind: 'cut_off' }, callMs],
  ['half of an answer', { kind: 'half_json' }, turnMs],
  ['a refusal', { kind: 'refusal' }, callMs],
  ['another schema', { kind: 'wrong_shape' }, turnMs],
  ['no JSON', { kind: 'not_json' }, turnMs],
  ['a huge stream', { kind: 'huge' }, turnMs],
  ['a stream that stalls', { kind: 'stalled' }, callMs],
  ['a stream that drips', { kind: 'dripping' }, callMs],
  ['a broken connection', { kind: 'reset' }, turnMs],
  ['no connection', { kind: 'unreachable' }, turnMs],
]

describe('a customer who writes while the provider answers with', () => {
  const providers: LoopbackProvider[] = []
  afterEach(async () => {
    for (const provider of providers.splice(0)) await provider.close()
  })

  test.each(faults)('%s has the menus in time, once', async (_name, answer, withinMs) => {
    const provider = await startProvider()
    providers.push(provider)
    await provider.next(answer)
    const model = createOpenAiModel({
      apiKey: 'sk-test',
      model: 'test-model',
      baseUrl: provider.baseUrl,
      egress: createEgress({ hosts: [], allowLoopback: true }),
      timeoutMs: callMs,
    })
    const messenger = createFakeMessenger()
    const auronx = createAuronx({
      storage: createMemoryStorage(),
      messenger,
      assistant: { model, limits: { wallMs: turnMs } },
    })
    await openShop(auronx)
    const writtenMs = performance.now()
    await auronx.inbox.accept(question(), { appId })
    await auronx.work({ maxMs: 10_000 })
    assert.isBelow(performance.now() - writtenMs, withinMs + slackMs)
    assert.lengthOf(messenger.sent, 1)
    assert.include(JSON.stringify(messenger.sent[0]?.message), 'Flat white')
    const { length } = await provider.asked()
    assert.isAtMost(length, 2)
  })
})

const appId = 'app-1'
const phoneNumberId = '900000000000001'
const businessAccountId = '800000000000001'

function question(): ReturnType<typeof parseWebhook>['events'] {
  const text = { body: 'do you have flat white today?' }
  const message = { from: '15550100001', id: 'wamid.fault', type: 'text', text }
  const value = {
    metadata: { display_phone_number: '15550100000', phone_number_id: phoneNumberId },
    contacts: [{ profile: { name: 'Ada' }, wa_id: message.from }],
    messages: [{ ...message, timestamp: String(Math.trunc(Date.now() / 1_000)) }],
  }
  const entry = [{ id: businessAccountId, changes: [{ field: 'messages', value }] }]
  const body = JSON.stringify({ object: 'whatsapp_business_account', entry })
  return parseWebhook(new TextEncoder().encode(body)).events
}

async function openShop({ accounts, catalog }: Auronx): Promise<void> {
  const ids = createIds(createSystemClock(), createRandom())
  const actor = systemActor(ids.next('TenantId'))
  await accounts.saveTenant(actor, {
    id: actor.tenantId,
    version: 1,
    settings: {
      businessName: 'Corner Coffee',
      locale: 'en',
      timeZone: 'Europe/Madrid',
      currency: 'EUR',
      taxRounding: 'rate-group',
      proposalTtlMs: 3_600_000,
      reopenWithinMs: 86_400_000,
      holdOnPropose: true,
      answering: { quietMs: 0 },
    },
  })
  await accounts.saveChannel(actor, {
    id: ids.next('ChannelId'),
    appId,
    phoneNumberId,
    businessAccountId,
    displayPhoneNumber: '+1 555 0100 000',
    status: 'active',
    version: 1,
  })
  await catalog.saveTaxCategory(actor, { code: 'food', category: 'S', rate: 100_000 })
  const price = { amount: 320, currency: 'EUR', taxBehavior: 'inclusive' } as const
  await catalog.saveProduct(actor, {
    title: 'Flat white',
    status: 'active',
    variants: [{ sku: 'FLAT-WHITE', taxCode: 'food', price }],
  })
}
