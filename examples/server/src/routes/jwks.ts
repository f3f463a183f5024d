import { Router } from '@koa/router'
import type { KeyRing } from '@auronx/sdk/auth'

const maxAgeSeconds = 3_600

/** `/.well-known/jwks.json`: what access tokens are verified with, now and soon. */
export function jwksRoutes(keys: Pick<KeyRing, 'publicKeys'>): Router {
  const router = new Router()
  router.get('/.well-known/jwks.json', async (ctx) => {
    ctx.body = JSON.stringify({ keys: await keys.publicKeys() })
    ctx.type = 'application/jwk-set+json'
    ctx.set('cache-control', `public, max-age=${maxAgeSeconds}`)
    ctx.set('access-control-allow-origin', '*')
  })
  return router
}
