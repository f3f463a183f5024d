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
// An answer that is younger serves the events of one burst.
const freshMs = 500

/** Answers with server-sent events until the page, the server or the listener's right to listen is gone. */
export function streamEvents(ctx: Context, options: StreamOptions): void {
  const { closing, holds = async () => true } = options
  const body = new PassThrough()
  const write = (text: string): void => void (body.writableEnded || body.write(text))
  const check = createCheck(holds, () => end())
  const beat = setInterval(() => void check(0).then((held) => held && write(': here\n\n')), beatMs)
  const stop = options.open({
    send: (event, data) =>
      void check(freshMs).then(
        (held) => held && write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`),
      ),
  })
  const unsubscribe = options.rechecks?.subscribe(() => void check(0))
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

// A question that fails counts as a no: the page connects again and is asked who it is.
function createCheck(
  holds: () => Promise<boolean>,
  onEnd: () => void,
): (maxAgeMs: number) => Promise<boolean> {
  let asked = { at: performance.now(), held: Promise.resolve(true) }
  return (maxAgeMs) => {
    const now = performance.now()
    if (now - asked.at < maxAgeMs) return asked.held
    const held = holds().catch(() => false)
    asked = { at: now, held }
    void held.then((isHeld) => isHeld || onEnd())
    return held
  }
}
