/** One function the model may ask for. */
export interface ModelTool {
  readonly name: string
  readonly description: string
  /** JSON schema of the arguments: an object, closed, every property required. */
  readonly parameters: { readonly [key: string]: unknown }
}

/** A function the model asks for; `arguments` is JSON as the model wrote it, not yet checked. */
export interface ModelToolCall {
  readonly callId: string
  readonly name: string
  readonly arguments: string
}

/**
 * One item of what the model reads, oldest first. `customer` and `business` are the thread, `facts` what holds for this
 * turn only (time, states); `continuation` gives a provider back what it returned and is not looked into.
 */
export type ModelItem =
  | { readonly kind: 'customer' | 'business' | 'facts'; readonly text: string }
  | ({ readonly kind: 'tool_call' } & ModelToolCall)
  | { readonly kind: 'tool_result'; readonly callId: string; readonly output: string }
  | { readonly kind: 'continuation'; readonly value: unknown }

/** One call of a model. Carries no identifier of a person. */
export interface ModelRequest {
  /** Byte-identical over all turns of a business and version, so that providers can cache it. */
  readonly instructions: string
  /** In a fixed order, for the same reason. */
  readonly tools: readonly ModelTool[]
  readonly input: readonly ModelItem[]
  readonly maxOutputTokens: number
  /** Groups requests that share instructions and tools. */
  readonly cacheKey: string
  /** Stable pseudonym of the customer for the provider's abuse checks, at most 64 characters. */
  readonly safetyId?: string
}

/** Tokens of one call, as the provider counted them. `cachedInput` is part of `input`. */
export interface ModelUsage {
  readonly input: number
  readonly cachedInput: number
  readonly output: number
}

/** Why a call brought nothing. */
export type ModelFailure =
  | 'timeout'
  | 'unavailable'
  | 'rate_limited'
  | 'rejected'
  | 'malformed'
  | 'aborted'

/**
 * What a model came to. `answered` has a text, calls, or both; `refused` is the model's own refusal; `incomplete` was cut
 * off, so neither text nor calls may be used; `failed` is the transport or the provider.
 */
export type ModelReply =
  | {
      readonly kind: 'answered'
      readonly text: string
      readonly toolCalls: readonly ModelToolCall[]
      /** Items to put before the calls' results in the next request of this turn. */
      readonly continuation: readonly ModelItem[]
      readonly usage: ModelUsage
    }
  | { readonly kind: 'refused' | 'incomplete'; readonly usage: ModelUsage }
  | { readonly kind: 'failed'; readonly reason: ModelFailure; readonly retryAfterMs?: number }

/** A language model. */
export interface Model {
  /** Name of the model, for records and prices. */
  readonly name: string
  /**
   * Asks once, without retries. Settles soon after `signal` aborts, with `failed` and `aborted`. Never throws for what a
   * provider can do wrong: an unreadable answer is `failed` with `malformed`.
   */
  respond(request: ModelRequest, options: { readonly signal: AbortSignal }): Promise<ModelReply>
}
