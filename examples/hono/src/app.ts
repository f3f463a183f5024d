import { createSystemClock, isAuronxError } from '@auronx/sdk'
import type { Auronx } from '@auronx/sdk'
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

/** A Hono app with the webhook, and with a page of the host that shows its person the conversations of one business. */
export function createApp({ auronx, pool, meta }: AppDeps): Hono {
  const app = new Hono()
  const webhook = createWebhookHandler({
    appSecrets: [meta.appSecret],
    verifyTokens: [meta.verifyToken],
    clock: createSystemClock(),
    accept: async (events) => void (await auronx.inbox.accept(events, { appId: meta.appId })),
  })
  app.all('/webhooks/whatsapp', (context) => webhook(context.req.raw))

  app.get('/conversations', async (context) => {
    const actor = await resolveActor(pool, context.req.header('authorization'))
    const { items } = await auronx.conversations.list(actor, { limit: 20 })
    return context.json(items.map(({ id, owner }) => ({ id, owner })))
  })

  app.onError((error, context) => {
    if (isAuronxError(error, 'unauthenticated')) return context.json({ code: error.code }, 401)
    return context.json({ code: 'internal' }, 500)
  })
  return app
}
