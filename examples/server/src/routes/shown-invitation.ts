import { Router } from '@koa/router'
import { assertAllowed } from '@auronx/sdk'
import type { OpenVisitor } from '../http/visitor.ts'
import type { Mailing } from '../mail/open-mailer.ts'

/**
 * `/account/shown-invitation`: in the demonstration, which sends no mail, the link that was mailed to an address last, for
 * who may invite. Elsewhere there is none.
 */
export function shownInvitationRoutes({
  visit,
  shownInvitation,
}: {
  readonly visit: OpenVisitor
  readonly shownInvitation?: Mailing['shownInvitation']
}): Router {
  const router = new Router({ prefix: '/account/shown-invitation' })
  router.get('/', async (ctx) => {
    const { actor } = await visit(ctx.req)
    assertAllowed(actor, 'member:invite')
    const { email } = ctx.query
    ctx.set('cache-control', 'no-store')
    ctx.body = { link: typeof email === 'string' ? shownInvitation?.(email) : undefined }
  })
  return router
}
