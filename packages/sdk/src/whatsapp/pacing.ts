/** A pace: one message per `intervalMs` in the long run, `burst` at once after a rest. */
export interface PaceRule {
  readonly intervalMs: number
  readonly burst: number
}

/** What must be remembered of one pace: when, in milliseconds of the clock, everything reserved is paid back. */
export interface PaceState {
  readonly paidBackAtMs: number
}

/** A place in the flow: the state to keep, and how long to wait before sending. */
export interface PaceReservation {
  readonly state: PaceState
  readonly waitMs: number
}

/**
 * One recipient of one business number: a message every 6 seconds, 45 at once.
 *
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/overview (pair rate limits, checked 2026-11-23)
 */
export const pairPace: PaceRule = { intervalMs: 6_000, burst: 45 }

/**
 * The pace of one business number that never puts more than `perSecond` messages into any one second. Default 80;
 * numbers shared with the WhatsApp Business app have 20, upgraded ones 1,000.
 *
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/overview (throughput, checked 2026-11-23)
 */
export function numberPace(perSecond = 80): PaceRule {
  // A rested pace lets its burst and a second's steady flow into one second, so the two share the limit.
  const burst = Math.max(1, Math.floor(perSecond / 10))
  return { intervalMs: 1_000 / Math.max(1, perSecond - burst), burst }
}

/** Reserves the next place of one pace. `state` is absent after a rest. */
export function reserve(
  rule: PaceRule,
  state: PaceState | undefined,
  nowMs: number,
): PaceReservation {
  const waitMs = waitFor(rule, state, nowMs)
  return { state: advance(rule, state, nowMs + waitMs), waitMs }
}

/** States of the two paces a message is subject to. */
export interface SendPace {
  readonly number?: PaceState
  readonly pair?: PaceState
}

/** Reserves the first moment that both the number's and the pair's pace allow. */
export function reserveSend(
  state: SendPace,
  nowMs: number,
  rules: { readonly number: PaceRule; readonly pair: PaceRule },
): { readonly state: Required<SendPace>; readonly waitMs: number } {
  const waitMs = Math.max(
    waitFor(rules.number, state.number, nowMs),
    waitFor(rules.pair, state.pair, nowMs),
  )
  return {
    state: {
      number: advance(rules.number, state.number, nowMs + waitMs),
      pair: advance(rules.pair, state.pair, nowMs + waitMs),
    },
    waitMs,
  }
}

/** Whether a state says nothing any more and may be forgotten. */
export function isRested(state: PaceState, nowMs: number): boolean {
  return state.paidBackAtMs <= nowMs
}

/** Paces of all numbers and pairs of one process, in memory. */
export interface PaceBook {
  /**
   * Takes a place and returns 0 when a message may go now; otherwise takes none and returns the wait in milliseconds.
   */
  reserve(phoneNumberId: string, recipient: string, now: Date): number
}

/**
 * Creates the paces of one process. `perSecond` gives a number's throughput, default 80. What is paid back is forgotten.
 */
export function createSendPacing(
  perSecond: (phoneNumberId: string) => number = () => 80,
): PaceBook {
  const numbers = new Map<string, PaceState>()
  const pairs = new Map<string, PaceState>()
  let sweepAt = sweepEvery
  return {
    reserve(phoneNumberId, recipient, now) {
      const nowMs = now.getTime()
      const pairKey = `${phoneNumberId} ${recipient}`
      const number = numbers.get(phoneNumberId)
      const pair = pairs.get(pairKey)
      const held = { ...(number && { number }), ...(pair && { pair }) }
      const rules = { number: numberPace(perSecond(phoneNumberId)), pair: pairPace }
      const { state, waitMs } = reserveSend(held, nowMs, rules)
      if (waitMs > 0) return waitMs
      numbers.set(phoneNumberId, state.number)
      pairs.set(pairKey, state.pair)
      if (pairs.size >= sweepAt) {
        for (const [key, one] of pairs) if (isRested(one, nowMs)) pairs.delete(key)
        sweepAt = pairs.size + sweepEvery
      }
      return 0
    },
  }
}

const sweepEvery = 10_000

function waitFor(rule: PaceRule, state: PaceState | undefined, nowMs: number): number {
  if (state === undefined) return 0
  const debtMs = rule.intervalMs * (rule.burst - 1)
  return Math.max(0, state.paidBackAtMs - debtMs - nowMs)
}

function advance(rule: PaceRule, state: PaceState | undefined, sendAtMs: number): PaceState {
  const from = Math.max(sendAtMs, state?.paidBackAtMs ?? sendAtMs)
  return { paidBackAtMs: from + rule.intervalMs }
}
