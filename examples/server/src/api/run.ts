import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { actorOf, AuronxError, idempotencyKeepMs, joinWork, runOnce } from '@auronx/sdk'
import type { Actor, Json, KeyPrincipal, MemberPrincipal, Stores, UnitOfWork } from '@auronx/sdk'
import type { Server } from './api-router.ts'
import type { Bound, Call } from './call.ts'
import type { Cursors } from './cursors.ts'
import type { ApiDeps } from './deps.ts'
import { refused, undone } from './problem.ts'
import type { Refused } from './problem.ts'
import type { ReadInput } from './read-input.ts'

/** A request that was let in and understood. */
export interface Admitted {
  readonly bound: Bound
  readonly request: IncomingMessage
  readonly requestId: string
  readonly principal: MemberPrincipal | KeyPrincipal
  readonly input: ReadInput
  readonly signal: AbortSignal
}

/** What running it gave. */
export type Ran =
  | Refused
  | { readonly kind: 'done'; readonly body: unknown; readonly replayed: boolean }

/**
 * Runs a handler, in one transaction together with its idempotency key and its entry in the audit log, unless the route
 * says otherwise. What the services do after a commit happens after it.
 */
export async function run(
  { deps, cursors, audit }: Pick<Server, 'deps' | 'cursors' | 'audit'>,
  admitted: Admitted,
): Promise<Ran> {
  const { bound, principal } = admitted
  const { headers } = admitted.request
  const read = readKey(bound.route, headers['idempotency-key'])
  if (read.kind === 'refused') return read
  const { key } = read
  const version = readVersion(headers['if-match'])
  if (version === 'malformed')
    return refused('malformed_request', { detail: 'If-Match is the ETag as it was given' })
  if (bound.route.match === 'required' && version === undefined)
    return refused('precondition_required')
  const work = deps.auth.workOf(principal)
  const wanted = bound.route.match === 'none' ? undefined : version
  if (!bound.route.isJoined)
    return perform(bound, callOf(deps, cursors, admitted, { work, later: [] }), admitted, wanted)
  const later: (() => void)[] = []
  const ran = await work.run(principal.tenantId, async (stores) => {
    later.length = 0
    const joined = joinWork(principal.tenantId, stores)
    const call = callOf(deps, cursors, admitted, { work: joined, later })
    const act = (): Promise<Ran> => perform(bound, call, admitted, wanted)
    const done = await (key === undefined ? act() : once(stores, call, admitted, { key, act }))
    if (done.kind === 'done' && !done.replayed)
      later.push(await audit.record(stores, admitted, done.body))
    return done
  })
  for (const act of later) act()
  return ran
}

async function perform(
  { handle, versionOf, route }: Bound,
  call: Call,
  { input }: Admitted,
  wanted: number | undefined,
): Promise<Ran> {
  if (versionOf !== undefined && (wanted !== undefined || route.match === 'required')) {
    const currentVersion = await versionOf(call, input)
    if (currentVersion === undefined) return refused('not_found')
    if (wanted !== undefined && wanted !== currentVersion)
      return refused('version_conflict', { currentVersion })
  }
  const body = await handle(call, input)
  if (isRefused(body)) return body
  // Somebody may have been faster between the look and the lock; then nothing of this stays.
  const after = versionIn(body)
  if (wanted !== undefined && after !== undefined && after > wanted + 1)
    throw undone('version_conflict')
  return { kind: 'done', body, replayed: false }
}

async function once(
  stores: Stores,
  { now }: Call,
  { bound, principal, input, request }: Admitted,
  { key, act }: { readonly key: string; readonly act: () => Promise<Ran> },
): Promise<Ran> {
  const { route } = bound
  const asked = [
    route.method,
    route.operation,
    input.params,
    input.body,
    request.headers['if-match'] ?? null,
  ]
  const claim = {
    principal: `${principal.kind}:${principalId(principal)}`,
    key,
    fingerprint: createHash('sha256').update(canonical(asked)).digest('hex'),
    at: now,
    expiresAt: new Date(now.getTime() + idempotencyKeepMs),
  }
  let fresh: Ran | undefined
  const { response } = await runOnce(stores.idempotency, claim, async () => {
    fresh = await act()
    return storable(fresh, route.shownOnce)
  })
  return fresh ?? restored(response)
}

function callOf(
  deps: ApiDeps,
  cursors: Cursors,
  { bound, principal, requestId, input, signal }: Admitted,
  { work, later }: { readonly work: UnitOfWork<Stores>; readonly later: (() => void)[] },
): Call {
  const { operation } = bound.route
  const { tenantId } = principal
  const scope = { tenantId, operation, filters: input.filters }
  const given = cursorIn(input.query)
  const afterCommit = (act: () => void): void => {
    later.push(act)
  }
  return {
    deps,
    principal,
    actor: actorFor(principal, requestId),
    now: deps.clock.now(),
    signal,
    work,
    services: deps.auronx.joined(work, afterCommit),
    afterCommit,
    place: given === undefined ? undefined : cursors.open(scope, given),
    page: (data, next) => ({
      data,
      page: {
        nextCursor: next === undefined ? null : cursors.seal(scope, next),
        hasMore: next !== undefined,
      },
    }),
  }
}

/** The actor of a request to the API. */
export function actorFor(principal: MemberPrincipal | KeyPrincipal, requestId: string): Actor {
  return actorOf(principal, { via: 'api', evidence: { kind: 'request', id: requestId } })
}

/** Id of the session's member or of the key. */
export function principalId(principal: MemberPrincipal | KeyPrincipal): string {
  return principal.kind === 'member' ? principal.memberId : principal.keyId
}

/** The version an answer is of, when it is an aggregate. */
export function versionIn(body: unknown): number | undefined {
  if (typeof body !== 'object' || body === null || !('version' in body)) return undefined
  return typeof body.version === 'number' ? body.version : undefined
}

function readKey(
  { method, idempotent }: Bound['route'],
  header: string | readonly string[] | undefined,
): Refused | { readonly kind: 'read'; readonly key?: string } {
  // A read is never answered from what was kept: rights may be narrower by now.
  if (method === 'GET') return { kind: 'read' }
  if (header === undefined)
    return idempotent ? refused('idempotency_key_missing') : { kind: 'read' }
  if (typeof header === 'string' && /^[!-~]{1,200}$/.test(header))
    return { kind: 'read', key: header }
  return refused('malformed_request', { detail: 'Idempotency-Key is up to 200 visible characters' })
}

function readVersion(header: string | undefined): number | 'malformed' | undefined {
  if (header === undefined) return undefined
  const version = /^"v(\d{1,9})"$/.exec(header)?.[1]
  return version === undefined ? 'malformed' : Number(version)
}

function cursorIn(query: unknown): string | undefined {
  if (typeof query !== 'object' || query === null || !('cursor' in query)) return undefined
  return typeof query.cursor === 'string' ? query.cursor : undefined
}

function isRefused(body: unknown): body is Refused {
  return typeof body === 'object' && body !== null && 'kind' in body && body.kind === 'refused'
}

function storable(ran: Ran, shownOnce: readonly string[]): Json {
  const kept = JSON.stringify(ran, (name, value: unknown) =>
    shownOnce.includes(name) ? null : value,
  )
  return JSON.parse(kept)
}

function restored(response: Json): Ran {
  if (isRefused(response)) return response
  if (typeof response === 'object' && response !== null && 'body' in response)
    return { kind: 'done', body: response.body, replayed: true }
  throw new AuronxError('internal', 'A stored answer has another shape')
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  )
}
