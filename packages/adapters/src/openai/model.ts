import type {
  Clock,
  Egress,
  EgressHost,
  Model,
  ModelFailure,
  ModelReply,
  ModelRequest,
  ModelUsage,
} from '@auronx/sdk'
import { AuronxError, createSystemClock } from '@auronx/sdk'
import type OpenAI from 'openai'
import { decodeAnswer, tokensOf } from './answer.ts'
import { checkedSettings, openClient } from './client.ts'
import type { ModelPrice } from './cost.ts'
import { costOf } from './cost.ts'
import type { CallFailure } from './failure.ts'
import { codeOf, failureOfCall } from './failure.ts'
import { parseJson } from './json.ts'
import type { ReasoningEffort } from './request.ts'
import { encodeRequest } from './request.ts'

/** What {@link createOpenAiModel} takes. */
export interface OpenAiModelDeps {
  readonly apiKey: string
  /** Name of the model, as the provider calls it. */
  readonly model: string
  /** The way out. Its list must name the host of `baseUrl`; for OpenAI itself that entry is {@link openAiHost}. */
  readonly egress: Egress
  /** Address of a server with OpenAI's Responses API. Default `https://api.openai.com/v1`. */
  readonly baseUrl?: string
  /**
   * Time for one answer, body included, in milliseconds. Less than a turn of the assistant has, so that a breaker sees who
   * is too slow. Default 15,000.
   */
  readonly timeoutMs?: number
  /** Longest answer in bytes. Default 1 MiB. */
  readonly maxAnswerBytes?: number
  /** For models that reason; leave it out for those that do not, which refuse it. */
  readonly reasoning?: { readonly effort: ReasoningEffort }
  /** Prices by name of model. Without that of `model`, calls are reported without a cost. */
  readonly prices?: Readonly<Record<string, ModelPrice>>
  /** Told about each call: codes and numbers, nothing of what was said. Must not throw. */
  readonly onCall?: (call: OpenAiCall) => void
  readonly clock?: Clock
}

/** What became of one call, for metrics and logs. */
export interface OpenAiCall extends Partial<Omit<CallFailure, 'reason'>> {
  readonly model: string
  readonly outcome: Exclude<ModelReply['kind'], 'failed'> | ModelFailure
  readonly usage?: ModelUsage
  /** Millionths of a US dollar. */
  readonly costMicroUsd?: number
}

/** OpenAI's line in the list of outside hosts, which is the register of sub-processors. */
export const openAiHost: EgressHost = {
  host: 'api.openai.com',
  purpose: 'Writes answers to customers with a language model',
  subProcessor: 'OpenAI',
}

/**
 * A model behind OpenAI's Responses API, at OpenAI or at any server that speaks it. The `openai` package is imported
 * with the first call. Each call is made once: the client's own retries are off. Nothing is stored at the provider, so
 * what it needs again travels as continuation, reasoning in encrypted form.
 *
 * Throws `invalid_config` when created with an address, key or limit that cannot be one. A call throws only what `onCall`
 * does, and `internal` when the client package breaks in a way that no provider can cause.
 */
export function createOpenAiModel(deps: OpenAiModelDeps): Model {
  const { model, clock = createSystemClock() } = deps
  const settings = checkedSettings(deps)
  let client: Promise<OpenAI> | undefined

  const call = async (request: ModelRequest, signal: AbortSignal): Promise<Called> => {
    client ??= openClient(settings)
    const body = encodeRequest(request, deps)
    const opened = await client
    try {
      const response = await opened.responses.create(body, { signal }).asResponse()
      return await answered(response, deps.prices?.[model])
    } catch (error) {
      const failure = failureOfCall(error, { aborted: signal.aborted, now: clock.now() })
      // What the client threw may quote the request, so it goes no further.
      if (failure === undefined) throw new AuronxError('internal', 'the client of the model broke')
      return failed(failure)
    }
  }

  return {
    name: model,
    async respond(request, { signal }) {
      if (signal.aborted) return { kind: 'failed', reason: 'aborted' }
      const { reply, facts } = await call(request, signal)
      const outcome = reply.kind === 'failed' ? reply.reason : reply.kind
      deps.onCall?.({ model, outcome, ...facts })
      return reply
    },
  }
}

interface Called {
  readonly reply: ModelReply
  readonly facts: Omit<OpenAiCall, 'model' | 'outcome'>
}

async function answered(response: Response, price: ModelPrice | undefined): Promise<Called> {
  const body = parseJson(await response.text())
  const reply = decodeAnswer(body)
  const requestId = codeOf(response.headers.get('x-request-id'))
  return {
    reply,
    facts: {
      status: response.status,
      ...(requestId === undefined ? {} : { requestId }),
      ...(reply.kind === 'failed' ? {} : { usage: reply.usage }),
      ...(price === undefined ? {} : { costMicroUsd: costOf(tokensOf(body), price) }),
    },
  }
}

function failed({ reason, ...facts }: CallFailure): Called {
  const { retryAfterMs } = facts
  const wait = retryAfterMs === undefined ? {} : { retryAfterMs }
  return { reply: { kind: 'failed', reason, ...wait }, facts }
}
