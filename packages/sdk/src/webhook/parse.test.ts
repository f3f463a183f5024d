import { describe, expect, test } from 'vitest'
import type { InboundEvent } from './event.ts'
import { readExpectedKinds, readOwnFixtures } from './node-fixtures.ts'
import { maxItemsPerChange, maxWebhookBytes, parseWebhook } from './parse.ts'
import { tooDeep } from './raw.ts'

const fixtures = readOwnFixtures()
const expectedKinds = readExpectedKinds()

function fixture(name: string): string {
  const found = fixtures.find((one) => one.name === name)
  if (found === undefined) throw new Error(`No fixture ${name}`)
  return found.text
}

function describeEvent(event: InboundEvent): string {
  switch (event.kind) {
    case 'message':
    case 'echo':
      return `${event.kind}:${event.content.type}`
    case 'status':
      return `status:${event.status}`
    case 'identity':
      return `identity:${event.change}`
    default:
      return event.kind
  }
}

function parseOne(body: string): InboundEvent {
  const { events } = parseWebhook(body)
  const [event] = events
  if (event === undefined || events.length > 1) throw new Error(`${events.length} events`)
  return event
}

function message(item: unknown, value: object = {}, field = 'messages'): string {
  const metadata = { display_phone_number: '15550100000', phone_number_id: '880000000000001' }
  return JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: '990000000000001',
        changes: [{ field, value: { metadata, messages: [item], ...value } }],
      },
    ],
  })
}

describe('own fixtures', () => {
  test('there is one for each of at least 90 kinds, and each says what it holds', () => {
    expect(fixtures.length).toBeGreaterThanOrEqual(90)
    expect(Object.keys(Object(expectedKinds)).toSorted()).toEqual(
      fixtures.map(({ name }) => name).toSorted(),
    )
  })

  test.each(fixtures)('$name holds the events it should', ({ name, text }) => {
    const result = parseWebhook(text)
    expect(result.unreadable).toBeUndefined()
    expect({ [name]: result.events.map(describeEvent) }).toEqual({
      [name]: Object.getOwnPropertyDescriptor(expectedKinds, name)?.value,
    })
  })

  test.each(fixtures)(
    '$name: events survive storage, and keys are short and stable',
    ({ text }) => {
      const { events } = parseWebhook(text)
      expect(JSON.parse(JSON.stringify(events))).toEqual(events)
      const keys = events.map(({ key }) => key)
      for (const key of keys) expect(key).toMatch(/^[\x21-\x7e]{1,300}$/)
      expect(new Set(keys).size).toBe(keys.length)
      expect(parseWebhook(new TextEncoder().encode(text)).events).toEqual(events)
    },
  )

  test('every kind of the union occurs', () => {
    const kinds = new Set(
      fixtures.flatMap(({ text }) => parseWebhook(text).events.map((e) => e.kind)),
    )
    expect([...kinds].toSorted()).toEqual([
      'account',
      'account_alert',
      'account_review',
      'account_settings',
      'automatic',
      'business_capability',
      'call',
      'contact_sync',
      'echo',
      'flow',
      'group',
      'handover',
      'history',
      'identity',
      'message',
      'number_name',
      'number_quality',
      'partner_solution',
      'payment_configuration',
      'preference',
      'provider_error',
      'security',
      'status',
      'template_category',
      'template_components',
      'template_quality',
      'template_status',
      'unknown',
      'username',
    ])
  })

  test('no two fixtures share a key', () => {
    const seen = new Map<string, string>()
    for (const { name, text } of fixtures) {
      for (const { key } of parseWebhook(text).events) {
        expect(`${name} ${key}: ${seen.get(key) ?? 'new'}`).toBe(`${name} ${key}: new`)
        seen.set(key, name)
      }
    }
  })
})

describe('people', () => {
  test('a text carries its author with phone, user id and name', () => {
    expect(parseOne(fixture('message-text'))).toMatchObject({
      kind: 'message',
      businessAccountId: '990000000000001',
      field: 'messages',
      phoneNumberId: '880000000000001',
      displayPhoneNumber: '15550100000',
      standby: false,
      timestampMs: 1_790_000_000_000,
      from: {
        phone: '15550100123',
        userId: 'US.1555010012300000001',
        displayName: 'Robin Example',
      },
      content: { type: 'text', body: 'Hi, are you open today? ☕' },
    })
  })

  test('a person with a username has no phone member at all', () => {
    const event = parseOne(fixture('message-text-without-phone'))
    expect(event).toHaveProperty('from', {
      userId: 'US.1555010012300000001',
      username: '@robin.example',
      displayName: 'Robin Example',
    })
  })

  test('contacts are matched by id, whatever their position', () => {
    const people = [
      { profile: { name: 'B' }, wa_id: '15550100102' },
      { profile: { name: 'A' }, wa_id: '15550100101' },
    ]
    const texts = ['15550100101', '15550100102', '15550100103'].map((from, index) => ({
      id: `wamid.${index}`,
      from,
      type: 'text',
      text: { body: 'x' },
    }))
    const { events } = parseWebhook(message(undefined, { contacts: people, messages: texts }))
    expect(events.map((event) => (event.kind === 'message' ? event.from : undefined))).toEqual([
      { phone: '15550100101', displayName: 'A' },
      { phone: '15550100102', displayName: 'B' },
      { phone: '15550100103' },
    ])
  })

  test('the author of a lone message without ids is the lone contact, never a guess among several', () => {
    const item = { id: 'wamid.1', type: 'text', text: { body: 'x' } }
    const robin = { user_id: 'US.1', profile: { name: 'Robin' } }
    expect(parseOne(message(item, { contacts: [robin] }))).toHaveProperty('from.userId', 'US.1')
    const two = { contacts: [robin, { user_id: 'US.2' }] }
    expect(parseOne(message(item, two))).toHaveProperty('from', {})
  })

  test('a changed number links the previous identifiers with the current ones', () => {
    expect(parseOne(fixture('identity-number'))).toMatchObject({
      previous: { phone: '15550100123', userId: 'US.1555010012300000001' },
      current: { phone: '15550100124', userId: 'US.1555010012400000001' },
    })
  })

  test('a changed user id may come without any phone', () => {
    expect(parseOne(fixture('identity-user-id'))).toMatchObject({
      previous: { userId: 'US.1555010012300000001' },
      current: { userId: 'US.1555010012400000001' },
    })
  })

  test('a group status names the participant and keeps one event per participant', () => {
    const { events } = parseWebhook(fixture('status-group-several'))
    expect(events).toMatchObject([
      { groupId: 'group-example-1', recipient: {}, participant: { phone: '15550100123' } },
      { groupId: 'group-example-1', recipient: {}, participant: { phone: '15550100145' } },
    ])
  })
})

describe('content', () => {
  test('a removed reaction has no emoji in either form', () => {
    for (const name of ['message-reaction-removed', 'message-reaction-removed-legacy']) {
      expect(parseOne(fixture(name))).toHaveProperty('content', {
        type: 'reaction',
        messageId: 'wamid.AURONXSENT7',
      })
    }
  })

  test('a cart keeps prices as text and quantities as numbers', () => {
    expect(parseOne(fixture('message-order-texts'))).toHaveProperty('content.items', [
      { retailerId: 'ESPRESSO', quantity: 3, itemPrice: '2.50', currency: 'USD' },
    ])
    expect(parseOne(fixture('message-order'))).toHaveProperty('content.items.0.itemPrice', '2.5')
  })

  test('a cart with one unreadable line is kept whole instead of losing the line', () => {
    const order = { product_items: [{ product_retailer_id: 'A', quantity: 1 }, 'B'] }
    const item = { id: 'wamid.1', type: 'order', order }
    expect(parseOne(message(item))).toHaveProperty('content', {
      type: 'unknown',
      rawType: 'order',
      raw: item,
    })
  })

  test('an edit holds the new content, and an edit within an edit ends there', () => {
    expect(parseOne(fixture('message-edit'))).toMatchObject({
      content: { originalMessageId: 'wamid.AURONX0001', content: { type: 'text' } },
    })
    const inner = { type: 'edit', edit: { original_message_id: 'a', message: {} } }
    const item = { id: 'w', type: 'edit', edit: { original_message_id: 'b', message: inner } }
    expect(parseOne(message(item))).toHaveProperty('content.content.type', 'unknown')
  })

  test('names of object members that every object has are unknown types', () => {
    for (const type of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      expect(parseOne(message({ id: 'w', type }))).toHaveProperty('content.rawType', type)
    }
  })

  test('NUL and lone surrogates in a text are kept', () => {
    const body = 'a\u0000b\ud800c'
    const event = parseOne(message({ id: 'w', type: 'text', text: { body } }))
    expect(event).toHaveProperty('content.body', body)
    expect(JSON.parse(JSON.stringify(event))).toEqual(event)
  })
})

describe('keys', () => {
  test('a message has the same key whatever stands around it, another one on another number', () => {
    const item = { id: 'wamid.1', type: 'text', text: { body: 'x' } }
    const one = parseOne(message(item)).key
    expect(parseOne(message(item, { contacts: [{ wa_id: '15550100123' }] })).key).toBe(one)
    const metadata = { phone_number_id: '880000000000002' }
    expect(parseOne(message(item, { metadata })).key).not.toBe(one)
  })

  test('a standby copy has a name space of its own', () => {
    const item = { id: 'wamid.1', type: 'text', text: { body: 'x' } }
    const own = parseOne(message(item))
    const copy = parseOne(
      message(item, { messages: undefined, standby: { messages: [item] } }, 'standby'),
    )
    expect(copy).toMatchObject({ kind: 'message', standby: true })
    expect(copy.key).not.toBe(own.key)
  })

  test('statuses of one message differ by status and participant, not by time', () => {
    const status = (extra: object) =>
      parseOne(message(undefined, { messages: undefined, statuses: [{ id: 'wamid.1', ...extra }] }))
        .key
    expect(status({ status: 'sent', timestamp: '1' })).toBe(
      status({ status: 'sent', timestamp: '2' }),
    )
    expect(status({ status: 'sent' })).not.toBe(status({ status: 'read' }))
    expect(status({ status: 'read', recipient_participant_id: '15550100101' })).not.toBe(
      status({ status: 'read', recipient_participant_id: '15550100102' }),
    )
  })

  test('an event without id has the same key when its members come in another order', () => {
    const body = (value: object, time: number) =>
      JSON.stringify({ entry: [{ id: '1', time, changes: [{ field: 'account_update', value }] }] })
    const key = parseOne(body({ event: 'X', country: 'US' }, 5)).key
    expect(parseOne(body({ country: 'US', event: 'X' }, 5)).key).toBe(key)
    expect(parseOne(body({ country: 'US', event: 'X' }, 6)).key).not.toBe(key)
  })

  test('ids that are long or not printable still make short distinct keys', () => {
    const ids = [
      'x'.repeat(5000),
      `${'x'.repeat(5000)}y`,
      'a\u0000',
      'a\u0001',
      'a b',
      '\ud800',
      '\ud801',
    ]
    const keys = ids.map((id) => parseOne(message({ id, type: 'request_welcome' })).key)
    expect(new Set(keys).size).toBe(ids.length)
    for (const key of keys) expect(key).toMatch(/^message:sha256:[0-9a-f]{64}$/)
  })
})

describe('meanings that are easy to mistake', () => {
  test('the current category of a template is new_category in the announcement and afterwards', () => {
    expect(parseOne(fixture('template-category-announced'))).toMatchObject({
      phase: 'announced',
      currentCategory: 'UTILITY',
      correctCategory: 'MARKETING',
      effectiveAtMs: 1_790_086_400_000,
    })
    expect(parseOne(fixture('template-category-changed'))).toMatchObject({
      phase: 'changed',
      previousCategory: 'UTILITY',
      currentCategory: 'MARKETING',
    })
  })

  test('a template id beyond the precision of numbers keeps its digits', () => {
    expect(parseOne(fixture('template-id-beyond-double'))).toHaveProperty(
      'templateId',
      '9007199254740993123',
    )
  })

  test('events that end our access say so', () => {
    const ends = fixtures
      .filter(({ name }) => name.startsWith('account-'))
      .filter(({ text }) => {
        const event = parseOne(text)
        return event.kind === 'account' && event.endsAccess
      })
    expect(ends.map(({ name }) => name).toSorted()).toEqual([
      'account-app-uninstalled',
      'account-deleted',
      'account-partner-removed',
    ])
  })

  test('the status of a call is no status of a message', () => {
    expect(parseOne(fixture('call-status'))).toMatchObject({ kind: 'call', status: 'RINGING' })
  })

  test('old messages of the history are never messages', () => {
    expect(parseOne(fixture('history-thread'))).toMatchObject({
      kind: 'history',
      customer: {
        phone: '15550100123',
        userId: 'US.1555010012300000001',
        username: 'robin.example',
      },
      progress: 40,
      items: [
        { direction: 'in', status: 'READ', content: { type: 'text', body: 'Old question' } },
        { direction: 'out', status: 'DELIVERED' },
        { direction: 'in', content: { type: 'media_placeholder' } },
      ],
    })
    expect(parseOne(fixture('history-media'))).toMatchObject({
      kind: 'history',
      items: [{ direction: 'in', content: { type: 'image' } }],
    })
  })

  test('a handover names number, customer and both owners', () => {
    expect(parseOne(fixture('handover-passed'))).toMatchObject({
      phoneNumberId: '880000000000001',
      type: 'control_passed',
      customer: { phone: '15550100123' },
      previousOwner: { appId: '440000000000001', role: 'ai_agent' },
      newOwner: { appId: '440000000000002', role: 'escalation' },
      conversationSummary: 'Wants a refund.',
    })
  })

  test('a timestamp in milliseconds is told from one in seconds', () => {
    const at = (timestamp: unknown) =>
      parseOne(message({ id: 'w', type: 'errors', timestamp })).timestampMs
    expect(at('1790000000')).toBe(1_790_000_000_000)
    expect(at(1_790_000_000)).toBe(1_790_000_000_000)
    expect(at('1790000000123')).toBe(1_790_000_000_123)
    for (const bad of ['', 'soon', '-5', 0, 1e300, null, {}, true]) expect(at(bad)).toBeUndefined()
  })
})

describe('bodies that are not what they should be', () => {
  test.each([
    ['', 'empty'],
    ['  \n', 'empty'],
    ['{', 'not_json'],
    ['\ufeff', 'empty'],
    ['null', 'not_an_object'],
    ['[]', 'not_an_object'],
    ['"x"', 'not_an_object'],
    ['{}', 'no_entries'],
    ['{"entry":{}}', 'no_entries'],
  ])('%j is unreadable: %s', (body, reason) => {
    expect(parseWebhook(body)).toEqual({ events: [], unreadable: { reason } })
  })

  test('a byte order mark before the JSON does no harm', () => {
    const bytes = new Uint8Array([0xef, 0xbb, 0xbf, ...new TextEncoder().encode('{"entry":[]}')])
    expect(parseWebhook(bytes)).toEqual({ events: [] })
  })

  test('entries and changes that are no objects are kept beside their siblings', () => {
    const good = JSON.parse(fixture('message-text'))
    good.entry.unshift(
      7,
      { id: '1' },
      { id: '1', changes: [null, { field: 'messages' }, { field: 'messages', value: 3 }] },
    )
    expect(parseWebhook(JSON.stringify(good)).events.map(describeEvent)).toEqual([
      ...Array.from({ length: 5 }, () => 'unknown'),
      'message:text',
    ])
  })

  test('a value without anything familiar is kept', () => {
    expect(parseOne(message(undefined, { messages: undefined, contacts: [{}] }))).toMatchObject({
      kind: 'unknown',
      reason: 'value_malformed',
    })
  })

  test('raw values that JSON could not carry are cut or written out', () => {
    const depth = 200_000
    const deep = `${'[['.repeat(depth)}${']]'.repeat(depth)}`
    const body = `{"entry":[{"id":"1","changes":[{"field":"new","value":{"deep":${deep},"huge":1e999,"__proto__":{"a":1}}}]}]}`
    const event = parseOne(body)
    const text = JSON.stringify(event)
    expect(text).toContain(tooDeep)
    expect(text).toContain('"huge":"Infinity"')
    expect(text).toContain('"__proto__":{"a":1}')
    expect(JSON.parse(text)).toEqual(event)
  })

  test('more items or bytes than Meta sends are handled and reported', () => {
    const item = { id: 'wamid', type: 'text', text: { body: 'x' } }
    const messages = Array.from({ length: maxItemsPerChange + 1 }, (_, i) => ({
      ...item,
      id: `w${i}`,
    }))
    const many = parseWebhook(message(undefined, { messages }))
    expect(many.events).toHaveLength(maxItemsPerChange + 1)
    expect(many.exceeded).toEqual(['items'])
    const large = parseWebhook(message({ ...item, text: { body: 'x'.repeat(maxWebhookBytes) } }))
    expect(large.events).toHaveLength(1)
    expect(large.exceeded).toEqual(['bytes'])
  })

  test('hundreds of thousands of items do not exhaust the stack', () => {
    const threads = Array.from({ length: 150_000 }, () => 0)
    const body = message(undefined, { messages: undefined, history: [{ threads }] }, 'history')
    expect(parseWebhook(body).events).toHaveLength(150_000)
  })
})
