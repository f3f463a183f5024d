import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { GraphReply, Rehearsal } from '../rehearsal.fixture.ts'
import { list, recordOf, startRehearsal } from '../rehearsal.fixture.ts'

const number = '106540352242922'
const account = '102290129340398'
let stage: Rehearsal

beforeEach(async () => {
  stage = await startRehearsal()
  const ana = stage.simulator.customers.create({ name: 'Ana', phone: '15550100101' })
  stage.simulator.customers.sendText(ana.id, 'hi')
})
afterEach(() => stage.stop())

function send(body: object): Promise<GraphReply> {
  return stage.graph('POST', `${number}/messages`, {
    messaging_product: 'whatsapp',
    to: '+15550100101',
    ...body,
  })
}

function codeOf(reply: GraphReply): unknown {
  return recordOf(reply.body['error'])['code']
}

function letters(count: number): string {
  return 'x'.repeat(count)
}

const interactive = (content: object): object => ({ type: 'interactive', interactive: content })
const reply = (id: string, title: string): object => ({ type: 'reply', reply: { id, title } })
const rows = (count: number): object[] =>
  Array.from({ length: count }, (_item, index) => ({ id: `r${index}`, title: `Row ${index}` }))

describe('sending', () => {
  it('answers with the recipient and the message id', async () => {
    const answer = await stage.text('+1 (555) 010-0101', 'hello', {
      biz_opaque_callback_data: 'o-1',
    })
    expect(answer.status).toBe(200)
    expect(answer.body).toEqual({
      messaging_product: 'whatsapp',
      contacts: [{ input: '+1 (555) 010-0101', wa_id: '15550100101' }],
      messages: [{ id: expect.stringMatching(/^wamid\./) }],
    })
    expect(stage.simulator.accepted()).toMatchObject([
      {
        messageId: recordOf(list(answer.body['messages'])[0])['id'],
        opaque: 'o-1',
        type: 'text',
        to: '+1 (555) 010-0101',
      },
    ])
    expect(answer.headers.get('facebook-api-version')).toBe('v25.0')
    expect(answer.headers.get('x-app-usage')).toContain('call_count')
    expect(answer.headers.get('x-business-use-case-usage')).toContain(account)
  })

  it('reports the number in the form that Meta knows', async () => {
    stage.simulator.customers.create({ name: 'Bia', phone: '999119990001', waId: '99919990001' })
    const answer = await stage.text('+999119990001', 'oi')
    expect(answer.body['contacts']).toEqual([{ input: '+999119990001', wa_id: '99919990001' }])
  })

  it('takes a user id as recipient and answers with it', async () => {
    const dina = stage.simulator.customers.create({ name: 'Dina' })
    stage.simulator.customers.sendText(dina.id, 'hi')
    const answer = await send({
      to: undefined,
      recipient: dina.userId,
      type: 'text',
      text: { body: 'hello' },
    })
    expect(answer.body['contacts']).toEqual([{ input: dina.userId, user_id: dina.userId }])
    await stage.simulator.idle()
    expect(stage.statuses()).toHaveLength(2)
  })

  const refused: readonly (readonly [name: string, body: object, code: number])[] = [
    ['without recipient', { to: undefined, type: 'text', text: { body: 'x' } }, 131008],
    [
      'without messaging_product',
      { messaging_product: undefined, type: 'text', text: { body: 'x' } },
      131008,
    ],
    ['of an unknown type', { type: 'hologram', hologram: {} }, 100],
    ['to itself', { to: '15550100001', type: 'text', text: { body: 'x' } }, 131021],
    ['an empty text', { type: 'text', text: { body: '' } }, 131009],
    ['a text without body', { type: 'text', text: {} }, 131008],
    ['a text of 4,097 characters', { type: 'text', text: { body: letters(4097) } }, 131009],
    [
      'opaque data of 513 characters',
      { type: 'text', text: { body: 'x' }, biz_opaque_callback_data: letters(513) },
      131009,
    ],
    [
      'an answer to an unknown message',
      { type: 'text', text: { body: 'x' }, context: { message_id: 'wamid.none' } },
      131009,
    ],
    ['an image without source', { type: 'image', image: { caption: 'x' } }, 131009],
    ['an image with an unknown id', { type: 'image', image: { id: '123' } }, 131009],
    [
      'a caption on a sticker',
      { type: 'sticker', sticker: { link: 'https://example.com/a.webp', caption: 'x' } },
      131009,
    ],
    [
      'a caption of 1,025 characters',
      { type: 'image', image: { link: 'https://example.com/a.png', caption: letters(1025) } },
      131009,
    ],
    [
      'a place off the globe',
      { type: 'location', location: { latitude: 91, longitude: 0 } },
      131009,
    ],
    [
      'a reaction to nothing',
      { type: 'reaction', reaction: { message_id: 'wamid.none', emoji: '👍' } },
      131009,
    ],
    [
      'a contact without a further name',
      { type: 'contacts', contacts: [{ name: { formatted_name: 'A' } }] },
      131009,
    ],
    [
      'four buttons',
      interactive({
        type: 'button',
        body: { text: 'x' },
        action: { buttons: ['a', 'b', 'c', 'd'].map((id) => reply(id, id)) },
      }),
      131009,
    ],
    [
      'a button title of 21 characters',
      interactive({
        type: 'button',
        body: { text: 'x' },
        action: { buttons: [reply('a', letters(21))] },
      }),
      131009,
    ],
    [
      'two buttons of one title',
      interactive({
        type: 'button',
        body: { text: 'x' },
        action: { buttons: [reply('a', 'A'), reply('b', 'A')] },
      }),
      131009,
    ],
    [
      'a button body of 1,025 characters',
      interactive({
        type: 'button',
        body: { text: letters(1025) },
        action: { buttons: [reply('a', 'A')] },
      }),
      131009,
    ],
    [
      'a list of 11 rows',
      interactive({
        type: 'list',
        body: { text: 'x' },
        action: { button: 'Open', sections: [{ rows: rows(11) }] },
      }),
      131009,
    ],
    [
      'untitled sections',
      interactive({
        type: 'list',
        body: { text: 'x' },
        action: {
          button: 'Open',
          sections: [{ rows: rows(1) }, { rows: [{ id: 'z', title: 'Z' }] }],
        },
      }),
      131009,
    ],
    [
      'a product list without header',
      interactive({
        type: 'product_list',
        body: { text: 'x' },
        action: { catalog_id: 'c', sections: [{ product_items: [{ product_retailer_id: 'p' }] }] },
      }),
      131008,
    ],
    [
      'a link that is none',
      interactive({
        type: 'cta_url',
        body: { text: 'x' },
        action: { name: 'cta_url', parameters: { display_text: 'Go', url: 'nowhere' } },
      }),
      131009,
    ],
    [
      'a template that does not exist',
      { type: 'template', template: { name: 'nope', language: { code: 'en_US' } } },
      132001,
    ],
  ]

  for (const [name, body, code] of refused) {
    it(`refuses ${name} with ${code}`, async () => {
      const answer = await send(body)
      expect(codeOf(answer)).toBe(code)
      expect(answer.status).toBe(code === 132001 ? 404 : 400)
      expect(answer.body['error']).toMatchObject({
        type: 'OAuthException',
        fbtrace_id: expect.any(String),
      })
      expect(stage.simulator.accepted()).toEqual([])
    })
  }

  const taken: readonly (readonly [name: string, body: object])[] = [
    ['a text of 4,096 characters', { type: 'text', text: { body: letters(4096) } }],
    [
      'an image by address',
      { type: 'image', image: { link: 'https://example.com/a.png', caption: 'x' } },
    ],
    ['a place', { type: 'location', location: { latitude: 1.5, longitude: '2.5', name: 'Here' } }],
    [
      'a contact',
      { type: 'contacts', contacts: [{ name: { formatted_name: 'A B', first_name: 'A' } }] },
    ],
    [
      'three buttons',
      interactive({
        type: 'button',
        body: { text: 'x' },
        action: { buttons: ['a', 'b', 'c'].map((id) => reply(id, id)) },
      }),
    ],
    [
      'a list of ten rows with a body of 4,096',
      interactive({
        type: 'list',
        body: { text: letters(4096) },
        action: { button: 'Open', sections: [{ rows: rows(10) }] },
      }),
    ],
    [
      'a link',
      interactive({
        type: 'cta_url',
        body: { text: 'x' },
        action: { name: 'cta_url', parameters: { display_text: 'Go', url: 'https://example.com' } },
      }),
    ],
    [
      'a product',
      interactive({ type: 'product', action: { catalog_id: 'c', product_retailer_id: 'p' } }),
    ],
    [
      'a catalog',
      interactive({
        type: 'catalog_message',
        body: { text: 'x' },
        action: { name: 'catalog_message' },
      }),
    ],
    [
      'a request for the place',
      interactive({
        type: 'location_request_message',
        body: { text: 'x' },
        action: { name: 'send_location' },
      }),
    ],
  ]

  for (const [name, body] of taken) {
    it(`accepts ${name}`, async () => {
      const answer = await send(body)
      expect(answer.body).not.toHaveProperty('error')
      expect(stage.simulator.accepted()).toHaveLength(1)
    })
  }
})

describe('reading and typing', () => {
  it('marks the message and earlier ones as read and shows that someone types', async () => {
    const [ana] = stage.simulator.customers.list()
    const second = stage.simulator.customers.sendText(ana?.id ?? '', 'second')
    const third = stage.simulator.customers.sendText(ana?.id ?? '', 'third')
    const answer = await stage.graph('POST', `${number}/messages`, {
      messaging_product: 'whatsapp',
      status: 'read',
      message_id: second.id,
      typing_indicator: { type: 'text' },
    })
    expect(answer.body).toEqual({ success: true })
    const states = stage.simulator.customers
      .messages(ana?.id ?? '')
      .map((message) => message.status)
    expect(states).toEqual(['read', 'read', 'delivered'])
    expect(third.status).toBe('delivered')
    const typing = stage.simulator.transcript().filter(({ event }) => event.kind === 'typing')
    expect(typing).toHaveLength(1)
    expect(stage.simulator.accepted()).toEqual([])
  })

  it('refuses an unknown message', async () => {
    const answer = await stage.graph('POST', `${number}/messages`, {
      messaging_product: 'whatsapp',
      status: 'read',
      message_id: 'wamid.none',
    })
    expect(codeOf(answer)).toBe(131009)
  })
})

describe('the access token', () => {
  it('is required, must be right, and can expire', async () => {
    const url = `${stage.address.graphUrl}/${number}`
    const wrong = await fetch(url, { headers: { authorization: 'Bearer other' } })
    expect(wrong.status).toBe(401)
    expect(await wrong.json()).toMatchObject({ error: { code: 190, type: 'OAuthException' } })
    expect((await fetch(url)).status).toBe(401)
    stage.simulator.expireToken()
    const expired = await stage.graph('GET', number)
    expect(expired.status).toBe(401)
    expect(expired.body['error']).toMatchObject({ code: 190, error_subcode: 463 })
    stage.simulator.renewToken()
    expect((await stage.graph('GET', number)).status).toBe(200)
  })

  it('is checked against a proof when one is given', async () => {
    expect((await stage.graph('GET', `${number}?appsecret_proof=00`)).status).toBe(400)
  })
})

describe('the account', () => {
  it('describes the number, with only the fields that were asked for', async () => {
    expect((await stage.graph('GET', number)).body).toMatchObject({
      id: number,
      display_phone_number: '15550100001',
      quality_rating: 'GREEN',
    })
    expect((await stage.graph('GET', `${number}?fields=verified_name`)).body).toEqual({
      id: number,
      verified_name: 'Simulated shop',
    })
    const health = await stage.graph('GET', `${account}?fields=health_status`)
    expect(health.body['health_status']).toMatchObject({ can_send_message: 'AVAILABLE' })
    expect((await stage.graph('GET', `${account}/phone_numbers`)).body['data']).toMatchObject([
      { id: number },
    ])
  })

  it('registers with a PIN and refuses another; nothing is sent while deregistered', async () => {
    const register = (pin: unknown): Promise<GraphReply> =>
      stage.graph('POST', `${number}/register`, { messaging_product: 'whatsapp', pin })
    expect(codeOf(await register('12'))).toBe(100)
    expect((await register('123456')).body).toEqual({ success: true })
    expect(codeOf(await register('654321'))).toBe(133005)
    await stage.graph('POST', `${number}/deregister`)
    expect(codeOf(await stage.text('+15550100101', 'x'))).toBe(133010)
    await register('123456')
    expect((await stage.text('+15550100101', 'x')).status).toBe(200)
  })

  it('sends webhooks only to a subscribed app', async () => {
    await stage.simulator.idle()
    const before = stage.received.length
    await stage.graph('DELETE', `${account}/subscribed_apps`)
    await stage.text('+15550100101', 'x')
    await stage.simulator.idle()
    expect(stage.received).toHaveLength(before)
    expect((await stage.graph('GET', `${account}/subscribed_apps`)).body).toEqual({ data: [] })
    await stage.graph('POST', `${account}/subscribed_apps`)
    await stage.text('+15550100101', 'x')
    await stage.simulator.idle()
    expect(stage.received).toHaveLength(before + 2)
  })

  it('keeps a business profile within its limits', async () => {
    const path = `${number}/whatsapp_business_profile`
    const given = { messaging_product: 'whatsapp', about: 'Coffee', email: 'shop@example.com' }
    expect((await stage.graph('POST', path, given)).body).toEqual({ success: true })
    expect((await stage.graph('GET', path)).body).toEqual({ data: [given] })
    expect(codeOf(await stage.graph('POST', path, { about: letters(140) }))).toBe(100)
  })

  it('does not know other objects and paths', async () => {
    const answer = await stage.graph('GET', '999')
    expect(answer.status).toBe(400)
    expect(answer.body['error']).toMatchObject({ code: 100, error_subcode: 33 })
    expect((await fetch(`${stage.address.url}/nowhere`)).status).toBe(404)
  })

  it('says so when the version is too old', async () => {
    const old = stage.address.graphUrl.replace('v25.0', 'v19.0')
    const answer = await fetch(`${old}/${number}`, {
      headers: { authorization: 'Bearer test-token' },
    })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('x-ad-api-version-warning')).toContain('v19.0')
    expect(answer.headers.get('facebook-api-version')).toBe('v21.0')
  })

  it('answers to this machine’s own names only', async () => {
    const { request } = await import('node:http')
    const status = await new Promise((resolve) => {
      const url = new URL(stage.address.url)
      request(
        { port: url.port, host: '127.0.0.1', path: '/phone/', headers: { host: 'evil.example' } },
        (response) => {
          response.resume()
          resolve(response.statusCode)
        },
      ).end()
    })
    expect(status).toBe(403)
  })
})

describe('templates', () => {
  const definition = {
    name: 'order_ready',
    language: 'en_US',
    category: 'UTILITY',
    components: [
      { type: 'BODY', text: 'Hello {{1}}, your order {{2}} is ready for you.' },
      { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'On my way' }] },
    ],
  }
  const use = (...texts: readonly string[]): object => ({
    type: 'template',
    template: {
      name: 'order_ready',
      language: { code: 'en_US' },
      components: [{ type: 'body', parameters: texts.map((text) => ({ type: 'text', text })) }],
    },
  })

  it('are created, reviewed by webhook, listed, sent with all parameters, and deleted', async () => {
    const created = await stage.graph('POST', `${account}/message_templates`, definition)
    expect(created.body).toEqual({
      id: expect.stringMatching(/^\d+$/),
      status: 'PENDING',
      category: 'UTILITY',
    })
    await stage.simulator.idle()
    expect(stage.simulator.deliveries().at(-1)?.fields).toEqual(['message_template_status_update'])
    expect(stage.values().at(-1)).toMatchObject({
      event: 'APPROVED',
      message_template_language: 'en-US',
      message_template_id: expect.any(Number),
    })
    const listed = await stage.graph('GET', `${account}/message_templates?name=order_ready`)
    expect(listed.body['data']).toMatchObject([{ name: 'order_ready', status: 'APPROVED' }])
    expect(codeOf(await send(use('Ana')))).toBe(132000)
    const sent = await send(use('Ana', 'A-7'))
    expect(sent.body['messages']).toMatchObject([{ message_status: 'accepted' }])
    const removed = await stage.graph('DELETE', `${account}/message_templates?name=order_ready`)
    expect(removed.body).toEqual({ success: true })
    expect(codeOf(await send(use('Ana', 'A-7')))).toBe(132001)
  })

  it('may be sent after the window and answered by their quick reply', async () => {
    await stage.graph('POST', `${account}/message_templates`, definition)
    stage.time.advance(48 * 3_600_000)
    const sent = await send(use('Ana', 'A-7'))
    const id = String(recordOf(list(sent.body['messages'])[0])['id'])
    stage.simulator.customers.tapButton(id, 'On my way')
    await stage.simulator.idle()
    expect(stage.statuses()).toEqual([`${id}: sent`, `${id}: delivered`])
    const last = stage
      .values()
      .flatMap((value) => list(value['messages']))
      .at(-1)
    expect(last).toMatchObject({
      type: 'button',
      button: { payload: 'On my way', text: 'On my way' },
      context: { id },
    })
  })

  it('are refused while paused or disabled', async () => {
    const { id } = stage.simulator.templates.add({
      name: 'order_ready',
      language: 'en_US',
      category: 'UTILITY',
      parameterFormat: 'POSITIONAL',
      components: [{ type: 'BODY', text: 'Ready.' }],
    })
    stage.simulator.templates.review(id, 'PAUSED')
    expect(codeOf(await send(use()))).toBe(132015)
    stage.simulator.templates.review(id, 'DISABLED')
    expect(codeOf(await send(use()))).toBe(132016)
  })

  it('need every named parameter', async () => {
    stage.simulator.templates.add({
      name: 'order_ready',
      language: 'en_US',
      category: 'UTILITY',
      parameterFormat: 'NAMED',
      components: [{ type: 'BODY', text: 'Order {{order_id}} is ready.' }],
    })
    expect(codeOf(await send(use('A-7')))).toBe(132012)
  })

  it('must keep Meta’s rules', async () => {
    const make = (more: object): Promise<GraphReply> =>
      stage.graph('POST', `${account}/message_templates`, { ...definition, ...more })
    expect(codeOf(await make({ name: 'Not Allowed' }))).toBe(100)
    expect(codeOf(await make({ components: [{ type: 'BODY', text: '{{1}} is ready' }] }))).toBe(
      2388299,
    )
    expect(
      codeOf(await make({ components: [{ type: 'BODY', text: 'a {{1}} {{2}} {{3}} b' }] })),
    ).toBe(2388293)
    expect(codeOf(await make({ components: [{ type: 'BODY', text: letters(1025) }] }))).toBe(100)
    await make({})
    expect(codeOf(await make({}))).toBe(100)
  })
})
