import { readId } from '@auronx/sdk'
import type { Auronx } from '@auronx/sdk'
import { problemError } from '@auronx/sdk/api'
import { createWebhookListener } from '@auronx/sdk/webhook'
import express from 'express'
import type { Express } from 'express'
import { orderAtTable, readTableOrder } from './order-at-table.ts'
import type { OrderDeps } from './order-at-table.ts'
import { sendProblem } from './problem.ts'
import { resolveActor } from './resolve-actor.ts'
import { serveTable } from './serve-table.ts'

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
  app.all('/webhooks/whatsapp', createWebhookListener({ ...meta, inbox: auronx.inbox }))

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
  app.get('/orders/:id', async (request, response) => {
    const actor = await resolveActor(pool, request.headers.authorization)
    const order = await auronx.orders.get(actor, readId('OrderId', request.params.id))
    if (order === undefined) throw problemError('not_found')
    response.json({ id: order.id, status: order.status })
  })
  app.post('/tables/:number/served', async (request, response) => {
    const actor = await resolveActor(pool, request.headers.authorization)
    const conversationId = readId('ConversationId', request.body?.conversationId)
    const table = Number(request.params.number)
    await serveTable({ auronx, pool, names }, actor, { table, conversationId })
    response.status(204).end()
  })
  app.use(sendProblem)
  return app
}
