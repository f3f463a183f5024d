import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Rehearsal } from './rehearsal.fixture.ts'
import { list, recordOf, startRehearsal } from './rehearsal.fixture.ts'

const number = '106540352242922'
let stage: Rehearsal

beforeEach(async () => {
  stage = await startRehearsal()
})
afterEach(() => stage.stop())

function firstMessage(): Readonly<Record<string, unknown>> {
  return recordOf(list(stage.values()[0]?.['messages'])[0])
}

describe('a message from a customer', () => {
  it('arrives as a signed webhook in Meta’s form', async () => {
    const ana = stage.simulator.customers.create({ name: 'Ana Peña', phone: '+1 555 010 0101' })
    const sent = stage.simulator.customers.sendText(ana.id, 'Olá / hello')
    await stage.simulator.idle()
    const [post] = stage.received
    const digest = createHmac('sha256', 'test_app_secret')
      .update(post?.body ?? '')
      .digest('hex')
    expect(post?.signature).toBe(`sha256=${digest}`)
    expect(post?.body).toContain('Ol\\u00e1 \\/ hello')
    expect(post?.json).toEqual({
      object: 'whatsapp_business_account',
      entry: [
        {
          id: '102290129340398',
          changes: [
            {
              field: 'messages',
              value: {
                messaging_product: 'whatsapp',
                metadata: { display_phone_number: '15550100001', phone_number_id: number },
                contacts: [
                  { profile: { name: 'Ana Peña' }, wa_id: '15550100101', user_id: ana.userId },
                ],
                messages: [
                  {
                    from: '15550100101',
                    from_user_id: ana.userId,
                    id: sent.id,
                    timestamp: '1793534400',
                    type: 'text',
                    text: { body: 'Olá / hello' },
                  },
                ],
              },
            },
          ],
        },
      ],
    })
    expect(ana.userId).toMatch(/^[A-Z]{2}\.[A-Za-z0-9]{1,128}$/)
    expect(Buffer.from(sent.id.replace('wamid.', ''), 'base64').toString('latin1')).toContain(
      '15550100101',
    )
  })

  it('leaves the phone number out when the person has a username only', async () => {
    const dina = stage.simulator.customers.create({ name: 'Dina', username: '@dina' })
    stage.simulator.customers.sendText(dina.id, 'hi')
    await stage.simulator.idle()
    expect(stage.values()[0]?.['contacts']).toEqual([
      { profile: { name: 'Dina', username: 'dina' }, user_id: dina.userId },
    ])
    expect(firstMessage()).not.toHaveProperty('from')
    expect(firstMessage()['from_user_id']).toBe(dina.userId)
  })

  it('leaves the user id out for a person from before user ids', async () => {
    const old = stage.simulator.customers.create({
      name: 'Old',
      phone: '15550100109',
      hasUserId: false,
    })
    stage.simulator.customers.sendText(old.id, 'hi')
    await stage.simulator.idle()
    expect(stage.values()[0]?.['contacts']).toEqual([
      { profile: { name: 'Old' }, wa_id: '15550100109' },
    ])
    expect(firstMessage()).not.toHaveProperty('from_user_id')
  })

  it('answers buttons and rows with the context of the message that showed them', async () => {
    const { customers } = stage.simulator
    const ana = customers.create({ name: 'Ana', phone: '15550100101' })
    customers.sendText(ana.id, 'hi')
    const buttons = [{ type: 'reply', reply: { id: 'menu', title: 'Menu' } }]
    const first = await stage.graph('POST', `${number}/messages`, {
      messaging_product: 'whatsapp',
      to: '+15550100101',
      type: 'interactive',
      interactive: { type: 'button', body: { text: 'Hello' }, action: { buttons } },
    })
    const rows = [{ id: 'latte', title: 'Latte', description: '3.50' }]
    const second = await stage.graph('POST', `${number}/messages`, {
      messaging_product: 'whatsapp',
      to: '+15550100101',
      type: 'interactive',
      interactive: {
        type: 'list',
        body: { text: 'Menu' },
        action: { button: 'Open', sections: [{ rows }] },
      },
    })
    const idOf = (body: Readonly<Record<string, unknown>>): string =>
      String(recordOf(list(body['messages'])[0])['id'])
    customers.tapButton(idOf(first.body), 'menu')
    customers.chooseRow(idOf(second.body), 'latte')
    expect(() => customers.tapButton(idOf(first.body), 'other')).toThrow('no reply button')
    await stage.simulator.idle()
    const answers = stage
      .values()
      .flatMap((value) => list(value['messages']))
      .map(recordOf)
      .slice(1)
    expect(answers).toMatchObject([
      {
        type: 'interactive',
        context: { from: '15550100001', id: idOf(first.body) },
        interactive: { type: 'button_reply', button_reply: { id: 'menu', title: 'Menu' } },
      },
      {
        type: 'interactive',
        context: { id: idOf(second.body) },
        interactive: {
          type: 'list_reply',
          list_reply: { id: 'latte', title: 'Latte', description: '3.50' },
        },
      },
    ])
  })

  it('can be a cart, a place, a voice note, a reaction, its removal, and a type that does not exist', async () => {
    const { customers } = stage.simulator
    stage.simulator.setCatalog('c1', [
      { retailerId: 'latte', name: 'Latte', price: '3.50', currency: 'EUR' },
    ])
    const ana = customers.create({ name: 'Ana', phone: '15550100101' })
    const cart = customers.sendCart(ana.id, [{ retailerId: 'latte', quantity: 2 }])
    customers.sendLocation(ana.id)
    customers.sendVoice(ana.id)
    customers.react(ana.id, cart.id, '👍')
    customers.react(ana.id, cart.id, '')
    customers.sendRaw(ana.id, 'hologram', { depth: 3 })
    await stage.simulator.idle()
    const messages = stage
      .values()
      .flatMap((value) => list(value['messages']))
      .map(recordOf)
    expect(messages).toMatchObject([
      {
        order: {
          catalog_id: 'c1',
          product_items: [
            { product_retailer_id: 'latte', quantity: 2, item_price: 3.5, currency: 'EUR' },
          ],
        },
      },
      { location: { latitude: 38.7139 } },
      { audio: { mime_type: 'audio/ogg; codecs=opus', voice: true } },
      { reaction: { message_id: cart.id, emoji: '👍' } },
      { reaction: { message_id: cart.id } },
      { type: 'hologram', hologram: { depth: 3 } },
    ])
    expect(recordOf(messages[4]?.['reaction'])).not.toHaveProperty('emoji')
    expect(() => customers.sendCart(ana.id, [{ retailerId: 'latte', quantity: 100 }])).toThrow(
      '1 to 99',
    )
  })
})

describe('a person', () => {
  it('who changes the number is announced from the old number, without contacts', async () => {
    const { customers } = stage.simulator
    const ana = customers.create({ name: 'Ana', phone: '15550100101' })
    const moved = customers.changeNumber(ana.id, '15550100102')
    await stage.simulator.idle()
    expect(stage.values()[0]).not.toHaveProperty('contacts')
    expect(firstMessage()).toMatchObject({
      from: '15550100101',
      type: 'system',
      system: {
        type: 'user_changed_number',
        wa_id: '15550100102',
        user_id: moved.userId,
        previous_user_id: ana.userId,
      },
    })
    expect(moved.userId).not.toBe(ana.userId)
    expect((await stage.text('+15550100101', 'old')).status).toBe(200)
    expect(stage.simulator.customers.messages(ana.id)).toEqual([])
  })

  it('who gets a new user id is announced without a number', async () => {
    const { customers } = stage.simulator
    const ana = customers.create({ name: 'Ana', phone: '15550100101' })
    const next = customers.changeUserId(ana.id)
    await stage.simulator.idle()
    expect(firstMessage()).not.toHaveProperty('from')
    expect(firstMessage()['system']).toMatchObject({
      type: 'user_changed_user_id',
      user_id: next.userId,
      previous_user_id: ana.userId,
    })
  })

  it('who stops marketing is announced under its own field', async () => {
    const { customers } = stage.simulator
    const ana = customers.create({ name: 'Ana', phone: '15550100101' })
    customers.setMarketing(ana.id, 'stop')
    await stage.simulator.idle()
    expect(stage.simulator.deliveries()[0]?.fields).toEqual(['user_preferences'])
    expect(stage.values()[0]).toMatchObject({
      user_preferences: [{ user_id: ana.userId, category: 'marketing_messages', value: 'stop' }],
    })
  })

  it('sees what the business writes in its own app, and the webhook echoes it', async () => {
    const ana = stage.simulator.customers.create({ name: 'Ana', phone: '15550100101' })
    stage.simulator.echo(ana.id, 'I take over')
    await stage.simulator.idle()
    expect(stage.simulator.deliveries()[0]?.fields).toEqual(['smb_message_echoes'])
    expect(stage.values()[0]).toMatchObject({
      message_echoes: [
        {
          from: '15550100001',
          to: '15550100101',
          to_user_id: ana.userId,
          text: { body: 'I take over' },
        },
      ],
    })
  })

  it('cannot take another person’s number', () => {
    stage.simulator.customers.create({ name: 'Ana', phone: '15550100101' })
    expect(() => stage.simulator.customers.create({ name: 'Ben', phone: '15550100101' })).toThrow(
      'Another',
    )
  })
})

describe('a snapshot', () => {
  it('restores people, chats, media and webhooks that were not delivered', async () => {
    const { customers } = stage.simulator
    const ana = customers.create({ name: 'Ana', phone: '15550100101' })
    customers.sendImage(ana.id, { caption: 'look' })
    await stage.simulator.idle()
    stage.simulator.setWebhook(undefined)
    customers.sendText(ana.id, 'waiting')
    const snapshot = stage.simulator.snapshot()
    const other = await startRehearsal()
    try {
      other.simulator.restore(snapshot)
      await other.simulator.idle()
      expect(other.simulator.customers.messages(ana.id)).toEqual(customers.messages(ana.id))
      expect(other.values()).toMatchObject([{ messages: [{ text: { body: 'waiting' } }] }])
      const restored: unknown = JSON.parse(other.simulator.snapshot())
      expect(restored).toEqual({ ...recordOf(JSON.parse(snapshot)), pending: [] })
    } finally {
      await other.stop()
    }
  })

  it('of anything else is refused', () => {
    expect(() => stage.simulator.restore('{}')).toThrow('no simulator snapshot')
    expect(() => stage.simulator.restore('nonsense')).toThrow('not JSON')
  })
})

describe('a simulator inside another server', () => {
  it('answers under its prefixes, and leaves other paths alone', async () => {
    const inner = await startRehearsal({ graphPath: '/simulator/graph', phonePath: '/demo/phone' })
    const host = createServer((request, response) => {
      if (!inner.simulator.handler(request, response)) response.writeHead(418).end()
    })
    try {
      const port = await new Promise<number>((resolve) => {
        host.listen(0, '127.0.0.1', () => {
          const address = host.address()
          resolve(typeof address === 'object' && address !== null ? address.port : 0)
        })
      })
      const base = `http://127.0.0.1:${port}`
      const auth = { headers: { authorization: 'Bearer test-token' } }
      expect((await fetch(`${base}/simulator/graph/v26.0/${number}`, auth)).status).toBe(200)
      expect((await fetch(`${base}/demo/phone/`)).status).toBe(200)
      expect((await fetch(`${base}/demo/phone`, { redirect: 'manual' })).status).toBe(302)
      expect((await fetch(`${base}/v26.0/${number}`, auth)).status).toBe(418)
    } finally {
      host.closeAllConnections()
      host.close()
      await inner.stop()
    }
  })
})
