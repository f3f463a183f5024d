import { Router } from '@koa/router'
import type { RouterContext } from '@koa/router'
import * as z from 'zod'
import { asId, assertAllowed, createSecret, isAllowed } from '@auronx/sdk'
import type { Auronx, NumberRefusal, Numbers } from '@auronx/sdk'
import { readShape, refuse } from '../http/json.ts'
import { readUuid } from '../http/path-id.ts'
import type { OpenVisitor } from '../http/visitor.ts'
import type { Count } from '../usage.ts'

/** What {@link numberRoutes} needs. */
export interface NumberRoutesDeps {
  readonly numbers: Numbers
  readonly auronx: Pick<Auronx, 'accounts'>
  readonly visit: OpenVisitor
  readonly count: Count
  /** Where a Meta app's webhook is to point. */
  readonly webhookUrl: string
}

const secret = z
  .string()
  .min(1)
  .max(1_000)
  .transform((text) => createSecret(text))
const id = z.string().trim().min(1).max(40)
const connectShape = z.strictObject({
  phoneNumberId: id,
  businessAccountId: id,
  appId: id,
  accessToken: secret,
  appSecret: secret,
  verifyToken: secret,
  pin: secret.optional(),
})
const emptyShape = z.strictObject({})
const metaMs = 60_000

/** `/account/numbers`: business numbers at Meta. Credentials go in and never come out. */
export function numberRoutes(deps: NumberRoutesDeps): Router {
  const { numbers, auronx, visit, count } = deps
  const router = new Router({ prefix: '/account/numbers' })
  router.get('/', async (ctx) => {
    const { actor } = await visit(ctx.req)
    const channels = await auronx.accounts.channels(actor)
    ctx.set('cache-control', 'no-store')
    ctx.body = {
      items: channels.map(({ id: channel, displayPhoneNumber, phoneNumberId, ...rest }) => ({
        id: channel,
        displayPhoneNumber,
        phoneNumberId,
        status: rest.status,
        stoppedReason: rest.stoppedReason,
      })),
      mayChange: isAllowed(actor, 'channel:write'),
      webhookUrl: deps.webhookUrl,
    }
  })
  router.post('/connect', async (ctx) => {
    const { actor } = await visit(ctx.req)
    assertAllowed(actor, 'channel:write')
    const { pin, ...request } = await readShape(ctx, connectShape)
    const withPin = pin === undefined ? request : { ...request, pin }
    const outcome = await numbers.connect(actor, withPin, AbortSignal.timeout(metaMs))
    if (outcome.kind === 'refused') return refuseNumber(ctx, outcome)
    await count(actor, 'feature.number-connected')
    ctx.body = { kind: 'connected', name: outcome.facts.verifiedName }
  })
  router.get('/:id/health', async (ctx) => {
    const { actor } = await visit(ctx.req)
    const channel = asId('ChannelId', readUuid(ctx))
    assertAllowed(actor, 'channel:write')
    const health = await numbers.health(actor, channel, AbortSignal.timeout(metaMs))
    if (health.kind === 'refused') return refuseNumber(ctx, health)
    ctx.set('cache-control', 'no-store')
    ctx.body = { kind: 'read', facts: health.facts, expiresAt: health.expiresAt }
  })
  router.post('/:id/disconnect', async (ctx) => {
    const { actor } = await visit(ctx.req)
    const channel = asId('ChannelId', readUuid(ctx))
    assertAllowed(actor, 'channel:write')
    await readShape(ctx, emptyShape)
    const outcome = await numbers.disconnect(actor, channel, AbortSignal.timeout(metaMs))
    await count(actor, 'feature.number-disconnected')
    ctx.body = { kind: 'done', left: outcome.left.map(({ words }) => words) }
  })
  return router
}

function refuseNumber(ctx: RouterContext, { step, problem, words }: NumberRefusal): void {
  refuse(ctx, 409, problem, { step, detail: words })
}
