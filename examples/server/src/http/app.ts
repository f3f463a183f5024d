import Koa from 'koa'
import helmet from 'koa-helmet'
import type { Router } from '@koa/router'
import { isAuronxError } from '@auronx/sdk'
import type { Logger } from '@auronx/sdk'
import { servePages } from './pages.ts'
import { toProblem } from './problem.ts'

/** The Koa application: security headers, problems, the live page, the routes. */
export function createApp(deps: {
  readonly routers: readonly Router[]
  readonly logger: Logger
}): Koa {
  const { routers, logger } = deps
  const app = new Koa()
  app.on('error', (error: unknown) => {
    if (isAbort(error)) return
    logger.error('http: a response failed', {
      code: isAuronxError(error) ? error.code : 'internal',
    })
  })
  app.use(securityHeaders)
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
      ctx.body = JSON.stringify({ type: 'about:blank', ...problem })
      ctx.type = 'application/problem+json'
    }
  })
  app.use(servePages())
  for (const router of routers) app.use(router.routes())
  return app
}

const securityHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      connectSrc: ["'self'"],
      frameSrc: ["'self'"],
      frameAncestors: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
    },
  },
  // Plain HTTP on the loopback interface: nothing to upgrade.
  strictTransportSecurity: false,
})

function isAbort(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE'
}
