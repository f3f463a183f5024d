import type { Random } from '../kernel/index.ts'

/** Random bytes that are the same for the same seed (xorshift32); for tests, never for secrets. */
export function createSeededRandom(seed = 1): Random {
  let state = seed | 0 || 1
  const next = (): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state & 0xff
  }
  return {
    bytes(length) {
      const bytes = new Uint8Array(length)
      for (let index = 0; index < length; index += 1) bytes[index] = next()
      return bytes
    },
  }
}
