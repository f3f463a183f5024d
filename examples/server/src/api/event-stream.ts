import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import type { Context } from 'koa'
import { isAuronxError, sleep } from '@auronx/sdk'
import type { DomainEvent, KeyPrincipal, MemberPrincipal } from '@auronx/sdk'
import type { Server } from './api-router.ts'
import { eventDocument, maySee, withinReach } from './event-log.ts'
import { refused } from './problem.ts'
import type { Refused } from './problem.ts'
import { principalId } from './run.ts'

const beatMs = 15_000
const pollMs = 1_000
const batch = 200
/** Where the log begins, for `Last-Event-ID`. */
const start = 'start'

type Caller = MemberPrincipal | KeyPrincipal

/**
 * Answers with the event log as it grows. Begins behind `Last-Event-ID`, without it with what happens from now on; the
 * first thing sent is the place where it begins, so that a reader who loses the connection early misses nothing.
 *
 * A member's session and role are asserted by every read, and past the deadline for a passkey the stream ends; another credential is proved again before events are sent and
 * every 15 seconds; the stream ends when anything changed. A slow reader holds up nothing but its own stream: at most 200
 * events wait for it, and when it takes nothing for `slowReaderMs` it is cut off and may come back.
 */
export async function streamLog(
  server: Server,
  ctx: Context,
  principal: Caller,
): Promise<Refused | undefined> {
  const who = `${principal.kind}:${principalId(principal)}`
  const open = server.streams.get(who) ?? 0
  if (open >= server.rates.streams) return refused('rate_limited', { detail: 'Too many streams' })
  const last = ctx.get('last-event-id')
  if (last !== '' && last !== start && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(last))
    return refused('malformed_request', { detail: 'Last-Event-ID is the id of an event, or start' })
  server.streams.set(who, open + 1)
  const end = new AbortController()
  const stop = (): void => end.abort()
  const free = (): void => {
    server.deps.closing.removeEventListener('abort', stop)
    server.streams.set(who, (server.streams.get(who) ?? 1) - 1)
  }
  server.deps.closing.addEventListener('abort', stop)
  ctx.req.once('close', stop)
  ctx.res.once('close', stop)
  const place = await findPlace(server, principal, last).catch((error: unknown) => {
    free()
    throw error
  })
  if (place === undefined) {
    free()
    return refused('cursor_invalid')
  }
  const body = new PassThrough()
  ctx.set({ 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' })
  ctx.status = 200
  ctx.body = body
  void follow({ server, ctx, principal, body, signal: end.signal }, place)
    .catch((error: unknown) => {
      const isOver = isAuronxError(error, 'unauthenticated') || isAuronxError(error, 'aborted')
      if (!isOver && !end.signal.aborted) server.deps.logger.warn('api: a stream ended early', {})
    })
    .finally(() => {
      free()
      body.end()
    })
  return undefined
}

/** The id of the event to begin behind, or `start`; nothing for an event that there is not. */
async function findPlace(
  { deps }: Server,
  principal: Caller,
  last: string,
): Promise<string | undefined> {
  return deps.auth.workOf(principal).run(principal.tenantId, async ({ events }) => {
    if (last === '') return (await events.newest()) ?? start
    if (last === start) return start
    return events.since({ after: last, limit: 1 }).then(
      () => last,
      (error: unknown) => {
        if (isAuronxError(error, 'not_found')) return undefined
        throw error
      },
    )
  })
}

interface Feed {
  readonly server: Server
  readonly ctx: Context
  readonly principal: Caller
  readonly body: PassThrough
  readonly signal: AbortSignal
}

async function follow(feed: Feed, place: string): Promise<void> {
  const { server, principal, signal } = feed
  const { clock } = server.deps
  let last = place
  await write(feed, `retry: 1000\nid: ${last}\n\n`)
  let checkedMs = clock.now().getTime()
  while (!signal.aborted) {
    const events = await readOn(feed, last)
    const isBeat = clock.now().getTime() - checkedMs >= beatMs
    if (events.length > 0 || isBeat) {
      if (!(await isSame(feed))) return
      checkedMs = clock.now().getTime()
    }
    const seen = events.filter((event) => maySee(principal, event))
    const work = server.deps.auth.workOf(principal)
    for (const event of await withinReach(work, principal, seen)) await write(feed, frame(event))
    last = events.at(-1)?.id ?? last
    // Also whoever may see nothing of it goes on from here.
    if (isBeat) await write(feed, `id: ${last}\n\n`)
    if (events.length < batch) await pause(feed)
  }
}

function readOn({ server, principal }: Feed, last: string): Promise<readonly DomainEvent[]> {
  const after = last === start ? {} : { after: last }
  return server.deps.auth
    .workOf(principal)
    .run(principal.tenantId, ({ events }) => events.since({ ...after, limit: batch }))
}

async function write({ server, ctx, body, signal }: Feed, text: string): Promise<void> {
  if (body.write(text)) return
  const patience = AbortSignal.timeout(server.rates.slowReaderMs)
  await once(body, 'drain', { signal: AbortSignal.any([signal, patience]) }).catch(
    (error: unknown) => {
      // What waits for this reader is not to be flushed first.
      if (patience.aborted) ctx.res.destroy()
      throw error
    },
  )
}

// A hint of this process shortens the wait; other processes' events are found by the poll.
async function pause({ server, principal, signal }: Feed): Promise<void> {
  const woken = new AbortController()
  const stop = server.deps.auronx.changes.subscribe((change) => {
    if (change.tenantId === principal.tenantId) woken.abort()
  })
  await sleep(pollMs, AbortSignal.any([signal, woken.signal])).catch(() => undefined)
  stop()
}

async function isSame({ server, ctx, principal }: Feed): Promise<boolean> {
  // The token of a long stream may be over while its session is not, which every read asserts.
  if (principal.kind === 'member' && principal.session !== undefined) {
    const owes = await server.deps.auth.owesPasskey(principal)
    return owes === (principal.owesPasskey ?? false)
  }
  const now = await server.deps.authenticate(ctx.req).catch(() => undefined)
  if (now?.kind !== principal.kind || now.reach !== principal.reach) return false
  return String(now.permissions) === String(principal.permissions)
}

function frame(event: DomainEvent): string {
  return `id: ${event.id}\nevent: ${event.type}\ndata: ${JSON.stringify(eventDocument(event))}\n\n`
}
