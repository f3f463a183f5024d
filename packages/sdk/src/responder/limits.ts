import type { ModelUsage } from './model.ts'

/** Tokens of a turn. `cachedInput` is part of `input`. */
export type Tokens = ModelUsage

/** What a million tokens cost, in millionths of one currency: 1.25 dollars are 1,250,000. */
export interface ModelPrice {
  readonly input: number
  readonly cachedInput: number
  readonly output: number
}

/** Limits of one turn; those of tool calls are `toolLimits`. */
export interface ThinkLimits {
  /** Calls of the model. Default 6. */
  readonly steps: number
  /** Tokens of all calls; a turn over it asks no more. Default 60,000. */
  readonly tokens: number
  /** Tokens of one answer. Default 1,200. */
  readonly outputTokens: number
  /** Time for thinking, in milliseconds. Default 20,000. */
  readonly wallMs: number
  /** Cost of all calls, in millionths of the currency of `price`. Default: no limit. */
  readonly costMicros?: number
  /** Default: the model costs nothing. */
  readonly price?: ModelPrice
}

/** The limits where nothing else is said. */
export const defaultLimits: ThinkLimits = {
  steps: 6,
  tokens: 60_000,
  outputTokens: 1_200,
  wallMs: 20_000,
}

/** Before the first call. */
export const noTokens: Tokens = { input: 0, cachedInput: 0, output: 0 }

/** The sum of two counts. */
export function addTokens(a: Tokens, b: Tokens): Tokens {
  return {
    input: a.input + b.input,
    cachedInput: a.cachedInput + b.cachedInput,
    output: a.output + b.output,
  }
}

/** Tokens in both directions. */
export function totalTokens({ input, output }: Tokens): number {
  return input + output
}

/** Cost in millionths of the price's currency, rounded up; nothing without a price. */
export function costOf(tokens: Tokens, price: ModelPrice | undefined): number {
  if (price === undefined) return 0
  const { input, cachedInput, output } = tokens
  const sum =
    (input - cachedInput) * price.input + cachedInput * price.cachedInput + output * price.output
  return Math.ceil(sum / 1_000_000)
}
