import { sleep } from '../kernel/index.ts'
import type { Model, ModelFailure, ModelReply, ModelRequest } from './model.ts'

/** What asking a model takes. */
export interface AskDeps {
  readonly model: Model
  /** Cancels the turn. */
  readonly signal: AbortSignal
  /** Fires when the time for thinking is over. */
  readonly timeLimit: AbortSignal
  /** Waits before a second try. Default: the platform's timers. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>
}

/** A reply and what it took. */
export interface Asked {
  readonly reply: ModelReply
  /** Calls of the model, 1 or 2. */
  readonly calls: number
  readonly decisions: readonly string[]
}

/** The longest wait that a provider may ask for before the menus are quicker, in milliseconds. */
export const longestWaitMs = 5_000

const defaultWaitMs = 500
const transient: ReadonlySet<ModelFailure> = new Set(['unavailable', 'rate_limited', 'malformed'])

/**
 * Asks once, and a second time when the provider failed in a way that passes soon and `callsLeft` allows it. Reports the
 * end of `timeLimit` as `timeout`.
 */
export async function ask(
  request: ModelRequest,
  { model, signal, timeLimit, wait = sleep }: AskDeps,
  callsLeft: number,
): Promise<Asked> {
  const either = AbortSignal.any([signal, timeLimit])
  const once = async (): Promise<ModelReply> => {
    const reply = await model.respond(request, { signal: either })
    return timeLimit.aborted && reply.kind === 'failed'
      ? { kind: 'failed', reason: 'timeout' }
      : reply
  }
  const first = await once()
  if (first.kind !== 'failed' || !transient.has(first.reason) || callsLeft < 2)
    return { reply: first, calls: 1, decisions: [] }
  const waitMs = first.retryAfterMs ?? defaultWaitMs
  if (waitMs > longestWaitMs) return { reply: first, calls: 1, decisions: [] }
  await wait(waitMs, either)
  if (either.aborted) {
    const reason = signal.aborted ? 'aborted' : 'timeout'
    return { reply: { kind: 'failed', reason }, calls: 1, decisions: [] }
  }
  return { reply: await once(), calls: 2, decisions: [`retried_${first.reason}`] }
}
