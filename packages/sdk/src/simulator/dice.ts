import type { Random } from '../kernel/index.ts'

/** Repeatable chance: the same seed gives the same draws. */
export interface Dice {
  /** A number in [0, 1). */
  next(): number
  /** Whether an event of this probability (0 never, 1 always) happens now. */
  hits(probability: number): boolean
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number
}

/** Dice from a 32-bit seed (the mulberry32 generator). */
export function createDice(seed: number): Dice {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    next,
    hits: (probability) => next() < probability,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
  }
}

/** A seed from the injected source of randomness. */
export function drawSeed(random: Random): number {
  let seed = 0
  for (const byte of random.bytes(4)) seed = seed * 256 + byte
  return seed
}
