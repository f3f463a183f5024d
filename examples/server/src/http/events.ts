import { PassThrough } from 'node:stream'
import type { Context } from 'koa'
import type { Rechecks } from './rechecks.ts'

/** How to tell a page that something changed. */
export interface EventStream {
  send(event: string, data: unknown): void
}

/** What {@link streamEvents} needs. */
export interface StreamOptions {
  /** Ends the stream when the server stops. */
  readonly closing: AbortSignal
  /** Called at once; returns what to call when the page is gone. */
  readonly open: (stream: EventStream) => () => void
  /** Whether the one who listens may still. Asked with every beat, before an event, and when `rechecks` rings. */
  readonly holds?: () => Promise<boolean>
  readonly rechecks?: Rechecks
}

const beatMs = 15_000

/** Answers with server-sent events until the page, the server or the listener's right to listen is gone. */
export function streamEvents(ctx: Context, options: StreamOptions): void {
  const { closing, holds = async () => true } = options
  const body = new PassThrough()
  const write = (text: string): void => void (body.writableEnded || body.write(text))
  const check = createCheck(holds, () => end())
  const beat = setInterval(() => void check().then((held) => held && write(': here\n\n')), beatMs)
  const stop = options.open({
    send: (event, data) =>
      void check().then(
        (held) => held && write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`),
      ),
  })
  const unsubscribe = options.rechecks?.subscribe(() => void check())
  const end = (): void => {
    clearInterval(beat)
    closing.removeEventListener('abort', end)
    unsubscribe?.()
    stop()
    body.end()
  }
  closing.addEventListener('abort', end)
  ctx.req.once('close', end)
  ctx.set({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  })
  ctx.status = 200
  ctx.body = body
  body.write('retry: 1000\n\n')
}

// Events of one burst share the question that is under way. One that fails counts as a no: the page connects again and
// is asked who it is.
function createCheck(holds: () => Promise<boolean>, onEnd: () => void): () => Promise<boolean> {
  let asking: Promise<boolean> | undefined
  return () => {
    asking ??= holds()
      .catch(() => false)
      .then((isHeld) => {
        asking = undefined
        if (!isHeld) onEnd()
        return isHeld
      })
    return asking
  }
}
