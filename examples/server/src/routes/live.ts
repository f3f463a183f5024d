import { Router } from '@koa/router'
import type { RouterContext } from '@koa/router'
import * as z from 'zod'
import { streamEvents } from '../http/events.ts'
import type { Rechecks } from '../http/rechecks.ts'
import type { Desk } from '../live/desk.ts'

const id = z.uuid()
const cursor = z.string().max(500).optional()

/** What {@link liveRoutes} needs. */
export interface LiveDeps {
  /** The desk of whoever sends the request. Throws `unauthenticated` when nobody known does. */
  readonly open: (ctx: RouterContext) => Promise<OpenDesk>
  readonly closing: AbortSignal
  readonly rechecks?: Rechecks
}

/** A desk, and whether its colleague may still sit there. */
export interface OpenDesk {
  readonly desk: Desk
  readonly holds: () => Promise<boolean>
}

/** What the live page shows, joined for it, and its server-sent events. Its commands are those of the REST API. Not a public interface. */
export function liveRoutes({ open, closing, rechecks }: LiveDeps): Router {
  const router = new Router({ prefix: '/live' })
  router.use(async (ctx, next) => {
    ctx.set('cache-control', 'no-store')
    await next()
  })
  router.get('/summary', async (ctx) => {
    const { desk } = await open(ctx)
    ctx.body = await desk.summary()
  })
  router.get('/conversations', async (ctx) => {
    const { desk } = await open(ctx)
    ctx.body = await desk.conversations(readCursor(ctx))
  })
  router.get('/conversations/:id', async (ctx) => {
    const { desk } = await open(ctx)
    ctx.body = (await desk.thread(readId(ctx))) ?? ctx.throw(404)
  })
  router.get('/orders', async (ctx) => {
    const { desk } = await open(ctx)
    ctx.body = await desk.orders(readCursor(ctx))
  })
  router.get('/sends', async (ctx) => {
    const { desk } = await open(ctx)
    ctx.body = { items: await desk.sends() }
  })
  router.get('/dead', async (ctx) => {
    const { desk } = await open(ctx)
    ctx.body = { items: await desk.dead() }
  })
  router.get('/numbers/stopped', async (ctx) => {
    const { desk } = await open(ctx)
    ctx.body = { items: await desk.stopped() }
  })
  router.get('/changes', async (ctx) => {
    const { desk, holds } = await open(ctx)
    streamEvents(ctx, {
      closing,
      holds,
      ...(rechecks === undefined ? {} : { rechecks }),
      open: ({ send }) => desk.subscribe((change) => send('change', change)),
    })
  })
  return router
}

function readId(ctx: RouterContext): string {
  const parsed = id.safeParse(ctx.params['id'])
  return parsed.success ? parsed.data : ctx.throw(404)
}

function readCursor(ctx: RouterContext): { readonly cursor?: string } {
  const parsed = cursor.safeParse(ctx.query['cursor'])
  if (!parsed.success) ctx.throw(400)
  return parsed.data === undefined ? {} : { cursor: parsed.data }
}
