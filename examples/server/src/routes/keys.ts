import { Router } from '@koa/router'
import type { RouterContext } from '@koa/router'
import * as z from 'zod'
import { neverForKeys, permissions } from '@auronx/sdk'
import type { Clock, Stores } from '@auronx/sdk'
import type { ApiKeyMade, ApiKeyView, Auth } from '@auronx/sdk/auth'
import { noted } from '../audit-trail.ts'
import type { Trail } from '../audit-trail.ts'
import { readShape, refuse } from '../http/json.ts'
import type { OpenVisitor } from '../http/visitor.ts'

/** What {@link keyRoutes} needs. */
export interface KeyRoutesDeps {
  readonly apiKeys: Auth<Stores>['apiKeys']
  readonly visit: OpenVisitor
  readonly trail: Trail
  readonly clock: Clock
}

const dayMs = 24 * 3_600_000
const createShape = z.strictObject({
  name: z.string().trim().min(1).max(120),
  scopes: z.array(z.enum(permissions)).min(1).max(permissions.length),
  days: z.int().min(1).max(365),
})
const emptyShape = z.strictObject({})

/** `/account/keys`: API keys. A key's text stands in the one answer that makes it. */
export function keyRoutes({ apiKeys, visit, trail, clock }: KeyRoutesDeps): Router {
  const router = new Router({ prefix: '/account/keys' })
  router.use(async (ctx, next) => {
    ctx.set('cache-control', 'no-store')
    await next()
  })
  router.get('/', async (ctx) => {
    const { actor } = await visit(ctx.req)
    const held = actor.permissions ?? []
    ctx.body = {
      items: (await apiKeys.list(actor)).map(viewKey),
      scopes: held.filter((scope) => !neverForKeys.includes(scope)),
    }
  })
  router.post('/', async (ctx) => {
    const { actor } = await visit(ctx.req)
    const { days, ...wanted } = await readShape(ctx, createShape)
    const expiresAt = new Date(clock.now().getTime() + days * dayMs)
    const made = await apiKeys.create(actor, { ...wanted, expiresAt })
    if (made.kind === 'made') await trail(actor, noted('key.created', 'key', made.key.id))
    answer(ctx, made)
  })
  router.post('/:id/rotate', async (ctx) => {
    const { actor } = await visit(ctx.req)
    await readShape(ctx, emptyShape)
    const made = await apiKeys.rotate(actor, ctx.params['id'] ?? '')
    if (made.kind === 'made') await trail(actor, noted('key.rotated', 'key', made.key.id))
    answer(ctx, made)
  })
  router.post('/:id/revoke', async (ctx) => {
    const { actor } = await visit(ctx.req)
    await readShape(ctx, emptyShape)
    const id = ctx.params['id'] ?? ''
    if (!(await apiKeys.revoke(actor, id))) return refuse(ctx, 404, 'not_found')
    await trail(actor, noted('key.revoked', 'key', id))
    ctx.body = { kind: 'done' }
  })
  return router
}

function answer(ctx: RouterContext, made: ApiKeyMade): void {
  if (made.kind === 'refused') {
    refuse(ctx, made.reason === 'not_found' ? 404 : 403, made.reason)
    return
  }
  ctx.body = { kind: 'made', key: viewKey(made.key), text: made.text }
}

function viewKey({ id, name, scopes, createdAt, expiresAt, lastUsedAt, revokedAt }: ApiKeyView) {
  return { id, name, scopes, createdAt, expiresAt, lastUsedAt, revokedAt }
}
