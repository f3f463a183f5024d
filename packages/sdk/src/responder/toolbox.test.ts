import { describe, expect, test } from 'vitest'
import { catalogTools } from '../catalog/index.ts'
import { asId } from '../kernel/index.ts'
import { orderTools } from '../orders/index.ts'
import { cafe } from './assistant.fixture.ts'
import { authorityOf, decideAuthority, defaultLimitMinor } from './authority.ts'
import { deskTools } from './desk-tools.ts'
import { createFakeShop } from './shop.fixture.ts'
import { createToolbox } from './toolbox.ts'

const toolbox = createToolbox({ tools: [...orderTools, ...deskTools, ...catalogTools] })
const contactId = asId('ContactId', 'ada')

function open(settings = cafe) {
  const shop = createFakeShop([
    { title: 'Latte', price: 4, stock: 99 },
    { title: 'Machine', price: 600, stock: 9 },
  ])
  const session = toolbox.open({
    tenantId: asId('TenantId', 't'),
    contactId,
    conversationId: asId('ConversationId', 'c'),
    locale: 'en',
    settings,
    now: new Date('2026-03-02T09:00:00Z'),
    recent: [],
    withShop: (body) => body(shop),
  })
  let count = 0
  const call = (name: string, args: unknown = {}) => {
    count += 1
    return session.call({ callId: `c${count}`, name, arguments: JSON.stringify(args) })
  }
  return { shop, session, call, desk: { shop, setPreference: async () => undefined } }
}

describe('the tools', () => {
  test('are the same bytes in whatever order they are handed in, and short', () => {
    const again = createToolbox({ tools: [...catalogTools, ...deskTools, ...orderTools] })
    const text = JSON.stringify(toolbox.tools)
    expect(JSON.stringify(again.tools)).toBe(text)
    // About 500 tokens with o200k_base, which has 4.5 characters to a token here.
    expect(text.length).toBeLessThanOrEqual(2_300)
    expect(text).not.toMatch(/"(?:contactId|tenantId|price|amount|total|url|to|token)":/)
  })

  test('are closed, and all arguments are required', () => {
    for (const { parameters } of toolbox.tools) {
      expect(parameters['additionalProperties']).toBe(false)
      expect(parameters['required']).toEqual(Object.keys(parameters['properties'] ?? {}))
    }
  })
})

describe('a session', () => {
  test('sells: found, put into the draft, proposed with the reply and not before', async () => {
    const { call, session, desk, shop } = open()
    const found = await call('search_catalog', { query: 'latte' })
    expect(found.output).toContain('"item":"v1"')
    expect(session.guard('Our latte is {a1}.')).toEqual({
      kind: 'passed',
      text: 'Our latte is €4.00.',
    })
    await call('update_cart', { lines: [{ item: 'v1', quantity: 2 }] })
    const proposed = await call('propose_order')
    expect(await shop.status(contactId)).toEqual([])
    const done = await proposed.deferred?.run(desk)
    expect(done?.messages).toMatchObject([{ kind: 'buttons' }])
    expect(JSON.stringify(done?.messages)).toContain('€8.00')
  })

  test('knows only names it has given', async () => {
    const { call } = open()
    expect((await call('get_product', { item: 'v1' })).record.outcome).toBe('unknown_item')
    await call('search_catalog', { query: '' })
    const answer = await call('update_cart', { lines: [{ item: 'v9', quantity: 1 }] })
    expect(answer.output).toBe('{"error":"unknown handle","known":["v1","v2"]}')
  })

  test('answers the same call from what it knows, and stops after eight', async () => {
    const { call } = open()
    await call('search_catalog', { query: 'latte' })
    const again = await call('search_catalog', { query: 'latte' })
    expect(again.record).toMatchObject({ cached: true, outcome: 'cached' })
    expect(again.messages).toBeUndefined()
    for (let count = 3; count <= 8; count += 1) await call('get_cart')
    expect((await call('get_cart')).record.outcome).toBe('too_many_calls')
  })

  test('sends two cards at most', async () => {
    const { call } = open()
    await call('search_catalog', { query: 'latte' })
    await call('search_catalog', { query: 'machine' })
    const third = await call('search_catalog', { query: '' })
    expect(third.messages).toBeUndefined()
    expect(third.record.outcome).toBe('too_many_messages')
  })

  test('leaves a large order to a person, also when it grew after it was proposed', async () => {
    const { call, desk } = open()
    await call('search_catalog', { query: '' })
    await call('update_cart', { lines: [{ item: 'v1', quantity: 1 }] })
    const { deferred } = await call('propose_order')
    await call('update_cart', { lines: [{ item: 'v2', quantity: 1 }] })
    expect(await deferred?.run(desk)).toMatchObject({ ends: 'hand_off', messages: [] })
    expect((await call('propose_order')).ends).toBe('hand_off')
  })

  test('says nothing after it handed over', async () => {
    const { call, session } = open()
    expect((await call('handoff_to_human', { reason: 'asked', summary: '' })).ends).toBe('hand_off')
    expect((await call('get_cart')).record.outcome).toBe('ended')
    expect(session.guard('Hello.')).toMatchObject({ kind: 'refused', reasons: ['ended'] })
  })

  test('takes no arguments that a tool does not have, and no JSON that is none', async () => {
    const { call, session } = open()
    for (const args of [{ contactId: 'bob' }, { price: 1 }, [], null, 'x'])
      expect((await call('get_cart', args)).record.outcome).toBe('invalid_arguments')
    const broken = { callId: 'x', name: 'get_cart', arguments: '{"__proto__":{"a":1}' }
    expect((await session.call(broken)).record.outcome).toBe('invalid_arguments')
    expect((await call('drop_tables')).record.outcome).toBe('unknown_tool')
  })

  test('shows the model no phone number of the business, and the customer does read it', async () => {
    const { call, session } = open()
    const { output } = await call('get_business_info', { topic: 'returns' })
    expect(output).not.toContain('555')
    const passed = session.guard('{a1}')
    expect(passed).toMatchObject({ kind: 'passed', text: cafe.assistant?.texts?.returns })
  })
})

describe('authority', () => {
  test('no setting makes the assistant commit', () => {
    const loose = { level: 'alone', limitMinor: 1_000_000 } as const
    const assistant = { authority: { propose_order: loose, cancel_order: loose } }
    const table = authorityOf({ ...cafe, assistant })
    expect(decideAuthority(table, 'propose_order', { amountMinor: 5n }).kind).toBe('needs_button')
    expect(decideAuthority(table, 'cancel_order', { amountMinor: 5n }).kind).toBe('needs_button')
    expect(decideAuthority(table, 'propose_order', { amountMinor: 1_000_001n }).kind).toBe(
      'needs_staff',
    )
    expect(decideAuthority(table, 'propose_order', {}).kind).toBe('needs_staff')
  })

  test('limits fit the size of the currency', () => {
    expect(defaultLimitMinor(500, 'EUR')).toBe(50_000)
    expect(defaultLimitMinor(500, 'JPY')).toBe(50_000)
    expect(defaultLimitMinor(500, 'COP')).toBe(50_000_000)
  })
})
