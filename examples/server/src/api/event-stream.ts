import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import type { Context } from 'koa'
import { isAuronxError, sleep } from '@auronx/sdk'
import type { DomainEvent, KeyPrincipal, MemberPrincipal } from '@auronx/sdk'
import type { Server } from './api-router.ts'
import { eventDocument, maySee, readLog, withinReach } from './event-log.ts'
import { refused } from './problem.ts'
import type { Refused } from './problem.ts'
import { principalId } from './run.ts'

const beatMs = 15_000
const pollMs = 1_000
const batch = 200

/**
 * Answers with the event log as it grows. Begins behind `Last-Event-ID`, without it with what happens from now on. Every
 * 15 seconds the credential is asked for again, and the stream ends when it does not hold or may do something else; a
 * member's session is also asserted by every read. A reader that is slow holds up nothing but its own stream.
 */
export function streamLog(
  server: Server,
  ctx: Context,
  principal: MemberPrincipal | KeyPrincipal,
): Refused | undefined {
  const who = `${principal.kind}:${principalId(principal)}`
  const open = server.streams.get(who) ?? 0
  if (open >= server.rates.streams) return refused('rate_limited', { detail: 'Too many streams' })
  const last = ctx.get('last-event-id')
  if (last !== '' && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(last))
    return refused('malformed_request', { detail: 'Last-Event-ID is the id of an event' })
  server.streams.set(who, open + 1)
  const body = new PassThrough()
  const end = new AbortController()
  const stop = (): void => end.abort()
  server.deps.closing.addEventListener('abort', stop)
  ctx.req.once('close', stop)
  ctx.res.once('close', stop)
  ctx.set({ 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' })
  ctx.status = 200
  ctx.body = body
  const feed: Feed = { server, ctx, principal, body, signal: end.signal }
  void follow(feed, last)
    .catch((error: unknown) => {
      const isOver = isAuronxError(error, 'unauthenticated') || isAuronxError(error, 'aborted')
      if (!isOver && !end.signal.aborted) server.deps.logger.warn('api: a stream ended early', {})
    })
    .finally(() => {
      server.deps.closing.removeEventListener('abort', stop)
      server.streams.set(who, (server.streams.get(who) ?? 1) - 1)
      body.end()
    })
  return undefined
}

interface Feed {
  readonly server: Server
  readonly ctx: Context
  readonly principal: MemberPrincipal | KeyPrincipal
  readonly body: PassThrough
  readonly signal: AbortSignal
}

async function follow({ server, ctx, principal, body, signal }: Feed, last: string): Promise<void> {
  const { deps } = server
  const { clock } = deps
  const work = deps.auth.workOf(principal)
  const started = clock.now()
  const log = readLog({ work, tenantId: principal.tenantId, clock, last, started })
  const write = async (text: string): Promise<void> => {
    if (!body.write(text)) await once(body, 'drain', { signal })
  }
  await write('retry: 1000\n\n')
  let checkedMs = started.getTime()
  while (!signal.aborted) {
    const events = await log(batch)
    const seen = events.filter((one) => maySee(principal, one))
    for (const event of await withinReach(work, principal, seen)) await write(frame(event))
    if (clock.now().getTime() - checkedMs >= beatMs) {
      if (!(await isSame(server, ctx, principal))) return
      checkedMs = clock.now().getTime()
      await write(': still here\n\n')
    }
    if (events.length < batch) await pause(server, principal, signal)
  }
}

// A hint of this process shortens the wait; other processes' events are found by the poll.
async function pause(
  { deps }: Server,
  { tenantId }: MemberPrincipal | KeyPrincipal,
  signal: AbortSignal,
): Promise<void> {
  const woken = new AbortController()
  const stop = deps.auronx.changes.subscribe((change) => {
    if (change.tenantId === tenantId) woken.abort()
  })
  await sleep(pollMs, AbortSignal.any([signal, woken.signal])).catch(() => undefined)
  stop()
}

async function isSame(
  { deps }: Server,
  ctx: Context,
  before: MemberPrincipal | KeyPrincipal,
): Promise<boolean> {
  // The token of a long stream may be over while its session is not, which every read asserts.
  if (before.kind === 'member' && before.session !== undefined) return true
  const now = await deps.authenticate(ctx.req).catch(() => undefined)
  return now?.kind === before.kind && String(now.permissions) === String(before.permissions)
}

function frame(event: DomainEvent): string {
  return `id: ${event.id}\nevent: ${event.type}\ndata: ${JSON.stringify(eventDocument(event))}\n\n`
}
