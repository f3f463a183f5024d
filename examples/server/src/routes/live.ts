import { Router } from '@koa/router'
import type { RouterContext } from '@koa/router'
import * as z from 'zod'
import { streamEvents } from '../http/events.ts'
import { readJson, refuse } from '../http/json.ts'
import type { Rechecks } from '../http/rechecks.ts'
import type { Desk, DeskOutcome } from '../live/desk.ts'

const id = z.uuid()
const cursor = z.string().max(500).optional()
const reply = z.strictObject({ body: z.string().trim().min(1).max(4096) })

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

/** The JSON that the live page reads, its commands, and its server-sent events. Not a public interface. */
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
  for (const action of ['take-over', 'give-back', 'resolve', 'read'] as const) {
    router.post(`/conversations/:id/${action}`, async (ctx) => {
      const { desk } = await open(ctx)
      answer(ctx, await desk.act(readId(ctx), action))
    })
  }
  router.post('/conversations/:id/replies', async (ctx) => {
    const { desk } = await open(ctx)
    const parsed = reply.safeParse(await readJson(ctx))
    if (!parsed.success) ctx.throw(400)
    else answer(ctx, await desk.reply(readId(ctx), parsed.data.body))
  })
  router.get('/orders', async (ctx) => {
    const { desk } = await open(ctx)
    ctx.body = await desk.orders(readCursor(ctx))
  })
  router.get('/sends', async (ctx) => {
    const { desk } = await open(ctx)
    ctx.body = { items: await desk.sends() }
  })
  for (const action of ['resend', 'discard'] as const) {
    router.post(`/sends/:id/${action}`, async (ctx) => {
      const { desk } = await open(ctx)
      answer(ctx, await desk.actOnSend(readId(ctx), action))
    })
  }
  router.get('/dead', async (ctx) => {
    const { desk } = await open(ctx)
    ctx.body = { items: await desk.dead() }
  })
  router.post('/dead/:id/replay', async (ctx) => {
    const { desk } = await open(ctx)
    answer(ctx, await desk.replay(readId(ctx)))
  })
  for (const action of ['replay', 'discard'] as const) {
    router.post(`/dead-jobs/:id/${action}`, async (ctx) => {
      const { desk } = await open(ctx)
      answer(ctx, await desk.actOnDeadJob(readId(ctx), action))
    })
  }
  router.get('/numbers/stopped', async (ctx) => {
    const { desk } = await open(ctx)
    ctx.body = { items: await desk.stopped() }
  })
  router.post('/numbers/:id/resume', async (ctx) => {
    const { desk } = await open(ctx)
    answer(ctx, await desk.resume(readId(ctx)))
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

function answer(ctx: RouterContext, outcome: DeskOutcome): void {
  if (outcome.kind === 'refused') {
    refuse(ctx, outcome.reason === 'not_found' ? 404 : 409, outcome.reason)
    return
  }
  ctx.body = outcome
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
