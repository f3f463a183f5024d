import { Router } from '@koa/router'
import type { Middleware } from 'koa'
import * as z from 'zod'
import type { Usage } from '@auronx/sdk'
import { readShape } from '../http/json.ts'
import type { OpenVisitor } from '../http/visitor.ts'
import { pageUses } from '../usage.ts'
import type { Count } from '../usage.ts'

const objectionShape = z.strictObject({ isObjected: z.boolean() })

/** `/account/usage`: whether a person is counted, and the objection to it. */
export function usageRoutes(deps: { readonly usage: Usage; readonly visit: OpenVisitor }): Router {
  const { usage, visit } = deps
  const router = new Router({ prefix: '/account/usage' })
  router.get('/', async (ctx) => {
    const { actor } = await visit(ctx.req)
    ctx.set('cache-control', 'no-store')
    ctx.body = { isObjected: await usage.isObjected(actor) }
  })
  router.post('/objection', async (ctx) => {
    const { actor } = await visit(ctx.req)
    const { isObjected } = await readShape(ctx, objectionShape)
    await usage.setObjected(actor, isObjected)
    ctx.body = { kind: 'done' }
  })
  return router
}

/** Counts which pages are looked at, by the request that fills them. */
export function countPages(visit: OpenVisitor, count: Count): Middleware {
  return async (ctx, next) => {
    await next()
    const name = ctx.method === 'GET' && ctx.status === 200 ? pageUses.get(ctx.path) : undefined
    if (name !== undefined) await count((await visit(ctx.req)).actor, name)
  }
}
