import type { Clock } from '../kernel/index.ts'
import type { Model, ModelReply } from './model.ts'

/** When a breaker opens, and for how long. */
export interface BreakerSettings {
  /** Failures in a row until it opens. Default 3. */
  readonly failures?: number
  /** How long it stays open before one call may try again, in milliseconds. Default 30,000. */
  readonly pauseMs?: number
  /** The longest wait a provider can ask for, in milliseconds. Default 300,000. */
  readonly maxPauseMs?: number
}

/**
 * Where a breaker stands. `closed` lets calls pass, `open` none until `untilMs`, `half_open` has one probe under way.
 * `generation` grows with each change of phase; what calls of an older one come to is not looked at.
 */
export interface BreakerState {
  readonly phase: 'closed' | 'open' | 'half_open'
  readonly generation: number
  /** Failures in a row while closed. */
  readonly failures: number
  /** End of the pause, or of the time a probe has, in milliseconds since 1970. */
  readonly untilMs: number
}

/** The breaker before the first call. */
export const closedBreaker: BreakerState = {
  phase: 'closed',
  generation: 0,
  failures: 0,
  untilMs: 0,
}

/** Whether a call may pass at `nowMs`, and the state then. The call belongs to that state's generation. */
export function admitCall(
  state: BreakerState,
  nowMs: number,
  { pauseMs = 30_000 }: BreakerSettings = {},
): { readonly admitted: boolean; readonly state: BreakerState } {
  if (state.phase === 'closed') return { admitted: true, state }
  if (nowMs < state.untilMs) return { admitted: false, state }
  // A probe that never ends must not hold the breaker for ever, so the next one may start after another pause.
  const probing = enter(state, 'half_open', nowMs + pauseMs)
  return { admitted: true, state: probing }
}

/** The state after a call that was admitted in `generation` has come to `reply`. */
export function recordReply(
  state: BreakerState,
  call: { readonly generation: number; readonly reply: ModelReply; readonly nowMs: number },
  settings: BreakerSettings = {},
): BreakerState {
  if (call.generation !== state.generation) return state
  const probe = state.phase === 'half_open'
  const { reply, nowMs } = call
  if (reply.kind !== 'failed') {
    return probe ? enter(state, 'closed', 0) : { ...state, failures: 0 }
  }
  // Giving up says nothing about the provider: the next call may probe at once.
  if (reply.reason === 'aborted') return probe ? enter(state, 'open', nowMs) : state
  const pauseMs = pauseAfter(state, reply.retryAfterMs, settings)
  if (pauseMs !== undefined) return enter(state, 'open', nowMs + pauseMs)
  return { ...state, failures: state.failures + 1 }
}

function pauseAfter(
  state: BreakerState,
  retryAfterMs: number | undefined,
  { failures = 3, pauseMs = 30_000, maxPauseMs = 300_000 }: BreakerSettings,
): number | undefined {
  const askedMs = retryAfterMs === undefined ? undefined : Math.min(retryAfterMs, maxPauseMs)
  const enough = state.phase === 'half_open' || state.failures + 1 >= failures
  return enough ? Math.max(pauseMs, askedMs ?? 0) : askedMs
}

/** What {@link withBreaker} takes besides the settings. */
export interface BreakerOptions extends BreakerSettings {
  readonly clock: Clock
  /** Told each time the phase changes. Must not throw. */
  readonly onChange?: (state: BreakerState) => void
}

/**
 * A model that is left alone while it fails, so that customers get the menus at once instead of waiting for each time
 * limit. It opens after some failures in a row, and at once when the provider says how long to wait; after the pause a
 * single call probes. A call that does not pass is `failed` with `unavailable`, and `retryAfterMs` says how long that
 * will stay so. What a customer wrote can be refused or cut off without counting as a failure.
 *
 * The state belongs to this object: each process finds out for itself.
 */
export function withBreaker(model: Model, options: BreakerOptions): Model {
  const { clock, onChange } = options
  let state = closedBreaker

  const move = (next: BreakerState): void => {
    const changed = next.phase !== state.phase
    state = next
    if (changed) onChange?.(next)
  }
  const nowMs = (): number => clock.now().getTime()

  return {
    name: model.name,
    async respond(request, { signal }) {
      const admission = admitCall(state, nowMs(), options)
      move(admission.state)
      if (!admission.admitted) {
        const retryAfterMs = Math.max(state.untilMs - nowMs(), 0)
        return { kind: 'failed', reason: 'unavailable', retryAfterMs }
      }
      const { generation } = admission.state
      const record = (reply: ModelReply): void =>
        move(recordReply(state, { generation, reply, nowMs: nowMs() }, options))
      try {
        const reply = await model.respond(request, { signal })
        record(reply)
        return reply
      } catch (error) {
        record({ kind: 'failed', reason: 'unavailable' })
        throw error
      }
    },
  }
}

function enter(state: BreakerState, phase: BreakerState['phase'], untilMs: number): BreakerState {
  return { phase, generation: state.generation + 1, failures: 0, untilMs }
}
