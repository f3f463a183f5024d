import type { Logger } from '@auronx/sdk'

const dayMs = 24 * 3_600_000

/** Something that is done at the start and once a day. */
export interface Daily {
  /** Lets what is under way see its signal, and resolves when it ended. */
  stop(): Promise<void>
}

/** Does `act` now and every day until stopped; what fails is logged and tried again the next day. */
export function startDaily(
  name: string,
  act: (signal: AbortSignal) => Promise<unknown>,
  logger: Logger,
): Daily {
  const stopping = new AbortController()
  const run = async (): Promise<void> => {
    try {
      await act(stopping.signal)
    } catch (error) {
      logger.error(`${name}: failed and is tried again tomorrow`, {
        error: error instanceof Error ? error.name : 'unknown',
      })
    }
  }
  let running = run()
  const timer = setInterval(() => {
    running = running.then(run)
  }, dayMs)
  timer.unref()
  return {
    async stop() {
      stopping.abort()
      clearInterval(timer)
      await running
    },
  }
}
