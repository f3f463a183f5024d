import type { Auronx, Logger } from '@auronx/sdk'

/** The worker of this process. */
export interface ResidentWorker {
  /** `ok` while it runs. */
  check(): Promise<string>
  /** Claims nothing new and resolves when what is in hand is done. */
  stop(): Promise<void>
}

const restartAfterMs = 1_000

/** Runs the worker until it is stopped; when it ends by an error, it is started again after a second. */
export function startWorker(auronx: Pick<Auronx, 'work'>, logger: Logger): ResidentWorker {
  const stopping = new AbortController()
  const { signal } = stopping
  let isRunning = false
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      isRunning = true
      try {
        await auronx.work({ signal })
      } catch (error) {
        logger.error('worker: ended and starts again', {
          error: error instanceof Error ? error.name : 'unknown',
        })
      }
      isRunning = false
      await pause(signal)
    }
  }
  const ended = run()
  return {
    check: async () => (isRunning ? 'ok' : 'stopped'),
    async stop() {
      stopping.abort()
      await ended
    },
  }
}

function pause(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const timer = setTimeout(done, restartAfterMs)
    function done(): void {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    signal.addEventListener('abort', done)
  })
}
