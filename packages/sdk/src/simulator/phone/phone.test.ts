import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readdir } from 'node:fs/promises'
import type { Rehearsal } from '../rehearsal.fixture.ts'
import { list, recordOf, startRehearsal } from '../rehearsal.fixture.ts'
import { phoneAssetFolder, phoneAssets } from './assets.ts'

let stage: Rehearsal
let anaId: string

beforeEach(async () => {
  stage = await startRehearsal()
  anaId = stage.simulator.customers.create({ name: 'Ana', phone: '15550100101' }).id
})
afterEach(() => stage.stop())

function post(
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${stage.address.phoneUrl}api/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
}

async function get(path: string): Promise<unknown> {
  return (await fetch(`${stage.address.phoneUrl}api/${path}`)).json()
}

describe('the phone’s page', () => {
  it('serves exactly the listed files, with a policy that lets nothing else in', async () => {
    expect((await readdir(phoneAssetFolder)).sort()).toEqual(Object.keys(phoneAssets).sort())
    for (const [name, type] of Object.entries(phoneAssets)) {
      const answer = await fetch(stage.address.phoneUrl + name)
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type])
      expect(answer.headers.get('content-security-policy')).toContain(
        "default-src 'none'; script-src 'self'",
      )
      expect(await answer.text()).not.toMatch(/(src|href)="(https?:)?\/\/|<script>|style="/)
    }
    expect((await fetch(`${stage.address.phoneUrl}../state.ts`)).status).toBe(404)
    expect((await fetch(`${stage.address.phoneUrl}%2e%2e%2fstate.ts`)).status).toBe(404)
    expect((await fetch(stage.address.url, { redirect: 'manual' })).headers.get('location')).toBe(
      '/phone/',
    )
  })
})

describe('the phone’s API', () => {
  it('creates people and speaks for them', async () => {
    const created = await post('customers', { name: 'Ben', phone: '', username: 'ben.b' })
    expect(created.status).toBe(201)
    const ben = recordOf(await created.json())
    expect(ben).toMatchObject({ name: 'Ben', label: '@ben.b' })
    expect((await post(`customers/${String(ben['id'])}/text`, { text: 'مرحبا' })).status).toBe(204)
    expect(await get(`customers/${String(ben['id'])}/messages`)).toMatchObject([
      { mine: true, text: 'مرحبا', type: 'text' },
    ])
    const state = recordOf(await get('state'))
    expect(list(state['customers'])).toHaveLength(2)
    expect(state['business']).toEqual({ name: 'Simulated shop', number: '15550100001' })
  })

  it('says what is wrong', async () => {
    expect((await post('customers', { name: '' })).status).toBe(422)
    expect((await post('customers', { name: 'Ben', phone: '15550100101' })).status).toBe(409)
    expect((await post('customers/none/text', { text: 'x' })).status).toBe(404)
    expect((await post(`customers/${anaId}/fly`, {})).status).toBe(404)
    expect((await post(`customers/${anaId}/constructor`, {})).status).toBe(404)
  })

  it('refuses what another site’s page could send', async () => {
    expect(
      (await post(`customers/${anaId}/text`, { text: 'x' }, { 'content-type': 'text/plain' }))
        .status,
    ).toBe(403)
    expect(
      (await post(`customers/${anaId}/text`, { text: 'x' }, { 'sec-fetch-site': 'cross-site' }))
        .status,
    ).toBe(403)
    expect(stage.simulator.customers.messages(anaId)).toEqual([])
  })

  it('tells open pages what happens', async () => {
    const stop = new AbortController()
    const events = await fetch(`${stage.address.phoneUrl}api/events`, { signal: stop.signal })
    const reader = events.body?.getReader()
    const decoder = new TextDecoder()
    let text = ''
    const readUntil = async (part: string): Promise<void> => {
      while (!text.includes(part)) {
        const piece = await reader?.read()
        if (piece === undefined || piece.done) throw new Error('the stream ended')
        text += decoder.decode(piece.value, { stream: true })
      }
    }
    await readUntil('retry')
    stage.simulator.customers.sendText(anaId, 'hello page')
    await readUntil('hello page')
    await stage.text('+15550100101', 'hello customer')
    await readUntil('hello customer')
    stop.abort()
  })

  it('shows a filled template, a cart and a quote in plain words', async () => {
    stage.simulator.setCatalog('c', [
      { retailerId: 'p', name: 'Latte', price: '3.50', currency: 'EUR' },
    ])
    stage.simulator.customers.sendCart(anaId, [{ retailerId: 'p', quantity: 2 }])
    stage.simulator.templates.add({
      name: 'ready',
      language: 'en_US',
      category: 'UTILITY',
      parameterFormat: 'POSITIONAL',
      components: [
        { type: 'BODY', text: 'Order {{1}} is ready.' },
        {
          type: 'BUTTONS',
          buttons: [
            { type: 'QUICK_REPLY', text: 'Thanks' },
            { type: 'URL', text: 'See', url: 'https://example.com' },
          ],
        },
      ],
    })
    await stage.graph('POST', '106540352242922/messages', {
      messaging_product: 'whatsapp',
      to: '+15550100101',
      type: 'template',
      template: {
        name: 'ready',
        language: { code: 'en_US' },
        components: [{ type: 'body', parameters: [{ type: 'text', text: 'A-7' }] }],
      },
    })
    const [cart, template] = stage.simulator.customers.messages(anaId)
    stage.simulator.customers.tapButton(template?.id ?? '', 'Thanks')
    expect(cart?.type).toBe('order')
    expect(await get(`customers/${anaId}/messages`)).toMatchObject([
      { cart: [{ name: 'Latte', quantity: 2, price: '3.50', currency: 'EUR' }] },
      {
        text: 'Order A-7 is ready.',
        buttons: [{ id: 'Thanks', title: 'Thanks' }],
        links: [{ label: 'See', url: 'https://example.com' }],
      },
      { text: 'Thanks', quote: { mine: false, text: 'Order A-7 is ready.' } },
    ])
  })

  it('never shows a file as something that a browser runs', async () => {
    const form = new FormData()
    form.append('messaging_product', 'whatsapp')
    form.append('file', new Blob(['<script>'], { type: 'text/plain' }), 'a.txt')
    const upload = await fetch(`${stage.address.graphUrl}/106540352242922/media`, {
      method: 'POST',
      headers: { authorization: 'Bearer test-token' },
      body: form,
    })
    const { id } = recordOf(await upload.json())
    const shown = await fetch(`${stage.address.phoneUrl}api/media/${String(id)}`)
    expect(shown.headers.get('content-type')).toBe('application/octet-stream')
    expect(shown.headers.get('content-disposition')).toBe('attachment')
    expect(shown.headers.get('content-security-policy')).toContain('sandbox')
  })
})
