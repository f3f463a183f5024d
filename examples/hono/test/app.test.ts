import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { serve } from '@hono/node-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../src/app.ts'
import { openDemo } from '../src/demo.ts'
import type { Demo } from '../src/demo.ts'

const dataDir = mkdtempSync(path.join(tmpdir(), 'auronx-hono-test-'))
let demo: Demo
let app: ReturnType<typeof createApp>
let server: ReturnType<typeof serve>
let customerId: string
let conversationId: string

beforeAll(async () => {
  demo = await openDemo(dataDir)
  app = createApp(demo)
  server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 })
  if (server.address() === null) await once(server, 'listening')
  const address = server.address()
  const { port } = isInternet(address) ? address : { port: 0 }
  const { simulator } = demo.meta
  simulator.setWebhook(`http://127.0.0.1:${port}/webhooks/whatsapp`)
  customerId = simulator.customers.create({ name: 'Zoe', phone: '15550100150' }).id
})
afterAll(async () => {
  await demo.close()
  server.close()
  rmSync(dataDir, { recursive: true, force: true })
})

function isInternet(address: ReturnType<typeof server.address>): address is AddressInfo {
  return typeof address === 'object' && address !== null
}

const as = (token: string, init: RequestInit = {}): RequestInit => ({
  ...init,
  headers: { authorization: `Bearer ${token}` },
})

test('a webhook that is delivered twice gets one reply', async () => {
  const { simulator } = demo.meta
  simulator.faults.webhooks({ duplicate: 1 })
  simulator.customers.sendText(customerId, 'hello')
  await simulator.idle()
  expect(simulator.deliveries().map(({ status }) => status)).toEqual([200, 200])
  await demo.auronx.work({ maxMs: 5_000 })
  expect(simulator.accepted().map(({ type }) => type)).toEqual(['interactive'])
  simulator.faults.clear()
})

test('a person of the host sees the conversations of their own business', async () => {
  const response = await app.request('/conversations', as('ana-session'))
  const conversations: { readonly id: string }[] = await response.json()
  expect(conversations).toHaveLength(1)
  conversationId = conversations[0]?.id ?? ''
  const thread = await app.request(`/conversations/${conversationId}`, as('ana-session'))
  expect(await thread.text()).toContain('hello')
})

test('a person of another business sees neither the list nor the conversation, nor can answer', async () => {
  expect(await (await app.request('/conversations', as('ben-session'))).json()).toEqual([])
  const foreign = await app.request(`/conversations/${conversationId}`, as('ben-session'))
  expect(foreign.status).toBe(404)
  const sent = demo.meta.simulator.accepted().length
  const answer = as('ben-session', { method: 'POST', body: 'hi' })
  expect((await app.request(`/conversations/${conversationId}/replies`, answer)).status).toBe(404)
  await demo.auronx.work({ maxMs: 5_000 })
  expect(demo.meta.simulator.accepted()).toHaveLength(sent)
})

test('what is foreign, what never was and what is no id look the same', async () => {
  const ids = [conversationId, '019aae60-0000-7000-8000-00000000000a', 'nonsense']
  const bodies = ids.map(async (id) => {
    const response = await app.request(`/conversations/${id}`, as('ben-session'))
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    return response.text()
  })
  const [first, ...others] = await Promise.all(bodies)
  expect(others).toEqual([first, first])
})

test('a person answers, and the customer gets it', async () => {
  const answer = as('ana-session', { method: 'POST', body: 'We open at nine.' })
  const response = await app.request(`/conversations/${conversationId}/replies`, answer)
  expect(response.status).toBe(202)
  await demo.auronx.work({ maxMs: 5_000 })
  const chat = demo.meta.simulator.customers.messages(customerId)
  expect(chat.at(-1)).toMatchObject({ from: 'business', content: { body: 'We open at nine.' } })
})

test('nobody is let in without a session of the host', async () => {
  for (const pathname of ['/conversations', `/conversations/${conversationId}`]) {
    const response = await app.request(pathname)
    expect([response.status, await response.json()]).toEqual([
      401,
      {
        type: 'about:blank',
        title: 'A valid credential is needed',
        status: 401,
        code: 'unauthenticated',
      },
    ])
  }
})
