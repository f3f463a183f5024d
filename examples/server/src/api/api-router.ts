import { Router } from '@koa/router'
import type { Context } from 'koa'
import { isAuronxError } from '@auronx/sdk'
import type { KeyPrincipal, MemberPrincipal } from '@auronx/sdk'
import type { Route } from '@auronx/sdk/api'
import { boundRoutes } from '../routes/v1/index.ts'
import { createApiAudit } from './audit.ts'
import type { ApiAudit } from './audit.ts'
import type { Bound } from './call.ts'
import { createCursors } from './cursors.ts'
import type { ApiDeps } from './deps.ts'
import { serveDocs } from './docs.ts'
import { streamLog } from './event-stream.ts'
import { streamLines } from './lines.ts'
import { createMatcher } from './match-path.ts'
import { documentOf, refusalOf, refused, requestIdOf } from './problem.ts'
import type { Refused } from './problem.ts'
import { createClientAddress } from '../http/client-address.ts'
import type { ClientAddress } from '../http/client-address.ts'
import { createRateLimiter, defaultRates } from '../http/rate.ts'
import type { RateLimiter, RateRules, RateState } from '../http/rate.ts'
import { readInput } from './read-input.ts'
import { actorFor, principalId, run, versionIn } from './run.ts'

/** `/v1`: the REST API of the route table, its document and its reference page. */
export function createApiRouter(deps: ApiDeps): Router {
  const match = createMatcher(boundRoutes)
  const docs = serveDocs()
  const server: Server = {
    deps,
    audit: createApiAudit(deps),
    cursors: createCursors(deps.cursorKey),
    limiter: createRateLimiter(deps.clock),
    rates: { ...defaultRates, ...deps.rates },
    addressOf: deps.addressOf ?? createClientAddress(),
    streams: new Map(),
  }
  const router = new Router()
  router.all('/v1{/*path}', async (ctx) => {
    const requestId = requestIdOf(ctx.res, () => deps.ids.next('InboxEventId'))
    ctx.set({ 'cache-control': 'no-store', vary: 'authorization, cookie' })
    try {
      if (await docs(ctx)) return
      const matched = match(ctx.method, ctx.path.slice('/v1'.length))
      if (matched.kind === 'found') {
        const refusal = await serve(server, ctx, { ...matched, requestId })
        if (refusal !== undefined) sendRefusal(ctx, refusal, requestId)
        return
      }
      if (matched.kind === 'unknown') return sendRefusal(ctx, refused('not_found'), requestId)
      ctx.set('allow', matched.allow)
      sendRefusal(ctx, refused('method_not_allowed'), requestId)
    } catch (error) {
      const refusal = refusalOf(error)
      if (refusal.code === 'internal')
        deps.logger.error('api: a request failed', {
          requestId,
          code: isAuronxError(error) ? error.code : 'internal',
        })
      sendRefusal(ctx, refusal, requestId)
    }
  })
  return router
}

/** What the requests of one process share. */
export interface Server {
  readonly deps: ApiDeps
  readonly audit: ApiAudit
  readonly cursors: ReturnType<typeof createCursors>
  readonly limiter: RateLimiter
  readonly rates: RateRules
  readonly addressOf: ClientAddress
  /** Open streams by principal. */
  readonly streams: Map<string, number>
}

interface Asked {
  readonly bound: Bound
  readonly params: Readonly<Record<string, string>>
  readonly requestId: string
}

async function serve(server: Server, ctx: Context, asked: Asked): Promise<Refused | undefined> {
  const door = `network:${server.addressOf(ctx.req)}`
  if (!take(server, ctx, door, server.rates.perAddress)) return refused('rate_limited')
  const recalled = recall(server, ctx, asked.bound.route)
  const principal = recalled ?? (await server.deps.authenticate(ctx.req))
  if (principal === undefined) return refused('unauthenticated')
  if (principal.kind === 'operator') return refused('not_permitted')
  const own = `${principal.kind}:${principalId(principal)}`
  if (!take(server, ctx, own, server.rates.perPrincipal)) return refused('rate_limited')
  if (recalled === undefined) return serveAs(server, ctx, asked, principal)
  try {
    return await serveAs(server, ctx, asked, recalled)
  } catch (error) {
    if (!isAuronxError(error, 'unauthenticated')) throw error
    // Something changed since: who it is now decides.
    const fresh = await server.deps.authenticate(ctx.req)
    if (fresh === undefined || fresh.kind === 'operator') throw error
    return serveAs(server, ctx, asked, fresh)
  }
}

// Only for reads in one transaction, which asserts what was recalled; whom the recalled permissions would not let in, the
// fresh ones may.
function recall(
  { deps }: Server,
  ctx: Context,
  route: Route,
): MemberPrincipal | KeyPrincipal | undefined {
  const isOneRead = route.method === 'GET' && (route.kind === 'json' || route.kind === 'page')
  if (!isOneRead || !route.isJoined) return undefined
  const recalled = deps.recall?.(ctx.req)
  return recalled !== undefined && isLetIn(route, recalled) ? recalled : undefined
}

async function serveAs(
  server: Server,
  ctx: Context,
  { bound, params, requestId }: Asked,
  principal: MemberPrincipal | KeyPrincipal,
): Promise<Refused | undefined> {
  const { deps } = server
  const { route } = bound
  if (!isLetIn(route, principal)) return refused('not_permitted')
  const search = new URLSearchParams(ctx.querystring)
  const input = await readInput(ctx.req, route, { params, search })
  if (input.kind === 'refused') return input
  const gone = new AbortController()
  // Making an AbortError costs as much as a query: only for a caller that is really gone.
  ctx.res.once('close', () => {
    if (!ctx.res.writableFinished) gone.abort()
  })
  const admitted = { bound, request: ctx.req, requestId, principal, input, signal: gone.signal }
  if (route.kind === 'events') return await streamLog(server, ctx, principal)
  if (route.kind === 'lines') {
    const work = deps.auth.workOf(principal)
    await work.run(principal.tenantId, (stores) => server.audit.record(stores, admitted, undefined))
    return streamLines(deps, ctx, principal)
  }
  const ran = await run(server, admitted)
  if (ran.kind === 'refused') return ran
  if (principal.kind === 'member' && !ran.replayed)
    deps.onUsed?.(actorFor(principal, requestId), route.operation)
  answer(ctx, route, ran)
  return undefined
}

/** Takes one of the requests that `who` may make, and shows what is left. */
function take({ limiter }: Server, ctx: Context, who: string, most: number): boolean {
  const rate = limiter.take(who, most)
  showRate(ctx, rate, most)
  return rate.isAllowed
}

function isLetIn(
  { access }: Route,
  { kind, permissions }: MemberPrincipal | KeyPrincipal,
): boolean {
  if (access === 'signed_in') return true
  return access === 'member' ? kind === 'member' : permissions.includes(access)
}

function showRate(ctx: Context, { isAllowed, left, resetSeconds }: RateState, most: number): void {
  ctx.set('ratelimit-policy', `"default";q=${most};w=60`)
  ctx.set('ratelimit', `"default";r=${left};t=${resetSeconds}`)
  if (!isAllowed) ctx.set('retry-after', String(Math.max(1, resetSeconds)))
}

function answer(
  ctx: Context,
  route: Route,
  { body, replayed }: { readonly body: unknown; readonly replayed: boolean },
): void {
  const version = versionIn(body)
  if (version !== undefined) ctx.set('etag', `"v${version}"`)
  if (replayed) ctx.set('idempotency-replayed', 'true')
  if (route.method === 'GET' && version !== undefined) {
    ctx.set('cache-control', 'private, no-cache')
    if (ctx.get('if-none-match') === `"v${version}"`) {
      ctx.status = 304
      return
    }
  }
  ctx.status = route.status
  if (route.status === 204) return
  ctx.type = 'application/json'
  ctx.body = JSON.stringify(body)
}

function sendRefusal(ctx: Context, refusal: Refused, requestId: string): void {
  const document = documentOf(refusal, requestId)
  ctx.status = document.status
  if (document.status === 401) ctx.set('www-authenticate', 'Bearer')
  if (document.status === 503 || refusal.code === 'idempotency_in_progress')
    ctx.set('retry-after', '1')
  // An unread body would be taken for the next request of a kept connection.
  if (!ctx.req.complete && ctx.method !== 'GET' && ctx.method !== 'HEAD')
    ctx.set('connection', 'close')
  ctx.body = JSON.stringify({ ...document, instance: ctx.path })
  ctx.type = 'application/problem+json'
}
