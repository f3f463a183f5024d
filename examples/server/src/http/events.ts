import { PassThrough } from 'node:stream'
import type { Context } from 'koa'

/** How to tell a page that something changed. */
export interface EventStream {
  send(event: string, data: unknown): void
}

const beatMs = 15_000

/**
 * Answers with server-sent events. `open` is called at once and returns what to call when the page is gone; the
 * stream also ends when `closing` aborts.
 */
export function streamEvents(
  ctx: Context,
  closing: AbortSignal,
  open: (stream: EventStream) => () => void,
): void {
  const body = new PassThrough()
  const beat = setInterval(() => body.write(': still here\n\n'), beatMs)
  const stop = open({
    send: (event, data) => body.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`),
  })
  const end = (): void => {
    clearInterval(beat)
    closing.removeEventListener('abort', end)
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
