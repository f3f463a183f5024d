import { readId } from '@auronx/sdk'
import type { Auronx } from '@auronx/sdk'
import { problemError, problemOf } from '@auronx/sdk/api'
import { createWebhookHandler } from '@auronx/sdk/webhook'
import { Hono } from 'hono'
import type pg from 'pg'
import { resolveActor } from './resolve-actor.ts'

/** What {@link createApp} needs. */
export interface AppDeps {
  readonly auronx: Auronx
  /** The host's own pool. */
  readonly pool: pg.Pool
  readonly meta: {
    readonly appId: string
    readonly appSecret: string
    readonly verifyToken: string
  }
}

/** A Hono app with the webhook, and with pages of the host that show its person the conversations of one business. */
export function createApp({ auronx, pool, meta }: AppDeps): Hono {
  const app = new Hono()
  const webhook = createWebhookHandler({ ...meta, inbox: auronx.inbox })
  app.all('/webhooks/whatsapp', (context) => webhook(context.req.raw))

  app.get('/conversations', async (context) => {
    const actor = await resolveActor(pool, context.req.header('authorization'))
    const { items } = await auronx.conversations.list(actor, { limit: 20 })
    return context.json(items.map(({ id, owner }) => ({ id, owner })))
  })

  app.get('/conversations/:id', async (context) => {
    const actor = await resolveActor(pool, context.req.header('authorization'))
    const id = readId('ConversationId', context.req.param('id'))
    const conversation = await auronx.conversations.get(actor, id)
    if (conversation === undefined) throw problemError('not_found')
    const { contactId, channelId } = conversation
    const { items } = await auronx.conversations.thread(actor, { contactId, channelId, limit: 50 })
    return context.json(items.map(({ author, content }) => ({ author, content })))
  })

  app.post('/conversations/:id/replies', async (context) => {
    const actor = await resolveActor(pool, context.req.header('authorization'))
    const id = readId('ConversationId', context.req.param('id'))
    const body = await context.req.text()
    const reply = await auronx.replies.send(actor, id, { kind: 'text', body })
    if (reply.kind === 'refused') throw problemError(reply.reason)
    return context.json({ id: reply.entry.id }, 202)
  })

  app.onError((error) => {
    const problem = problemOf(error)
    if (problem.status >= 500) console.error(error)
    const headers = { 'content-type': 'application/problem+json' }
    return new Response(JSON.stringify(problem), { status: problem.status, headers })
  })
  return app
}
