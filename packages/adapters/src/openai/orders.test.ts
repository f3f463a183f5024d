import { channel } from 'node:diagnostics_channel'
import { createEgress } from '@auronx/sdk'
import type { Model } from '@auronx/sdk'
import { createScriptedModel, scriptedCalls, scriptedText } from '@auronx/sdk/testing'
import { LLMock } from '@copilotkit/aimock'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPostgres } from '../postgres/testing.ts'
import type { TestEngine } from '../postgres/testing.ts'
import { openCounter } from './counter.fixture.ts'
import type { Counter } from './counter.fixture.ts'
import { createOpenAiModel } from './index.ts'

let engine: TestEngine
const mock = new LLMock({ port: 0, host: '127.0.0.1', logLevel: 'silent' })
beforeAll(async () => {
  engine = await openPostgres()
  await mock.start()
})
afterAll(async () => {
  await mock.stop()
  await engine.close()
})

/** What a seller calls next, by the results it has; nothing when it only has to say something. */
function nextCall(results: readonly string[]) {
  const item = results.join(' ').match(/\bv\d+\b/)?.[0] ?? ''
  return [
    { name: 'search_catalog', args: { query: 'flat white' } },
    { name: 'update_cart', args: { lines: [{ item, quantity: 2 }] } },
    { name: 'propose_order', args: {} },
  ][results.length]
}
const lastWords = 'Please have a look and tap a button.'

// The recorder of what the tests send to models listens there.
const asked = channel('auronx.test.model-request')

const scripted = (): Model => {
  const model = createScriptedModel(({ input }) => {
    const results = input.filter(({ kind }) => kind === 'tool_result')
    const call = nextCall(results.map((result) => JSON.stringify(result)))
    return call === undefined
      ? scriptedText(lastWords)
      : scriptedCalls([{ ...call, callId: `call-${results.length}` }])
  })
  return {
    ...model,
    respond(request, options) {
      asked.publish({ request })
      return model.respond(request, options)
    },
  }
}

const throughAimock = (): Model => {
  mock.clearFixtures()
  mock.on({}, ({ messages }) => {
    const results = messages.filter(({ role }) => role === 'tool')
    const call = nextCall(results.map(({ content }) => JSON.stringify(content)))
    if (call === undefined) return { content: lastWords }
    const { name, args } = call
    const id = `call_${results.length}`
    return { toolCalls: [{ id, name, arguments: JSON.stringify(args) }] }
  })
  return createOpenAiModel({
    apiKey: 'sk-test',
    model: 'test-model',
    baseUrl: `${mock.url}/v1`,
    egress: createEgress({ hosts: [], allowLoopback: true }),
  })
}

const byMenu = async (counter: Counter): Promise<void> => {
  await counter.write('menu')
  await counter.tap(/browse/i)
  await counter.tap(/flat white/i)
  await counter.tap(/other quantity/i)
  await counter.tap(/^2/)
}
const byCart = (counter: Counter): Promise<void> => {
  const line = { quantity: 2, item_price: 3.2, currency: 'EUR' }
  const items = [{ product_retailer_id: 'FLAT-WHITE', ...line }]
  return counter.write({ type: 'order', order: { catalog_id: '1', product_items: items } })
}
const byAsking = async (counter: Counter): Promise<void> => {
  await counter.write('two flat whites for me and my sister')
  await counter.pass(1_500)
}

const ways = [
  { name: 'menu', model: scripted, order: byMenu, calls: 0 },
  { name: 'cart', model: scripted, order: byCart, calls: 0 },
  { name: 'assistant on a scripted model', model: scripted, order: byAsking, calls: 0 },
  { name: 'assistant on aimock', model: throughAimock, order: byAsking, calls: 4 },
] as const

describe('an order by menu, by cart and by either assistant', () => {
  const outcomes = new Map<string, unknown>()

  test.each(ways)('is confirmed by a button: $name', async ({ name, model, order, calls }) => {
    const asked = mock.getRequests().length
    const counter = await openCounter(engine, model())
    await order(counter)
    expect(JSON.stringify(counter.newest())).toContain('6.40')
    await counter.tap(/confirm/i)
    expect(mock.getRequests().length - asked).toBe(calls)
    outcomes.set(name, await rowsOf(counter))
  })

  test('ends in the same rows', () => {
    const [first, ...others] = outcomes.values()
    expect(others).toEqual([first, first, first])
    expect(first).toMatchObject({
      orders: [{ status: 'confirmed', number: 'ORD-2026-000001', payable: '640' }],
      lines: [{ sku: 'FLAT-WHITE', quantity: '2', unit_amount: '320', total: '640' }],
      stock: [{ on_hand: '5', reserved: '2' }],
      events: [
        { type: 'order.created' },
        { type: 'order.proposed' },
        { type: 'order.confirmed', actor: 'customer' },
      ],
    })
  })
})

/** All that stands about orders of a tenant, without what differs by nature: ids and digests, the times, and from which cart. */
async function rowsOf({ bar }: Counter): Promise<Readonly<Record<string, unknown>>> {
  const where = `where tenant_id = '${bar.tenantId}'`
  const orders = `select status, number, revision, currency, tax_rounding, subtotal, discount_total, base_total,
    tax_total, total, cash_rounding, payable, confirmed_by, evidence_kind, end_reason from auronx.orders ${where}`
  const lines = `select position, sku, title, unit_code, quantity, unit_amount, tax_category, tax_rate, tax_behavior,
    gross, discount, document_discount, net, base, tax, total from auronx.order_lines ${where} order by position`
  const stock = `select on_hand, reserved, policy from auronx.stock_items ${where}`
  const held = `select quantity, state from auronx.reservations ${where}`
  const counters = `select kind, period, value from auronx.counters ${where}`
  const tokens = `select command, count(*) as tokens from auronx.action_tokens ${where} group by 1 order by 1`
  const events = `select type, case type when 'order.confirmed' then actor ->> 'kind' end as actor,
    data - 'ref' - 'cartKey' as data
    from auronx.domain_events ${where} and aggregate_type = 'order' order by aggregate_version`
  const named = { orders, lines, stock, held, counters, tokens, events }
  const rows: Record<string, unknown> = {}
  for (const [name, sql] of Object.entries(named)) rows[name] = await engine.admin(sql)
  return JSON.parse(JSON.stringify(rows).replaceAll(different, 'different'))
}

const different = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[\da-f]{64}|\d{4}-\d\d-\d\dT[\d:.]+Z/g
