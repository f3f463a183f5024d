import { sleep } from '../kernel/index.ts'
import type { Model, ModelFailure } from './model.ts'

/** The longest wait that a provider may ask for before the menus are quicker, in milliseconds. */
export const longestWaitMs = 5_000

const defaultWaitMs = 500
const transient: ReadonlySet<ModelFailure> = new Set(['unavailable', 'rate_limited', 'malformed'])

/**
 * A model that is asked a second time when it failed in a way that passes soon. Belongs inside of a breaker, which then
 * sees what the two tries came to.
 *
 * @param wait how to wait before the second try; default the platform's timers
 */
export function withSecondTry(
  model: Model,
  wait: (ms: number, signal: AbortSignal) => Promise<void> = sleep,
): Model {
  return {
    name: model.name,
    async respond(request, { signal }) {
      const first = await model.respond(request, { signal })
      if (first.kind !== 'failed' || !transient.has(first.reason)) return first
      const waitMs = first.retryAfterMs ?? defaultWaitMs
      if (waitMs > longestWaitMs) return first
      await wait(waitMs, signal)
      return signal.aborted
        ? { kind: 'failed', reason: 'aborted' }
        : model.respond(request, { signal })
    },
  }
}
