import type { TokenCounts } from './answer.ts'

/**
 * What a million tokens of a model cost, in millionths of a US dollar: 1.25 dollars are 1,250,000. Prices change, so
 * none come with this package: read them on the provider's price page when you set them.
 *
 * @see https://platform.openai.com/docs/pricing
 */
export interface ModelPrice {
  /** Input that was not in the provider's cache. */
  readonly input: number
  /** Input that was. */
  readonly cachedInput: number
  /** Input that was written to the cache. Default: as `input`. */
  readonly cacheWrite?: number
  /** Output, reasoning included. */
  readonly output: number
}

const million = 1_000_000

/** What a call cost in whole millionths of a US dollar, rounded up so that a budget is never exceeded unseen. */
export function costOf(tokens: TokenCounts, price: ModelPrice): number {
  const { cacheWrite = price.input } = price
  const fresh = tokens.input - tokens.cachedInput - tokens.cacheWrite
  const sum =
    fresh * price.input +
    tokens.cachedInput * price.cachedInput +
    tokens.cacheWrite * cacheWrite +
    tokens.output * price.output
  return Math.ceil(sum / million)
}
