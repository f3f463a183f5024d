// @auronx/adapters/openai exports: CallFailure, ModelPrice, OpenAiCall, OpenAiModelDeps, ReasoningEffort, createOpenAiModel, openAiHost

export declare const openAiHost: EgressHost;

export declare function createOpenAiModel(deps: OpenAiModelDeps): Model;

export interface CallFailure {
    readonly reason: ModelFailure;
    readonly retryAfterMs?: number;
    /** HTTP status. */
    readonly status?: number;
    /** The provider's error code, or ours, such as `egress_denied`. */
    readonly code?: string;
    /** The provider's name for the request. */
    readonly requestId?: string;
}

export interface ModelPrice {
    /** Input that was not in the provider's cache. */
    readonly input: number;
    /** Input that was. */
    readonly cachedInput: number;
    /** Input that was written to the cache. Default: as `input`. */
    readonly cacheWrite?: number;
    /** Output, reasoning included. */
    readonly output: number;
}

export interface OpenAiCall extends Partial<Omit<CallFailure, 'reason'>> {
    readonly model: string;
    readonly outcome: Exclude<ModelReply['kind'], 'failed'> | ModelFailure;
    readonly usage?: ModelUsage;
    /** Millionths of a US dollar. */
    readonly costMicroUsd?: number;
}

export interface OpenAiModelDeps {
    readonly apiKey: string;
    /** Name of the model, as the provider calls it. */
    readonly model: string;
    /** The way out. Its list must name the host of `baseUrl`; for OpenAI itself that entry is {@link openAiHost}. */
    readonly egress: Egress;
    /** Address of a server with OpenAI's Responses API. Default `https://api.openai.com/v1`. */
    readonly baseUrl?: string;
    /**
     * Time for one answer, body included, in milliseconds. Less than a turn of the assistant has, so that a breaker sees who
     * is too slow. Default 15,000.
     */
    readonly timeoutMs?: number;
    /** Longest answer in bytes. Default 1 MiB. */
    readonly maxAnswerBytes?: number;
    /** For models that reason; leave it out for those that do not, which refuse it. */
    readonly reasoning?: {
        readonly effort: ReasoningEffort;
    };
    /** Prices by name of model. Without that of `model`, calls are reported without a cost. */
    readonly prices?: Readonly<Record<string, ModelPrice>>;
    /** Told about each call: codes and numbers, nothing of what was said. Must not throw. */
    readonly onCall?: (call: OpenAiCall) => void;
    readonly clock?: Clock;
}

// named by the above

export type ReasoningEffort = 'none' | 'minimal' | 'low' | 'medium' | 'high' | 'xhigh' | 'max';
