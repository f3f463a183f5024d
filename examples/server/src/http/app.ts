import Koa from 'koa'
import type { Middleware } from 'koa'
import helmet from 'koa-helmet'
import type { Router } from '@koa/router'
import { isAuronxError } from '@auronx/sdk'
import type { Logger } from '@auronx/sdk'
import { servePages } from './pages.ts'
import type { PagesDeps } from './pages.ts'
import { toProblem } from './problem.ts'

/** The Koa application: security headers, problems, the live page, the routes. */
export function createApp(deps: {
  readonly routers: readonly Router[]
  readonly logger: Logger
  readonly pages: PagesDeps
  /** Runs around the routes. */
  readonly around?: Middleware
  /** Whether browsers reach the server over https. */
  readonly isSecure?: boolean
}): Koa {
  const { routers, logger, pages, around, isSecure = false } = deps
  const app = new Koa()
  app.on('error', (error: unknown) => {
    if (isAbort(error)) return
    logger.error('http: a response failed', {
      code: isAuronxError(error) ? error.code : 'internal',
    })
  })
  app.use(securityHeaders(isSecure))
  app.use(async (ctx, next) => {
    try {
      await next()
      if (ctx.status === 404 && ctx.body === undefined) ctx.throw(404)
    } catch (error) {
      const problem = toProblem(error)
      if (problem.status >= 500) {
        logger.error('http: a request failed', { code: problem.code, path: ctx.routerPath ?? '' })
      }
      ctx.status = problem.status
      if (problem.status === 429) ctx.set('retry-after', '1')
      ctx.body = JSON.stringify({ type: 'about:blank', ...problem })
      ctx.type = 'application/problem+json'
    }
  })
  app.use(servePages(pages))
  if (around !== undefined) app.use(around)
  for (const router of routers) app.use(router.routes())
  return app
}

// For everything that brings no policy of its own: no script at all.
const quietPolicy = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'"],
    frameAncestors: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
  },
}

function securityHeaders(isSecure: boolean): ReturnType<typeof helmet> {
  return helmet({
    contentSecurityPolicy: quietPolicy,
    // Over plain http on the loopback interface there is nothing to upgrade.
    strictTransportSecurity: isSecure ? { maxAge: 63_072_000 } : false,
  })
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE'
}
