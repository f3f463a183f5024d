import { Router } from '@koa/router'
import type { RouterContext } from '@koa/router'
import * as z from 'zod'
import { readBody } from '../http/body.ts'
import { streamEvents } from '../http/events.ts'
import type { Desk, DeskOutcome } from '../live/desk.ts'

const id = z.uuid()
const cursor = z.string().max(500).optional()
const reply = z.strictObject({ body: z.string().trim().min(1).max(4096) })
const largestBody = 64 * 1024

/** The JSON that the live page reads, its commands, and its server-sent events. Not a public interface. */
export function liveRoutes(deps: { readonly desk: Desk; readonly closing: AbortSignal }): Router {
  const { desk, closing } = deps
  const router = new Router({ prefix: '/live' })
  router.use(async (ctx, next) => {
    ctx.set('cache-control', 'no-store')
    await next()
  })
  router.get('/summary', async (ctx) => {
    ctx.body = await desk.summary()
  })
  router.get('/conversations', async (ctx) => {
    ctx.body = await desk.conversations(readCursor(ctx))
  })
  router.get('/conversations/:id', async (ctx) => {
    ctx.body = (await desk.thread(readId(ctx))) ?? ctx.throw(404)
  })
  for (const action of ['take-over', 'give-back', 'resolve', 'read'] as const) {
    router.post(`/conversations/:id/${action}`, async (ctx) => {
      answer(ctx, await desk.act(readId(ctx), action))
    })
  }
  router.post('/conversations/:id/replies', async (ctx) => {
    const parsed = reply.safeParse(await readJson(ctx))
    if (!parsed.success) ctx.throw(400)
    else answer(ctx, await desk.reply(readId(ctx), parsed.data.body))
  })
  router.get('/orders', async (ctx) => {
    ctx.body = await desk.orders(readCursor(ctx))
  })
  router.get('/sends', async (ctx) => {
    ctx.body = { items: await desk.sends() }
  })
  for (const action of ['resend', 'discard'] as const) {
    router.post(`/sends/:id/${action}`, async (ctx) => {
      answer(ctx, await desk.actOnSend(readId(ctx), action))
    })
  }
  router.get('/dead', async (ctx) => {
    ctx.body = { items: await desk.dead() }
  })
  router.post('/dead/:id/replay', async (ctx) => {
    answer(ctx, await desk.replay(readId(ctx)))
  })
  router.get('/numbers/stopped', async (ctx) => {
    ctx.body = { items: await desk.stopped() }
  })
  router.post('/numbers/:id/resume', async (ctx) => {
    answer(ctx, await desk.resume(readId(ctx)))
  })
  router.get('/changes', (ctx) => {
    streamEvents(ctx, closing, ({ send }) => desk.subscribe((change) => send('change', change)))
  })
  return router
}

function answer(ctx: RouterContext, outcome: DeskOutcome): void {
  if (outcome.kind === 'refused') {
    ctx.status = outcome.reason === 'not_found' ? 404 : 409
    ctx.body = JSON.stringify({
      type: 'about:blank',
      status: ctx.status,
      title: 'Refused',
      code: outcome.reason,
    })
    ctx.type = 'application/problem+json'
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

async function readJson(ctx: RouterContext): Promise<unknown> {
  const body = await readBody(ctx.req, largestBody)
  if (body.kind !== 'read') return ctx.throw(body.kind === 'too_large' ? 413 : 400)
  try {
    return JSON.parse(new TextDecoder().decode(body.bytes))
  } catch {
    return ctx.throw(400)
  }
}
