/** Repeatable chance. */
export interface Dice {
  /** Whether an event of this probability happens. */
  hits(probability: number): boolean
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number
  /** A copy in another order. */
  shuffle<Item>(items: readonly Item[]): Item[]
}

/** Dice that fall the same way for the same seed (mulberry32). */
export function createDice(seed: number): Dice {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const between = (least: number, most: number): number =>
    least + Math.floor(next() * (most - least + 1))
  return {
    hits: (probability) => next() < probability,
    between,
    shuffle(items) {
      const left = [...items]
      const mixed = []
      while (left.length > 0) mixed.push(...left.splice(between(0, left.length - 1), 1))
      return mixed
    },
  }
}
