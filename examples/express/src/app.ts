import { createSystemClock } from '@auronx/sdk'
import type { Auronx } from '@auronx/sdk'
import { createWebhook } from '@auronx/sdk/webhook'
import express from 'express'
import type { Express } from 'express'
import { orderAtTable, readTableOrder } from './order-at-table.ts'
import type { OrderDeps } from './order-at-table.ts'
import { sendProblem } from './problem.ts'
import { resolveActor } from './resolve-actor.ts'

/** What {@link createApp} needs. */
export interface AppDeps extends OrderDeps {
  readonly auronx: Auronx
  readonly meta: {
    readonly appId: string
    readonly appSecret: string
    readonly verifyToken: string
  }
}

/** An Express app: the webhook before any body parser, then the host's own routes. */
export function createApp({ auronx, pool, names, meta }: AppDeps): Express {
  const app = express()
  const webhook = createWebhook({
    appSecrets: [meta.appSecret],
    verifyTokens: [meta.verifyToken],
    clock: createSystemClock(),
    accept: async (events) => void (await auronx.inbox.accept(events, { appId: meta.appId })),
  })
  // The signature covers the bytes as they came, so nothing may parse them first.
  // The signature covers the bytes as they came: a compressed body must not be unpacked first.
  const raw = express.raw({ type: () => true, limit: webhook.maxBytes, inflate: false })
  app.all('/webhooks/whatsapp', raw, async ({ method, originalUrl, headers, body }, response) => {
    const query = new URL(originalUrl, 'http://localhost').searchParams
    const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0)
    const early = webhook.begin({ method, query })
    const reply = early ?? (await webhook.receive(bytes, headers['x-hub-signature-256']))
    response.status(reply.status).set(reply.headers).end(reply.body)
  })

  app.use(express.json())
  app.get('/conversations', async (request, response) => {
    const actor = await resolveActor(pool, request.headers.authorization)
    const { items } = await auronx.conversations.list(actor, { limit: 20 })
    response.json(items.map(({ id, contactId, owner }) => ({ id, contactId, owner })))
  })
  app.post('/orders', async (request, response) => {
    const actor = await resolveActor(pool, request.headers.authorization)
    const order = await orderAtTable({ auronx, pool, names }, actor, readTableOrder(request.body))
    response.status(201).json({ id: order.id, status: order.status })
  })
  app.use(sendProblem)
  return app
}
