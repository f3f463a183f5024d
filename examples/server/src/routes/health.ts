import { Router } from '@koa/router'

/** One question of readiness; answers `ok` or a short code of what is wrong. */
export type Check = () => Promise<string>

/** `/healthz`: the process answers. `/readyz`: everything it needs does, within a second each. */
export function healthRoutes(checks: Readonly<Record<string, Check>>): Router {
  const router = new Router()
  router.get('/healthz', (ctx) => {
    ctx.body = { status: 'ok' }
  })
  router.get('/readyz', async (ctx) => {
    const results = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => [name, await ask(check)] as const),
    )
    const isReady = results.every(([, result]) => result === 'ok')
    ctx.status = isReady ? 200 : 503
    ctx.set('cache-control', 'no-store')
    if (!isReady) ctx.set('retry-after', '5')
    ctx.body = { status: isReady ? 'ok' : 'unready', checks: Object.fromEntries(results) }
  })
  return router
}

const limitMs = 1_000

async function ask(check: Check): Promise<string> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('timeout'), limitMs)
  })
  try {
    return await Promise.race([check(), limit])
  } catch {
    return 'unavailable'
  } finally {
    clearTimeout(timer)
  }
}
